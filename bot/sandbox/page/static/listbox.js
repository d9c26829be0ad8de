/** Lists to choose from: beside a text box that is typed into, or opened by a button. */

import { h } from "./dom.js";

let lists = 0;

/**
 * A list of options with one of them active, for a text box (`combobox`) or by itself.
 *
 * The text box keeps the focus and says by `aria-activedescendant` which option is active.
 */
export class List {
  #items = [];
  #active = -1;
  #input = null;

  /** `picked(item)` is called with the item that was chosen. */
  constructor(label, picked) {
    lists += 1;
    this.id = `list-${lists}`;
    this.picked = picked;
    this.element = h("ul", {
      class: "options",
      role: "listbox",
      id: this.id,
      "aria-label": label,
      // The text box keeps the focus, so that typing goes on.
      onmousedown: (event) => event.preventDefault(),
    });
  }

  /** Binds the list to the text box that it belongs to. */
  bind(input) {
    this.unbind();
    this.#input = input;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.id);
    this.#tell();
  }

  unbind() {
    this.#input?.setAttribute("aria-expanded", "false");
    this.#input?.removeAttribute("aria-activedescendant");
    this.#input = null;
  }

  /** Makes the text box a plain one again. */
  release() {
    const names = ["role", "aria-autocomplete", "aria-controls", "aria-expanded", "aria-activedescendant"];
    for (const name of names) this.#input?.removeAttribute(name);
    this.#input = null;
  }

  /** Shows items: objects with `content` (nodes); the one at `active` is active, none at -1. */
  show(items, active = 0) {
    this.#items = items;
    this.#active = Math.min(active, items.length - 1);
    this.element.replaceChildren(
      ...items.map((item, index) =>
        h(
          "li",
          {
            role: "option",
            id: `${this.id}-${index}`,
            class: "option",
            "aria-selected": "false",
            onclick: () => this.picked(item),
            onmousemove: () => this.#activate(index, false),
          },
          item.content,
        ),
      ),
    );
    this.#tell();
  }

  get items() {
    return this.#items;
  }

  /** The active item; undefined where none is. */
  get active() {
    return this.#items[this.#active];
  }

  /** Moves on by so many, around the ends. */
  move(by) {
    const count = this.#items.length;
    if (!count) return;
    const from = this.#active < 0 && by < 0 ? 0 : this.#active;
    this.#activate((from + by + count) % count, true);
  }

  /** Moves on to the next item whose label begins with a letter. */
  find(letter) {
    const count = this.#items.length;
    const order = this.#items.map((_, index) => (this.#active + 1 + index) % count);
    const wanted = letter.toLocaleLowerCase();
    const found = order.find((index) => this.#items[index].label?.toLocaleLowerCase().startsWith(wanted));
    if (found !== undefined) this.#activate(found, true);
  }

  #activate(index, scroll) {
    this.#active = index;
    this.#tell();
    if (scroll) this.element.children[index]?.scrollIntoView({ block: "nearest" });
  }

  #tell() {
    [...this.element.children].forEach((child, index) => {
      child.setAttribute("aria-selected", String(index === this.#active));
    });
    const active = this.element.children[this.#active];
    this.#input?.setAttribute("aria-expanded", String(this.#items.length > 0));
    if (active) this.#input?.setAttribute("aria-activedescendant", active.id);
    else this.#input?.removeAttribute("aria-activedescendant");
  }
}

/**
 * Opens a box beside an element, for as long as the reader stays in it.
 *
 * Escape, a click elsewhere and scrolling close it; the focus then goes back to the element.
 */
export function popover(anchor, content, { closed = () => {} } = {}) {
  const box = h("div", { class: "popover" }, content);
  const host = anchor.closest("dialog") ?? document.body;
  host.append(box);
  place(box, anchor);
  anchor.setAttribute("aria-expanded", "true");
  let open = true;
  const close = (focus = true) => {
    if (!open) return;
    open = false;
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", away);
    document.removeEventListener("scroll", scrolled, true);
    box.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (focus) anchor.focus();
    closed();
  };
  const away = () => close(false);
  const outside = (event) => {
    if (!box.contains(event.target) && !anchor.contains(event.target)) close(false);
  };
  const scrolled = (event) => {
    if (!box.contains(event.target)) place(box, anchor);
  };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("scroll", scrolled, true);
  addEventListener("resize", away);
  return { box, close };
}

const GAP = 6;

function place(box, anchor) {
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const room = { width: document.documentElement.clientWidth, height: innerHeight };
  const { width, height } = box.getBoundingClientRect();
  const below = bottom + GAP + height <= room.height || top < room.height - bottom;
  const x = left + width + GAP <= room.width ? left : Math.max(GAP, right - width);
  const y = below ? Math.min(bottom + GAP, room.height - height - GAP) : top - GAP - height;
  box.style.setProperty("left", `${x}px`);
  box.style.setProperty("top", `${Math.max(GAP, y)}px`);
}
