/** Push notifications, as a phone shows them: the first that people see of a message. */

import { avatar } from "./avatar.js";
import { h, isolated } from "./dom.js";
import { t } from "./texts.js";

const SHOWN = 10000;
const MOST = 3;

export class Toasts {
  constructor() {
    // They take no clicks: they lie over what can be clicked.
    this.element = h("div", { class: "toasts", "aria-live": "polite" });
  }

  /** Shows a notification for a while: its author, its channel, and the text that Discord pushes. */
  show({ author, place, text }) {
    const toast = h(
      "div",
      { class: "toast" },
      avatar(author),
      h(
        "div",
        {},
        h("p", { class: "toast-title" }, isolated(author.name), h("small", {}, isolated(place))),
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
