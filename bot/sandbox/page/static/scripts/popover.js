/** Boxes that open beside an element. */

import { h } from "./dom.js";

/**
 * Opens a box beside an element.
 *
 * Escape and a click elsewhere close it; after Escape the focus goes back to the element.
 */
export function popover(anchor, content, className = "") {
  const box = h("div", { class: `popover ${className}` }, content);
  const host = anchor.closest("dialog") ?? document.body;
  host.append(box);
  place(box, anchor);
  anchor.setAttribute("aria-expanded", "true");
  let open = true;
  const close = (focus = true) => {
    if (!open) return;
    open = false;
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", away);
    document.removeEventListener("scroll", scrolled, true);
    box.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (focus) anchor.focus();
  };
  const away = () => close(false);
  const outside = (event) => {
    if (!box.contains(event.target) && !anchor.contains(event.target)) close(false);
  };
  const scrolled = (event) => {
    if (!box.contains(event.target)) place(box, anchor);
  };
  box.addEventListener("keydown", (event) => {
    const isTab = event.key === "Tab";
    if (!isTab && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    // Tab goes round among what can be used here; a menu is one such thing, and is closed.
    const usable = [...box.querySelectorAll("[tabindex='0'], button:not([tabindex], :disabled)")];
    if (isTab && usable.length > 1) usable.at((usable.indexOf(document.activeElement) + (event.shiftKey ? -1 : 1)) % usable.length).focus();
    else close();
  });
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("scroll", scrolled, true);
  addEventListener("resize", away);
  return { box, close };
}

const GAP = 6;

function place(box, anchor) {
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const room = { width: document.documentElement.clientWidth, height: innerHeight };
  const { width, height } = box.getBoundingClientRect();
  const below = bottom + GAP + height <= room.height || top < room.height - bottom;
  const x = left + width + GAP <= room.width ? left : Math.max(GAP, right - width);
  const y = below ? Math.min(bottom + GAP, room.height - height - GAP) : top - GAP - height;
  box.style.setProperty("left", `${x}px`);
  box.style.setProperty("top", `${Math.max(GAP, y)}px`);
}
