"""The bot at work in the sandbox: a morning comes, someone asks, then it is your turn."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files

from rich.console import Console

from bot.client import DailyPapers
from bot.posts.clock import next_due
from bot.sandbox import Channel, Guild, NotSentError, Person, Sandbox
from bot.sandbox.terminal import Terminal
from storage import schedules

EVENING = datetime(2025, 2, 21, 22, 0, tzinfo=UTC)
"""When the sample digest's day is over: the moment at which the demonstration begins."""
_BREATH = timedelta(seconds=1)
"""How long before the morning's post the clock is set."""
_PATIENCE = 30
_SILENCE = 0.5
"""Seconds without a further message after which a post is complete."""


def sample_digest() -> str:
    """Return the digest of 2025-02-21 that comes with the program, as Markdown."""
    return (files("bot.demo") / "sample.md").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Scene:
    """Who and what is there."""

    sandbox: Sandbox
    guild: Guild
    papers: Channel
    """Where the morning's post goes."""
    admin: Person


def set_scene(sandbox: Sandbox, *, language: str) -> Scene:
    """Add a server with a few channels and the one who set it up, who speak a language."""
    locale = {"ko": "ko"}.get(language, "en-US")
    admin = sandbox.add_person("Mina", locale=locale)
    guild = sandbox.add_guild("Reading Group", locale=locale, owner=admin)
    guild.add_channel("general")
    papers = guild.add_channel("papers")
    guild.add_channel("random")
    return Scene(sandbox, guild, papers, admin)


@asynccontextmanager
async def connected(bot: DailyPapers, sandbox: Sandbox) -> AsyncIterator[None]:
    """Run the bot against the sandbox while inside; raises what ends it."""
    running = asyncio.create_task(bot.start(sandbox.token))
    arrived = asyncio.create_task(sandbox.wait_connected())
    try:
        await asyncio.wait(
            {running, arrived}, timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED
        )
        if running.done():
            await running
        await asyncio.wait_for(arrived, 0.1)
        yield
    finally:
        arrived.cancel()
        await bot.close()
        running.cancel()
        await asyncio.gather(running, arrived, return_exceptions=True)


async def converse(scene: Scene, bot: DailyPapers, console: Console) -> Terminal:
    """Show a schedule made, the morning's post, `/paper` and `/top` with their answers."""
    terminal = Terminal(scene.sandbox.world, scene.admin, scene.papers, console)
    terminal.say("A Discord on this machine, the bot connected to it. It is the evening before.\n")
    await _ask(terminal, "/schedule add channel:#papers count:5")
    await let_morning_come(scene, bot, terminal)
    await _ask(terminal, "/paper 2502.14499")
    await _ask(terminal, "/top")
    return terminal


async def _ask(terminal: Terminal, line: str) -> None:
    terminal.echo(line)
    await terminal.do(line)


async def let_morning_come(scene: Scene, bot: DailyPapers, terminal: Terminal) -> None:
    """Set the clock to just before the next schedule comes due, and show what is posted."""
    alarm = bot.alarm
    due = [next_due(s, alarm.clock.now()) for s in await schedules.all_of_them(bot.database)]
    if not due:
        terminal.say("Nothing is scheduled: /schedule add #papers")
        return
    terminal.say(f"The clock moves to {min(due):%Y-%m-%d %H:%M %Z}.\n")
    posted = False
    with scene.sandbox.subscribe() as events, suppress(TimeoutError):
        alarm.move_to(min(due) - _BREATH)
        while True:
            patience = _SILENCE if posted else _BREATH.total_seconds() + 2
            event = await asyncio.wait_for(events.next("MESSAGE_CREATE"), patience)
            terminal.show(event.subject)
            posted = True
    if not posted:
        terminal.say("No digest has come since the last post, so nothing is posted.")


async def take_turns(scene: Scene, bot: DailyPapers, terminal: Terminal) -> None:
    """Do what the user types, until they quit or their input ends."""
    terminal.say("Your turn. Type a command, “morning”, “help” or “quit”.")
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
                terminal.say("press LABEL — a button of the newest message that has it")
                terminal.say("choose NUMBER — from the newest menu")
                terminal.say("morning — let the next morning come")
            case "morning":
                await let_morning_come(scene, bot, terminal)
            case _:
                try:
                    await terminal.do(line)
                except NotSentError as error:
                    terminal.say(str(error))


def _lines() -> asyncio.Queue[str]:
    """Return the lines that come in; the end of the input says “quit”.

    A thread of its own reads them: one of the event loop's would keep the program from ending
    until the next line.
    """
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()

    def read() -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it the demonstration
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line.strip())
            loop.call_soon_threadsafe(lines.put_nowait, "quit")

    threading.Thread(target=read, daemon=True).start()
    return lines
