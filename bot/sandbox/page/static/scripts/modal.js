/** Modals that the bot opens. */

import { avatar } from "./avatar.js";
import { choice, fewest, isChoice } from "./choices.js";
import { menu } from "./controls.js";
import { openDialog } from "./dialog.js";
import { fragment, h, isolated } from "./dom.js";
import { failure, t } from "./texts.js";
import { localize } from "./times.js";

const ROW = 1;
const INPUT = 4;
const TEXT_DISPLAY = 10;
const LABEL = 18;
const PARAGRAPH = 2;

/**
 * Opens a modal. `place`: what its select menus choose from.
 *
 * `send(values)` submits it, and returns what went wrong or nothing, once that is known; the modal
 * stays open until the bot has answered. `dismissed()` is called if it is closed without that.
 */
export function openModal({ title, components }, place, { send, dismissed }) {
  let isSent = false;
  const modal = { values: {}, checks: [], place };
  const fields = components.map((part) => drawField(part, modal));
  const error = h("p", { class: "modal-error", role: "alert" });
  const submit = h("button", { type: "submit", class: "button primary" }, t("submit"));
  const dialog = openDialog({
    title: isolated(title),
    className: "modal",
    leading: avatar(place.bot, true),
    closed: () => isSent || dismissed(),
    focusAfter: () => document.querySelector("#message-box, .command-end"),
    content: (close) =>
      h(
        "form",
        { novalidate: true, onsubmit: submitted },
        h("p", { class: "modal-warning" }, t("modalWarning", { name: place.bot.name })),
        fields,
        error,
        h("footer", {}, h("button", { type: "button", class: "button quiet", onclick: close }, t("cancel")), submit),
      ),
  });
  async function submitted(event) {
    event.preventDefault();
    if (!modal.checks.map((check) => check()).every(Boolean)) {
      dialog.querySelector("[aria-invalid=true]")?.focus();
      return;
    }
    submit.setAttribute("aria-busy", "true");
    submit.disabled = true;
    const wrong = await send(modal.values).catch((refused) => t("failed", { why: refused.message }));
    submit.removeAttribute("aria-busy");
    submit.disabled = false;
    isSent = !wrong;
    if (wrong) error.textContent = failure(wrong);
    else dialog.close();
  }
  dialog.querySelector("form :is(input, textarea, .menu)")?.focus();
}

function drawField(part, modal) {
  if (part.type === ROW) return part.components.map((each) => drawField(each, modal));
  if (part.type === TEXT_DISPLAY) return localize(h("div", { class: "markdown" }, fragment(part.html ?? "")));
  if (part.type === LABEL) return field({ ...part.component, label: part.label, description: part.description }, modal);
  return field(part, modal);
}

function field(part, modal) {
  const id = `field-${modal.checks.length}`;
  const described = [part.description && `${id}-about`, `${id}-error`].filter(Boolean).join(" ");
  const wrong = h("span", { class: "field-error", id: `${id}-error` });
  const right = () => {
    wrong.textContent = "";
    target.removeAttribute("aria-invalid");
  };
  const [control, target] = made(part, modal, right, { id, "aria-labelledby": `${id}-label`, "aria-describedby": described });
  control.addEventListener("input", right);
  modal.checks.push(() => {
    const text = problem(part, modal.values[part.custom_id]);
    wrong.textContent = text;
    target.setAttribute("aria-invalid", String(Boolean(text)));
    return !text;
  });
  return h(
    "div",
    { class: "field" },
    h("label", { for: id, id: `${id}-label` }, isolated(part.label ?? ""), isRequired(part) && h("span", { class: "star", "aria-hidden": "true" }, "*")),
    part.description && h("p", { class: "field-description", id: `${id}-about` }, isolated(part.description)),
    control,
    wrong,
  );
}

const isRequired = (part) => (part.type === INPUT ? (part.required ?? true) : fewest(part) > 0);

/** Makes the control of a field, which calls `changed`; returns it, and what of it takes the focus. */
function made(part, modal, changed, names) {
  if (part.type === INPUT) {
    const input = textField(part, modal, names);
    return [input, input];
  }
  if (isChoice(part)) {
    const control = choice(part, modal.values, names);
    return [control, control.querySelector("input") ?? control];
  }
  const control = menuField(part, modal, changed);
  const opener = control.querySelector("button");
  // It names itself, with what was chosen.
  opener.id = names.id;
  opener.setAttribute("aria-describedby", names["aria-describedby"]);
  return [control, opener];
}

function textField(part, modal, names) {
  modal.values[part.custom_id] = part.value ?? "";
  const attributes = {
    ...names,
    maxlength: part.max_length ?? 4000,
    placeholder: part.placeholder,
    autocomplete: "off",
    "aria-required": String(part.required ?? true),
    oninput: (event) => {
      modal.values[part.custom_id] = event.target.value;
    },
  };
  const input = part.style === PARAGRAPH ? h("textarea", { ...attributes, rows: "4" }) : h("input", { ...attributes, type: "text" });
  input.value = part.value ?? "";
  return input;
}

function menuField(part, modal, changed) {
  const keep = (customId, chosen) => {
    modal.values[customId] = chosen;
  };
  return menu(part, {
    place: modal.place,
    label: part.label,
    keep,
    choose: (customId, chosen) => {
      keep(customId, chosen);
      changed();
    },
  });
}

function problem(part, value) {
  if (part.type === INPUT && value && value.length < (part.min_length ?? 0)) return t("tooShort", { n: part.min_length });
  if (part.type === INPUT || !value?.length) return value?.length || !isRequired(part) ? "" : t("fieldRequired");
  return value.length < fewest(part) ? t("tooSmall", { n: fewest(part) }) : "";
}
