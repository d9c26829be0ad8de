/** The menu of a message: the apps' commands for it, and what a developer wants to know. */

import { h, icon, named } from "./dom.js";
import { popover } from "./listbox.js";
import { t } from "./texts.js";

const OF_USERS = 2;
const OF_MESSAGES = 3;

/** Opens the menu of a message beside a button. */
export function openMenu(message, anchor, app) {
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
    item([named(entry.shown), h("small", {}, entry.type === OF_USERS ? `@${message.author.name}` : "", entry.hidden && icon("lock"))], () => app.useMenu(message, entry)),
  );
  const menu = h(
    "div",
    { role: "menu", "aria-label": t("more"), class: "menu-items" },
    h("div", { class: "menu-title" }, t("apps")),
    apps.length ? apps : h("p", { class: "menu-none" }, t("noApps")),
    h("hr"),
    item([t("showJson"), icon("braces")], () => app.showJson(message)),
    item([t("copyId"), h("small", {}, "ID")], () => navigator.clipboard?.writeText(message.id)),
  );
  menu.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const items = [...menu.querySelectorAll("[role=menuitem]")];
    items[(items.indexOf(document.activeElement) + by + items.length) % items.length].focus();
  });
  const open = popover(anchor, menu);
  menu.querySelector("[role=menuitem]").focus();
}
