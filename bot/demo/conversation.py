"""The demo in the terminal: a sample conversation, then a prompt."""

import asyncio
import sys
import threading
from contextlib import suppress
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.app import App
from bot.demo.scene import BREATH, Beginning, Scene, begin_next_morning, wait_welcome, zone_of
from bot.sandbox import NotSentError
from bot.sandbox.terminal import Terminal

_SILENCE = 0.5
"""Seconds without a further message after which a post is complete."""
_USAGES = (
    "press LABEL — press a button of the newest message that has it",
    "choose VALUE — choose from the menu of the newest message that has one: a number or a label",
    "choose MENU: VALUE — from the menu with that placeholder; several values: A, B",
    "menu NAME — use a command of the newest message's menu",
    "fill LABEL: VALUE — a field of the open form",
    "submit — send the open form",
    "dismiss — close the open form",
    "morning — move the clock to the next post",
)


async def converse(
    scene: Scene, app: App, console: Console, *, beginning: Beginning, paper: str | None
) -> Terminal:
    """Show a sample conversation: set up a schedule, get a post, use `/paper` and `/top`.

    Args:
        scene: The sandbox with its people and channels.
        app: The bot, connected to it.
        console: Where to print.
        beginning: What there is; the set-up is left out where there is a schedule.
        paper: The id of the paper to look up; `None` if there are no papers.
    """
    place = scene.papers if beginning.has_schedule else scene.general
    zone = ZoneInfo(zone_of(scene.admin.locale))
    terminal = Terminal(scene.sandbox.world, scene.admin, place, console, zone=zone)
    terminal.say("This is a local copy of Discord, and the bot is connected.\n")
    if beginning.has_schedule:
        await _ask(terminal, "/schedule list")
    else:
        await _show_setup(scene, app, terminal)
    await show_next_morning(scene, app, terminal)
    if paper is not None:
        await _ask(terminal, f"/paper {paper}")
    await _ask(terminal, "/top")
    return terminal


async def _show_setup(scene: Scene, app: App, terminal: Terminal) -> None:
    """Show the welcome, and set up a schedule by its button."""
    terminal.say("The server has just added the bot, which says hello in the system channel.\n")
    welcome = await wait_welcome(scene)
    terminal.show(welcome)
    texts = app.catalogue.for_locale(scene.admin.locale)
    await _ask(terminal, f"press {texts('welcome-set-up')}")
    await _ask(terminal, f"press {texts('setup-button-start')}")


async def _ask(terminal: Terminal, line: str) -> None:
    terminal.echo(line)
    await terminal.do(line)


async def show_next_morning(scene: Scene, app: App, terminal: Terminal) -> None:
    """Move the clock to the next occurrence of a schedule, and show what is posted."""
    posted = False
    with scene.sandbox.subscribe() as events, suppress(TimeoutError):
        due = await begin_next_morning(app)
        if due is None:
            terminal.say("No schedules yet. Start with: /setup")
            return
        zone = ZoneInfo(zone_of(scene.admin.locale))
        terminal.say(f"The clock moves to {due.astimezone(zone):%Y-%m-%d %H:%M %Z}.\n")
        while True:
            patience = _SILENCE if posted else BREATH.total_seconds() + 2
            event = await asyncio.wait_for(events.next("MESSAGE_CREATE"), patience)
            terminal.show(event.subject)
            posted = True
    if not posted:
        terminal.say("There are no new papers to post.")


async def run_prompt(scene: Scene, app: App, terminal: Terminal) -> None:
    """Run the commands that the user types, until they quit or stdin ends."""
    terminal.say("Type a command, “morning”, “help” or “quit”.")
    lines = _lines()
    while True:
        if sys.stdin.isatty():
            sys.stdout.write("> ")
            sys.stdout.flush()
        line = await lines.get()
        match line:
            case "quit" | "exit":
                return
            case "":
                continue
            case "help":
                for usage in terminal.commands():
                    terminal.say(usage)
                for usage in _USAGES:
                    terminal.say(usage)
            case "morning":
                await show_next_morning(scene, app, terminal)
            case _:
                try:
                    await terminal.do(line)
                except NotSentError as error:
                    said = str(error)
                    terminal.say(f"{said[0].upper()}{said[1:]}.")


def _lines() -> asyncio.Queue[str]:
    """Return a queue of the lines of stdin, with “quit” after the last.

    A daemon thread reads them: a thread of the event loop's executor would keep the process from
    ending until the next line.
    """
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()

    def read() -> None:
        with suppress(RuntimeError):  # the event loop is closed: the demo has ended
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line.strip())
            loop.call_soon_threadsafe(lines.put_nowait, "quit")

    threading.Thread(target=read, name="stdin", daemon=True).start()
    return lines
