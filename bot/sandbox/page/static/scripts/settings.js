/** The dialog of settings: the person, their language, and how the page looks. */

import { avatar } from "./avatar.js";
import { openDialog } from "./dialog.js";
import { h, isolated } from "./dom.js";
import { icon } from "./icons.js";
import { LOCALES, t } from "./texts.js";
import { applyEmbeds, applyTheme, currentTheme, showsEmbeds, THEMES } from "./theme.js";

const option = (name, value, checked, content, choose) =>
  h(
    "label",
    { class: "radio" },
    h("input", { type: "radio", name, value, checked, onchange: () => choose(value) }),
    h("span", { class: "radio-content" }, content),
    icon("check"),
  );

const section = (title, choices, className = "") => h("fieldset", { class: className }, h("legend", {}, title), choices);

const toggle = (text, hint, checked, change) =>
  h(
    "label",
    { class: "switch" },
    h("span", {}, text, h("small", {}, hint)),
    h("input", { type: "checkbox", role: "switch", checked, onchange: (event) => change(event.target.checked) }),
  );

/** Opens the settings. */
export function openSettings(app) {
  // What is chosen may change all texts: the dialog is then opened anew, with the same choice focused.
  const reopenAfter = async (work) => {
    const focused = document.activeElement?.value;
    await work();
    if (!dialog.open) return;
    dialog.remove();
    openSettings(app);
    document.querySelector(`dialog input[value="${CSS.escape(focused ?? "")}"]`)?.focus();
  };
  const dialog = openDialog({
    title: t("you"),
    className: "settings",
    content: () => groups(app, reopenAfter),
    focusAfter: () => document.querySelector(".you"),
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.querySelector("input:checked")?.focus();
}

function groups(app, reopenAfter) {
  const { people, you, showHidden } = app.state;
  const person = ({ id, name, standing, ...user }) =>
    option("person", id, id === you.id, [avatar({ id, name, ...user }), h("span", {}, isolated(name), h("small", {}, t(standing)))], () =>
      reopenAfter(() => app.switchPerson(id)),
    );
  const locale = (each) =>
    option("language", each, you.locale === each, h("span", { lang: each }, t(each)), () => reopenAfter(() => app.switchLocale(each)));
  return [
    section(t("person"), people.map(person)),
    section(t("language"), LOCALES.map(locale), "side-by-side"),
    section(
      t("theme"),
      THEMES.map((each) => option("theme", each, currentTheme() === each, t(each), applyTheme)),
      "side-by-side",
    ),
    toggle(t("showEmbeds"), t("showEmbedsHint"), showsEmbeds(), applyEmbeds),
    toggle(t("hiddenCommands"), t("hiddenCommandsHint"), showHidden, (shown) => app.offerHiddenCommands(shown)),
  ];
}
