/** The messages of the open channel in order, grouped by author and day, with commands that wait for their response. */

import { h, isolated } from "./dom.js";
import { icon } from "./icons.js";
import { drawMessage, drawPending } from "./message.js";
import { localized, t } from "./texts.js";
import { day, sameDay } from "./times.js";

const GROUP = 7 * 60 * 1000;
const NEAR = 60;

/** Compares ids, which are numbers too large for JavaScript's. */
const inOrder = (one, other) => one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);

export class MessageLog {
  #messages = new Map();
  #nodes = new Map();
  #pending = new Map();
  #uses = new Map();
  #more = false;
  #starter = null;

  constructor(app) {
    this.app = app;
    this.list = h("ol", { class: "messages" });
    this.intro = h("div", { class: "intro" });
    this.older = h("button", { type: "button", class: "button quiet older", onclick: () => this.#loadOlder() }, t("older"));
    this.scroller = h(
      "div",
      { class: "log", role: "log", tabindex: "0", onscroll: () => this.#scrolled() },
      this.intro,
      this.older,
      this.list,
    );
    this.down = h("button", { type: "button", class: "go-down", hidden: true, onclick: () => this.toEnd() });
    this.element = h("div", { class: "log-box" }, this.scroller, this.down);
    this.atEnd = true;
    const sizes = new ResizeObserver(() => this.atEnd && this.toEnd());
    for (const each of [this.list, this.scroller]) sizes.observe(each);
  }

  /** Shows a channel from its newest messages on. */
  open({ channel, messages, more, starter }) {
    this.scroller.setAttribute("aria-label", t("messages", { name: channel.name }));
    this.scroller.setAttribute("aria-busy", "true");
    this.#messages = new Map(messages.map((message) => [message.id, message]));
    this.#nodes = new Map(messages.map((message) => [message.id, this.#draw(message)]));
    this.#more = more;
    this.#starter = starter;
    this.list.replaceChildren(...this.#nodes.values());
    this.#introduce(channel);
    for (const pending of this.#pending.values()) this.#place(pending);
    this.#arrange();
    this.toEnd();
    this.scroller.removeAttribute("aria-busy");
  }

  /** Forgets which commands and components wait for a response: they are another person's. */
  forgetPending() {
    this.#pending.clear();
    this.#uses.clear();
  }

  #introduce(channel) {
    this.older.hidden = !this.#more;
    this.intro.hidden = this.#more;
    const { commands, actions } = this.app.state;
    const offered = commands.filter(({ type, hidden }) => type === 1 && !hidden).slice(0, 4);
    const title = channel.guild ? t(channel.parent ? "welcomeThread" : "welcome", { name: channel.name }) : channel.name;
    this.intro.replaceChildren(
      h("h2", {}, isolated(title)),
      h("p", {}, channel.guild ? t("begins", { name: channel.name }) : t("welcomeTalk", { name: channel.name })),
      h(
        "p",
        { class: "try" },
        h("span", {}, t("try")),
        offered.map((entry) => h("button", { type: "button", class: "chip", onclick: () => this.app.composer.start(entry) }, `/${entry.shown}`)),
        actions.map((action) => h("button", { type: "button", class: "chip", onclick: () => this.app.runAction(action) }, localized(action.names))),
      ),
      ...(this.#starter ? [h("ol", { class: "messages starter" }, drawMessage(this.#starter, this.app))] : []),
    );
  }

  /** Shows what stands above the messages anew, after the commands have changed. */
  refresh(channel) {
    this.older.textContent = t("older");
    this.#introduce(channel);
  }

  #draw(message) {
    return drawMessage(message, this.app, this.#uses.get(message.id));
  }

  /** Adds a message, or shows its new state. */
  update(message, isNew) {
    if (this.#starter?.id === message.id && message.channel !== this.app.state.channel.id) {
      this.#starter = message;
      this.intro.querySelector(".starter")?.replaceChildren(drawMessage(message, this.app));
      return;
    }
    if (message.channel !== this.app.state.channel?.id) return;
    const old = this.#nodes.get(message.id);
    if (!old && !isNew) return;
    this.#messages.set(message.id, message);
    const node = this.#draw(message);
    this.#nodes.set(message.id, node);
    if (old) {
      replaceKeepingFocus(old, node);
      this.#arrange();
      return;
    }
    const after = [...this.#messages.keys()].filter((id) => inOrder(message.id, id) < 0).sort(inOrder)[0];
    this.list.insertBefore(node, (after && this.#nodes.get(after)) ?? this.list.querySelector(".pending"));
    this.#arrange();
    if (this.atEnd) this.#follow(node);
    else this.#showJump();
  }

  /** Scrolls to a new message: to its end, or to its beginning if it is long. */
  #follow(node) {
    if (node.offsetHeight < this.scroller.clientHeight) {
      this.toEnd();
      return;
    }
    this.atEnd = false;
    this.scroller.scrollTop = node.offsetTop - 16;
    this.#showJump(t("goDown"));
  }

  #showJump(text = t("newMessages")) {
    this.down.replaceChildren(text, icon("down"));
    this.down.hidden = false;
  }

  remove(id) {
    this.#messages.delete(id);
    this.#nodes.get(id)?.remove();
    this.#nodes.delete(id);
    this.#arrange();
  }

  /** Scrolls to a message, and focuses it. */
  show(id) {
    const node = this.#nodes.get(id);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.focus();
  }

  /** Shows that a component of a message was used, until the bot answers to the interaction. */
  setBusy(messageId, busy, interaction) {
    this.#uses.set(messageId, { busy, interaction });
    this.#redraw(messageId);
  }

  /** Shows the state of an interaction: of a command, or of a component of a message. */
  updateInteraction(interaction) {
    for (const [messageId, use] of this.#uses) {
      if (use.interaction !== interaction.id) continue;
      if (interaction.failed) this.#uses.set(messageId, { failed: interaction.failed });
      else if (interaction.answered) this.#uses.delete(messageId);
      else continue;
      this.#redraw(messageId);
    }
    if (interaction.kind === 2) this.#pend(interaction);
  }

  #pend(interaction) {
    this.#pending.get(interaction.id)?.node?.remove();
    this.#pending.delete(interaction.id);
    if (interaction.answered) return;
    this.#pending.set(interaction.id, { interaction });
    this.#place(this.#pending.get(interaction.id));
    if (this.atEnd) this.toEnd();
  }

  #place(pending) {
    if (pending.interaction.channel !== this.app.state.channel?.id) return;
    pending.node = drawPending(pending.interaction, this.app);
    this.list.append(pending.node);
  }

  /** Removes a command that failed. */
  forgetCommand(id) {
    this.#pending.get(id)?.node?.remove();
    this.#pending.delete(id);
  }

  #redraw(id) {
    const old = this.#nodes.get(id);
    if (!old) return;
    const node = this.#draw(this.#messages.get(id));
    this.#nodes.set(id, node);
    replaceKeepingFocus(old, node);
    this.#arrange();
  }

  /** Puts lines between days, and groups the messages of an author. */
  #arrange() {
    for (const line of this.list.querySelectorAll(":scope > .day")) line.remove();
    let before = null;
    for (const id of [...this.#messages.keys()].sort(inOrder)) {
      const message = this.#messages.get(id);
      const node = this.#nodes.get(id);
      const newDay = !before || !sameDay(before.at, message.at);
      if (newDay) node.before(h("li", { class: "day" }, h("span", {}, day(message.at))));
      const follows =
        !newDay && before.author.id === message.author.id && message.at - before.at < GROUP && !message.command && !message.reply && before.ephemeral === message.ephemeral;
      node.classList.toggle("follows", follows);
      before = message;
    }
  }

  async #loadOlder() {
    const { channel } = this.app.state;
    const first = [...this.#messages.keys()].sort(inOrder)[0];
    const { messages, more } = await this.app.request("older", { channel: channel.id, before: first });
    if (channel !== this.app.state.channel) return;
    const height = this.scroller.scrollHeight;
    const nodes = messages.map((message) => this.#draw(message));
    messages.forEach((message, index) => {
      this.#messages.set(message.id, message);
      this.#nodes.set(message.id, nodes[index]);
    });
    this.list.prepend(...nodes);
    this.#more = more;
    this.older.hidden = !more;
    this.intro.hidden = more;
    this.#arrange();
    this.scroller.scrollTop += this.scroller.scrollHeight - height;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.atEnd) this.down.hidden = true;
  }

  toEnd() {
    this.atEnd = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.down.hidden = true;
  }
}

/** Replaces a node by another; the focus stays on the same control, or moves to one near it. */
function replaceKeepingFocus(old, node) {
  const focused = document.activeElement;
  const within = old.contains(focused);
  // Buttons and menus are counted apart: what stands above them may be another page of something.
  const kind = focused.matches("[data-control]") ? "[data-control]" : "button, a, [tabindex]";
  const index = within ? [...old.querySelectorAll(kind)].indexOf(focused) : -1;
  node.className = [...new Set([...node.classList, ...[...old.classList].filter((each) => each === "follows")])].join(" ");
  old.replaceWith(node);
  if (!within) return;
  const controls = [...node.querySelectorAll(kind)];
  const usable = (each) => each && !each.disabled;
  const next = [controls[index], controls[index - 1], controls[index + 1]].find(usable);
  (next ?? node).focus();
}
