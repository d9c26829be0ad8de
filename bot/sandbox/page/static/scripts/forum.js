/** A forum: its posts as a list. */

import { avatar } from "./avatar.js";
import { h, isolated } from "./dom.js";
import { icon } from "./icons.js";
import { messageCount, t } from "./texts.js";
import { inShort, whenTime } from "./times.js";

/** Makes the list of a forum's posts. `threads`: the channels of posts, by id. */
export function drawForum(channel, posts, threads, app) {
  return h(
    "div",
    { class: "forum" },
    h("div", { class: "intro" }, h("h2", {}, isolated(channel.name)), h("p", {}, channel.topic || t("forumHint"))),
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
      tags.length > 0 && h("span", { class: "tags" }, tags.map((tag) => isolated(tag, { class: "tag" }))),
      h("span", { class: "post-name" }, isolated(name), archived && h("small", {}, icon("lock"), t("archived"))),
      author && h("span", { class: "post-preview" }, avatar(author, true), isolated(author.name, { class: "author" }), isolated(inShort(preview))),
      h("span", { class: "post-foot" }, icon("forum"), messageCount(count), h("span", { "aria-hidden": "true" }, "•"), whenTime(at)),
    ),
  );
}
