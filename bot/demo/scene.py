"""The scene of the demo: a server with channels and people, and the bot connected to it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.app import App
from bot.posting.recurrence import next_run
from bot.sandbox import (
    Channel,
    ChannelType,
    Guild,
    Message,
    Permission,
    Person,
    Role,
    Sandbox,
    Subscription,
)
from storage import schedules

_BREATH = timedelta(seconds=0.3)
"""How long before the next post the clock is set."""
_READING = timedelta(minutes=4)
_PATIENCE = 30
_WRITING = int(
    Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
)


class Beginning(Enum):
    """What there is when the demo begins."""

    NEW = "new"
    """Papers, and a server that has just added the bot."""
    READY = "ready"
    """Papers, and a schedule for #papers."""
    EMPTY = "empty"
    """A server that has just added the bot, on the first day of an installation: no papers."""

    @property
    def has_papers(self) -> bool:
        """Whether there are papers: the sample's, or the user's own."""
        return self is not Beginning.EMPTY

    @property
    def has_schedule(self) -> bool:
        """Whether there is a schedule."""
        return self is Beginning.READY


@dataclass(frozen=True, slots=True)
class Scene:
    """The sandbox with the demo's server, channels and people."""

    sandbox: Sandbox
    guild: Guild
    general: Channel
    """The system channel, in which the bot says hello."""
    papers: Channel
    """The channel of the schedule that the demo can begin with."""
    readers: Role
    """A role that posts can mention."""
    admin: Person
    member: Person
    """Has the role `readers`."""
    other: Person
    """A member without a role."""
    newcomer: Person
    """May read and use commands, but not write."""
    visitor: Person
    """In no server: has installed the bot for themselves, and talks with it in direct messages."""


def zone_of(language: str) -> str:
    """Return the time zone in which people of a language read times: that of their schedules."""
    return {"ko": "Asia/Seoul"}.get(language, "Europe/London")


def set_scene(sandbox: Sandbox, *, language: str, beginning: Beginning = Beginning.READY) -> Scene:
    """Add a server with a few channels, and people who speak a language.

    Args:
        sandbox: Where to add them.
        language: Of the server and the people. The bot can tell the time zone of their locale.
        beginning: What there is; `begin` does the rest once the bot is connected.
    """
    locale = {"ko": "ko"}.get(language, "en-GB")
    admin = sandbox.add_person("Mina", locale=locale)
    guild = sandbox.add_guild(
        "Reading Group", locale=locale, owner=admin, with_bot=beginning.has_schedule
    )
    general = guild.add_channel("general")
    papers = guild.add_channel("papers")
    guild.add_channel("random")
    guild.add_channel("news", ChannelType.ANNOUNCEMENT)
    guild.add_channel("paper-talk", ChannelType.FORUM)
    readers = guild.add_role("Readers", mentionable=True)
    member = guild.add_member("Bo", roles=(readers,))
    other = guild.add_member("Dani")
    newcomer = guild.add_member("Cleo")
    for channel in guild.channels.values():
        guild.set_overwrite(channel, newcomer, deny=_WRITING)
    visitor = sandbox.add_person("Ari", locale=locale)
    visitor.installed = True
    return Scene(sandbox, guild, general, papers, readers, admin, member, other, newcomer, visitor)


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


async def begin(scene: Scene, beginning: Beginning) -> None:
    """Let the connected bot have a schedule, or be added to the server, as a beginning says."""
    if beginning.has_schedule:
        await scene.admin.slash(
            "schedule add",
            scene.papers,
            channel=scene.papers,
            timezone=zone_of(scene.admin.locale),
        )
    else:
        scene.guild.add_bot()


async def wait_welcome(scene: Scene) -> Message:
    """Wait until the bot, just added, has said hello; return its message."""
    with scene.sandbox.subscribe() as events:
        if not scene.general.messages:
            await asyncio.wait_for(events.next("MESSAGE_CREATE"), _PATIENCE)
    return next(iter(scene.general.messages))


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
    await app.move_clock(min(due) - _BREATH)
    return min(due)


async def new_messages(
    app: App, events: Subscription, due: datetime
) -> AsyncGenerator[Message, None]:
    """Yield the new messages until the bot has done what is due at a moment, which is near.

    Args:
        app: The bot.
        events: Those of the sandbox since before the clock was set; this closes them.
        due: What `begin_next_morning` returned.
    """
    ending = asyncio.create_task(_close_when_done(app, events, due), name="wait for posts")
    try:
        async for event in events:
            if event.name == "MESSAGE_CREATE":
                yield event.subject
    finally:
        ending.cancel()


async def _close_when_done(app: App, events: Subscription, due: datetime) -> None:
    try:
        async with asyncio.timeout(_PATIENCE):
            while (left := due - app.clock.now()) > timedelta(0):  # noqa: ASYNC110 - a clock
                await asyncio.sleep(left.total_seconds())
            await app.posting.until_idle()
    finally:
        events.close()
