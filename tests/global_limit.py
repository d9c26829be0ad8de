"""Global rate limits in real time: what the bot does while they last, and how it goes on."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Final

from crew import Crew
from tally import Post, Tally, compare, expected
from turmoil import FIRST_DAY, digest_of

from bot.posts.clock import Clock
from bot.sandbox import Channel, Sandbox
from storage import digests, schedules
from storage.database import Database
from storage.records import NewSchedule

LATEST: Final = 5.0
"""Seconds after the end of a limit in which the first post leaves."""
LOWEST_RATE: Final = 40.0
"""Messages a second after that, of the 50 that Discord takes: the machine is busy as well."""
_BEFORE: Final = timedelta(seconds=6)
_REST: Final = 60.0
_PATIENCE: Final = 45.0


@dataclass(frozen=True, slots=True)
class LimitResult:
    """What came of a morning with global rate limits."""

    limits: tuple[float, ...]
    """Seconds of each, one after another."""
    first: float
    """Seconds from the end of the last one to the first message."""
    rate: float
    """Messages a second, from the first to the last."""
    refused: int
    """Requests that were answered 429."""
    warnings: int
    """Lines in the log about a global limit's beginning or end."""
    tally: Tally

    @property
    def is_good(self) -> bool:
        """Whether everything is as it must be."""
        return (
            self.tally.is_clean
            and self.first <= LATEST
            and self.rate >= LOWEST_RATE
            and self.warnings == 2 * len(self.limits)
        )


async def play_limits(folder: Path, limits: Sequence[float], *, channels: int) -> LimitResult:
    """Let global rate limits begin with the first post of a morning, and see how it goes on."""
    clock = Clock()
    due = datetime.combine(FIRST_DAY, time(23, 0), UTC)
    clock.move_to(due - _BEFORE)
    async with Sandbox(clock=clock.now, keep=10) as sandbox:
        guild = sandbox.add_guild("Lab")
        posts = await _store(folder, [guild.add_channel(f"c{n}") for n in range(channels)], due)
        for seconds in limits:
            sandbox.faults.add("POST", "**", retry_after=seconds, everywhere=True)
        crew = Crew(sandbox, clock, folder, patience=_PATIENCE)
        with sandbox.subscribe() as events:
            async with crew:
                crew.wanted = 1
                times: list[float] = []
                async with asyncio.timeout(sum(limits) + _REST + channels):
                    while len(times) < channels:
                        await events.next("MESSAGE_CREATE")
                        times.append(monotonic())
                end = sandbox.limiter.refused_until
                await asyncio.sleep(2.0)  # for whatever comes twice
    log = (folder / "bot-1.log").read_text("utf-8")
    return LimitResult(
        tuple(limits),
        times[0] - end,
        (channels - 1) / (times[-1] - times[0]),
        sandbox.recorder.statuses[429],
        sum("global rate limit" in line and "WARNING" in line for line in log.splitlines()),
        compare(posts),
    )


async def _store(folder: Path, channels: list[Channel], due: datetime) -> list[Post]:
    """Store a digest and a schedule for each channel; return what each must get."""
    digest = digest_of(FIRST_DAY)
    posts = []
    async with await Database.open(folder / "papers.db") as database:
        await digests.store(database, digest, read_at=due - timedelta(hours=1))
        for channel in channels:
            assert channel.guild is not None
            new = NewSchedule(
                guild_id=channel.guild.id,
                channel_id=channel.id,
                time=time(8, 0),
                timezone="Asia/Seoul",
                count=5,
                language="en",
                created_by=channel.guild.owner_id,
            )
            schedule = await schedules.add(database, new, at=due - timedelta(hours=2))
            posts.append(await expected(database, schedule, digest, channel, channel.name))
    return posts
