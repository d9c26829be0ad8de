/** The box at the bottom, for messages and commands. */

import { Command } from "./command.js";
import { avatar } from "./avatar.js";
import { h, isolated } from "./dom.js";
import { icon } from "./icons.js";
import { ListBox } from "./listbox.js";
import { t } from "./texts.js";

const SLASH = 1;
const MOST_LINES = 200;

export class Composer {
  #command = null;

  constructor(app) {
    this.app = app;
    this.list = new ListBox(t("commands"), (item) => this.start(item.entry));
    this.popup = h("div", { class: "options-box", hidden: true }, h("div", { class: "options-title" }, h("strong", {}, t("commands"))), this.list.element);
    this.text = h("textarea", {
      rows: "1",
      id: "message-box",
      // Until a channel is open: what is typed earlier would be lost.
      disabled: true,
      maxlength: "2000",
      autocomplete: "off",
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
      onblur: () => {
        this.popup.hidden = true;
      },
      onfocus: () => this.#typed(),
    });
    this.error = h("p", { class: "composer-error", role: "alert" });
    this.line = h("div", { class: "composer-line" }, this.text);
    this.popups = h("div", { class: "composer-popups" }, this.popup);
    this.send = h("button", { class: "icon-button send", type: "submit", "aria-label": t("send"), title: t("send") }, icon("send"));
    this.element = h(
      "form",
      {
        class: "composer",
        onsubmit: (event) => {
          event.preventDefault();
          this.#submit();
        },
      },
      this.error,
      this.popups,
      h("div", { class: "composer-box" }, this.line, this.send),
    );
  }

  /** Empties the box, for the open channel. */
  reset() {
    const { channel } = this.app.state;
    this.#command = null;
    this.#showError("");
    this.popups.replaceChildren(this.popup);
    this.line.replaceChildren(this.text);
    this.text.value = "";
    this.text.disabled = false;
    this.text.placeholder = channel ? t(channel.guild ? "write" : "writeTalk", { name: channel.name }) : "";
    this.text.setAttribute("aria-label", this.text.placeholder);
    if (channel && !channel.writable) this.text.placeholder = t("mayNotWrite");
    this.#grow();
    this.popup.hidden = true;
    this.list.release();
  }

  focus() {
    (this.#command?.element.querySelector("input") ?? this.text).focus();
  }

  /** Begins a command, with a text for its options. */
  start(entry, rest = "") {
    this.reset();
    const { state, request } = this.app;
    const force = Boolean(entry.hidden);
    this.#command = new Command(
      entry,
      this.app.place(),
      {
        autocomplete: (of, option, focused, options) =>
          request("autocomplete", { channel: state.channel.id, path: of.path, option, focused, options, force }).catch(() => null),
        send: async (of, options) => {
          try {
            this.app.interactions.started(await request("slash_command", { channel: state.channel.id, path: of.path, options, force }));
            this.reset();
            this.text.focus();
            this.app.log.toEnd();
          } catch (error) {
            this.#showError(t("failed", { why: error.message }));
          }
        },
        leave: (text) => {
          this.reset();
          this.text.value = text;
          this.text.focus();
        },
        showError: (text) => this.#showError(text),
      },
    );
    this.popups.replaceChildren(this.#command.popup);
    this.line.replaceChildren(this.#command.element);
    this.#command.begin(rest);
  }

  /** Begins the command with a name, if the channel has it. */
  startNamed(path) {
    const entry = this.#entries().find((each) => each.path === path);
    if (entry) this.start(entry);
  }

  #entries() {
    const { commands, showHidden } = this.app.state;
    return commands.filter(({ type, hidden }) => type === SLASH && (showHidden || !hidden));
  }

  #showError(text) {
    this.error.textContent = text;
  }

  #grow() {
    this.text.style.setProperty("height", "auto");
    if (this.text.value) this.text.style.setProperty("height", `${Math.min(this.text.scrollHeight, MOST_LINES)}px`);
  }

  #typed() {
    this.#grow();
    this.#showError("");
    const typed = this.text.value;
    if (!typed.startsWith("/")) {
      this.popup.hidden = true;
      this.list.release();
      return;
    }
    const wanted = typed.slice(1).toLocaleLowerCase();
    const entries = this.#entries();
    const begun = entries.find(({ path, shown }) => [path, shown].some((name) => wanted.startsWith(`${name} `)));
    if (begun) {
      const name = [begun.path, begun.shown].find((each) => wanted.startsWith(`${each} `));
      this.start(begun, typed.slice(name.length + 2));
      return;
    }
    const rank = ({ path, shown }) => {
      const places = [path, shown].map((name) => name.indexOf(wanted.trimEnd())).filter((at) => at >= 0);
      return places.length ? Math.min(...places) : -1;
    };
    const found = entries
      .map((entry) => ({ entry, at: rank(entry) }))
      .filter(({ at }) => at >= 0)
      .sort((one, other) => Math.sign(one.at) - Math.sign(other.at));
    this.list.bind(this.text);
    this.list.show(found.map(({ entry }) => ({ entry, content: this.#drawn(entry) })));
    this.popup.querySelector(".options-title").replaceChildren(h("strong", {}, found.length ? t("commands") : t("noCommand")));
    this.popup.hidden = false;
  }

  #drawn(entry) {
    return h(
      "span",
      { class: "command-choice" },
      avatar(this.app.state.bot, true),
      h(
        "span",
        {},
        h(
          "span",
          { class: "command-choice-name" },
          `/${entry.shown}`,
          entry.options.map(({ shown, required }) => h("span", { class: `command-choice-option${required ? " required" : ""}` }, isolated(shown))),
          entry.hidden && h("span", { class: "command-choice-hidden", title: entry.hidden }, icon("lock"), t("hiddenHere")),
        ),
        isolated(entry.description, { class: "command-choice-description" }),
      ),
    );
  }

  #key(event) {
    if (event.isComposing) return;
    const open = !this.popup.hidden && this.list.items.length > 0;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) this.list.move(event.key === "ArrowDown" ? 1 : -1);
    else if (open && ((event.key === "Tab" && !event.shiftKey) || event.key === "Enter")) this.start(this.list.active.entry);
    else if (event.key === "Escape" && !this.popup.hidden) this.popup.hidden = true;
    else if (event.key === "Enter" && !event.shiftKey) this.#submit();
    else return;
    event.preventDefault();
  }

  async #submit() {
    if (this.#command) {
      this.#command.submit();
      return;
    }
    const text = this.text.value.trim();
    const { channel } = this.app.state;
    if (!text) return;
    const entry = this.#entries().find(({ path, shown }) => [path, shown].includes(text.slice(1).toLocaleLowerCase()));
    if (entry && text.startsWith("/")) {
      this.start(entry);
      this.#command.submit();
      return;
    }
    try {
      await this.app.request("send_message", { channel: channel.id, text });
      this.reset();
      this.app.log.toEnd();
    } catch (error) {
      this.#showError(t("failed", { why: error.message }));
    }
  }
}
