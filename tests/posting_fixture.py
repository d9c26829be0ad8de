"""A sandbox with channels, and bots that come and go on one database."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from catalogue import CATALOGUE
from seconds import Seconds

from bot.app import App, AppParts, AppSettings
from bot.backoff import Backoff
from bot.client import ConnectionSettings
from bot.clock import Clock
from bot.demo.scene import connected
from bot.health.checks import WantedSources
from bot.health.monitor import Monitoring
from bot.ingest.lists import ListSource
from bot.keeping.settings import KeepingSettings
from bot.posting import job_factory
from bot.posting.settings import PostingSettings
from bot.publish.archive import Archive
from bot.sandbox import Channel, Guild, Message, Sandbox
from bot.sandbox.rest.faults import Fault
from bot.writer.writing import Writing
from storage import digests, history, schedules
from storage.database import Database
from storage.records import (
    EVERY_DAY,
    Digest,
    Layout,
    NewSchedule,
    Outcome,
    Paper,
    Schedule,
    ScheduleEdit,
    ScheduleSettings,
    Section,
)

FRIDAY = date(2025, 2, 21)
EVENING = datetime(2025, 2, 21, 22, 0, tzinfo=UTC)
MORNING = datetime(2025, 2, 22, 8, 0, tzinfo=UTC)
DELIVERY = "delivery"
OCCURRENCE = "occurrence"


def digest(day: date, papers: int = 12, votes: int = 100) -> Digest:
    return Digest(
        day,
        tuple(
            Paper(
                f"{day:%y%m}.{day.day:02}{rank:03}",
                f"Paper {rank} of {day}",
                votes - rank,
                ("Ann", "Bo"),
                None,
                (Section("What's New", f"What paper {rank} of {day} says."),),
            )
            for rank in range(1, papers + 1)
        ),
    )


async def eventually(holds: Callable[[], bool | Awaitable[bool]]) -> None:
    """Wait until a condition holds that sends no event.

    One that has to be awaited reads a database, as the bot does that it waits for; so it is asked
    for less often.
    """
    async with asyncio.timeout(60):
        while True:
            answer = holds()
            if answer if isinstance(answer, bool) else await answer:
                return
            await asyncio.sleep(0.02 if isinstance(answer, bool) else 0.1)


@dataclass
class PostingFixture:
    """A server in a sandbox, and a database with schedules that outlives the bots on it."""

    sandbox: Sandbox
    path: Path
    database: Database
    clock: Clock
    guild: Guild
    seconds: Seconds = field(default_factory=Seconds)
    lists: Sequence[ListSource] = ()
    """The sources that the bots read over the network."""
    writing: Writing | None = None
    """Writes texts for the bots; `None` for none."""
    archive: Archive | None = None
    """What the bots publish in."""
    keeping: KeepingSettings = field(default_factory=KeepingSettings)
    """Copies of the database, and how long posts are remembered."""
    monitoring: Monitoring | None = None
    """Where the bots show health and metrics; `None` for nowhere."""
    wanted: WantedSources | None = None
    """The sources whose age the bots look at; `None` for all."""
    app: App = field(init=False)

    def channel(self, name: str = "papers", **options: Any) -> Channel:  # noqa: ANN401 - passed on
        return self.guild.add_channel(name, **options)

    async def store(self, day: date = FRIDAY, **options: int) -> None:
        """Store a digest; a running bot is told, as the source's watcher tells it."""
        await digests.store(self.database, digest(day, **options), read_at=self.clock.now())

    async def schedule(self, channel: Channel, **options: Any) -> Schedule:  # noqa: ANN401 - passed on
        """Add a schedule of five cards at 8:00 UTC each day, unless the options say otherwise."""
        settings: dict[str, Any] = {
            "channel_id": channel.id,
            "time": time(8),
            "timezone": "UTC",
            "count": 5,
            "layout": Layout.CARDS,
            "days": EVERY_DAY,
            "language": "en",
        }
        now = self.clock.now()
        return await schedules.add(
            self.database,
            NewSchedule(
                self.guild.id, self.sandbox.world.owner.id, ScheduleSettings(**(settings | options))
            ),
            at=now,
            next_job=lambda each: job_factory.occurrence(each, now),
        )

    async def edit(self, schedule: Schedule, **options: Any) -> Schedule:  # noqa: ANN401 - passed on
        """Change a schedule as `/schedule edit` does."""
        current = await self.get(schedule)
        settings = replace(current.settings, **options)
        edited = await self.app.posting.edit(ScheduleEdit(schedule.id, schedule.guild_id, settings))
        assert edited is not None
        return edited

    async def get(self, schedule: Schedule) -> Schedule:
        """Return a schedule as it is stored now."""
        found = await schedules.get(self.database, schedule.id)
        assert found is not None
        return found

    @asynccontextmanager
    async def running(self, **settings: Any) -> AsyncIterator[App]:  # noqa: ANN401 - passed on
        """Run a bot on the database; it is stopped in good order."""
        self.app = self.new_app(self.database, **settings)
        async with connected(self.app, self.sandbox):
            await self.settle()
            yield self.app

    def new_app(self, database: Database, **settings: Any) -> App:  # noqa: ANN401 - passed on
        """Build a bot with short pauses that is soon ready, and without the jitter of refreshes."""
        short: dict[str, Any] = {
            "first_backoff": 0.05,
            "tick": 0.25,
            "settling": 0.3,
            "refresh_jitter": timedelta(0),
            "version": "1.0.0",
        }
        return App(
            database,
            catalogue=CATALOGUE,
            clock=self.clock,
            settings=AppSettings(
                posting=PostingSettings(**(short | settings)),
                keeping=self.keeping,
                wanted=self.wanted,
            ),
            parts=AppParts(
                lists=self.lists,
                writing=self.writing,
                archive=self.archive,
                monitoring=self.monitoring,
            ),
            connection=ConnectionSettings(
                time_source=self.seconds, backoff=Backoff(first=0.05), ready_after=0.1
            ),
        )

    async def settle(self) -> None:
        """Wait until the bot has done what it can do now."""
        async with asyncio.timeout(30):
            await self.app.posting.until_idle()

    async def move_to(self, moment: datetime) -> None:
        """Make it a moment, for the bot and the sandbox, without waiting for what is due then."""
        await self.app.move_clock(moment)

    async def wait_for(self, moment: datetime) -> None:
        """Make it a moment, and wait until all is done that can be done then."""
        await self.move_to(moment)
        await self.settle()

    async def outcomes(self, schedule: Schedule) -> list[Outcome]:
        """Return what came of a schedule, oldest first."""
        lines = await history.of_guild(
            self.database, schedule.guild_id, schedule_id=schedule.id, limit=99
        )
        return [line.outcome for line in reversed(lines)]

    async def until(self, schedule: Schedule, outcome: Outcome) -> None:
        """Wait until a schedule's history has an outcome, further attempts included."""

        async def is_recorded() -> bool:
            return outcome in await self.outcomes(schedule)

        await eventually(is_recorded)

    async def cut_off(self, *channels: Channel, recorded: int) -> None:
        """Stop the bot between a message of the morning's post and the record of it.

        The database is locked from the message's request on, so that no record can be written.

        Args:
            channels: Where it posts, each its own post at the same time.
            recorded: How many messages of each are recorded before.
        """
        is_locked = asyncio.Event()
        slow = [self._slow_after(channel, recorded, is_locked) for channel in channels]
        await self.move_to(MORNING)
        await eventually(lambda: all(fault.hits == 1 for fault in slow))
        async with locked(self.path):
            is_locked.set()
            await eventually(lambda: all(len(c.all_messages) > recorded for c in channels))
            await self.app.posting.stop()

    def _slow_after(self, channel: Channel, number: int, event: asyncio.Event) -> Fault:
        """Let the request that follows some messages of a channel wait for an event."""
        seen = count(1)
        path = f"/channels/{channel.id}/messages"
        return self.sandbox.faults.add(
            "POST", path, when=lambda _: next(seen) > number, until=event
        )

    @asynccontextmanager
    async def other_database(self) -> AsyncIterator[Database]:
        """Open the database once more, for a bot that is stopped without finishing anything."""
        async with await Database.open(self.path) as database:
            yield database


@asynccontextmanager
async def locked(path: Path) -> AsyncIterator[None]:
    """Lock the database for others, as a program does that writes for a long time.

    If it has to wait for the lock, a thread does: the bot may be inside a transaction, and needs
    the event loop to finish it.
    """
    with closing(
        sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    ) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            other.execute("PRAGMA busy_timeout = 30000")
            await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def papers_in(messages: list[Message]) -> list[str]:
    """Return the ids of the papers that messages show as cards, in order."""
    return [
        embed["url"].rpartition("/")[2]
        for message in messages
        for embed in message.embeds
        if "url" in embed
    ]
