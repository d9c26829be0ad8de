/** The page's own texts, in the language of the reader. They stand in `locales/`, a file for each language. */

/** The languages that a person can choose; their names are texts with these keys. */
export const LOCALES = ["en-US", "en-GB", "ko"];

const DEFAULT = "en-US";
const known = new Map();
let locale = DEFAULT;
let texts = {};

async function load(language) {
  const response = await fetch(`locales/${language}.json`);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  known.set(language, await response.json());
}

/** Shows the page's texts in the language of a locale, or in English where there are none. */
export async function useLocale(wanted = DEFAULT) {
  const language = LOCALES.includes(wanted) ? wanted.split("-")[0] : "en";
  if (!known.has(language)) await load(language);
  texts = known.get(language);
  locale = wanted;
  document.documentElement.lang = wanted;
}

/** Returns the locale that is used now, for dates and numbers. */
export const currentLocale = () => locale;

/** Returns a text, with its `{name}`s filled in. */
export function t(key, values = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Returns a number with its unit, such as a `megabyte` or a `millisecond`. */
export const withUnit = (value, unit) =>
  new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);

/** Returns a number of messages as text. */
export const messageCount = (n) => (n === 1 ? t("oneMessage") : t("manyMessages", { n }));

/** Returns what Discord says of a failure, translated where there is a translation. */
export const failure = (text) => (text in texts ? t(text) : text);

/** Returns the text of the reader's language, of texts by language that whoever serves the page has. */
export const localized = (all) => all[locale.split("-")[0]] ?? all.en;
