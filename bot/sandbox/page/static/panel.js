/** What the bot sent, as JSON, and what was refused, with Discord's reason. */

import { h, icon } from "./dom.js";
import { t } from "./texts.js";
import { clock, exact } from "./times.js";

const KEPT = 500;
const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Makes JSON readable: names, texts and numbers in colours of their own. */
function json(value) {
  const text = JSON.stringify(value, null, 2);
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(TOKENS)) {
    nodes.push(text.slice(at, found.index));
    const kind = found[2] ? "key" : found[1] ? "text" : "value";
    nodes.push(h("span", { class: `json-${kind}` }, found[1] ?? found[0]), found[2] ?? "");
    at = found.index + found[0].length;
  }
  const copy = h(
    "button",
    {
      type: "button",
      class: "copy",
      onclick: async () => {
        await navigator.clipboard?.writeText(text);
        copy.textContent = t("copied");
      },
    },
    t("copy"),
  );
  return h("div", { class: "json" }, h("pre", { tabindex: "0" }, nodes, text.slice(at)), copy);
}

/** Opens a dialog with JSON. */
export function openJson(value) {
  const close = h("button", { type: "button", class: "icon-button", "aria-label": t("close"), onclick: () => dialog.close() }, icon("close"));
  const dialog = h(
    "dialog",
    { class: "json-dialog", "aria-label": t("showJson"), onclose: () => dialog.remove() },
    h("header", {}, h("h2", {}, t("showJson")), close),
    json(value),
  );
  document.body.append(dialog);
  dialog.showModal();
}

export class Panel {
  #requests = [];
  #refusedOnly = false;
  #unseen = 0;

  constructor(app) {
    this.app = app;
    this.list = h("ol", { class: "requests" });
    this.element = h("aside", { class: "panel", hidden: true, "aria-label": t("developer") });
    this.toggle = h("button", { type: "button", class: "icon-button developer", "aria-expanded": "false", onclick: () => this.open(this.element.hidden) });
    this.#frame();
    this.#count();
  }

  /** Draws its own texts anew, in another language. */
  refresh() {
    this.#frame();
    this.#count();
    this.#draw();
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

  open(wanted) {
    this.element.hidden = !wanted;
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

  /** Begins anew with all requests so far. */
  reset(requests) {
    this.#requests = requests;
    this.#unseen = 0;
    this.#count();
    if (!this.element.hidden) this.#draw();
  }

  take(request) {
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
          if (details.open && !content.hasChildNodes()) content.replaceChildren(...this.#parts(await this.app.ask("details", { request: number })));
        },
      },
      h(
        "summary",
        {},
        h("span", { class: `method ${method.toLowerCase()}` }, method),
        h("span", { class: "path" }, h("bdi", {}, shortened(path))),
        h("span", { class: `status${refused ? " refused" : ""}` }, String(status ?? "—")),
        h("span", { class: "request-foot" }, h("time", { title: exact(at) }, clock(at)), ` · ${milliseconds} ms`),
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

/** Cuts tokens, which are long and say nothing, out of a path. */
const shortened = (path) => path.replace(/[\w-]{40,}/g, (token) => `${token.slice(0, 6)}…`);
