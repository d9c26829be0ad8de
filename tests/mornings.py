"""A sandbox with channels, and bots that come and go on one database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from seconds import Seconds

from bot.client import DailyPapers
from bot.demo.scene import connected
from bot.posts.clock import Clock
from bot.posts.worker import Rules
from bot.sandbox import Channel, Guild, Message, Sandbox
from config.texts import Catalogue
from storage import digests, history, schedules
from storage.database import Database
from storage.records import Digest, NewSchedule, Outcome, Paper, Schedule, Section

CATALOGUE = Catalogue.load()
FRIDAY = date(2025, 2, 21)
EVENING = datetime(2025, 2, 21, 22, 0, tzinfo=UTC)
MORNING = datetime(2025, 2, 22, 8, 0, tzinfo=UTC)


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
    """Wait until something holds that tells nobody of itself."""
    async with asyncio.timeout(20):
        while True:
            answer = holds()
            if answer if isinstance(answer, bool) else await answer:
                return
            await asyncio.sleep(0.02)


@dataclass
class Mornings:
    """Where the mornings come."""

    sandbox: Sandbox
    path: Path
    database: Database
    clock: Clock
    guild: Guild
    seconds: Seconds = field(default_factory=Seconds)
    bot: DailyPapers = field(init=False)

    def channel(self, name: str = "papers", **more: Any) -> Channel:  # noqa: ANN401 - passed on
        return self.guild.add_channel(name, **more)

    async def store(self, day: date = FRIDAY, **more: int) -> None:
        await digests.store(self.database, digest(day, **more), read_at=self.clock.now())

    async def schedule(self, channel: Channel, **more: Any) -> Schedule:  # noqa: ANN401 - passed on
        given: dict[str, Any] = {
            "guild_id": self.guild.id,
            "channel_id": channel.id,
            "time": time(8),
            "timezone": "UTC",
            "count": 5,
            "language": "en",
            "created_by": self.sandbox.world.owner.id,
        }
        made = NewSchedule(**(given | more))
        return await schedules.add(self.database, made, at=self.clock.now())

    @asynccontextmanager
    async def running(self, **rules: Any) -> AsyncIterator[DailyPapers]:  # noqa: ANN401 - passed on
        """Run a bot of its own on the database; it ends in good order."""
        given: dict[str, Any] = {"lease": timedelta(seconds=30), "first_wait": 0.05} | rules
        self.bot = DailyPapers(
            database=self.database,
            catalogue=CATALOGUE,
            clock=self.clock,
            rules=Rules(**given),
            time_source=self.seconds,
        )
        async with connected(self.bot, self.sandbox):
            await self.settle()
            yield self.bot

    async def settle(self) -> None:
        async with asyncio.timeout(20):
            await self.bot.worker.until_idle()

    async def wait_for(self, moment: datetime) -> None:
        """Let it be a moment, and wait until all is done that can be done then."""
        self.bot.worker.move_to(moment)
        await self.settle()

    async def outcomes(self, schedule: Schedule) -> list[Outcome]:
        """What came of a schedule, oldest first."""
        lines = await history.of_guild(
            self.database, schedule.guild_id, schedule_id=schedule.id, limit=99
        )
        return [line.outcome for line in reversed(lines)]

    async def until(self, schedule: Schedule, outcome: Outcome) -> None:
        """Wait until something has come of a schedule, tries that come later included."""

        async def has_come() -> bool:
            return outcome in await self.outcomes(schedule)

        await eventually(has_come)

    async def kill(self) -> None:
        """End the bot as a crash would: nothing is finished, nothing given back."""
        worker = self.bot.worker
        await worker._lanes.stop()
        lease = worker._lease
        if lease._task is not None:
            lease._task.cancel()
        worker._lease._valid_until = 0.0
        await self.database.close()
        self.database = await Database.open(self.path)


def papers_in(messages: list[Message]) -> list[str]:
    """Return the ids of the papers that messages show as cards, in order."""
    return [
        embed["url"].rpartition("/")[2]
        for message in messages
        for embed in message.embeds
        if "url" in embed
    ]
