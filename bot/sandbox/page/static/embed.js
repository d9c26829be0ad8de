/** Embeds. */

import { h, named, prose, rendered } from "./dom.js";
import { picture, sign } from "./media.js";
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
  return shown.map(draw);
}

function draw({ colour, author, titleHtml, url, html, fields, pictures, thumbnail, footer, at }) {
  return h(
    "article",
    { class: `embed${thumbnail ? " with-thumbnail" : ""}`, style: colour ? { "--bar": colour } : {} },
    h(
      "div",
      { class: "embed-text" },
      author?.name &&
        h("div", { class: "embed-author" }, sign(author.icon), author.url ? h("a", outside(author.url), named(author.name)) : named(author.name)),
      titleHtml &&
        h("div", { class: "embed-title", role: "heading", "aria-level": "4", dir: "auto" }, url ? h("a", outside(url), rendered(titleHtml)) : rendered(titleHtml)),
      html && prose(html, { class: "embed-description markdown" }),
      fields.length > 0 && h("div", { class: "embed-fields" }, inLine(fields)),
    ),
    thumbnail && picture(thumbnail, "thumbnail"),
    pictures.length > 0 && h("div", { class: `embed-pictures count-${Math.min(pictures.length, 4)}` }, pictures.slice(0, 4).map((each) => picture(each, "large"))),
    (footer?.text || at) &&
      h(
        "footer",
        { class: "embed-footer" },
        sign(footer?.icon),
        footer?.text && named(footer.text),
        footer?.text && at && h("span", { class: "dot", "aria-hidden": "true" }, "•"),
        at && whenTime(at),
      ),
  );
}

/** Fields that stand in line share a row, three at most; the others have one each. */
function inLine(fields) {
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
        prose(field.nameHtml, { class: "embed-field-name" }),
        prose(field.html, { class: "markdown" }),
      ),
    ),
  );
}
