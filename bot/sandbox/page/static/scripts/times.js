/** Times as Discord shows them: by the sandbox's clock, in the reader's language and zone. */

import { h } from "./dom.js";
import { currentLocale, t } from "./texts.js";

let ahead = 0;

/** Sets the sandbox's time, in milliseconds since 1970. */
export function setNow(milliseconds) {
  ahead = milliseconds - Date.now();
}

/** Returns the sandbox's time, in milliseconds since 1970. */
export const now = () => Date.now() + ahead;

const FORMATS = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};
/** The units of distances, in seconds, and how many of one are another. */
const DISTANCES = [
  ["second", 1, 60],
  ["minute", 60, 60],
  ["hour", 3600, 24],
  ["day", 86400, 30],
  ["month", 2629800, 12],
  ["year", 31557600, Infinity],
];

/** Letters of a message that a reply shows. */
const SHORT = 160;

let zone;
let today = "";

/** Shows times in a zone from now on; null for the browser's. */
export function setZone(wanted) {
  zone = wanted ?? undefined;
}

const format = (milliseconds, options) => new Intl.DateTimeFormat(currentLocale(), { timeZone: zone, ...options }).format(milliseconds);

/** Returns a time in a style of `<t:…:style>`. */
export function timestamp(milliseconds, style) {
  if (style !== "R") return format(milliseconds, FORMATS[style] ?? FORMATS.f);
  const seconds = (milliseconds - now()) / 1000;
  const [unit, size] = DISTANCES.find(([, each, most]) => Math.abs(Math.round(seconds / each)) < most);
  return new Intl.RelativeTimeFormat(currentLocale(), { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** Returns texts and times in styles as one line, of which a long one is cut. */
export function inShort(parts) {
  const letters = [...parts.map((part) => (typeof part === "string" ? part : timestamp(part.at, part.style))).join("")];
  return letters.length > SHORT ? `${letters.slice(0, SHORT - 1).join("")}…` : letters.join("");
}

const dayOf = (milliseconds) => format(milliseconds, { dateStyle: "short" });

/** Returns a day, for the line between two days. */
export const day = (milliseconds) => format(milliseconds, { dateStyle: "long" });

/** Returns whether two times are on the same day. */
export const sameDay = (one, other) => dayOf(one) === dayOf(other);

/** Returns the time of a message: with "Today", "Yesterday" or the date. */
export function when(milliseconds) {
  const relative = new Intl.RelativeTimeFormat(currentLocale(), { numeric: "auto" });
  const time = format(milliseconds, { timeStyle: "short" });
  if (sameDay(milliseconds, now())) return `${capital(relative.format(0, "day"))} ${time}`;
  if (sameDay(milliseconds, now() - 86400000)) return `${capital(relative.format(-1, "day"))} ${time}`;
  return format(milliseconds, { dateStyle: "short", timeStyle: "short" });
}

/** Makes an element with a time that says "Today" only for as long as it is that day. */
export const whenTime = (milliseconds, attributes = {}) =>
  h("time", { datetime: new Date(milliseconds).toISOString(), dataset: { when: milliseconds }, ...attributes }, when(milliseconds));

/** Updates the times of `whenTime` within a node after midnight. */
export function refreshDays(node) {
  const before = today;
  today = dayOf(now());
  if (before === today) return;
  for (const time of node.querySelectorAll("time[data-when]")) time.textContent = when(Number(time.dataset.when));
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Returns a time without its day. */
export const clock = (milliseconds) => format(milliseconds, { timeStyle: "short" });

/** Returns a time for the clock of the page. */
export function moment(milliseconds) {
  // With a date, some locales of 24 hours write "8:00", and without one "08:00".
  const { hourCycle } = new Intl.DateTimeFormat(currentLocale(), { timeStyle: "short" }).resolvedOptions();
  const hour = hourCycle === "h23" ? "2-digit" : "numeric";
  return format(milliseconds, { weekday: "short", month: "short", day: "numeric", hour, minute: "2-digit" });
}

/** Returns a time to the second, with its zone. */
export const exact = (milliseconds) => format(milliseconds, { dateStyle: "full", timeStyle: "long" });

/** Shows all timestamps within a node in the reader's language and zone, and names its spoilers. */
export function localize(node) {
  for (const time of node.querySelectorAll("time[data-style]")) {
    const milliseconds = Date.parse(time.dateTime);
    time.textContent = timestamp(milliseconds, time.dataset.style);
    time.title = exact(milliseconds);
  }
  for (const spoiler of node.querySelectorAll(".spoiler")) spoiler.setAttribute("aria-label", t("spoiler"));
  return node;
}
