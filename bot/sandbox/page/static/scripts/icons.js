/** Icons, drawn as lines. */

const PATHS = {
  hash: "M9 3 7 21M17 3l-2 18M4 8.500h17M3 15.500h17",
  megaphone: "M4 10v4a1 1 0 0 0 1 1h3l8 4.500V4.500L8 9H5a1 1 0 0 0-1 1zM9 15.500 10.500 21M19.500 9.500a4 4 0 0 1 0 5",
  forum: "M4 5h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H9l-4 3.500V14H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM19 9h1a1 1 0 0 1 1 1v11l-3.500-3H12a1 1 0 0 1-1-1",
  thread: "M5 4v9a3 3 0 0 0 3 3h11M15 12l4 4-4 4",
  talk: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20a7.500 7.500 0 0 1 15 0",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6 6 18",
  braces: "M9 4c-2.500 0-3 1-3 3v2c0 1.800-.7 3-2.500 3 1.800 0 2.500 1.200 2.500 3v2c0 2 .5 3 3 3M15 4c2.500 0 3 1 3 3v2c0 1.800.7 3 2.500 3-1.800 0-2.500 1.200-2.500 3v2c0 2-.5 3-3 3",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2",
  sunrise: "M3 18h18M6 14a6 6 0 0 1 12 0M12 3v3M4.500 7.500l2 2M19.500 7.500l-2 2M7 21h10",
  send: "M4 12 20 4l-5 16-3.500-6.500z",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  picture: "M4 5h16v14H4zM4 16l4.500-4.500 4 4 2.500-2.500L20 17.500M15.500 9.500h.01",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  link: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  down: "M6 9.500l6 6 6-6",
  check: "M5 12.500l4.500 4.500L19 7.500",
  switch: "M4 8h14l-3.500-3.500M20 16H6l3.500 3.500",
  bell: "M6 16v-5a6 6 0 0 1 12 0v5l1.500 2h-15zM10 20.500h4",
  slash: "M4 4h16v16H4zM14 8l-4 8",
  retry: "M20 12a8 8 0 1 1-2.500-5.800M20 4v4.500h-4.500",
};

/** Makes an icon. It is decoration only, and hidden from screen readers. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const OF_CHANNELS = { 5: "megaphone", 15: "forum", 16: "forum", 10: "thread", 11: "thread", 12: "thread", 1: "talk", 3: "talk" };

/** Makes the icon that stands before the name of a channel of a type. */
export const channelIcon = (type) => icon(OF_CHANNELS[type] ?? "hash");
