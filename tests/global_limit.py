"""Global rate limits in real time: what `daily-papers run` does while they last and afterwards."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Final

from bot_processes import BotProcesses
from chaos_round import make_digest
from delivery_audit import AuditReport, ExpectedPost, audit, expected_variant

from bot.posting import job_factory
from bot.sandbox import Channel, Sandbox
from storage import digests, schedules
from storage.database import Database
from storage.records import EVERY_DAY, Layout, NewSchedule, ScheduleSettings

LATEST: Final = 5.0
"""Seconds after the end of a limit in which the first post leaves."""
LOWEST_RATE: Final = 40.0
"""Messages a second after that, of the 50 that Discord takes: the machine is busy as well."""
_START: Final = timedelta(seconds=6)
"""How long before its schedules are due the bot is started."""
_REST: Final = 130.0


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
    report: AuditReport

    @property
    def is_good(self) -> bool:
        """Whether everything is as it must be."""
        return (
            self.report.is_clean
            and self.first <= LATEST
            and self.rate >= LOWEST_RATE
            and self.warnings == 2 * len(self.limits)
        )


def next_minute(notice: timedelta) -> datetime:
    """Return the next full minute, in UTC, that is at least so far away."""
    earliest = datetime.now(UTC) + notice
    return earliest.replace(second=0, microsecond=0) + timedelta(minutes=1)


async def play_limits(folder: Path, limits: Sequence[float], *, channels: int) -> LimitResult:
    """Let global rate limits begin with the first post, and measure how it goes on."""
    due = next_minute(_START)
    async with Sandbox(keep=10) as sandbox:
        guild = sandbox.add_guild("Lab")
        posts = await _store(folder, [guild.add_channel(f"c{n}") for n in range(channels)], due)
        await asyncio.sleep((due - _START - datetime.now(UTC)).total_seconds())
        processes = BotProcesses(sandbox, folder)
        with sandbox.subscribe() as events:
            async with processes:
                processes.wanted = 1
                await sandbox.wait_connected()
                for seconds in limits:
                    sandbox.faults.add("POST", "/channels/**", retry_after=seconds, everywhere=True)
                times: list[float] = []
                async with asyncio.timeout(sum(limits) + _REST + channels):
                    while len(times) < channels:
                        await events.next("MESSAGE_CREATE")
                        times.append(monotonic())
                end = sandbox.limiter.refused_until
                await asyncio.sleep(2.0)  # for whatever comes twice
        log = processes.logs()
    return LimitResult(
        tuple(limits),
        times[0] - end,
        (channels - 1) / (times[-1] - times[0]),
        sandbox.recorder.statuses[429],
        sum("global rate limit" in line and "WARNING" in line for line in log.splitlines()),
        audit(posts),
    )


async def _store(folder: Path, channels: list[Channel], due: datetime) -> list[ExpectedPost]:
    """Store a digest and a schedule for each channel; return what each must get."""
    digest = make_digest(due.date() - timedelta(days=1))
    posts = []
    at = due - timedelta(hours=2)
    async with await Database.open(folder / "papers.db") as database:
        await digests.store(database, digest, read_at=at)
        for channel in channels:
            assert channel.guild is not None
            settings = ScheduleSettings(
                channel_id=channel.id,
                time=due.time(),
                timezone="UTC",
                layout=Layout.CARDS,
                days=EVERY_DAY,
                language="en",
            )
            schedule = await schedules.add(
                database,
                NewSchedule(channel.guild.id, channel.guild.owner_id, settings),
                at=at,
                next_job=lambda each: job_factory.occurrence(each, at),
            )
            variant = await expected_variant(database, settings, digest.date, channel)
            posts.append(ExpectedPost(schedule, channel.name, True, [variant]))
    return posts
