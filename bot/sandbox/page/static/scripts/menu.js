/** The menu of a message: the commands of apps for it, and its JSON. */

import { h, isolated } from "./dom.js";
import { icon } from "./icons.js";
import { popover } from "./popover.js";
import { t } from "./texts.js";

const OF_USERS = 2;
const OF_MESSAGES = 3;

/** Opens the menu of a message beside a button. */
export function openMessageMenu(message, anchor, app) {
  const { commands, showHidden } = app.state;
  const offered = commands.filter(({ type, hidden }) => (type === OF_MESSAGES || type === OF_USERS) && (showHidden || !hidden));
  const item = (content, act) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabindex: "-1",
        class: "menu-item",
        onclick: () => {
          open.close();
          act();
        },
      },
      content,
    );
  const apps = offered.map((entry) =>
    item([isolated(entry.shown), h("small", {}, entry.type === OF_USERS ? `@${message.author.name}` : "", entry.hidden && icon("lock"))], () => app.interactions.useContextMenu(message, entry)),
  );
  const menu = h(
    "div",
    { role: "menu", "aria-label": t("more"), class: "menu-items" },
    h("div", { class: "menu-title" }, t("apps")),
    apps.length ? apps : h("p", { class: "menu-none" }, t("noApps")),
    h("hr"),
    item([t("showJson"), icon("braces")], () => app.showJson(message)),
    item([t("copyId"), icon("hash")], () => navigator.clipboard?.writeText(message.id)),
  );
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.querySelectorAll("[role=menuitem]")];
    const at = items.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items.at(next % items.length).focus();
  });
  const open = popover(anchor, menu);
  menu.querySelector("[role=menuitem]").focus();
}
