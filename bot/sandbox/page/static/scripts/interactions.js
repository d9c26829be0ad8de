/** The interactions that this page starts: they are sent, followed, and the modals that answer them are opened. */

import { openModal } from "./modal.js";

export class Interactions {
  #known = new Map();
  /** Those whose modal is to be opened on this page. */
  #own = new Set();
  /** Modals that wait for what the bot answers to them, by interaction. */
  #submitted = new Map();

  constructor(app) {
    this.app = app;
  }

  /** Presses a button or chooses values of a select menu: `request` is the name of the request. */
  async useComponent(message, customId, request, content) {
    const { app } = this;
    app.log.setBusy(message.id, customId, null);
    const at = { channel: message.channel, message: message.id };
    const id = await app.attempt(() => app.request(request, { ...at, ...content }));
    app.log.setBusy(message.id, id && customId, id);
    if (id) this.started(id);
  }

  /** Uses a command of the context menu of a message, or of its author. */
  async useContextMenu(message, { path, type, hidden }) {
    const { app } = this;
    const content = { channel: message.channel, message: message.id, path, author: type === 2, force: Boolean(hidden) };
    const id = await app.attempt(() => app.request("context_menu", content));
    if (id) this.started(id);
  }

  /** Follows an interaction that this page has started. */
  started(id) {
    this.#own.add(id);
    const known = this.#known.get(id);
    if (known) this.update(known);
  }

  /** Takes the new state of an interaction. */
  update(interaction) {
    const { id, form, answered, failed } = interaction;
    this.#known.set(id, interaction);
    this.app.log.updateInteraction(interaction);
    if (form && this.#own.delete(id)) {
      openModal(form, this.app.place(), {
        send: (values) => this.#submit(id, values),
        dismissed: () => this.app.attempt(() => this.app.request("close_modal", { interaction: id })),
      });
    }
    if (answered || failed) {
      this.#submitted.get(id)?.(failed);
      this.#submitted.delete(id);
    }
  }

  /** Submits a modal; returns what went wrong, when the bot has answered. */
  async #submit(id, values) {
    const sent = await this.app.request("submit_modal", { interaction: id, values });
    this.started(sent);
    const known = this.#known.get(sent);
    if (known?.answered || known?.failed) return known.failed;
    return new Promise((resolve) => this.#submitted.set(sent, resolve));
  }
}
