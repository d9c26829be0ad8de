/** A slash command that is being typed: its name, then its options, each with the choices it offers. */

import { h, isolated } from "./dom.js";
import { ListBox } from "./listbox.js";
import { t } from "./texts.js";
import { choiceItems, describeType, filterItems, optionItems, parseValue } from "./values.js";

const PAUSE = 120;
const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/;

/** Makes a text box as wide as its text. */
function fit(input) {
  const text = input.value || input.placeholder || "";
  const width = [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 1);
  input.style.setProperty("width", `${Math.min(Math.max(width, 4), 60)}ch`);
}

export class Command {
  #fields = [];
  #timer = 0;
  #requested = 0;

  /**
   * `entry`: the command; `place`: what its options choose from.
   *
   * `autocomplete(entry, option, focused, options)` returns choices, or null if that failed; `send(entry, options)`
   * sends the command; `leave(text)` gives it up, with a text for the message box; `showError(text)`
   * shows what is wrong, or nothing.
   */
  constructor(entry, place, { autocomplete, send, leave, showError }) {
    Object.assign(this, { entry, place, autocomplete, send, leave, showError });
    this.list = new ListBox(t("options"), (item) => this.#pick(item));
    this.title = h("div", { class: "options-title" });
    this.popup = h("div", { class: "options-box" }, this.title, this.list.element);
    this.end = h("input", {
      class: "command-end",
      type: "text",
      role: "combobox",
      "aria-expanded": "false",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": t("addOption"),
      onfocus: () => this.#atEnd(),
      oninput: () => this.#typedAtEnd(),
      onkeydown: (event) => this.#key(event, null),
      onblur: () => this.#blurred(),
    });
    this.element = h(
      "div",
      { class: "command", role: "group", "aria-label": `/${entry.shown}` },
      h("span", { class: "command-name" }, `/${entry.shown}`),
      this.end,
    );
    for (const option of entry.options) if (option.required) this.#add(option);
    this.#showRemaining();
  }

  /** Begins, with what was typed after the name as values of its options. */
  begin(rest = "") {
    this.#fill(rest);
    const first = this.#fields.find((field) => !field.input.value) ?? this.#fields.at(-1);
    (first?.input ?? this.end).focus();
  }

  #fill(rest) {
    const { options } = this.entry;
    const names = options.flatMap((option) => [option.shown, option.name]);
    const mark = /(?:^|\s)([^\s:]+):/g;
    const marks = [...rest.matchAll(mark)].filter((found) => names.includes(found[1]));
    const loose = marks.length ? rest.slice(0, marks[0].index) : rest;
    marks.forEach((found, index) => {
      const option = options.find(({ shown, name }) => [shown, name].includes(found[1]));
      this.#set(option, rest.slice(found.index + found[0].length, marks[index + 1]?.index).trim());
    });
    const given = new Set(this.#fields.filter((field) => field.input.value).map((field) => field.option));
    const next = options.find((option) => !given.has(option));
    if (loose.trim() && next) this.#set(next, loose.trimStart());
  }

  #set(option, text) {
    const field = this.#fields.find((each) => each.option === option) ?? this.#add(option);
    field.input.value = text;
    field.chosen = this.#exact(field) ?? null;
    fit(field.input);
  }

  /** Returns the item whose whole label was typed. */
  #exact({ items, input }) {
    const wanted = input.value.trim().replace(/^[#@]/, "").toLocaleLowerCase();
    return items?.find(({ label }) => label.toLocaleLowerCase() === wanted);
  }

  get #remaining() {
    const used = this.#fields.map((field) => field.option);
    return this.entry.options.filter((option) => !used.includes(option));
  }

  #add(option) {
    const input = h("input", {
      type: "text",
      role: "combobox",
      "aria-expanded": "false",
      autocomplete: "off",
      spellcheck: "false",
      inputmode: { 4: "numeric", 10: "decimal" }[option.type],
      "aria-label": option.shown,
      "aria-required": String(Boolean(option.required)),
      onfocus: () => this.#enter(field),
      oninput: () => this.#typed(field),
      onkeydown: (event) => this.#key(event, field),
      onblur: () => this.#blurred(),
    });
    const pill = h(
      "label",
      { class: `pill${option.required ? " required" : ""}` },
      h("span", { class: "pill-name" }, isolated(option.shown)),
      input,
    );
    const field = { option, input, pill, chosen: null, items: optionItems(option, this.place) };
    this.#fields.push(field);
    this.end.before(pill);
    fit(input);
    this.#showRemaining();
    return field;
  }

  #showRemaining() {
    const count = this.#remaining.length;
    this.end.placeholder = count === 0 ? "" : count === 1 ? t("moreOption") : t("moreOptions", { n: count });
    fit(this.end);
  }

  #remove(field) {
    const index = this.#fields.indexOf(field);
    this.#fields.splice(index, 1);
    field.pill.remove();
    this.#showRemaining();
    (this.#fields[index - 1]?.input ?? this.end).focus();
  }

  #heading(name, text, note) {
    this.title.replaceChildren(
      h("strong", {}, isolated(name)),
      text && h("span", {}, isolated(text)),
      note && h("small", {}, note),
    );
    this.popup.hidden = false;
  }

  #enter(field) {
    this.field = field;
    this.list.bind(field.input);
    this.#heading(field.option.shown, field.option.description, describeType(field.option));
    field.input.setSelectionRange(field.input.value.length, field.input.value.length);
    if (field.option.autocomplete) this.#requestChoices(field, 0, field.input.value ? -1 : 0);
    else this.#offer(field, field.chosen || !field.items ? -1 : 0, field.chosen ? "" : field.input.value);
  }

  #offer(field, active, text) {
    const items = field.items ? filterItems(field.items, text) : [];
    this.list.show(items, active);
    if (field.items && !items.length) this.#note(t("noChoices"));
  }

  #note(text) {
    this.title.querySelector("small")?.remove();
    this.title.append(h("small", {}, text));
  }

  #typed(field) {
    field.chosen = null;
    this.#clearError(field);
    fit(field.input);
    this.popup.hidden = false;
    if (field.option.autocomplete) this.#requestChoices(field, PAUSE, 0);
    else this.#offer(field, field.items ? 0 : -1, field.input.value);
  }

  /** Requests choices from the bot. `active`: the index of the choice that is then active; -1 for none, so that Enter sends what was pasted. */
  #requestChoices(field, pause, active) {
    clearTimeout(this.#timer);
    this.#requested += 1;
    const requested = this.#requested;
    const typed = field.input.value;
    this.#timer = setTimeout(async () => {
      if (!this.list.items.length) this.#note(t("loadingChoices"));
      const focused = field.option.type === 3 ? typed : typed.trim();
      const choices = await this.autocomplete(this.entry, field.option.name, focused, this.#values().options);
      if (requested !== this.#requested || this.field !== field) return;
      this.list.show(choiceItems(choices ?? []), active);
      if (!choices) this.#note(t("choicesFailed"));
      else this.#note(choices.length ? describeType(field.option) : t("noChoices"));
    }, pause);
  }

  #atEnd() {
    this.field = null;
    this.list.bind(this.end);
    this.#typedAtEnd();
  }

  #typedAtEnd() {
    const typed = this.end.value.trim();
    const named = this.#remaining.find(({ shown, name }) => typed === `${shown}:` || typed === `${name}:`);
    fit(this.end);
    if (named) {
      this.#take(named);
      return;
    }
    const items = this.#remaining.map((option) => ({
      label: option.shown,
      option,
      content: h("span", { class: "choice" }, h("bdi", { class: "choice-label" }, option.shown), h("bdi", { class: "choice-hint" }, option.description)),
    }));
    this.#heading(`/${this.entry.shown}`, this.entry.description, t("keys"));
    this.list.show(filterItems(items, typed), typed ? 0 : -1);
  }

  #take(option) {
    this.end.value = "";
    this.#add(option).input.focus();
  }

  #pick(item) {
    if (item.option) {
      this.#take(item.option);
      return;
    }
    const { field } = this;
    field.chosen = item;
    field.input.value = item.label;
    this.#clearError(field);
    fit(field.input);
    this.#next(field);
  }

  #next(field) {
    const empty = this.#fields.find((each) => each !== field && each.option.required && !each.input.value);
    (empty?.input ?? this.end).focus();
  }

  #key(event, field) {
    if (event.isComposing) return;
    const { active } = this.list;
    const input = event.target;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        this.popup.hidden = false;
        this.list.move(event.key === "ArrowDown" ? 1 : -1);
        break;
      case "Enter":
        if (active && !this.popup.hidden) this.#pick(active);
        else this.submit();
        break;
      case "Tab":
        if (event.shiftKey || !active || this.popup.hidden) return;
        this.#pick(active);
        break;
      case "Escape":
        if (this.popup.hidden || !this.list.items.length) this.leave("");
        else this.popup.hidden = true;
        break;
      case "Backspace":
        if (input.value) return;
        this.#back(field);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #back(field) {
    if (field && !field.option.required) this.#remove(field);
    else {
      const before = field ? this.#fields[this.#fields.indexOf(field) - 1] : this.#fields.at(-1);
      if (before) before.input.focus();
      else this.leave(`/${this.entry.path}`);
    }
  }

  #blurred() {
    // The focus may go from one part of the command to the next: only then is it known.
    setTimeout(() => {
      if (!this.element.contains(document.activeElement)) this.popup.hidden = true;
    });
  }

  #clearError(field) {
    field.pill.classList.remove("wrong");
    field.input.removeAttribute("aria-invalid");
    this.showError("");
  }

  /** Returns the values of all options; stops at the first that Discord would not send. */
  #values() {
    const options = {};
    for (const field of this.#fields) {
      const chosen = field.chosen ?? this.#exact(field);
      const { send, error } = chosen ? { send: chosen.send } : parseValue(field.option, field.input.value);
      if (error) return { field, error, options };
      if (send !== undefined) options[field.option.name] = send;
    }
    return { options };
  }

  /** Sends the command, or shows which option is wrong. */
  submit() {
    const { field, error, options } = this.#values();
    if (!error) {
      this.send(this.entry, options);
      return;
    }
    field.input.focus();
    field.pill.classList.add("wrong");
    field.input.setAttribute("aria-invalid", "true");
    this.showError(`${field.option.shown}: ${error}`);
  }
}
