/** The page as a whole: its parts, the open channel, and the person. */

import { allChannels, findChannel, firstChannel } from "./channels.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { h } from "./dom.js";
import { drawForum } from "./forum.js";
import { header } from "./header.js";
import { listen } from "./input.js";
import { Interactions } from "./interactions.js";
import { openJson } from "./json.js";
import { MessageLog } from "./log.js";
import { openMessageMenu } from "./menu.js";
import { RequestPanel } from "./requests.js";
import { openSettings } from "./settings.js";
import { sidebar } from "./sidebar.js";
import { localized, t, useLocale } from "./texts.js";
import { exact, moment, now, refreshDays, setNow, setZone } from "./times.js";
import { Toasts } from "./toasts.js";
import { applyUpdate } from "./updates.js";

const PERSON = "sandbox-person";
const HIDDEN = "sandbox-hidden-commands";
const SECOND = 1000;
const NOTICE_SHOWN = 6000;
const NARROW = matchMedia("(max-width: 720px)");
const TOUCH = matchMedia("(pointer: coarse)");

export class App {
  state = {
    guild: null,
    channel: null,
    commands: [],
    actions: [],
    unread: new Map(),
    showHidden: sessionStorage.getItem(HIDDEN) === "yes",
  };

  constructor() {
    this.interactions = new Interactions(this);
    this.composer = new Composer(this);
    this.log = new MessageLog(this);
    this.requests = new RequestPanel(this);
    this.toasts = new Toasts();
    this.side = h("div", { class: "sidebar", id: "sidebar" });
    this.header = h("header", { class: "top" });
    this.forum = h("div", { class: "forum-box", tabindex: "0", hidden: true });
    this.notice = h("p", { class: "notice", role: "status" });
    this.tip = h("p", { class: "tip", role: "note", "aria-live": "polite" });
    this.main = h("main", {}, this.header, this.notice, this.log.element, this.forum, this.tip, this.composer.element);
    this.skip = h("a", { class: "skip", href: "#message-box", onclick: (event) => this.#skip(event) });
    document.querySelector("#page").replaceChildren(this.skip, this.side, this.main, this.requests.element, this.toasts.element);
    listen(this);
    NARROW.addEventListener("change", () => {
      this.hideList();
      this.coverAll(false);
    });
    setInterval(() => this.#tick(), SECOND);
    this.connection = new Connection(
      (frame) => this.#received(frame),
      (isOpen) => this.#connectionChanged(isOpen),
    );
  }

  request = (type, content) => this.connection.request(type, content);

  /** Does something that may be refused; then returns null, and says why. */
  async attempt(work) {
    try {
      return await work();
    } catch (error) {
      if (error.message) this.notify(t("failed", { why: error.message }));
      return null;
    }
  }

  /** Tells the reader something for a while. */
  notify(text) {
    this.notice.textContent = text;
    clearTimeout(this.noticeTimer);
    this.noticeTimer = setTimeout(() => {
      this.notice.textContent = "";
    }, NOTICE_SHOWN);
  }

  #received(frame) {
    setNow(frame.now);
    this.#tick();
    applyUpdate(this, frame);
  }

  async #connectionChanged(isOpen) {
    document.body.classList.toggle("offline", !isOpen);
    clearTimeout(this.noticeTimer);
    this.notice.textContent = isOpen ? "" : t("lost");
    if (!isOpen) return;
    const before = this.state.channel?.id ?? location.hash.slice(1);
    const state = await this.request("hello", { person: sessionStorage.getItem(PERSON) });
    await this.#begin(state);
    const id = findChannel(state.places, before)?.id ?? findChannel(state.places, state.first)?.id;
    await this.open(id ?? firstChannel(state.places));
  }

  /** Shows a new state: after connecting, of another person or in another language. */
  async #begin(state) {
    // First: updates may come while texts are loaded.
    Object.assign(this.state, state);
    await useLocale(state.you.locale);
    sessionStorage.setItem(PERSON, state.you.id);
    setZone(state.zone);
    document.title = state.title;
    this.showTip(state.tip);
    this.skip.textContent = t("skip");
    this.requests.reset(state.requests);
  }

  // The open channel.

  /** Opens a channel. */
  async open(id) {
    const opened = await this.attempt(() => this.request("open", { channel: id }));
    if (!opened) return;
    const { state } = this;
    state.channel = opened.channel;
    state.guild = opened.channel.guild;
    state.commands = opened.commands;
    state.unread.delete(id);
    history.replaceState(null, "", `#${id}`);
    this.hideList();
    this.#drawSide();
    this.#drawHeader();
    const hasPosts = opened.posts !== null;
    this.forum.hidden = !hasPosts;
    this.log.element.hidden = hasPosts;
    this.composer.element.hidden = hasPosts;
    if (hasPosts) this.showPosts(opened.posts);
    else {
      this.log.open(opened);
      this.composer.reset();
      if (!TOUCH.matches && !document.querySelector("dialog[open]")) this.composer.focus();
    }
  }

  /** Opens a channel, if the person sees it. */
  openIfSeen(id) {
    if (findChannel(this.state.places, id)) this.open(id);
  }

  /** Opens the first channel of a guild; of the direct messages where the id is null. */
  async openGuild(id) {
    const { places } = this.state;
    const guild = places.guilds.find((each) => each.id === id);
    await this.open(guild ? firstChannel(places, guild) : places.talks[0].id);
    if (NARROW.matches) this.showList();
  }

  /** Returns what select menus and modals choose from: the open guild, the bot and the person. */
  place() {
    const { places, channel, bot, you } = this.state;
    return { guild: places.guilds.find(({ id }) => id === channel?.guild), bot, you };
  }

  showPosts(posts) {
    const threads = new Map(allChannels(this.state.places).map((channel) => [channel.id, channel]));
    this.forum.setAttribute("aria-label", t("posts"));
    this.forum.replaceChildren(drawForum(this.state.channel, posts, threads, this));
  }

  addUnread({ channel, pinged }) {
    const count = (this.state.unread.get(channel)?.count ?? 0) + (pinged ? 1 : 0);
    this.state.unread.set(channel, { pinged: count > 0, count });
    this.#drawSide();
  }

  updatePlaces(places) {
    this.state.places = places;
    const channel = findChannel(places, this.state.channel?.id);
    if (!channel) {
      this.open(firstChannel(places));
      return;
    }
    this.state.channel = channel;
    this.#drawSide();
    this.#drawHeader();
  }

  // What stands around the messages.

  #drawSide() {
    const focused = this.side.contains(document.activeElement) && document.activeElement.dataset.channel;
    this.side.replaceChildren(...sidebar(this));
    if (focused) this.side.querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus();
  }

  #drawHeader() {
    const { channel, places } = this.state;
    this.header.replaceChildren(...header(this, channel.parent && findChannel(places, channel.parent)));
    this.#tick();
  }

  #tick() {
    const time = this.header.querySelector("time");
    if (!time) return;
    const shown = moment(now());
    if (time.textContent !== shown) time.textContent = shown;
    time.dateTime = new Date(now()).toISOString();
    time.title = t("clock", { when: exact(now()) });
    refreshDays(this.main);
  }

  /** Shows what the person could do next, or nothing. */
  showTip(tip) {
    this.state.tip = tip;
    this.tip.textContent = tip ? localized(tip) : "";
  }

  /** Shows the list of guilds and channels on a narrow page, above everything else. */
  showList() {
    document.body.classList.add("with-list");
    this.main.inert = true;
    this.header.querySelector(".list-button").setAttribute("aria-expanded", "true");
    this.side.querySelector("[aria-current=page]")?.focus();
  }

  /** Hides that list. */
  hideList() {
    document.body.classList.remove("with-list");
    this.main.inert = false;
    this.header.querySelector(".list-button")?.setAttribute("aria-expanded", "false");
  }

  /** Notes that the panel of requests covers everything else, which it does on a narrow page. */
  coverAll(isCovered) {
    this.main.inert = this.side.inert = isCovered && NARROW.matches;
  }

  get showsList() {
    return document.body.classList.contains("with-list");
  }

  #skip(event) {
    event.preventDefault();
    this.composer.focus();
  }

  // What the reader does.

  openMessageMenu(message, anchor) {
    openMessageMenu(message, anchor, this);
  }

  dismiss(message) {
    return this.attempt(() => this.request("dismiss", { channel: message.channel, message: message.id }));
  }

  /** Removes a command that failed. */
  forgetCommand(interactionId) {
    this.log.forgetCommand(interactionId);
    this.composer.focus();
  }

  async showJson(message) {
    const payload = await this.attempt(() => this.request("message_json", { channel: message.channel, message: message.id }));
    if (payload) openJson(payload);
  }

  /** Runs an action of whoever serves the page. */
  async runAction(action, button) {
    button?.setAttribute("aria-busy", "true");
    const text = await this.attempt(() => this.request("run_action", { action: action.id }));
    button?.removeAttribute("aria-busy");
    if (text) this.notify(localized(text));
  }

  // The person and their settings.

  openSettings() {
    this.hideList();
    openSettings(this);
  }

  async switchPerson(person) {
    const before = this.state.channel?.id;
    this.log.forgetPending();
    this.toasts.clear();
    await this.#begin(await this.request("switch_person", { person }));
    this.state.unread.clear();
    const { places } = this.state;
    await this.open(findChannel(places, before)?.id ?? firstChannel(places));
  }

  async switchLocale(locale) {
    await this.#begin(await this.request("set_locale", { locale }));
    await this.open(this.state.channel?.id ?? firstChannel(this.state.places));
  }

  offerHiddenCommands(wanted) {
    this.state.showHidden = wanted;
    sessionStorage.setItem(HIDDEN, wanted ? "yes" : "no");
  }
}
