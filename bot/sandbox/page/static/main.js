/** The page: joins its parts, and does what they ask for. */

import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { h } from "./dom.js";
import { openForm } from "./form.js";
import { drawForum } from "./forum.js";
import { header } from "./header.js";
import { listen } from "./input.js";
import { Log } from "./log.js";
import { openMenu } from "./menu.js";
import { openJson, Panel } from "./panel.js";
import { applyEmbeds, applyTheme, openSettings } from "./settings.js";
import { sidebar } from "./sidebar.js";
import { language, speak, t } from "./texts.js";
import { exact, learnNow, moment, now, refreshDays, useZone } from "./times.js";
import { Toasts } from "./toasts.js";

const PERSON = "sandbox-person";
const HIDDEN = "sandbox-hidden-commands";
const FORUMS = [15, 16];
const SECOND = 1000;
const SEEN = 6000;

class App {
  state = {
    guild: null,
    channel: null,
    commands: [],
    actions: [],
    unread: new Map(),
    showHidden: sessionStorage.getItem(HIDDEN) === "yes",
  };
  #interactions = new Map();
  #forms = new Set();
  #waiting = new Map();

  constructor() {
    this.composer = new Composer(this);
    this.log = new Log(this);
    this.panel = new Panel(this);
    this.toasts = new Toasts();
    this.side = h("div", { class: "sidebar", id: "sidebar" });
    this.header = h("header", { class: "top" });
    this.forum = h("div", { class: "forum-box", hidden: true });
    this.notice = h("p", { class: "notice", role: "status" });
    this.tip = h("p", { class: "tip", role: "note" });
    this.main = h("main", {}, this.header, this.notice, this.log.element, this.forum, this.tip, this.composer.element);
    this.skip = h("a", { class: "skip", href: "#message-box" });
    document.querySelector("#page").replaceChildren(this.skip, this.side, this.main, this.panel.element, this.toasts.element);
    this.#listen();
    this.connection = new Connection(
      (frame) => this.#told(frame),
      (state) => this.#line(state),
    );
  }

  ask = (deed, content) => this.connection.ask(deed, content);

  /** The line to the server is there, or lost. */
  async #line(state) {
    document.body.classList.toggle("offline", state === "off");
    if (state === "off") {
      this.notice.textContent = t("lost");
      return;
    }
    this.notice.textContent = "";
    const before = this.state.channel?.id ?? location.hash.slice(1);
    const there = await this.ask("hello", { person: sessionStorage.getItem(PERSON) });
    this.#begin(there);
    await this.open(this.#known(before) ?? this.#known(there.first) ?? this.#first());
  }

  #begin(state) {
    Object.assign(this.state, state);
    sessionStorage.setItem(PERSON, state.you.id);
    speak(state.you.locale);
    useZone(state.zone);
    document.title = state.title;
    this.#drawTip();
    this.skip.textContent = t("skip");
    this.panel.reset(state.requests);
    this.panel.refresh();
  }

  get #all() {
    const { guilds, talks } = this.state.places;
    return [...guilds.flatMap(({ channels }) => channels), ...talks];
  }

  #known(id) {
    return this.#all.find((channel) => channel.id === id)?.id;
  }

  /** Opens a channel, if the person sees it. */
  openKnown(id) {
    if (this.#known(id)) this.open(id);
  }

  #first(guild = this.state.places.guilds[0]) {
    const channels = [...(guild?.channels ?? this.state.places.talks)].sort((one, other) => one.position - other.position);
    return (channels.find(({ type }) => type === 0) ?? channels.find(({ type }) => type !== 4) ?? this.state.places.talks[0]).id;
  }

  /** Opens a channel. */
  async open(id) {
    const opened = await this.#try(() => this.ask("open", { channel: id }));
    if (!opened) return;
    const { state } = this;
    state.channel = opened.channel;
    state.guild = opened.channel.guild;
    state.commands = opened.commands;
    state.unread.delete(id);
    history.replaceState(null, "", `#${id}`);
    document.body.classList.remove("with-list");
    this.#drawSide();
    this.#drawHeader();
    const isForum = opened.posts !== null;
    this.forum.hidden = !isForum;
    this.log.element.hidden = isForum;
    this.composer.element.hidden = isForum;
    if (isForum) this.#drawForum(opened.posts);
    else {
      this.log.open(opened);
      this.composer.reset();
      if (!matchMedia("(pointer: coarse)").matches && !document.querySelector("dialog[open]")) this.composer.focus();
    }
  }

  openGuild(id) {
    const guild = this.state.places.guilds.find((each) => each.id === id);
    const first = guild ? this.#first(guild) : this.state.places.talks[0].id;
    return this.open(first).then(() => window.innerWidth <= 720 && document.body.classList.add("with-list"));
  }

  #drawForum(posts) {
    const threads = new Map(this.#all.map((channel) => [channel.id, channel]));
    this.forum.replaceChildren(drawForum(this.state.channel, posts, threads, this));
  }

  #drawSide() {
    const focused = this.side.contains(document.activeElement) && document.activeElement.dataset.channel;
    this.side.replaceChildren(...sidebar(this));
    if (focused) this.side.querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus();
  }

  #drawHeader() {
    const { channel } = this.state;
    const parent = channel.parent && this.#all.find(({ id }) => id === channel.parent);
    this.header.replaceChildren(...header(this, parent));
    this.#tick();
  }

  #tick() {
    const time = this.header.querySelector("time");
    if (!time) return;
    time.textContent = moment(now());
    time.dateTime = new Date(now()).toISOString();
    time.title = t("clock", { when: exact(now()) });
    refreshDays(this.main);
  }

  /** Shows the list of servers and channels, where it is not there beside the conversation. */
  showList() {
    document.body.classList.add("with-list");
    this.side.querySelector("[aria-current=page]")?.focus();
  }

  /** The text of the reader's language, of those that the page's host has. */
  #local = (texts) => texts[language().split("-")[0]] ?? texts.en;

  /** Shows what the person could do next, or nothing. */
  #drawTip() {
    const { tip } = this.state;
    this.tip.textContent = tip ? this.#local(tip) : "";
  }

  actionName = ({ names }) => this.#local(names);

  /** Does what the page's host offers. */
  async act(action, button) {
    button?.setAttribute("aria-busy", "true");
    const said = await this.#try(() => this.ask("act", { action: action.id }));
    button?.removeAttribute("aria-busy");
    if (said) this.say(this.#local(said));
  }

  /** Tells the reader something for a while. */
  say(text) {
    this.notice.textContent = text;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => {
      this.notice.textContent = "";
    }, SEEN);
  }

  async #try(work) {
    try {
      return await work();
    } catch (error) {
      if (error.message) this.say(t("failed", { why: error.message }));
      return null;
    }
  }

  world() {
    const { places, channel, bot, you } = this.state;
    return { place: places.guilds.find(({ id }) => id === channel?.guild), bot, you };
  }

  start(entry) {
    this.composer.start(entry);
  }

  // What a person does to a message.

  async use(message, control, deed, content) {
    this.log.begin(message.id, control, null);
    const at = { channel: message.channel, message: message.id };
    const id = await this.#try(() => this.ask(deed, { ...at, ...content }));
    this.log.begin(message.id, id && control, id);
    if (id) this.sent(id);
  }

  async useMenu(message, { path, type, hidden }) {
    const at = { channel: message.channel, message: message.id };
    const id = await this.#try(() => this.ask("menu", { ...at, path, author: type === 2, force: Boolean(hidden) }));
    if (id) this.sent(id);
  }

  menu(message, anchor) {
    openMenu(message, anchor, this);
  }

  show(id) {
    this.log.show(id);
  }

  dismiss(message) {
    return this.#try(() => this.ask("dismiss", { channel: message.channel, message: message.id }));
  }

  forget(interactionId) {
    this.log.forget(interactionId);
    this.composer.focus();
  }

  async showJson(message) {
    const whole = await this.#try(() => this.ask("json", { channel: message.channel, message: message.id }));
    if (whole) openJson(whole);
  }

  // What comes of it.

  /** Follows an interaction that this page began: its form opens here. */
  sent(id) {
    this.#forms.add(id);
    const known = this.#interactions.get(id);
    if (known) this.#interaction(known);
  }

  #interaction(interaction) {
    this.#interactions.set(interaction.id, interaction);
    this.log.interaction(interaction);
    if (interaction.form && this.#forms.delete(interaction.id)) {
      const close = () => this.#try(() => this.ask("close", { interaction: interaction.id }));
      openForm(interaction.form, this.world(), (values) => this.#submit(interaction.id, values), close);
    }
    if (interaction.answered || interaction.failed) {
      this.#waiting.get(interaction.id)?.(interaction.failed);
      this.#waiting.delete(interaction.id);
    }
  }

  async #submit(id, values) {
    const sent = await this.ask("submit", { interaction: id, values });
    this.sent(sent);
    const known = this.#interactions.get(sent);
    if (known?.answered || known?.failed) return known.failed;
    return new Promise((resolve) => this.#waiting.set(sent, resolve));
  }

  #told(frame) {
    learnNow(frame.now);
    this.#tick();
    const { state } = this;
    switch (frame.kind) {
      case "message":
        this.log.take(frame.message, frame.new);
        break;
      case "gone":
        if (frame.channel === state.channel?.id) this.log.remove(frame.message);
        break;
      case "unread":
        this.#news(frame);
        break;
      case "push":
        this.toasts.show(frame);
        break;
      case "tip":
        state.tip = frame.tip;
        this.#drawTip();
        break;
      case "interaction":
        this.#interaction(frame.interaction);
        break;
      case "request":
        this.panel.take(frame.request);
        break;
      case "commands":
        state.commands = frame.commands;
        if (!this.log.element.hidden) this.log.refresh(state.channel);
        break;
      case "places":
        this.#places(frame.places);
        break;
      case "posts":
        state.places = frame.places;
        if (FORUMS.includes(state.channel?.type)) this.#drawForum(frame.posts);
        break;
    }
  }

  #news({ channel, pinged }) {
    const before = this.state.unread.get(channel);
    const count = (before?.count ?? 0) + (pinged ? 1 : 0);
    this.state.unread.set(channel, { pinged: count > 0, count });
    this.#drawSide();
  }

  #places(places) {
    this.state.places = places;
    const { channel } = this.state;
    const open = this.#all.find(({ id }) => id === channel?.id);
    if (!open) {
      this.open(this.#first());
      return;
    }
    this.state.channel = open;
    this.#drawSide();
    this.#drawHeader();
  }

  // Who one is.

  settings() {
    document.body.classList.remove("with-list");
    openSettings(this);
  }

  async be(person) {
    const before = this.state.channel.id;
    this.log.forgetAll();
    this.toasts.clear();
    this.#begin(await this.ask("be", { person }));
    this.state.unread.clear();
    await this.open(this.#known(before) ?? this.#first());
  }

  async speak(locale) {
    const { id } = this.state.channel;
    this.#begin(await this.ask("speak", { locale }));
    await this.open(id);
  }

  offerHidden(wanted) {
    this.state.showHidden = wanted;
    sessionStorage.setItem(HIDDEN, wanted ? "yes" : "no");
  }

  #listen() {
    setInterval(() => this.#tick(), SECOND);
    listen(this);
  }
}

applyTheme();
applyEmbeds();
new App();
