/** What an option or a menu takes: what can be chosen, and whether what was typed fits. */

import { avatar, h, icon, named } from "./dom.js";
import { t } from "./texts.js";

export const KIND = { text: 3, whole: 4, truth: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10, file: 11 };
const ICONS = { 5: "megaphone", 15: "forum", 16: "forum", 10: "thread", 11: "thread", 12: "thread", 1: "talk", 3: "talk" };
const CATEGORY = 4;

/** The drawing that stands before a channel's name. */
export const channelIcon = (type) => icon(ICONS[type] ?? "hash");

const withIcon = (drawing, label, hint) =>
  h("span", { class: "choice" }, drawing, named(label, { class: "choice-label" }), hint && named(hint, { class: "choice-hint" }));

const plain = (label, hint) => withIcon(null, label, hint);

/** People of a place, as items to choose. */
function users(place, bot, you) {
  const all = place ? place.members : [you, bot];
  return all.map((user) => ({
    label: user.name,
    send: { kind: "user", id: user.id },
    id: user.id,
    content: withIcon(avatar(user, true), user.name, user.bot ? t("app") : ""),
  }));
}

const roles = (place) =>
  (place?.roles ?? []).map((role) => ({
    label: role.name,
    send: { kind: "role", id: role.id },
    id: role.id,
    content: withIcon(h("span", { class: "choice-mark" }, "@"), role.name),
  }));

const channels = (place, types) =>
  (place?.channels ?? [])
    .filter(({ type }) => (types?.length ? types.includes(type) : type !== CATEGORY))
    .map((channel) => ({
      label: channel.name,
      send: { kind: "channel", id: channel.id },
      id: channel.id,
      content: withIcon(channelIcon(channel.type), channel.name),
    }));

/** Things of a place that a menu of type 5 to 8 offers. */
export function things(type, place, { bot, you, types }) {
  if (type === 5) return users(place, bot, you);
  if (type === 6) return roles(place);
  if (type === 7) return [...users(place, bot, you), ...roles(place)];
  return channels(place, types);
}

/** The items that an option offers by itself; null where it takes what is typed. */
export function offered(option, place, world) {
  if (option.choices.length) {
    return option.choices.map(({ name, value }) => ({ label: name, send: value, content: plain(name) }));
  }
  switch (option.type) {
    case KIND.truth:
      return [true, false].map((value) => ({ label: t(String(value)), send: value, content: plain(t(String(value))) }));
    case KIND.user:
      return users(place, world.bot, world.you);
    case KIND.role:
      return roles(place);
    case KIND.mentionable:
      return [...users(place, world.bot, world.you), ...roles(place)];
    case KIND.channel:
      return channels(place, option.channel_types);
    default:
      return null;
  }
}

/** Choices of autocomplete as items. */
export const completed = (choices) => choices.map(({ name, value }) => ({ label: name, send: value, content: plain(name) }));

/** The items whose label has the text in it, those that begin with it first. */
export function matching(items, text) {
  const wanted = text.trim().replace(/^[#@]/, "").toLocaleLowerCase();
  if (!wanted) return items;
  const at = (item) => item.label.toLocaleLowerCase().indexOf(wanted);
  return items.filter((item) => at(item) >= 0).sort((one, other) => Math.sign(at(one)) - Math.sign(at(other)));
}

/** What kind of value an option takes, in words. */
export function described(option) {
  const kind = t(`kind${option.type}`);
  const least = option.min_value ?? option.min_length;
  const most = option.max_value ?? option.max_length;
  return least !== undefined && most !== undefined ? t("between", { kind, least, most }) : kind;
}

/** Reads what was typed for an option: `{ send }`, or `{ error }` where Discord would not send it. */
export function read(option, text) {
  const typed = option.type === KIND.text ? text : text.trim();
  if (!typed) return option.required ? { error: t("required") } : {};
  if (option.type === KIND.text) return bounded(typed, [...typed].length, option.min_length, option.max_length, "tooShort", "tooLong");
  if (option.type === KIND.whole && !/^[+-]?\d+$/.test(typed)) return { error: t("notWhole") };
  if (option.type === KIND.number && (typed === "" || !Number.isFinite(Number(typed)))) return { error: t("notNumber") };
  if (option.type === KIND.whole || option.type === KIND.number) {
    const number = Number(typed);
    return bounded(number, number, option.min_value, option.max_value, "tooSmall", "tooLarge");
  }
  return { error: option.type === KIND.file ? t("kind11") : t("notChoice") };
}

function bounded(send, size, least, most, small, large) {
  if (least !== undefined && size < least) return { error: t(small, { n: least }) };
  if (most !== undefined && size > most) return { error: t(large, { n: most }) };
  return { send };
}
