/** The guilds and channels on the left, and the person below them. */

import { avatar } from "./avatar.js";
import { isThread } from "./channels.js";
import { h, isolated } from "./dom.js";
import { channelIcon, icon } from "./icons.js";
import { t } from "./texts.js";

const CATEGORY = 4;

/** Makes the content of the sidebar. */
export function sidebar(app) {
  const { places, you, channel } = app.state;
  const current = places.guilds.find(({ id }) => id === app.state.guild);
  return [
    h(
      "nav",
      { class: "servers", "aria-label": t("servers") },
      server(app, { id: null, name: t("directMessages"), channels: places.talks }, !current, icon("talk")),
      h("hr"),
      places.guilds.map((guild) => server(app, guild, guild === current, initials(guild.name))),
    ),
    h(
      "div",
      { class: "side" },
      h(
        "nav",
        { class: "channels", "aria-label": t("channels") },
        h("h1", {}, isolated(current?.name ?? t("directMessages")), h("span", { class: "badge", title: t("sandboxHint") }, t("sandbox"))),
        h("ul", {}, current ? grouped(app, current.channels) : places.talks.map((each) => channelLine(app, each))),
      ),
      h(
        "button",
        {
          type: "button",
          class: "you",
          "aria-haspopup": "dialog",
          "aria-label": t("youChange", { name: you.name, standing: t(you.standing) }),
          onclick: () => app.openSettings(),
        },
        avatar(you),
        h("span", {}, isolated(you.name, { class: "you-name" }), h("small", {}, t(you.standing))),
        icon("switch"),
      ),
    ),
  ];

  function channelLine(_app, each, depth = 0) {
    return lineOf(app, each, channel?.id === each.id, depth);
  }

  function grouped(_app, channels) {
    const order = (one, other) => one.position - other.position;
    const threads = channels.filter(isThread);
    const plain = channels.filter((each) => !isThread(each)).sort(order);
    const under = (parent) =>
      plain
        .filter((each) => each.parent === parent && each.type !== CATEGORY)
        .flatMap((each) => [
          channelLine(app, each),
          ...threads.filter((thread) => thread.parent === each.id && !thread.archived).map((thread) => channelLine(app, thread, 1)),
        ]);
    const categories = plain.filter(({ type }) => type === CATEGORY);
    return [
      ...under(null),
      ...categories.map((category) => h("li", {}, h("h2", { class: "category" }, isolated(category.name)), h("ul", {}, under(category.id)))),
    ];
  }
}

const initials = (name) =>
  name
    .split(/\s+/)
    .map((word) => [...word][0])
    .join("")
    .slice(0, 3);

function server(app, guild, current, sign) {
  const news = guild.channels.some(({ id }) => app.state.unread.has(id));
  return h(
    "button",
    {
      type: "button",
      class: `server${current ? " current" : ""}${news ? " news" : ""}`,
      "aria-current": current && "true",
      "aria-label": news ? `${guild.name}, ${t("unread")}` : guild.name,
      title: guild.name,
      onclick: () => app.openGuild(guild.id),
    },
    sign,
  );
}

function lineOf(app, channel, current, depth) {
  const news = app.state.unread.get(channel.id);
  const said = [news && t("unread"), news?.pinged && t("notifies")].filter(Boolean).join(", ");
  return h(
    "li",
    { class: depth ? "threaded" : "" },
    h(
      "button",
      {
        type: "button",
        class: `channel${current ? " current" : ""}${news ? " news" : ""}`,
        "aria-current": current && "page",
        dataset: { channel: channel.id },
        onclick: () => app.open(channel.id),
      },
      depth ? null : channel.guild ? channelIcon(channel.type) : avatar({ ...app.state.bot, name: channel.name }, true),
      isolated(channel.name, { class: "channel-name" }),
      said && h("span", { class: "unseen" }, said),
      news?.pinged && h("span", { class: "pings", "aria-hidden": "true" }, String(news.count)),
    ),
  );
}
