/** Embeds. */

import { fragment, h, isolated, markdown } from "./dom.js";
import { picture, smallPicture } from "./media.js";
import { whenTime } from "./times.js";

const MOST_IN_LINE = 3;
const COLUMNS = 12;

const outside = (url) => ({ href: url, title: url, target: "_blank", rel: "noopener noreferrer nofollow" });

/** Makes the embeds of a message. Those with the same address are shown as one with their pictures. */
export function embeds(list) {
  const shown = [];
  for (const embed of list) {
    const first = embed.url && shown.find((each) => each.url === embed.url);
    if (first) first.pictures.push(...[embed.picture].filter(Boolean));
    else shown.push({ ...embed, pictures: [embed.picture].filter(Boolean) });
  }
  return shown.map(drawEmbed);
}

function drawEmbed({ color, author, titleHtml, url, html, fields, pictures, thumbnail, footer, at }) {
  return h(
    "article",
    { class: `embed${thumbnail ? " with-thumbnail" : ""}`, style: color ? { "--bar": color } : {} },
    h(
      "div",
      { class: "embed-text" },
      author?.name &&
        h("div", { class: "embed-author" }, smallPicture(author.icon), author.url ? h("a", outside(author.url), isolated(author.name)) : isolated(author.name)),
      titleHtml &&
        h("div", { class: "embed-title", role: "heading", "aria-level": "4", dir: "auto" }, url ? h("a", outside(url), fragment(titleHtml)) : fragment(titleHtml)),
      html && markdown(html, { class: "embed-description markdown" }),
      fields.length > 0 && h("div", { class: "embed-fields" }, fieldsInRows(fields)),
    ),
    thumbnail && picture(thumbnail, "thumbnail"),
    pictures.length > 0 && h("div", { class: `embed-pictures count-${Math.min(pictures.length, 4)}` }, pictures.slice(0, 4).map((each) => picture(each, "large"))),
    (footer?.text || at) &&
      h(
        "footer",
        { class: "embed-footer" },
        smallPicture(footer?.icon),
        footer?.text && isolated(footer.text),
        footer?.text && at && h("span", { class: "dot", "aria-hidden": "true" }, "•"),
        at && whenTime(at),
      ),
  );
}

/** Makes the fields. Inline ones share a row, three at most; the others have one each. */
function fieldsInRows(fields) {
  const rows = [];
  for (const field of fields) {
    const row = rows.at(-1);
    if (field.inline && row?.[0].inline && row.length < MOST_IN_LINE) row.push(field);
    else rows.push([field]);
  }
  return rows.flatMap((row) =>
    row.map((field) =>
      h(
        "div",
        { class: "embed-field", style: { "grid-column": `span ${COLUMNS / row.length}` } },
        markdown(field.nameHtml, { class: "embed-field-name" }),
        markdown(field.html, { class: "markdown" }),
      ),
    ),
  );
}
