/** The components of a message: rows of buttons and menus, and the layouts of Components V2. */

import { button, menu } from "./controls.js";
import { h, markdown } from "./dom.js";
import { file, picture } from "./media.js";
import { t } from "./texts.js";

/**
 * Makes the components of a message.
 *
 * `use`: `place` (what select menus choose from), `busy` (the `custom_id` of the component that was
 * used, until the bot has answered), `press(custom_id)`, `choose(custom_id, values)`.
 */
export function components(parts, use) {
  return parts.map((part) => MAKERS[part.type]?.(part, use) ?? h("p", { class: "unknown-part" }, t("unknownPart", { type: part.type })));
}

const MAKERS = {
  1: (part, use) => h("div", { class: "row" }, components(part.components, use)),
  2: button,
  3: menu,
  5: menu,
  6: menu,
  7: menu,
  8: menu,
  9: (part, use) =>
    h("div", { class: "section" }, h("div", { class: "section-text" }, components(part.components, use)), components([part.accessory], use)),
  10: (part) => markdown(part.html ?? "", { class: "markdown" }),
  11: (part) => h("div", { class: "section-thumbnail" }, part.pictures.map((each) => covered(picture(each, "thumbnail"), each.spoiler))),
  12: gallery,
  13: (part) => covered(file({ ...part, picture: false }), part.spoiler),
  14: (part) => h("hr", { class: `${part.divider === false ? "bare" : ""} ${part.spacing === 2 ? "wide" : ""}` }),
  17: (part, use) =>
    covered(
      h(
        "div",
        { class: `container${part.color ? " colored" : ""}`, style: part.color ? { "--bar": part.color } : {} },
        components(part.components, use),
      ),
      part.spoiler,
    ),
};

function gallery({ pictures }) {
  const columns = pictures.length === 1 ? 1 : pictures.length < 5 ? 2 : 3;
  return h(
    "div",
    { class: `gallery${columns > 1 ? " many" : ""}`, style: { "--columns": columns } },
    pictures.map((each) => covered(picture(each, "large"), each.spoiler)),
  );
}

/** Covers a spoiler; nothing in it can be focused before it is uncovered. */
function covered(element, isSpoiler) {
  if (!isSpoiler) return element;
  element.inert = true;
  const cover = h(
    "button",
    {
      type: "button",
      class: "cover",
      "aria-label": t("spoiler"),
      onclick: () => {
        cover.remove();
        element.inert = false;
      },
    },
    h("span", { class: "cover-sign", "aria-hidden": "true" }, t("spoilerSign")),
  );
  return h("div", { class: "covered-part" }, element, cover);
}
