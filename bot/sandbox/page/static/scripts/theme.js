/** How the page looks: dark or light, with embeds or without. The browser remembers it. */

export const THEMES = ["dark", "light", "system"];

const THEME = "sandbox-theme";
const EMBEDS = "sandbox-embeds";
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** Returns the chosen theme; dark if none was chosen. */
export const currentTheme = () => localStorage.getItem(THEME) ?? "dark";

/** Shows the page in a theme. */
export function applyTheme(theme = currentTheme()) {
  localStorage.setItem(THEME, theme);
  const isDark = theme === "system" ? prefersDark.matches : theme === "dark";
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
}
prefersDark.addEventListener("change", () => applyTheme());

/** Returns whether embeds are shown; they are if nothing was chosen. */
export const showsEmbeds = () => localStorage.getItem(EMBEDS) !== "off";

/** Shows embeds, or hides them as Discord's own setting does. */
export function applyEmbeds(shown = showsEmbeds()) {
  localStorage.setItem(EMBEDS, shown ? "on" : "off");
  document.documentElement.classList.toggle("no-embeds", !shown);
}
