/** Who one is, which language one's Discord speaks, and how the page looks. */

import { avatar, h, icon, named } from "./dom.js";
import { LANGUAGES, t } from "./texts.js";

const THEMES = ["dark", "light", "system"];
const KEY = "sandbox-theme";
const darkness = matchMedia("(prefers-color-scheme: dark)");

/** The theme that was chosen; dark where none was. */
export const theme = () => localStorage.getItem(KEY) ?? "dark";

/** Gives the page its looks. */
export function applyTheme(chosen = theme()) {
  localStorage.setItem(KEY, chosen);
  const dark = chosen === "system" ? darkness.matches : chosen === "dark";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}
darkness.addEventListener("change", () => applyTheme());

const EMBEDS = "sandbox-embeds";

/** Whether embeds are shown; they are where nothing was chosen. */
export const showsEmbeds = () => localStorage.getItem(EMBEDS) !== "off";

/** Shows embeds, or hides them as Discord's own setting does. */
export function applyEmbeds(shown = showsEmbeds()) {
  localStorage.setItem(EMBEDS, shown ? "on" : "off");
  document.documentElement.classList.toggle("no-embeds", !shown);
}

const choice = (name, value, checked, content, chosen) =>
  h(
    "label",
    { class: "radio" },
    h("input", { type: "radio", name, value, checked, onchange: () => chosen(value) }),
    h("span", { class: "radio-content" }, content),
    icon("check"),
  );

/** Opens the settings. */
export function openSettings(app) {
  const { people, you, showHidden } = app.state;
  const group = (title, choices, look = "") => h("fieldset", { class: look }, h("legend", {}, title), choices);
  const then = async (work) => {
    const focused = document.activeElement?.value;
    await work();
    if (!dialog.isConnected) return;
    dialog.remove();
    openSettings(app);
    document.querySelector(`dialog input[value="${CSS.escape(focused ?? "")}"]`)?.focus();
  };
  const dialog = h(
    "dialog",
    {
      class: "settings",
      "aria-labelledby": "settings-title",
      onclose: () => {
        dialog.remove();
        // What had the focus may be drawn anew by now.
        if (document.activeElement === document.body) document.querySelector(".you")?.focus();
      },
      onclick: (event) => event.target === dialog && dialog.close(),
    },
    h(
      "div",
      { class: "settings-content" },
      h("header", {}, h("h2", { id: "settings-title" }, t("you")), h("button", { type: "button", class: "icon-button", "aria-label": t("close"), onclick: () => dialog.close() }, icon("close"))),
      group(
        t("person"),
        people.map((person) =>
          choice("person", person.id, person.id === you.id, [avatar(person), h("span", {}, named(person.name), h("small", {}, t(person.standing)))], (id) => then(() => app.be(id))),
        ),
      ),
      group(
        t("language"),
        LANGUAGES.map(([locale, name]) => choice("language", locale, you.locale === locale, h("span", { lang: locale }, name), (chosen) => then(() => app.speak(chosen)))),
        "side-by-side",
      ),
      group(
        t("looks"),
        THEMES.map((each) => choice("theme", each, theme() === each, t(each), applyTheme)),
        "side-by-side",
      ),
      h(
        "label",
        { class: "switch embeds-switch" },
        h("span", {}, t("showEmbeds"), h("small", {}, t("showEmbedsHint"))),
        h("input", { type: "checkbox", checked: showsEmbeds(), onchange: (event) => applyEmbeds(event.target.checked) }),
      ),
      h(
        "label",
        { class: "switch" },
        h("span", {}, t("hiddenCommands"), h("small", {}, t("hiddenCommandsHint"))),
        h("input", { type: "checkbox", role: "switch", checked: showHidden, onchange: (event) => app.offerHidden(event.target.checked) }),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("input:checked")?.focus();
}
