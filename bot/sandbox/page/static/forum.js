/** A forum: its posts as a list. */

import { avatar, h, icon, named } from "./dom.js";
import { messages, t } from "./texts.js";
import { whenTime } from "./times.js";

/** Draws a forum's posts; `threads` are its channels by id. */
export function drawForum(channel, posts, threads, app) {
  return h(
    "div",
    { class: "forum" },
    h("div", { class: "intro" }, h("h2", {}, named(channel.name)), h("p", {}, channel.topic || t("forumHint"))),
    posts.length
      ? h("ol", { class: "posts", "aria-label": t("posts") }, posts.filter(({ id }) => threads.has(id)).map((post) => drawPost(post, threads.get(post.id), app)))
      : h("p", { class: "none" }, t("noPosts")),
  );
}

function drawPost({ id, author, preview }, { name, tags, count, at, archived }, app) {
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "forum-post", onclick: () => app.open(id) },
      tags.length > 0 && h("span", { class: "tags" }, tags.map((tag) => named(tag, { class: "tag" }))),
      h("span", { class: "post-name" }, named(name), archived && h("small", {}, icon("lock"), t("archived"))),
      author && h("span", { class: "post-preview" }, avatar(author, true), named(author.name, { class: "author" }), named(preview)),
      h("span", { class: "post-foot" }, icon("forum"), messages(count), h("span", { "aria-hidden": "true" }, "•"), whenTime(at)),
    ),
  );
}
