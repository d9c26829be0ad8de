"""How much the database grows with each scheduled post.

    python tests/benchmarks/bench_post_size.py [--schedules 20000] [--tables]

Equal schedules of as many channels post one digest. It is measured on the level of storage: each
post goes through `Planner.write` and `deliveries.complete`, with the jobs that the handlers write
in the same transactions, but no message is sent. Printed is the difference of the sizes of the
database file, after a checkpoint, between before and after the posts, for one post. The limit is
1,024 bytes. `--tables` prints which tables and indexes hold them, if SQLite was built with dbstat.
"""

import argparse
import asyncio
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.posting import job_factory
from bot.posting.coverage import Coverage
from bot.posting.layout import PostOptions
from bot.posting.planner import Planner
from bot.posting.recurrence import end_of_day, open_occurrence
from bot.posting.settings import PostingSettings
from config.texts import Catalogue
from storage import deliveries, digests, jobs, schedules
from storage.database import Database
from storage.records import (
    EVERY_DAY,
    DeliveryOutcome,
    Digest,
    Frequency,
    Layout,
    NewSchedule,
    Paper,
    ScheduleSettings,
    Section,
)

LIMIT = 1024
DAY = date(2025, 2, 21)
EVENING = datetime(2025, 2, 21, 22, tzinfo=UTC)
MORNING = datetime(2025, 2, 22, 8, tzinfo=UTC)
FIRST_CHANNEL = 1_300_000_000_000_000_000
FIRST_MESSAGE = 1_342_000_000_000_000_000
PAPERS = 5


async def fill(database: Database, count: int) -> None:
    """Store a digest and the schedules."""
    papers = tuple(
        Paper(
            f"2502.{rank:05}",
            f"A Paper of Rank {rank}",
            100 - rank,
            ("Ann", "Bo"),
            None,
            (Section("What's New", "Something is new here. " * 10),),
        )
        for rank in range(1, 15)
    )
    await digests.store(database, Digest(DAY, papers), read_at=EVENING)
    for number in range(count):
        await schedules.add(
            database,
            NewSchedule(
                FIRST_CHANNEL + number // 5,
                FIRST_CHANNEL,
                ScheduleSettings(
                    # Channels of one server lie near each other, as servers among all others do.
                    channel_id=FIRST_CHANNEL + number * 7919 * 4_194_304 % 10**17,
                    timezone="UTC",
                    count=PAPERS,
                    layout=Layout.CARDS,
                    days=EVERY_DAY,
                    language="en",
                ),
            ),
            at=EVENING,
            next_job=lambda schedule: job_factory.occurrence(schedule, EVENING),
        )


async def post_all(database: Database) -> int:
    """Plan and complete the post of each schedule; return how many there were."""
    settings = PostingSettings()
    planner = Planner(database, Catalogue.load(), settings=settings, now=lambda: MORNING)
    coverage = Coverage.of(Frequency.DAY, DAY)
    found = await schedules.every(database)
    for number, schedule in enumerate(found):
        selection = await planner.select(schedule.settings, coverage)
        post = await planner.render(selection, PostOptions.of(schedule.settings, is_forum=False))
        async with database.transaction() as writer:
            await jobs.remove(writer, f"occurrence:{schedule.id}")
            delivery, new_jobs = await planner.write(
                writer,
                schedule,
                selection,
                post,
                occurrence=open_occurrence(schedule, MORNING),
            )
            await jobs.put(writer, *new_jobs)
        assert delivery is not None
        at = MORNING + timedelta(milliseconds=20 * number)
        async with database.transaction() as writer:
            await jobs.remove(writer, f"delivery:{delivery.id}")
            for part in delivery.parts:
                await deliveries.mark_sent(
                    writer,
                    delivery.id,
                    part.position,
                    channel_id=delivery.channel_id,
                    message_id=FIRST_MESSAGE + number * 83_886_080,
                    at=at,
                )
            await deliveries.complete(writer, delivery, schedule, DeliveryOutcome.POSTED, at=at)
            refresh = job_factory.refresh(
                delivery.id,
                schedule.id,
                delivery.channel_id,
                end_of_day(schedule.settings, MORNING),
                settings,
            )
            await jobs.put(writer, refresh)
    return len(found)


def size(path: Path) -> int:
    """Return the size of the database file with all that is in its log."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size


def tables(path: Path) -> dict[str, int]:
    """Return the bytes of each table and index; empty if SQLite can't tell."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            return dict(connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
        except sqlite3.OperationalError:
            return {}


async def measure(count: int) -> tuple[float, dict[str, float]]:
    """Return the bytes of a post, and those of each table and index."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "papers.db"
        async with await Database.open(path) as database:
            await fill(database, count)
            before, tables_before = size(path), tables(path)
            posts = await post_all(database)
            after, tables_after = size(path), tables(path)
    by_table = {
        name: (bytes_after - tables_before.get(name, 0)) / posts
        for name, bytes_after in tables_after.items()
    }
    return (after - before) / posts, by_table


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--schedules", type=int, default=20_000)
    parser.add_argument("--tables", action="store_true", help="print where the bytes are")
    options = parser.parse_args()
    each, by_table = asyncio.run(measure(options.schedules))
    if options.tables:
        for name, held in sorted(by_table.items(), key=lambda item: -item[1]):
            if held >= 1:
                print(f"{name:40} {held:7.0f}")
    print(
        f"{options.schedules:,} posts of {PAPERS} papers: {each:.0f} bytes each (limit {LIMIT:,})"
    )
    sys.exit(each > LIMIT)


if __name__ == "__main__":
    main()
