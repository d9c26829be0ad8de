"""How large the database gets in years of posts, with and without pruning.

    python tests/benchmarks/bench_years.py [--schedules 50] [--years 2.5]

Every day has a digest of 15 papers, and each schedule posts it. It is measured on the level of
storage: each post goes through `Planner.write` and `deliveries.complete`, but no message is sent.
The daily jobs that remove messages and old posts run as the bot runs them, without pauses between
their steps. Printed are rows and size of the file, after a checkpoint, every half year, and CPU
seconds. Then a backup is made and the unpruned database is compacted.
"""

import argparse
import asyncio
import sqlite3
import sys
import time as clocks
from contextlib import closing, nullcontext
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.keeping import pruning
from bot.posting import job_factory
from bot.posting.coverage import Coverage
from bot.posting.layout import PostOptions
from bot.posting.planner import Planner
from bot.posting.settings import PostingSettings
from config.texts import Catalogue
from storage import backups, compacting, deliveries, digests, jobs, messages, schedules, sources
from storage.database import Database
from storage.records import (
    EVERY_DAY,
    DeliveryOutcome,
    Digest,
    Frequency,
    Job,
    Layout,
    NewSchedule,
    Paper,
    ScheduleSettings,
    Section,
)

FIRST_DAY = date(2025, 1, 1)
FIRST_CHANNEL = 1_300_000_000_000_000_000
FIRST_MESSAGE = 1_342_000_000_000_000_000
HISTORY_DAYS = 400
HALF_YEAR = 182
PAPERS = 15
MEGABYTE = 1e6


def digest_of(day: date) -> Digest:
    """Return the digest of a day."""
    return Digest(
        day,
        tuple(
            Paper(
                f"{day:%y%m}.{day.day:02}{rank:03}",
                f"A Paper of Rank {rank} on {day}",
                100 - rank,
                ("Ann Author", "Bo Writer", f"Cy {day}"),
                None,
                (Section("What's New", f"Something of {day} is new here. " * 25),),
            )
            for rank in range(1, PAPERS + 1)
        ),
    )


async def add_schedules(database: Database, count: int) -> None:
    """Add the schedules, each in a channel of its own."""
    start = datetime.combine(FIRST_DAY, time(), UTC)
    for number in range(count):
        await schedules.add(
            database,
            NewSchedule(
                FIRST_CHANNEL + number // 5,
                FIRST_CHANNEL,
                ScheduleSettings(
                    channel_id=FIRST_CHANNEL + number,
                    timezone="UTC",
                    count=5,
                    layout=Layout.CARDS,
                    days=EVERY_DAY,
                    language="en",
                ),
            ),
            at=start,
            next_job=lambda schedule: job_factory.occurrence(schedule, start),
        )


async def post_day(database: Database, planner: Planner, day: date, at: datetime) -> None:
    """Store the digest of a day and post it for every schedule."""
    await digests.store(database, digest_of(day), read_at=at - timedelta(hours=1))
    coverage = Coverage.of(Frequency.DAY, day)
    found = await schedules.every(database)
    selection = await planner.select(found[0].settings, coverage)
    for number, schedule in enumerate(found):
        # Each post has marks of its own.
        post = await planner.render(selection, PostOptions.of(schedule.settings, is_forum=False))
        async with database.transaction() as writer:
            delivery, _ = await planner.write(writer, schedule, selection, post)
        assert delivery is not None
        async with database.transaction() as writer:
            for part in delivery.parts:
                await deliveries.mark_sent(
                    writer,
                    delivery.id,
                    part.position,
                    channel_id=delivery.channel_id,
                    message_id=FIRST_MESSAGE + delivery.id * 83_886_080 + number,
                    at=at,
                )
            await deliveries.complete(writer, delivery, schedule, DeliveryOutcome.POSTED, at=at)
            await jobs.remove(writer, f"delivery:{delivery.id}")
    async with database.transaction() as writer:
        await messages.delete_unused(writer, before=at - timedelta(days=2))
        await sources.thin_readings(writer, now=at)


def size(database: Database) -> float:
    """Return the megabytes of the file with all that is in its log."""
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database.path.stat().st_size / MEGABYTE


async def run_years(path: Path, count: int, days: int, *, is_pruned: bool) -> None:
    """Post for so many days, and print what the database takes."""
    moment = datetime.combine(FIRST_DAY, time(8), UTC)

    def now() -> datetime:
        return moment

    job = Job(key="prune", kind="prune", lane="prune", priority=3, run_at=moment)
    async with await Database.open(path) as database:
        await add_schedules(database, count)
        planner = Planner(database, Catalogue.load(), settings=PostingSettings(), now=now)
        daily = pruning.Pruning(database, days=HISTORY_DAYS, now=now)
        spent = worst = 0.0
        for number in range(days):
            moment = datetime.combine(FIRST_DAY, time(8), UTC) + timedelta(days=number)
            await post_day(database, planner, moment.date(), moment)
            if is_pruned:
                before = clocks.process_time()
                await daily.run(job)
                took = clocks.process_time() - before
                spent, worst = spent + took, max(worst, took)
            if (number + 1) % HALF_YEAR == 0 or number + 1 == days:
                ((kept, history, papers),) = await database.read(
                    "SELECT (SELECT count(*) FROM deliveries), (SELECT count(*) FROM history),"
                    " (SELECT count(*) FROM papers)"
                )
                print(
                    f"day {number + 1:5}: {kept:8,} posts, {history:8,} lines of history,"
                    f" {papers:7,} papers, {size(database):7.1f} MB"
                )
        if is_pruned:
            print(f"pruning: {1000 * spent / days:.1f} ms of CPU a day, {worst:.2f} s at most")


async def main(count: int, years: float) -> None:
    """Run both, and the commands."""
    days = int(365 * years)
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("pruned.db", "kept.db")]
        for path, is_pruned in zip(paths, (True, False), strict=True):
            print(f"{count} schedules, {'with' if is_pruned else 'without'} pruning")
            # Its pauses are for others, of whom there are none here.
            with patch.object(pruning, "_PAUSE", 0.0) if is_pruned else nullcontext():
                await run_years(path, count, days, is_pruned=is_pruned)
        before = clocks.process_time()
        copied = backups.back_up(paths[1], Path(folder) / "copy.db")
        print(
            f"a backup of {copied / MEGABYTE:.1f} MB: {clocks.process_time() - before:.2f} s of CPU"
        )
        before = clocks.process_time()
        was, now_is = compacting.compact(paths[1])
        print(
            f"compacting {was / MEGABYTE:.1f} MB to {now_is / MEGABYTE:.1f} MB:"
            f" {clocks.process_time() - before:.2f} s of CPU"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--schedules", type=int, default=50)
    parser.add_argument("--years", type=float, default=2.5)
    given = parser.parse_args()
    asyncio.run(main(given.schedules, given.years))
