/** Makes elements. A text is always text here; only `fragment` takes HTML. */

/** The only policy for HTML: it is what the server made of Markdown. */
const policy = globalThis.trustedTypes?.createPolicy("markdown", { createHTML: (html) => html });

/** Returns the HTML that the server made of Markdown as nodes. */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return template.content;
}

const HANGUL = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]/;

/** Makes an element of rendered Markdown. Korean text is marked as such, for its line breaks. */
export function markdown(html, attributes = {}) {
  const content = fragment(html);
  const lang = HANGUL.test(content.textContent) ? "ko" : undefined;
  return h("div", { dir: "auto", lang, ...attributes }, content);
}

/**
 * Makes an element.
 *
 * `attributes`: `class`, `style` (an object of CSS properties), `dataset` (an object), `on…`
 * (listeners); anything else is an attribute, left out where it is null, undefined or false.
 * `children`: nodes, texts, lists of them; null, undefined and false are left out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "style") {
      for (const [property, each] of Object.entries(value)) element.style.setProperty(property, each);
    } else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

/** Makes an element with a text whose direction can't change that of the text around it. */
export const isolated = (text, attributes = {}) => h("bdi", attributes, text);
