/** One message. */

import { avatar, h, icon, named, prose } from "./dom.js";
import { embeds } from "./embed.js";
import { components } from "./layout.js";
import { file } from "./media.js";
import { failure, messages, t } from "./texts.js";
import { clock, exact, localise, whenTime } from "./times.js";

/** Makes a name with the sign of an app beside it. */
export const author = (user) => [
  named(user.name, { class: "author" }),
  user.bot && h("span", { class: "app-sign" }, t("app")),
];

const line = (user, text) => h("div", { class: "above" }, h("span", { class: "above-line", "aria-hidden": "true" }), avatar(user, true), text);

/** Fills `{user}` and the like of a text with nodes. */
function filled(key, nodes) {
  const marks = Object.keys(nodes);
  const text = t(key, Object.fromEntries(marks.map((mark) => [mark, `\u0000${mark}\u0000`])));
  return text.split("\u0000").map((part) => nodes[part] ?? part);
}

/** What stands above an answer: who used which command. */
export function usedLine({ user, name, slash }, { state }) {
  const shown = state.commands.find(({ path }) => path === name)?.shown ?? name;
  const command = h("bdi", { class: "used" }, slash ? `/${shown}` : shown);
  return line(user, h("span", { class: "above-text" }, filled("used", { user: named(user.name, { class: "author" }), command })));
}

function replyLine({ id, author: of, text }, app) {
  const go = () => app.show(id);
  return line(
    of,
    h("button", { type: "button", class: "above-text quoted", onclick: go, "aria-label": t("replied", { user: of.name, text }) }, named(of.name, { class: "author" }), " ", named(text)),
  );
}

/** The line below what only one person sees. */
export const onlyYou = (dismiss) =>
  h(
    "div",
    { class: "only-you" },
    icon("eye"),
    h("span", {}, t("onlyYou"), " · "),
    h("button", { type: "button", class: "link", onclick: dismiss }, t("dismiss")),
  );

/** The dots of something that is being worked on. */
const dots = () => h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));

/**
 * Makes a message. `doing`: `busy`, the `custom_id` that is being worked on, and `failed`, what
 * went wrong with it.
 */
export function drawMessage(message, app, doing = {}) {
  const { command, reply, thread } = message;
  const above = command ? usedLine(command, app) : reply ? replyLine(reply, app) : null;
  const name = `by-${message.id}`;
  const more = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": t("more"), title: t("more"), "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => app.menu(message, more) },
    icon("more"),
  );
  return localise(
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
          app.menu(message, more);
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
          ? h("p", { class: "thinking" }, dots(), h("span", {}, filled("thinking", { name: named(message.author.name) })))
          : contentOf(message),
        message.newer ? null : message.files.map(file),
        embeds(message.embeds),
        drawComponents(message, app, doing),
        doing.failed && h("p", { class: "failure", role: "alert" }, failure(doing.failed)),
        message.published && h("p", { class: "published" }, icon("megaphone"), t("published")),
        thread && threadCard(thread, app),
        message.ephemeral && onlyYou(() => app.dismiss(message)),
      ),
      h("div", { class: "tools" }, more),
    ),
  );
}

function contentOf({ html, edited }) {
  const content = prose(html, { class: "content markdown" });
  if (edited) content.append(h("small", { class: "edited", title: exact(edited) }, " ", t("edited")));
  return content;
}

function drawComponents(message, app, { busy }) {
  if (!message.components.length) return null;
  const drawn = components(message.components, {
    world: app.world(),
    busy,
    press: (control) => app.use(message, control, "press", { control }),
    choose: (control, values) => app.use(message, control, "choose", { control, values }),
  });
  return h("div", { class: message.newer ? "layout" : "rows" }, drawn);
}

const threadCard = ({ id, name, count }, app) =>
  h(
    "button",
    { type: "button", class: "thread-card", onclick: () => app.open(id) },
    h("span", {}, icon("thread"), named(name, { class: "thread-name" })),
    h("span", { class: "thread-count" }, messages(count), " ›"),
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
      interaction.failed && onlyYou(() => app.forget(interaction.id)),
    ),
  );
}
