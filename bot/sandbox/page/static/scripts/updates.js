/** What the server sends by itself, and which part of the page shows it. */

import { isForum } from "./channels.js";

const UPDATES = {
  message: (app, { message, new: isNew }) => app.log.update(message, isNew),
  gone: (app, { channel, message }) => channel === app.state.channel?.id && app.log.remove(message),
  unread: (app, frame) => app.addUnread(frame),
  push: (app, frame) => app.toasts.show(frame),
  tip: (app, { tip }) => app.showTip(tip),
  interaction: (app, { interaction }) => app.interactions.update(interaction),
  request: (app, { request }) => app.requests.add(request),
  commands: (app, { commands }) => {
    app.state.commands = commands;
    if (!app.log.element.hidden) app.log.refresh(app.state.channel);
  },
  places: (app, { places }) => app.updatePlaces(places),
  posts: (app, { places, posts }) => {
    app.state.places = places;
    if (isForum(app.state.channel ?? {})) app.showPosts(posts);
  },
};

/** Shows what a frame tells. */
export const applyUpdate = (app, frame) => UPDATES[frame.kind]?.(app, frame);
