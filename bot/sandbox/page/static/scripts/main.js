/** Starts the page. */

import { App } from "./app.js";
import { useLocale } from "./texts.js";
import { applyEmbeds, applyTheme } from "./theme.js";

applyTheme();
applyEmbeds();
await useLocale();
new App();
