/** What stands above the conversation: where one is, the clock, and what the page's host offers. */

import { h, icon, named } from "./dom.js";
import { t } from "./texts.js";
import { channelIcon } from "./values.js";

/** Draws the header; `parent` is the channel of a thread. */
export function header(app, parent) {
  const { channel, actions } = app.state;
  return [
    h(
      "button",
      { type: "button", class: "icon-button list-button", "aria-label": t("openList"), "aria-controls": "sidebar", onclick: () => app.showList() },
      icon("menu"),
    ),
    h(
      "h2",
      { class: "channel-title" },
      channelIcon(channel.type),
      parent && [
        h("button", { type: "button", class: "link parent", onclick: () => app.open(parent.id) }, named(parent.name)),
        h("span", { class: "step", "aria-hidden": "true" }, "›"),
      ],
      named(channel.name),
    ),
    h("p", { class: "topic" }, named(channel.topic)),
    h(
      "div",
      { class: "clock" },
      h("span", { class: "clock-face" }, icon("clock"), h("time", { class: "clock-time" })),
      actions.map((action) =>
        h(
          "button",
          { type: "button", class: "button primary act", onclick: (event) => app.act(action, event.currentTarget) },
          icon("sunrise"),
          h("span", {}, app.actionName(action)),
        ),
      ),
    ),
    app.panel.toggle,
  ];
}
