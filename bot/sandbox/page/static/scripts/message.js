/** One message. */

import { avatar } from "./avatar.js";
import { h, isolated, markdown } from "./dom.js";
import { icon } from "./icons.js";
import { embeds } from "./embed.js";
import { components } from "./layout.js";
import { file } from "./media.js";
import { failure, messageCount, t } from "./texts.js";
import { clock, exact, inShort, localize, whenTime } from "./times.js";

/** Makes the name of a user, with a badge if it is an app. */
const author = (user) => [
  isolated(user.name, { class: "author" }),
  user.bot && h("span", { class: "app-sign" }, t("app")),
];

/** Makes a line above a message: an avatar and a text. */
const lineAbove = (user, text) => h("div", { class: "above" }, h("span", { class: "above-line", "aria-hidden": "true" }), avatar(user, true), text);

/** Returns a text with nodes in place of `{user}` and the like. */
function withNodes(key, nodes) {
  const marks = Object.keys(nodes);
  const text = t(key, Object.fromEntries(marks.map((mark) => [mark, `\u0000${mark}\u0000`])));
  return text.split("\u0000").map((part) => nodes[part] ?? part);
}

/** Makes the line above a response: who used which command. */
function usedLine({ user, name, slash }, { state }) {
  const shown = state.commands.find(({ path }) => path === name)?.shown ?? name;
  const command = h("bdi", { class: "used" }, slash ? `/${shown}` : shown);
  return lineAbove(user, h("span", { class: "above-text" }, withNodes("used", { user: isolated(user.name, { class: "author" }), command })));
}

function replyLine({ id, author: of, parts }, app) {
  const text = inShort(parts);
  const go = () => app.log.show(id);
  return lineAbove(
    of,
    h("button", { type: "button", class: "above-text quoted", onclick: go, "aria-label": t("replied", { user: of.name, text }) }, isolated(of.name, { class: "author" }), " ", isolated(text)),
  );
}

/** Makes the line below an ephemeral message. */
const onlyYou = (dismiss) =>
  h(
    "div",
    { class: "only-you" },
    icon("eye"),
    h("span", {}, t("onlyYou"), " · "),
    h("button", { type: "button", class: "link", onclick: dismiss }, t("dismiss")),
  );

/** Makes the dots of something that is not ready yet. */
const dots = () => h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));

/**
 * Makes a message. `use`: `busy`, the `custom_id` of a component that was used, until the bot has
 * answered, and `failed`, what went wrong then.
 */
export function drawMessage(message, app, use = {}) {
  const { command, reply, thread } = message;
  const above = command ? usedLine(command, app) : reply ? replyLine(reply, app) : null;
  const name = `by-${message.id}`;
  const more = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": t("more"), title: t("more"), "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => app.openMessageMenu(message, more) },
    icon("more"),
  );
  return localize(
    h(
      "li",
      {
        class: ["message", above && "has-above", message.ephemeral && "ephemeral", message.pinged && "pinged"].filter(Boolean).join(" "),
        id: `message-${message.id}`,
        tabindex: "-1",
        "aria-labelledby": name,
        dataset: { message: message.id },
        oncontextmenu: (event) => {
          // The browser's own menu stays where there is something of its own to do.
          if (event.target.closest("a, img, input, textarea") || !getSelection().isCollapsed) return;
          event.preventDefault();
          app.openMessageMenu(message, more);
        },
      },
      above,
      h("span", { class: "gutter" }, avatar(message.author), h("time", { class: "gutter-time", "aria-hidden": "true" }, clock(message.at))),
      h(
        "div",
        { class: "body" },
        h(
          "div",
          { class: "head", id: name },
          author(message.author),
          whenTime(message.at, { title: exact(message.at) }),
          message.silent && h("span", { class: "silent", title: t("silent") }, icon("bell"), h("span", { class: "unseen" }, t("silent"))),
        ),
        message.loading
          ? h("p", { class: "thinking" }, dots(), h("span", {}, withNodes("thinking", { name: isolated(message.author.name) })))
          : contentOf(message),
        message.newer ? null : message.files.map(file),
        embeds(message.embeds),
        drawComponents(message, app, use),
        use.failed && h("p", { class: "failure", role: "alert" }, failure(use.failed)),
        message.published && h("p", { class: "published" }, icon("megaphone"), t("published")),
        thread && threadCard(thread, app),
        message.ephemeral && onlyYou(() => app.dismiss(message)),
      ),
      h("div", { class: "tools" }, more),
    ),
  );
}

function contentOf({ html, edited }) {
  const content = markdown(html, { class: "content markdown" });
  if (edited) content.append(h("small", { class: "edited", title: exact(edited) }, " ", t("edited")));
  return content;
}

function drawComponents(message, app, { busy }) {
  if (!message.components.length) return null;
  const drawn = components(message.components, {
    place: app.place(),
    busy,
    press: (control) => app.interactions.useComponent(message, control, "press", { control }),
    choose: (control, values) => app.interactions.useComponent(message, control, "select", { control, values }),
  });
  return h("div", { class: message.newer ? "layout" : "rows" }, drawn);
}

const threadCard = ({ id, name, count }, app) =>
  h(
    "button",
    { type: "button", class: "thread-card", onclick: () => app.open(id) },
    h("span", {}, icon("thread"), isolated(name, { class: "thread-name" })),
    h("span", { class: "thread-count" }, messageCount(count), " ›"),
  );

/** Makes what stands for a command that has not been answered, or never will be. */
export function drawPending(interaction, app) {
  const { you, bot } = app.state;
  return h(
    "li",
    { class: "message has-above ephemeral pending", tabindex: "-1" },
    usedLine({ user: you, name: interaction.name, slash: interaction.slash }, app),
    h("span", { class: "gutter" }, avatar(bot)),
    h(
      "div",
      { class: "body" },
      h("div", { class: "head" }, author(bot), whenTime(interaction.at)),
      interaction.failed
        ? h("p", { class: "failure", role: "alert" }, failure(interaction.failed))
        : h("p", { class: "thinking" }, dots(), t("sending")),
      interaction.failed && onlyYou(() => app.forgetCommand(interaction.id)),
    ),
  );
}
