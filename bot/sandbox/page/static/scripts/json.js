/** JSON, with its parts in colors. */

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Makes an element with a value as JSON, and a button that copies it. */
export function json(value) {
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

/** Opens a dialog with a value as JSON. */
export function openJson(value) {
  openDialog({ title: t("showJson"), className: "json-dialog", content: () => json(value) });
}
