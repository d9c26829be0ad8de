/** Dialogs: they have a name, close on Escape, and give the focus back to where it was. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./texts.js";

let dialogs = 0;

/**
 * Opens a dialog.
 *
 * `title`: nodes of its heading. `content(close)` returns what stands below. `closed` is called when it
 * was closed. `leading`: a node before the heading. `focusAfter()` returns what has the focus
 * afterwards if what had it before is gone.
 */
export function openDialog({ title, content, className, leading = null, closed = () => {}, focusAfter = () => null }) {
  dialogs += 1;
  const id = `dialog-${dialogs}-title`;
  const before = document.activeElement;
  const close = () => dialog.close();
  const focusAgain = () => {
    const target = before?.isConnected && before !== document.body ? before : (drawnAnew(before) ?? focusAfter());
    target?.focus();
  };
  const dialog = h(
    "dialog",
    {
      class: className,
      "aria-labelledby": id,
      onclose: () => {
        dialog.remove();
        // What the reader has focused since keeps the focus.
        if (document.activeElement === document.body) focusAgain();
        closed();
      },
    },
    h(
      "div",
      { class: "dialog-content" },
      h("header", {}, leading, h("h2", { id }, title), h("button", { type: "button", class: "icon-button", "aria-label": t("close"), onclick: close }, icon("close"))),
      content(close),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Finds the control of a message that was drawn anew since; null if there is none. */
function drawnAnew(control) {
  const message = control?.closest("[id^=message-]");
  const name = control?.dataset.control;
  return message && name ? document.querySelector(`#${message.id} [data-control="${CSS.escape(name)}"]`) : null;
}
