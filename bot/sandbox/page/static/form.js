/** Forms that the bot opens. */

import { choice, fewest, isChoice } from "./choices.js";
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
 * nothing; it stays open until the bot has answered. `dismissed()` is called where it is closed
 * without that.
 */
export function openForm({ title, components }, { bot, place, you }, send, dismissed) {
  let isSent = false;
  const values = {};
  const checks = [];
  const parts = components.map((part) => draw(part, { values, checks, world: { bot, place, you } }));
  const error = h("p", { class: "form-error", role: "alert" });
  const submit = h("button", { type: "submit", class: "button primary" }, t("submit"));
  const dialog = h(
    "dialog",
    { class: "form", "aria-labelledby": "form-title", onclose: () => (dialog.remove(), isSent || dismissed()) },
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
          isSent = !wrong;
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
  const id = `field-${form.checks.length}`;
  const described = [part.description && `${id}-about`, `${id}-error`].filter(Boolean).join(" ");
  const wrong = h("span", { class: "field-error", id: `${id}-error` });
  const right = () => {
    wrong.textContent = "";
    target.removeAttribute("aria-invalid");
  };
  const [control, target] = made(part, form, right, { id, "aria-labelledby": `${id}-label`, "aria-describedby": described });
  control.addEventListener("input", right);
  form.checks.push(() => {
    const text = problem(part, form.values[part.custom_id]);
    wrong.textContent = text;
    target.setAttribute("aria-invalid", String(Boolean(text)));
    return !text;
  });
  return h(
    "div",
    { class: "field" },
    h("label", { for: id, id: `${id}-label` }, named(part.label ?? ""), isRequired(part) && h("span", { class: "star", "aria-hidden": "true" }, "*")),
    part.description && h("p", { class: "field-description", id: `${id}-about` }, named(part.description)),
    control,
    wrong,
  );
}

const isRequired = (part) => (part.type === INPUT ? (part.required ?? true) : fewest(part) > 0);

/** Makes the control of a field, which calls `changed`; returns it, and what of it takes the focus. */
function made(part, form, changed, names) {
  if (part.type === INPUT) {
    const input = textField(part, form, names);
    return [input, input];
  }
  if (isChoice(part)) {
    const control = choice(part, form.values, names);
    return [control, control.querySelector("input") ?? control];
  }
  const control = menuField(part, form, changed);
  const opener = control.querySelector("button");
  // It names itself, with what was chosen.
  opener.id = names.id;
  opener.setAttribute("aria-describedby", names["aria-describedby"]);
  return [control, opener];
}

function textField(part, form, names) {
  form.values[part.custom_id] = part.value ?? "";
  const attributes = {
    ...names,
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

function menuField(part, form, changed) {
  const keep = (customId, chosen) => {
    form.values[customId] = chosen;
  };
  return menu(part, {
    world: form.world,
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
