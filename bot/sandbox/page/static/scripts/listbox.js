/** Lists of options to choose from. */

import { h } from "./dom.js";

let lists = 0;

/**
 * A list of options, one of which is active. A text box that the list belongs to (`combobox`) keeps the
 * focus; otherwise the list itself has it.
 */
export class ListBox {
  #items = [];
  #active = -1;
  #input = null;

  /**
   * `picked(item)` is called with the item that was chosen. `selected`: a set of the items that are
   * selected; without it the active one counts as selected.
   */
  constructor(label, picked, { selected = null, multiple = false } = {}) {
    lists += 1;
    this.id = `list-${lists}`;
    this.picked = picked;
    this.selected = selected;
    this.element = h("ul", {
      class: "options",
      role: "listbox",
      id: this.id,
      "aria-label": label,
      "aria-multiselectable": multiple && "true",
      // The text box keeps the focus, so that typing goes on.
      onmousedown: (event) => event.preventDefault(),
    });
  }

  /** Connects the list with a text box. */
  bind(input) {
    this.unbind();
    this.#input = input;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.id);
    this.mark();
  }

  unbind() {
    this.#input?.setAttribute("aria-expanded", "false");
    this.#input?.removeAttribute("aria-activedescendant");
    this.#input = null;
  }

  /** Disconnects the list, and makes the text box a plain one again. */
  release() {
    const names = ["role", "aria-autocomplete", "aria-controls", "aria-expanded", "aria-activedescendant"];
    for (const name of names) this.#input?.removeAttribute(name);
    this.#input = null;
  }

  /** Shows items, which are objects with `content` (nodes). `active`: the index of the active one; -1 for none. */
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
    this.mark();
  }

  get items() {
    return this.#items;
  }

  /** The active item; undefined if there is none. */
  get active() {
    return this.#items[this.#active];
  }

  /** Makes another item active, so many further; after the last comes the first. */
  move(by) {
    const count = this.#items.length;
    if (!count) return;
    const from = this.#active < 0 && by < 0 ? 0 : this.#active;
    this.#activate((from + by + count) % count, true);
  }

  /** Makes the next item active whose label begins with a letter. */
  find(letter) {
    const count = this.#items.length;
    const order = this.#items.map((_, index) => (this.#active + 1 + index) % count);
    const wanted = letter.toLocaleLowerCase();
    const found = order.find((index) => this.#items[index].label?.toLocaleLowerCase().startsWith(wanted));
    if (found !== undefined) this.#activate(found, true);
  }

  #activate(index, scroll) {
    this.#active = index;
    this.mark();
    if (scroll) this.element.children[index]?.scrollIntoView({ block: "nearest" });
  }

  /** Shows which option is active and which are selected. */
  mark() {
    [...this.element.children].forEach((child, index) => {
      const isActive = index === this.#active;
      const isSelected = this.selected ? this.selected.has(this.#items[index]) : isActive;
      child.classList.toggle("active", isActive);
      child.setAttribute("aria-selected", String(isSelected));
    });
    const active = this.element.children[this.#active];
    this.#input?.setAttribute("aria-expanded", String(this.#items.length > 0));
    // A list without a text box has the focus itself.
    const focused = this.#input ?? this.element;
    if (active) focused.setAttribute("aria-activedescendant", active.id);
    else focused.removeAttribute("aria-activedescendant");
  }
}
