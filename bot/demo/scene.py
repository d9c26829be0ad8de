"""The scene of the demo: a server with channels and people, and the bot connected to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.app import App
from bot.posting.recurrence import next_run
from bot.sandbox import Channel, ChannelType, Guild, Person, Sandbox
from storage import schedules

EVENING = datetime(2025, 2, 21, 22, 0, tzinfo=UTC)
"""When the demo begins: the end of the sample digest's day."""
BREATH = timedelta(seconds=0.3)
"""How long before the next post the clock is set."""
_READING = timedelta(minutes=4)
_PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Scene:
    """The sandbox with the demo's server, channels and people."""

    sandbox: Sandbox
    guild: Guild
    papers: Channel
    """The channel of the demo's schedule."""
    admin: Person
    member: Person
    visitor: Person
    """In no server: has installed the bot for themselves, and talks with it in direct messages."""


def set_scene(sandbox: Sandbox, *, language: str) -> Scene:
    """Add a server with a few channels, and people who speak a language."""
    locale = {"ko": "ko"}.get(language, "en-US")
    admin = sandbox.add_person("Mina", locale=locale)
    guild = sandbox.add_guild("Reading Group", locale=locale, owner=admin)
    guild.add_channel("general")
    papers = guild.add_channel("papers")
    guild.add_channel("random")
    guild.add_channel("news", ChannelType.ANNOUNCEMENT)
    guild.add_channel("paper-talk", ChannelType.FORUM)
    member = guild.add_member("Bo")
    visitor = sandbox.add_person("Ari", locale=locale)
    visitor.installed = True
    return Scene(sandbox, guild, papers, admin, member, visitor)


@asynccontextmanager
async def connected(app: App, sandbox: Sandbox) -> AsyncIterator[None]:
    """Run the bot in the sandbox inside the context; raise the error if it ends early."""
    running = asyncio.create_task(app.run(sandbox.token), name="bot in the sandbox")
    arrived = asyncio.create_task(sandbox.wait_connected(), name="wait for the bot")
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
        app.stop()
        await asyncio.gather(running, arrived, return_exceptions=True)


async def begin_next_morning(app: App) -> datetime | None:
    """Move the clock to just before the next occurrence; return when that is, in UTC.

    The bot's own scheduler then posts. `None` if there is no schedule.
    """
    now = app.clock.now()
    due = [next_run(each, now) for each in await schedules.every(app.database)]
    if not due:
        return None
    # The lists are read five minutes before a post, at the latest.
    await app.move_clock(max(min(due) - _READING, now))
    await app.until_lists_are_read()
    await app.move_clock(min(due) - BREATH)
    return min(due)
