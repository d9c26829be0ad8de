/** The bar above the messages: the channel, the clock, and the actions of whoever serves the page. */

import { h, isolated } from "./dom.js";
import { channelIcon, icon } from "./icons.js";
import { localized, t } from "./texts.js";

/** Makes the content of the bar. `parent`: the channel of a thread. */
export function header(app, parent) {
  const { channel, actions } = app.state;
  return [
    h(
      "button",
      { type: "button", class: "icon-button list-button", "aria-label": t("openList"), "aria-controls": "sidebar", "aria-expanded": "false", onclick: () => app.showList() },
      icon("menu"),
    ),
    h(
      "h2",
      { class: "channel-title" },
      channelIcon(channel.type),
      parent && [
        h("button", { type: "button", class: "link parent", onclick: () => app.open(parent.id) }, isolated(parent.name)),
        h("span", { class: "step", "aria-hidden": "true" }, "›"),
      ],
      isolated(channel.name),
    ),
    h("p", { class: "topic" }, isolated(channel.topic)),
    h(
      "div",
      { class: "clock" },
      h("span", { class: "clock-face" }, icon("clock"), h("time", { class: "clock-time" })),
      actions.map((action) =>
        h(
          "button",
          { type: "button", class: "button primary act", onclick: (event) => app.runAction(action, event.currentTarget) },
          icon("sunrise"),
          h("span", {}, localized(action.names)),
        ),
      ),
    ),
    app.requests.toggle,
  ];
}
