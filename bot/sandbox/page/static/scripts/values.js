/** Values of options and select menus: what can be chosen, and whether what was typed is valid. */

import { avatar } from "./avatar.js";
import { TYPE } from "./channels.js";
import { h, isolated } from "./dom.js";
import { channelIcon } from "./icons.js";
import { t } from "./texts.js";

export const OPTION = { string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10, attachment: 11 };

const withIcon = (image, label, hint) =>
  h("span", { class: "choice" }, image, isolated(label, { class: "choice-label" }), hint && isolated(hint, { class: "choice-hint" }));

const plain = (label, hint) => withIcon(null, label, hint);

/** Returns the members of a guild as items, or the two of a direct message. */
function users({ guild, bot, you }) {
  const all = guild ? guild.members : [you, bot];
  return all.map((user) => ({
    label: user.name,
    send: { kind: "user", id: user.id },
    id: user.id,
    content: withIcon(avatar(user, true), user.name, user.bot ? t("app") : ""),
  }));
}

const roles = ({ guild }) =>
  (guild?.roles ?? []).map((role) => ({
    label: role.name,
    send: { kind: "role", id: role.id },
    id: role.id,
    content: withIcon(h("span", { class: "choice-mark" }, "@"), role.name),
  }));

const channels = ({ guild }, types) =>
  (guild?.channels ?? [])
    .filter(({ type }) => (types?.length ? types.includes(type) : type !== TYPE.category))
    .map((channel) => ({
      label: channel.name,
      send: { kind: "channel", id: channel.id },
      id: channel.id,
      content: withIcon(channelIcon(channel.type), channel.name),
    }));

/** Returns the items of a select menu of type 5 to 8: users, roles, both or channels. */
export function entityItems({ type, channel_types: types }, place) {
  if (type === 5) return users(place);
  if (type === 6) return roles(place);
  if (type === 7) return [...users(place), ...roles(place)];
  return channels(place, types);
}

/** Returns the items that an option offers without autocomplete; null if it takes what is typed. */
export function optionItems(option, place) {
  if (option.choices.length) {
    return option.choices.map(({ name, value }) => ({ label: name, send: value, content: plain(name) }));
  }
  switch (option.type) {
    case OPTION.boolean:
      return [true, false].map((value) => ({ label: t(String(value)), send: value, content: plain(t(String(value))) }));
    case OPTION.user:
      return users(place);
    case OPTION.role:
      return roles(place);
    case OPTION.mentionable:
      return [...users(place), ...roles(place)];
    case OPTION.channel:
      return channels(place, option.channel_types);
    default:
      return null;
  }
}

/** Returns the choices of autocomplete as items. */
export const choiceItems = (choices) => choices.map(({ name, value }) => ({ label: name, send: value, content: plain(name) }));

/** Returns the items whose label contains a text, those that begin with it first. */
export function filterItems(items, text) {
  const wanted = text.trim().replace(/^[#@]/, "").toLocaleLowerCase();
  if (!wanted) return items;
  const at = (item) => item.label.toLocaleLowerCase().indexOf(wanted);
  return items.filter((item) => at(item) >= 0).sort((one, other) => Math.sign(at(one)) - Math.sign(at(other)));
}

/** Returns what type of value an option takes, as text. */
export function describeType(option) {
  const kind = t(`option${option.type}`);
  const least = option.min_value ?? option.min_length;
  const most = option.max_value ?? option.max_length;
  return least !== undefined && most !== undefined ? t("between", { kind, least, most }) : kind;
}

/** Parses what was typed for an option: returns `{ send }`, or `{ error }` if Discord would not send it. */
export function parseValue(option, text) {
  const typed = option.type === OPTION.string ? text : text.trim();
  if (!typed) return option.required ? { error: t("required") } : {};
  if (option.type === OPTION.string) return bounded(typed, [...typed].length, option.min_length, option.max_length, "tooShort", "tooLong");
  if (option.type === OPTION.integer && !/^[+-]?\d+$/.test(typed)) return { error: t("notWhole") };
  if (option.type === OPTION.number && (typed === "" || !Number.isFinite(Number(typed)))) return { error: t("notNumber") };
  if (option.type === OPTION.integer || option.type === OPTION.number) {
    const number = Number(typed);
    return bounded(number, number, option.min_value, option.max_value, "tooSmall", "tooLarge");
  }
  return { error: option.type === OPTION.attachment ? t("option11") : t("notChoice") };
}

function bounded(send, size, least, most, small, large) {
  if (least !== undefined && size < least) return { error: t(small, { n: least }) };
  if (most !== undefined && size > most) return { error: t(large, { n: most }) };
  return { send };
}
