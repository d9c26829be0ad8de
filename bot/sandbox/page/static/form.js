/** Forms that the bot opens. */

import { menu } from "./controls.js";
import { avatar, h, named, rendered } from "./dom.js";
import { failure, t } from "./texts.js";

const ROW = 1;
const INPUT = 4;
const PROSE = 10;
const LABEL = 18;
const PARAGRAPH = 2;

/**
 * Opens a form. `send(values)` sends it and returns, when that is known, what went wrong or
 * nothing; it stays open until the bot has answered.
 */
export function openForm({ title, components }, { bot, place, you }, send) {
  const values = {};
  const checks = [];
  const parts = components.map((part) => draw(part, { values, checks, world: { bot, place, you } }));
  const error = h("p", { class: "form-error", role: "alert" });
  const submit = h("button", { type: "submit", class: "button primary" }, t("submit"));
  const dialog = h(
    "dialog",
    { class: "form", "aria-labelledby": "form-title", onclose: () => dialog.remove() },
    h(
      "form",
      {
        novalidate: true,
        onsubmit: async (event) => {
          event.preventDefault();
          if (!checks.map((check) => check()).every(Boolean)) {
            dialog.querySelector("[aria-invalid=true]")?.focus();
            return;
          }
          submit.setAttribute("aria-busy", "true");
          submit.disabled = true;
          const wrong = await send(values).catch((refused) => t("failed", { why: refused.message }));
          submit.removeAttribute("aria-busy");
          submit.disabled = false;
          if (wrong) error.textContent = failure(wrong);
          else dialog.close();
        },
      },
      h("header", {}, avatar(bot, true), h("h2", { id: "form-title" }, named(title))),
      h("p", { class: "form-warning" }, t("formWarning", { name: bot.name })),
      parts,
      error,
      h("footer", {}, h("button", { type: "button", class: "button quiet", onclick: () => dialog.close() }, t("cancel")), submit),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("input, textarea, .menu")?.focus();
}

function draw(part, form) {
  if (part.type === ROW) return part.components.map((each) => draw(each, form));
  if (part.type === PROSE) return h("div", { class: "markdown" }, rendered(part.html ?? ""));
  if (part.type === LABEL) return field({ ...part.component, label: part.label, description: part.description }, form);
  return field(part, form);
}

function field(part, form) {
  const required = part.required ?? true;
  const id = `field-${form.checks.length}`;
  const wrong = h("span", { class: "field-error", id: `${id}-error` });
  const control = part.type === INPUT ? textField(part, form, id) : menuField(part, form);
  const target = part.type === INPUT ? control : control.querySelector("button");
  form.checks.push(() => {
    const text = problem(part, required, form.values[part.custom_id]);
    wrong.textContent = text;
    target.setAttribute("aria-invalid", String(Boolean(text)));
    return !text;
  });
  target.setAttribute("aria-describedby", `${id}-error`);
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, named(part.label ?? ""), required && h("span", { class: "star", "aria-hidden": "true" }, "*")),
    part.description && h("p", { class: "field-description" }, named(part.description)),
    control,
    wrong,
  );
}

function textField(part, form, id) {
  form.values[part.custom_id] = part.value ?? "";
  const attributes = {
    id,
    maxlength: part.max_length ?? 4000,
    placeholder: part.placeholder,
    autocomplete: "off",
    "aria-required": String(part.required ?? true),
    oninput: (event) => {
      form.values[part.custom_id] = event.target.value;
    },
  };
  const input = part.style === PARAGRAPH ? h("textarea", { ...attributes, rows: "4" }) : h("input", { ...attributes, type: "text" });
  input.value = part.value ?? "";
  return input;
}

function menuField(part, form) {
  return menu(part, {
    world: form.world,
    label: part.label,
    keep: true,
    choose: (customId, chosen) => {
      form.values[customId] = chosen;
    },
  });
}

function problem(part, required, value) {
  if (!value?.length) return required ? t("fieldRequired") : "";
  if (part.type === INPUT && value.length < (part.min_length ?? 0)) return t("tooShort", { n: part.min_length });
  return "";
}
