/** Avatars. */

import { h } from "./dom.js";

const COLORS = 6n;

/** Makes the avatar of a user: the name's first letter, in one of the colors. */
export function avatar(user, small = false) {
  const color = Number(BigInt(user.id) % COLORS);
  const letter = [...user.name.trim()][0]?.toUpperCase() ?? "?";
  return h(
    "span",
    { class: `avatar${small ? " small" : ""}${user.bot ? " bot" : ""}`, dataset: { color }, "aria-hidden": "true" },
    letter,
  );
}
