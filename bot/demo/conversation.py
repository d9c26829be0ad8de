"""The demo in the terminal: a sample conversation, then a prompt."""

import asyncio
import sys
import threading
from contextlib import suppress
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.app import App
from bot.demo.scene import (
    Beginning,
    Scene,
    begin_next_morning,
    new_messages,
    wait_welcome,
    zone_of,
)
from bot.sandbox import NotSentError
from bot.sandbox.terminal import Terminal
from config.texts import Texts


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
    channel = scene.papers if beginning.has_schedule else scene.general
    zone = ZoneInfo(zone_of(scene.admin.locale))
    terminal = Terminal(scene.sandbox.world, scene.admin, channel, console, zone=zone)
    texts = _texts(scene, app)
    terminal.say(texts("demo-terminal-begin") + "\n")
    if beginning.has_schedule:
        command, listing = texts("command-schedule-name"), texts("command-schedule-list-name")
        await _ask(terminal, f"/{command} {listing}")
    else:
        await _show_setup(scene, app, terminal)
    await show_next_morning(scene, app, terminal)
    if paper is not None:
        await _ask(terminal, f"/{texts('command-paper-name')} {paper}")
    await _ask(terminal, f"/{texts('command-top-name')}")
    return terminal


def _texts(scene: Scene, app: App) -> Texts:
    """Return the texts in the language of whoever uses the terminal."""
    return app.catalogue.for_locale(scene.admin.locale)


async def _show_setup(scene: Scene, app: App, terminal: Terminal) -> None:
    """Show the welcome, and set up a schedule by its button."""
    texts = _texts(scene, app)
    terminal.say(texts("demo-terminal-added") + "\n")
    welcome = await wait_welcome(scene)
    terminal.show(welcome)
    await _ask(terminal, terminal.line_to_press(texts("welcome-set-up")))
    await _ask(terminal, terminal.line_to_press(texts("setup-button-start")))


async def _ask(terminal: Terminal, line: str) -> None:
    terminal.echo(line)
    await terminal.do(line)


async def show_next_morning(scene: Scene, app: App, terminal: Terminal) -> None:
    """Move the clock to the next occurrence of a schedule, and show what is posted."""
    texts = _texts(scene, app)
    has_news = False
    with scene.sandbox.subscribe() as events:
        due = await begin_next_morning(app)
        if due is None:
            terminal.say(texts("demo-no-schedule"))
            return
        moved = texts("demo-terminal-clock", time=terminal.write_time(due, "F"))
        terminal.say(moved + "\n")
        async for message in new_messages(app, events, due):
            terminal.show(message)
            has_news = True
    if not has_news:
        terminal.say(texts("demo-no-news"))


async def run_prompt(scene: Scene, app: App, terminal: Terminal) -> None:
    """Run the commands that the user types, until they quit or stdin ends."""
    texts = _texts(scene, app)
    morning, usages = texts("demo-word-morning"), texts("demo-word-help")
    leave = texts("demo-word-quit")
    terminal.say(texts("demo-terminal-prompt", morning=morning, help=usages, quit=leave))
    in_english = {morning: "morning", usages: "help", leave: "quit"}
    lines = _lines()
    while True:
        if sys.stdin.isatty():
            sys.stdout.write("> ")
            sys.stdout.flush()
        line = await lines.get()
        match in_english.get(line, line):
            case "quit" | "exit":
                return
            case "":
                continue
            case "help":
                for usage in terminal.usages():
                    terminal.say(usage)
                terminal.say(f"{morning} — {texts('demo-terminal-morning')}")
            case "morning":
                await show_next_morning(scene, app, terminal)
            case _:
                try:
                    await terminal.do(line)
                except NotSentError as error:
                    terminal.explain(error)


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
