/** Buttons and select menus, of messages and of modals. */

import { h, isolated } from "./dom.js";
import { icon } from "./icons.js";
import { ListBox } from "./listbox.js";
import { popover } from "./popover.js";
import { t } from "./texts.js";
import { entityItems } from "./values.js";

const LOOKS = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary", 6: "secondary" };

/** Makes a button; see `components` in `layout.js` for `use`. */
export function button(part, use) {
  const content = [part.emoji && h("span", { class: "emoji" }, part.emoji), part.label && isolated(part.label)];
  const look = `button ${LOOKS[part.style] ?? "secondary"}`;
  if (part.style === 5) {
    if (!part.url || part.disabled) return h("button", { type: "button", class: look, disabled: true }, content, icon("link"));
    return h("a", { class: look, href: part.url, title: part.url, target: "_blank", rel: "noopener noreferrer nofollow" }, content, icon("link"));
  }
  const busy = use.busy === part.custom_id;
  return h(
    "button",
    {
      type: "button",
      class: look,
      disabled: part.disabled,
      "aria-busy": busy && "true",
      dataset: { control: part.custom_id ?? "" },
      onclick: () => busy || use.press(part.custom_id),
    },
    h("span", { class: "button-content" }, content),
    busy && h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
  );
}

/**
 * Makes a select menu. One that takes a single value sends it when it is chosen, others when they are closed.
 *
 * `use`: as in `layout.js`. In a modal also `label`, and `keep(custom_id, values)`, which takes the default
 * values; the menu then continues to show what was chosen.
 */
export function menu(part, use) {
  const items = menuItems(part, use.place);
  const before = items.filter(({ chosen }) => chosen);
  const face = h("span", { class: "menu-face" });
  const opener = h(
    "button",
    {
      type: "button",
      class: "menu",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      disabled: part.disabled,
      "aria-busy": use.busy === part.custom_id && "true",
      dataset: { control: part.custom_id },
      onclick: () => openMenu(opener, part, { items, before, label: use.label }, (chosen) => {
        if (use.keep) show(chosen);
        use.choose(part.custom_id, chosen.map(({ send }) => send));
      }),
    },
    face,
    icon("down"),
  );
  const show = (chosen) => {
    before.splice(0, before.length, ...chosen);
    face.classList.toggle("empty", !chosen.length);
    face.replaceChildren(
      ...(chosen.length ? chosen.map(({ emoji, label }) => h("span", {}, emoji, " ", isolated(label))) : [isolated(part.placeholder ?? t("choose"))]),
    );
    const label = chosen.map((each) => each.label).join(", ");
    opener.setAttribute("aria-label", [use.label ?? part.placeholder ?? t("choose"), label].filter(Boolean).join(": "));
  };
  show([...before]);
  if (before.length) use.keep?.(part.custom_id, before.map(({ send }) => send));
  return h("div", { class: "menu-box" }, opener);
}

function menuItems(part, place) {
  if (part.type !== 3) {
    return entityItems(part, place).map((item) => ({ ...item, chosen: part.chosen.includes(item.id) }));
  }
  return part.options.map(({ label, value, description, emoji, chosen }) => ({
    label,
    emoji,
    chosen,
    send: value,
    content: h(
      "span",
      { class: "menu-option" },
      emoji && h("span", { class: "emoji" }, emoji),
      h("span", {}, isolated(label, { class: "choice-label" }), description && isolated(description, { class: "choice-hint" })),
    ),
  }));
}

function openMenu(opener, part, { items, before, label }, chosen) {
  const most = part.max_values ?? 1;
  const least = part.min_values ?? 1;
  const several = most > 1;
  const taken = new Set(before);
  const list = new ListBox(label ?? part.placeholder ?? t("choose"), (item) => pick(item), { selected: taken, multiple: several });
  list.element.tabIndex = 0;
  list.show(items, Math.max(0, items.findIndex((item) => taken.has(item))));
  const fits = () => taken.size >= least && taken.size <= most;
  const changed = () => taken.size !== before.length || before.some((item) => !taken.has(item));
  const finish = () => {
    const result = items.filter((item) => taken.has(item));
    open.close();
    if (fits() && changed()) chosen(result);
  };
  const pick = (item) => {
    if (!several) {
      const isSame = taken.has(item);
      taken.clear();
      // What need not be chosen can be given up again.
      if (!isSame || least > 0) taken.add(item);
      finish();
      return;
    }
    if (taken.has(item)) taken.delete(item);
    else if (taken.size < most) taken.add(item);
    list.mark();
    done.disabled = !fits();
  };
  const done = h("button", { type: "button", class: "button primary", onclick: finish }, t("done"));
  done.disabled = !fits();
  list.element.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") list.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Home" || event.key === "End") list.show(items, event.key === "Home" ? 0 : items.length - 1);
    else if (event.key === "Enter" && several && fits() && changed()) finish();
    else if (event.key === "Enter" || event.key === " ") list.active && pick(list.active);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) list.find(event.key);
    else return;
    event.preventDefault();
  });
  const footer = several && h("div", { class: "menu-foot" }, h("span", {}, t("chooseUpTo", { n: most })), done);
  const open = popover(opener, [list.element, footer].filter(Boolean), "menu-list");
  list.element.focus();
}
