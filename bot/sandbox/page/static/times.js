/** Times as Discord writes them: by this Discord's clock, in the reader's language and zone. */

import { h } from "./dom.js";
import { language, t } from "./texts.js";

let ahead = 0;

/** Learns what time it is there, in milliseconds since 1970. */
export function learnNow(milliseconds) {
  ahead = milliseconds - Date.now();
}

/** What time it is there, in milliseconds since 1970. */
export const now = () => Date.now() + ahead;

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};
const STEPS = [
  ["second", 1],
  ["minute", 60],
  ["hour", 3600],
  ["day", 86400],
  ["month", 2629800],
  ["year", 31557600],
];

let zone;
let today = "";

/** Writes times in a zone from now on; null for the browser's. */
export function useZone(wanted) {
  zone = wanted ?? undefined;
}

const format = (milliseconds, options) => new Intl.DateTimeFormat(language(), { timeZone: zone, ...options }).format(milliseconds);

/** A time as `<t:…:style>` asks for it. */
export function stamped(milliseconds, style) {
  if (style !== "R") return format(milliseconds, STYLES[style] ?? STYLES.f);
  const seconds = (milliseconds - now()) / 1000;
  let [unit, size] = STEPS[0];
  for (const step of STEPS) if (Math.abs(seconds) >= step[1]) [unit, size] = step;
  return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

const dayOf = (milliseconds) => format(milliseconds, { dateStyle: "short" });

/** A day, for the line between two days. */
export const day = (milliseconds) => format(milliseconds, { dateStyle: "long" });

/** Whether two times are of one day. */
export const sameDay = (one, other) => dayOf(one) === dayOf(other);

/** A message's time: "Today at …", "Yesterday at …", or with the date. */
export function when(milliseconds) {
  const relative = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  const time = format(milliseconds, { timeStyle: "short" });
  if (sameDay(milliseconds, now())) return `${capital(relative.format(0, "day"))} ${time}`;
  if (sameDay(milliseconds, now() - 86400000)) return `${capital(relative.format(-1, "day"))} ${time}`;
  return format(milliseconds, { dateStyle: "short", timeStyle: "short" });
}

/** Makes an element with a time that goes on saying "Today" on its own day alone. */
export const whenTime = (milliseconds, attributes = {}) =>
  h("time", { datetime: new Date(milliseconds).toISOString(), dataset: { when: milliseconds }, ...attributes }, when(milliseconds));

/** Writes the times of `whenTime` within a node anew once another day has begun. */
export function refreshDays(node) {
  const before = today;
  today = dayOf(now());
  if (before === today) return;
  for (const time of node.querySelectorAll("time[data-when]")) time.textContent = when(Number(time.dataset.when));
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A time alone. */
export const clock = (milliseconds) => format(milliseconds, { timeStyle: "short" });

/** A moment, for the clock of the page. */
export const moment = (milliseconds) =>
  format(milliseconds, { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });

/** A moment to the second, with the zone: for who wants to know exactly. */
export const exact = (milliseconds) => format(milliseconds, { dateStyle: "full", timeStyle: "long" });

/** Writes all times within a node that the server has marked, and names what is covered. */
export function localise(node) {
  for (const time of node.querySelectorAll("time[data-style]")) {
    const milliseconds = Date.parse(time.dateTime);
    time.textContent = stamped(milliseconds, time.dataset.style);
    time.title = exact(milliseconds);
  }
  for (const spoiler of node.querySelectorAll(".spoiler")) spoiler.setAttribute("aria-label", t("spoiler"));
  return node;
}
