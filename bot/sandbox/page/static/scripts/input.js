/** Clicks and keys that are not handled by one part of the page. */

/** Handles them for the page. */
export function listen(app) {
  document.addEventListener("click", (event) => clicked(event, app));
  document.addEventListener("keydown", (event) => pressed(event, app));
}

/** Handles clicks on what the HTML of Markdown has: spoilers, mentions of channels and commands. */
function clicked(event, app) {
  if (app.showsList && !event.target.closest(".sidebar, .list-button, dialog")) {
    app.hideList();
    return;
  }
  const spoiler = event.target.closest(".spoiler:not(.shown)");
  if (spoiler) {
    event.preventDefault();
    uncover(spoiler);
    return;
  }
  const mention = event.target.closest("[data-channel][role=link]");
  if (mention) app.openIfSeen(mention.dataset.channel);
  const command = event.target.closest("[data-command]");
  if (command) app.composer.startNamed(command.dataset.command);
}

function pressed(event, app) {
  const { target, key } = event;
  if ((key === "Enter" || key === " ") && target.matches(".spoiler, .mention[tabindex]")) {
    event.preventDefault();
    target.click();
    return;
  }
  if (key === "Escape" && app.showsList && !target.closest("dialog")) {
    app.hideList();
    app.header.querySelector(".list-button")?.focus();
    return;
  }
  if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) {
    event.preventDefault();
    step(key === "ArrowDown" ? 1 : -1, app);
    return;
  }
  const typing = target.closest("input, textarea, select, dialog, .popover");
  const isCharacter = key.length === 1 && key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!typing && isCharacter && !app.composer.element.hidden) app.composer.focus();
}

/** Goes to the next channel of the list, or the one before. */
function step(by, app) {
  const channels = [...app.side.querySelectorAll("[data-channel]")];
  const at = channels.findIndex((each) => each.dataset.channel === app.state.channel.id);
  app.open(channels[(at + by + channels.length) % channels.length].dataset.channel);
}

function uncover(spoiler) {
  spoiler.classList.add("shown");
  for (const name of ["role", "tabindex", "aria-expanded", "aria-label"]) spoiler.removeAttribute(name);
}
