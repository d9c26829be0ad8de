/** Push notifications, as they come to a phone: the first that people see of a message. */

import { avatar, h, named } from "./dom.js";
import { t } from "./texts.js";

const SHOWN = 10000;
const MOST = 3;

export class Toasts {
  constructor() {
    // Nobody presses them: they lie over what can be pressed.
    this.element = h("div", { class: "toasts", "aria-live": "polite" });
  }

  /** Shows a notification for a while: whom it is from, where it stands, and the text that Discord pushes. */
  show({ author, place, text }) {
    const toast = h(
      "div",
      { class: "toast" },
      avatar(author),
      h(
        "div",
        {},
        h("p", { class: "toast-title" }, named(author.name), h("small", {}, named(place))),
        h("p", { class: `toast-text${text ? "" : " none"}`, dir: "auto" }, text || t("noPushText")),
      ),
    );
    this.element.append(toast);
    while (this.element.children.length > MOST) this.element.firstChild.remove();
    setTimeout(() => toast.remove(), SHOWN);
  }

  clear() {
    this.element.replaceChildren();
  }
}
