"""What is long over is removed; what a schedule needs in order to go on stays."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import deliveries, posted, pruning
from storage.database import Database
from storage.times import to_text

Rows = Callable[..., list[tuple[Any, ...]]]
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
LIMIT = NOW - timedelta(days=400)
CHANNEL, OTHER_CHANNEL = 10, 11


@pytest.fixture
def add(outside: sqlite3.Connection) -> Callable[..., int]:
    """Add a delivery with two parts and a line of the history."""

    def add(
        coverage: str,
        *,
        days: float,
        channel: int = CHANNEL,
        schedule: int | None = None,
        is_open: bool = False,
    ) -> int:
        at = to_text(NOW - timedelta(days=days))
        cursor = outside.execute(
            "INSERT INTO deliveries"
            " (schedule_id, channel_id, coverage, serial, plan, planned_at, completed_at, outcome)"
            " VALUES (?, ?, ?, (SELECT count(*) FROM deliveries), '{}', ?, ?, ?)",
            (
                *(schedule, channel, coverage, at),
                *((None, None) if is_open else (at, "posted")),
            ),
        )
        number = cursor.lastrowid
        assert number is not None
        for position in (1, 2):
            outside.execute(
                "INSERT INTO parts (delivery_id, position, mark, nonce, state, reason)"
                " VALUES (?, ?, 'mark', 'nonce', 'skipped', 'unknown')",
                (number, position),
            )
        outside.execute(
            "INSERT INTO history (at, guild_id, schedule_id, channel_id, outcome, delivery_id)"
            " VALUES (?, 1, 1, ?, 'posted', ?)",
            (at, channel, number),
        )
        return number

    return add


async def prune(database: Database, before: datetime = LIMIT, rows: int = pruning.ROWS) -> int:
    """Take all steps; return how many rows they removed."""
    removed = 0
    for step_of in (pruning.prune_deliveries, pruning.prune_history):
        next_id: int | None = 0
        while next_id is not None:
            step = await step_of(database, before=before, from_id=next_id, rows=rows)
            removed, next_id = removed + step.removed, step.next_id
    return removed


def kept(rows: Rows) -> list[int]:
    return [number for (number,) in rows("SELECT id FROM deliveries ORDER BY id")]


async def test_what_ended_before_the_limit_is_removed_with_parts_and_history(
    database: Database, add: Callable[..., int], rows: Rows
) -> None:
    add("day:2025-04-20", days=401)
    young = add("day:2025-04-28", days=399)
    newest = add("day:2026-05-30", days=1)
    assert await prune(database) == 2
    assert kept(rows) == [young, newest]
    assert rows("SELECT DISTINCT delivery_id FROM parts") == [(young,), (newest,)]
    assert rows("SELECT delivery_id FROM history") == [(young,), (newest,)]
    assert await prune(database) == 0


async def test_the_newest_period_of_each_kind_schedule_and_channel_stays(
    database: Database, outside: sqlite3.Connection, add: Callable[..., int], rows: Rows
) -> None:
    outside.execute("PRAGMA foreign_keys = OFF")  # a schedule has many columns
    wanted = {
        add(f"{kind}2025-02{end}", days=450 - number, channel=channel, schedule=schedule)
        for number, (kind, end) in enumerate((("day:", "-21"), ("week:", "-17"), ("month:", "")))
        for channel in (CHANNEL, OTHER_CHANNEL)
        for schedule in (1, 2)
    }
    for kind, end in (("day:", "-21"), ("week:", "-13"), ("month:", "")):
        for channel in (CHANNEL, OTHER_CHANNEL):
            for schedule in (1, 2):
                add(f"{kind}2025-01{end}", days=420, channel=channel, schedule=schedule)
            # Nothing stays of a schedule that was deleted.
            add(f"{kind}2025-02{end}", days=430, channel=channel)
    assert len(wanted) == 12
    await prune(database)
    assert set(kept(rows)) == wanted


async def test_a_channel_still_counts_as_having_had_its_newest_list(
    database: Database, outside: sqlite3.Connection, add: Callable[..., int]
) -> None:
    outside.execute("PRAGMA foreign_keys = OFF")
    for day in range(1, 21):
        add(f"day:2025-02-{day:02}", days=500 - day, schedule=1)
    before = await posted.posted_before(database, 1, CHANNEL, since=NOW)
    await prune(database)
    assert await posted.posted_before(database, 1, CHANNEL, since=NOW) == before
    assert before.newest == date(2025, 2, 20)
    assert await deliveries.is_posted(database, 1, CHANNEL, "day:2025-02-20")


async def test_what_is_open_or_has_a_job_stays(
    database: Database, outside: sqlite3.Connection, add: Callable[..., int], rows: Rows
) -> None:
    unfinished = add("day:2025-01-01", days=450, is_open=True)
    refreshed = add("day:2025-01-02", days=449)
    newest = add("day:2026-05-30", days=1)
    outside.execute(
        "INSERT INTO jobs (key, kind, delivery_id, lane, priority, run_at)"
        " VALUES ('refresh:1', 'refresh', ?, 'after:1', 3, ?)",
        (refreshed, to_text(NOW)),
    )
    await prune(database)
    assert kept(rows) == [unfinished, refreshed, newest]
    assert rows("SELECT key FROM jobs") == [("refresh:1",)]


async def test_it_takes_many_small_steps(
    database: Database,
    add: Callable[..., int],
    rows: Rows,
) -> None:
    for number in range(10):
        add(f"day:2025-01-{number + 1:02}", days=450 - number)
    young = add("day:2026-05-30", days=1)
    step = await pruning.prune_deliveries(database, before=LIMIT, rows=3)
    assert (step.removed, step.next_id) == (3, 4)
    await prune(database, rows=3)
    assert kept(rows) == [young]


async def test_a_look_ends_where_everything_is_young(
    database: Database, add: Callable[..., int]
) -> None:
    for number in range(9):
        add(f"day:2026-05-{number + 1:02}", days=30 - number)
    step = await pruning.prune_deliveries(database, before=LIMIT, rows=3)
    assert step == pruning.Step(0, None)


async def test_a_new_file_becomes_smaller_in_steps(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    async with await Database.open(path) as database:
        async with database.transaction() as writer:
            await writer.executemany(
                "INSERT INTO key_value VALUES (?, ?)", [(f"{n}", "x" * 4000) for n in range(4_000)]
            )
        assert not await pruning.free_room(database)
        async with database.transaction() as writer:
            await writer.execute("DELETE FROM key_value")
        steps = 1
        while await pruning.free_room(database):
            steps += 1
        ((free,),) = await database.read("PRAGMA freelist_count")
    assert 3 < steps < 10
    assert free == pruning.LEAST_FREE
    with closing(sqlite3.connect(path)) as outside:
        assert outside.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ((pages,),) = outside.execute("PRAGMA page_count")
    assert pages < 1_500


async def test_an_older_file_is_left_as_it_is(database: Database) -> None:
    async with database.transaction() as writer:
        await writer.executemany(
            "INSERT INTO key_value VALUES (?, ?)", [(f"{n}", "x" * 4000) for n in range(3_000)]
        )
        await writer.execute("DELETE FROM key_value")
    assert not await pruning.free_room(database)
    ((free,),) = await database.read("PRAGMA freelist_count")
    assert free > 2_500
