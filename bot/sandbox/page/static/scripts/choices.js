/** Radio groups, checkbox groups and checkboxes of modals. */

import { h, isolated } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./texts.js";

export const FILE_UPLOAD = 19;
const RADIO_GROUP = 21;
const CHECKBOX_GROUP = 22;
const CHECKBOX = 23;

/** Returns whether a field is one of these. */
export const isChoice = ({ type }) => [RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX, FILE_UPLOAD].includes(type);

/**
 * Makes the control of a field. `values` takes what is chosen, by `custom_id`; `names` are attributes
 * that name and describe the control.
 */
export function choice(part, values, names) {
  if (part.type === FILE_UPLOAD) return h("p", { class: "field-description", tabindex: "-1", ...names }, t("option11"));
  if (part.type === CHECKBOX) return single(part, values, names);
  return several(part, values, names);
}

function single(part, values, names) {
  values[part.custom_id] = part.default ?? false;
  const box = h("input", { type: "checkbox", checked: part.default, ...names });
  box.addEventListener("change", () => {
    values[part.custom_id] = box.checked;
  });
  return h("label", { class: "option-field single" }, box, mark());
}

function several(part, values, names) {
  const isRadio = part.type === RADIO_GROUP;
  const most = isRadio ? 1 : (part.max_values ?? part.options.length);
  const boxes = part.options.map(({ value, chosen }) =>
    h("input", { type: isRadio ? "radio" : "checkbox", name: names.id, value, checked: chosen }),
  );
  const changed = () => {
    const taken = boxes.filter(({ checked }) => checked);
    values[part.custom_id] = taken.map(({ value }) => value);
    if (isRadio) return;
    for (const box of boxes) box.disabled = !box.checked && taken.length >= most;
  };
  for (const box of boxes) box.addEventListener("change", changed);
  changed();
  return h(
    "div",
    { class: "option-fields", role: isRadio ? "radiogroup" : "group", ...names },
    part.options.map(({ label, description }, index) =>
      h(
        "label",
        { class: "option-field" },
        boxes[index],
        mark(),
        h("span", { class: "option-text" }, isolated(label, { class: "choice-label" }), description && isolated(description, { class: "choice-hint" })),
      ),
    ),
  );
}

const mark = () => h("span", { class: "option-mark", "aria-hidden": "true" }, icon("check"));

/** Returns how many values a field needs at least. */
export function fewest(part) {
  if (part.type === RADIO_GROUP) return part.required === false ? 0 : 1;
  return part.type === CHECKBOX ? 0 : (part.min_values ?? 1);
}
