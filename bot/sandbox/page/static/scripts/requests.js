/** The panel of what the bot sent, as JSON, and what was refused, with Discord's reason. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { json } from "./json.js";
import { t, withUnit } from "./texts.js";
import { clock, exact } from "./times.js";

const KEPT = 500;

export class RequestPanel {
  #requests = [];
  #refusedOnly = false;
  #unseen = 0;

  constructor(app) {
    this.app = app;
    this.list = h("ol", { class: "requests" });
    this.element = h("aside", {
      class: "panel",
      hidden: true,
      "aria-label": t("developer"),
      onkeydown: ({ key }) => key === "Escape" && this.open(false),
    });
    this.toggle = h("button", { type: "button", class: "icon-button developer", "aria-expanded": "false", onclick: () => this.open(this.element.hidden) });
    this.#frame();
    this.#count();
  }

  #frame() {
    const tab = (refused, text) =>
      h(
        "button",
        {
          type: "button",
          class: "tab",
          "aria-pressed": String(this.#refusedOnly === refused),
          onclick: () => {
            this.#refusedOnly = refused;
            this.#frame();
            this.#draw();
          },
        },
        text,
      );
    this.refusedTab = tab(true, t("refusedOnly"));
    this.element.setAttribute("aria-label", t("developer"));
    this.element.replaceChildren(
      h(
        "header",
        {},
        h("h2", {}, t("developer")),
        h("button", { type: "button", class: "icon-button", "aria-label": t("close"), onclick: () => this.open(false) }, icon("close")),
      ),
      h("p", { class: "panel-hint" }, t("developerHint")),
      h("div", { class: "tabs" }, tab(false, t("all")), this.refusedTab),
      this.list,
    );
  }

  /** Shows the panel, or hides it. */
  open(wanted) {
    this.element.hidden = !wanted;
    this.app.coverAll(wanted);
    document.body.classList.toggle("with-panel", wanted);
    this.toggle.setAttribute("aria-expanded", String(wanted));
    if (wanted) {
      this.#unseen = 0;
      this.#draw();
      this.element.querySelector("button").focus();
    } else this.toggle.focus();
    this.#count();
  }

  #count() {
    const text = this.#unseen ? `${t("developerOpen")}: ${t("refusedCount", { n: this.#unseen })}` : t("developerOpen");
    this.toggle.setAttribute("aria-label", text);
    this.toggle.title = text;
    this.toggle.replaceChildren(icon("braces"), ...(this.#unseen ? [h("span", { class: "pings", "aria-hidden": "true" }, String(this.#unseen))] : []));
  }

  /** Shows other requests, and all texts in the reader's language. */
  reset(requests) {
    this.#requests = requests;
    this.#unseen = 0;
    this.#frame();
    this.#count();
    this.#draw();
  }

  /** Adds a new request. */
  add(request) {
    this.#requests = [...this.#requests.slice(1 - KEPT), request];
    if (this.element.hidden) {
      if (request.refused) this.#unseen += 1;
      this.#count();
      return;
    }
    if (this.#refusedOnly && !request.refused) return;
    this.list.querySelector(".none")?.remove();
    this.list.prepend(this.#line(request));
    while (this.list.children.length > KEPT) this.list.lastChild.remove();
  }

  #draw() {
    const shown = this.#requests.filter(({ refused }) => refused || !this.#refusedOnly);
    const none = h("li", { class: "none" }, t(this.#refusedOnly ? "nothingRefused" : "nothingSent"));
    this.list.replaceChildren(...(shown.length ? shown.map((each) => this.#line(each)).reverse() : [none]));
  }

  #line(request) {
    const { number, method, path, status, milliseconds, at, refused, reasons, fault } = request;
    const content = h("div", { class: "request-content" });
    const details = h(
      "details",
      {
        ontoggle: async () => {
          if (details.open && !content.hasChildNodes()) content.replaceChildren(...this.#parts(await this.app.request("request_details", { request: number })));
        },
      },
      h(
        "summary",
        {},
        h("span", { class: `method ${method.toLowerCase()}` }, method),
        h("span", { class: "path" }, h("bdi", {}, shortened(path))),
        h("span", { class: `status${refused ? " refused" : ""}` }, String(status ?? "—")),
        h("span", { class: "request-foot" }, h("time", { title: exact(at) }, clock(at)), ` · ${withUnit(milliseconds, "millisecond")}`),
        reasons.map((reason) => h("span", { class: "reason" }, h("bdi", {}, reason))),
        fault && h("span", { class: "reason" }, t("injected", { what: fault })),
      ),
      content,
    );
    return h("li", { class: refused ? "refused" : "" }, details);
  }

  #parts(details) {
    if (!details) return [h("p", {}, t("gone"))];
    const part = (title, value) => [h("h3", {}, title), value === null ? h("p", { class: "none" }, t("nothing")) : json(value)];
    return [
      ...(Object.keys(details.query).length ? part(t("query"), details.query) : []),
      ...part(t("sent"), details.body),
      ...(details.files.length ? part(t("files"), details.files) : []),
      ...part(t("answered"), details.answer),
    ];
  }
}

/** Shortens the tokens in a path. */
const shortened = (path) => path.replace(/[\w-]{40,}/g, (token) => `${token.slice(0, 6)}…`);
