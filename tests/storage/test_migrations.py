import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import (
    deliveries,
    history,
    jobs,
    key_value,
    migrations,
    schedules,
    search,
    search_index,
)
from storage.database import Database
from storage.database_file import size_of, wal_of
from storage.errors import NewerDatabaseError
from storage.posted import posted_before
from storage.records import DeliveryOutcome, Frequency, Layout, Outcome, PartState, Reason

NOW = datetime(2025, 2, 22, 8, tzinfo=UTC)

STEPS = {
    "0001_first.sql": """
        -- A comment; with a semicolon.
        CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT) STRICT;
        CREATE TABLE children (
            id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id)
        ) STRICT;
        INSERT INTO parents VALUES (1, 'a;b');
    """,
    "0002_second.sql": """
        CREATE TRIGGER named AFTER INSERT ON children BEGIN
            UPDATE parents SET name = 'has children' WHERE id = NEW.parent;
            UPDATE parents SET name = name || '; truly' WHERE id = NEW.parent;
        END;
        INSERT INTO children VALUES (1, 1);
    """,
    "0003_third.sql": "DROP TABLE children; /* nothing; more */",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "schema"
    folder.mkdir()
    for name, script in STEPS.items():
        (folder / name).write_text(script, "utf-8")
    (folder / "notes.txt").write_text("no migration", "utf-8")
    return folder


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def _ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as outside:
        return outside.execute(sql).fetchall()


def _version(path: Path) -> int:
    ((version,),) = _ask(path, "PRAGMA user_version")
    return int(version)


def _schema(path: Path) -> list[tuple[Any, ...]]:
    return _ask(path, "SELECT name, sql FROM sqlite_schema ORDER BY name")


def test_migrations_are_read_in_order_and_split_into_statements(folder: Path) -> None:
    read = migrations.load(folder)
    assert [migration.name for migration in read] == list(STEPS)
    assert [len(migration.statements) for migration in read] == [3, 2, 1]
    assert read[0].statements[2] == "INSERT INTO parents VALUES (1, 'a;b');"
    assert read[1].statements[0].endswith("END;")


def test_a_number_that_is_missing_is_refused(folder: Path) -> None:
    (folder / "0002_second.sql").unlink()
    with pytest.raises(ValueError, match=r"0003_third.sql stands where migration 0002 should"):
        migrations.load(folder)


def test_a_duplicate_migration_number_is_refused(folder: Path) -> None:
    (folder / "0002_again.sql").write_text("SELECT 1;", "utf-8")
    with pytest.raises(ValueError, match="stands where migration 0003 should"):
        migrations.load(folder)


def test_a_file_that_ends_within_a_statement_is_refused(folder: Path) -> None:
    (folder / "0004_fourth.sql").write_text("SELECT 1;\nCREATE TABLE half (", "utf-8")
    with pytest.raises(ValueError, match=r"0004_fourth.sql ends within a statement"):
        migrations.load(folder)


@pytest.mark.parametrize("version", [0, 1, 2, 3])
def test_migrations_begin_where_a_database_stands(
    connection: sqlite3.Connection, path: Path, folder: Path, version: int
) -> None:
    steps = migrations.load(folder)
    migrations.apply(connection, steps[:version], path=path)
    assert _version(path) == version
    migrations.apply(connection, steps, path=path)
    assert _version(path) == 3
    assert _ask(path, "SELECT name FROM parents") == [("has children; truly",)]


def test_a_failing_migration_rolls_back(
    connection: sqlite3.Connection, path: Path, folder: Path
) -> None:
    (folder / "0003_third.sql").write_text(
        "CREATE TABLE half (id); INSERT INTO parents VALUES (2, 'x'); DROP TABLE nowhere;", "utf-8"
    )
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrations.apply(connection, migrations.load(folder), path=path)
    assert _version(path) == 2
    assert "half" not in {name for name, _ in _schema(path)}
    assert _ask(path, "SELECT id FROM parents") == [(1,)]


def test_a_migration_that_orphans_rows_rolls_back(
    connection: sqlite3.Connection, path: Path, folder: Path
) -> None:
    (folder / "0003_third.sql").write_text("DELETE FROM parents;", "utf-8")
    with pytest.raises(sqlite3.IntegrityError, match=r"0003_third.sql leaves rows of children"):
        migrations.apply(connection, migrations.load(folder), path=path)
    assert _version(path) == 2


def test_a_database_with_more_migrations_is_refused(
    connection: sqlite3.Connection, path: Path, folder: Path
) -> None:
    steps = migrations.load(folder)
    migrations.apply(connection, steps, path=path)
    with pytest.raises(NewerDatabaseError, match="its schema is 3, the newest known here is 2"):
        migrations.apply(connection, steps[:2], path=path)
    assert not connection.in_transaction


async def test_a_database_of_each_older_version_is_brought_up_to_date(
    connection: sqlite3.Connection, path: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.db"
    async with await Database.open(new):
        pass
    steps = migrations.load()
    for version in range(1, len(steps)):
        migrations.apply(connection, steps[:version], path=path)
        assert _version(path) == version
        older = tmp_path / f"{version}.db"
        shutil.copy(path, older)
        async with await Database.open(older):
            assert size_of(wal_of(older)) == 0
        assert (_version(older), _schema(older)) == (_version(new), _schema(new)), version


async def test_papers_stored_before_the_index_are_indexed_when_it_catches_up(
    connection: sqlite3.Connection, path: Path
) -> None:
    migrations.apply(connection, migrations.load()[:1], path=path)
    for statement in (
        "INSERT INTO digests VALUES (1, '2025-02-21', '', '')",
        (
            "INSERT INTO papers (id, arxiv_id, title, text_changed_at, digest_date, rank)"
            " VALUES (1, '2502.1', '모델', '', '2025-02-21', 1)"
        ),
        "INSERT INTO sections VALUES (1, 1, NULL, '추론을 배운다')",
    ):
        connection.execute(statement)
    connection.close()
    async with await Database.open(path) as database:
        assert not await search_index.is_complete(database)
        assert await search_index.catch_up(database, pause=0) == 1
        for text in ("추론", "모델"):
            found = await search.search(database, search.Request(text), limit=9)
            assert [hit.listed.paper.arxiv_id for hit in found.hits] == ["2502.1"]


async def test_deliveries_from_before_plans_were_stored_are_closed(
    connection: sqlite3.Connection, path: Path
) -> None:
    migrations.apply(connection, migrations.load()[:3], path=path)
    at = NOW.isoformat(timespec="microseconds")
    connection.execute(
        "INSERT INTO schedules VALUES (4, 1, 2, '08:00', 'Asia/Seoul', 5, 'ko', 3, ?)", (at,)
    )
    for number, day in enumerate(("2025-02-20", "2025-02-21"), start=1):
        connection.execute("INSERT INTO digests VALUES (?, ?, ?, ?)", (number, day, at, at))
    connection.execute("INSERT INTO deliveries VALUES (1, 2, 1, 4, ?, ?)", (at, at))
    connection.execute("INSERT INTO deliveries VALUES (2, 2, 2, NULL, ?, NULL)", (at,))
    connection.execute("INSERT INTO delivery_parts VALUES (1, 1, 'h', 'n1', 11, ?)", (at,))
    connection.execute("INSERT INTO delivery_parts VALUES (2, 1, 'h', 'n2', NULL, NULL)")
    connection.execute("INSERT INTO notes VALUES ('commands', 'a hash')")
    connection.close()
    async with await Database.open(path) as database:
        (schedule,) = await schedules.every(database)
        options = schedule.settings
        assert (schedule.id, schedule.version, schedule.last_day) == (4, 1, None)
        assert (options.period, options.layout) == (Frequency.DAY, Layout.CARDS)
        assert (options.days, options.refresh, options.catch_up) == (127, True, 24)
        first = await deliveries.get(database, 1)
        second = await deliveries.get(database, 2)
        assert first is not None
        assert second is not None
        assert (first.coverage, first.completed_at) == ("day:2025-02-20", NOW)
        assert [(each.state, each.channel_id, each.message_id) for each in first.parts] == [
            (PartState.SENT, 2, 11)
        ]
        # Its plan and marks are unknown: it is given up rather than sent a second time.
        assert (second.coverage, second.outcome) == ("day:2025-02-21", DeliveryOutcome.GIVEN_UP)
        assert [(each.state, each.reason) for each in second.parts] == [
            (PartState.SKIPPED, Reason.TOO_LATE)
        ]
        assert await deliveries.open_ones(database) == ()
        assert (await posted_before(database, 4, 2, since=NOW)).newest == date(2025, 2, 21)
        assert await key_value.get(database, "commands") == "a hash"


OLD_SCHEDULE = """
    INSERT INTO schedules (
        id, guild_id, channel_id, time, timezone, count, language, created_by, created_at, layout,
        paused_at, paused_reason, last_day, last_due, waiting_until, told
    )
    VALUES (?, 1, 2, '08:00', 'UTC', 5, 'ko', 3, :at, 'compact', ?, ?, ?, ?, ?, ?)
"""


async def test_states_of_older_schedules_are_taken_over(
    connection: sqlite3.Connection, path: Path
) -> None:
    migrations.apply(connection, migrations.load()[:4], path=path)
    at = NOW.isoformat(timespec="microseconds")
    day = "2025-02-21"
    for row in (
        (1, None, None, day, at, None, "quiet"),
        (2, None, None, day, at, at, None),
        (3, at, None, day, None, None, None),
        (4, at, "archived", None, None, None, "archived"),
        (5, None, "asked", None, at, None, "lacks_permission"),
    ):
        connection.execute(OLD_SCHEDULE.replace(":at", f"'{at}'"), row)
    connection.close()
    async with await Database.open(path) as database:
        found = await schedules.every(database)
    assert {each.settings.layout for each in found} == {Layout.BRIEF}
    occurrence = (date(2025, 2, 21), NOW)
    assert [
        ((each.last_day, each.last_due), each.paused_at, each.paused_reason, each.notified)
        for each in found
    ] == [
        (occurrence, None, None, None),
        ((None, None), None, None, None),
        ((None, None), NOW, Reason.PAUSED_BY_PERSON, None),
        ((None, None), NOW, Reason.ARCHIVED, Reason.ARCHIVED),
        ((None, None), None, None, Reason.LACKS_PERMISSION),
    ]


async def test_parts_jobs_and_history_of_older_deliveries_are_taken_over(
    connection: sqlite3.Connection, path: Path
) -> None:
    migrations.apply(connection, migrations.load()[:4], path=path)
    at = NOW.isoformat(timespec="microseconds")
    later = (NOW + timedelta(hours=14)).isoformat(timespec="microseconds")
    connection.execute(OLD_SCHEDULE.replace(":at", f"'{at}'"), (7, *(None,) * 6))
    for row in (
        (1, 7, "day:2025-02-19", "no JSON", at, "posted", 1, later),
        (2, None, "day:2025-02-19", "{}", at, "posted", 1, later),
        (3, 7, "day:2025-02-20", '{"layout":"compact"}', at, "given_up", 1, later),
        (4, 7, "day:2025-02-21", '{"layout": "compact", "n": 1}', None, None, 1, later),
    ):
        connection.execute(
            "INSERT INTO deliveries (id, schedule_id, channel_id, subject, plan, completed_at,"
            " outcome, publish, refresh_at, planned_at, looked_at)"
            " VALUES (?, ?, 2, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, at, at),
        )
    for part in (
        (1, 1, "n1", 2, 11, at, at),
        (1, 2, "n2", None, None, at, None),
        (3, 1, "n3", None, None, None, None),
        (4, 1, "n4", None, None, None, None),
    ):
        connection.execute("INSERT INTO delivery_parts VALUES (?, ?, 'h', ?, ?, ?, ?, ?)", part)
    for number, (outcome, detail) in enumerate(
        (("posted", "clock"), ("given_up", "removed"), ("paused_turn", "archived")), start=1
    ):
        connection.execute(
            "INSERT INTO history VALUES (?, ?, 1, 7, 2, ?, ?, 'day:2025-02-19', 1)",
            (number, at, outcome, detail),
        )
    connection.close()
    async with await Database.open(path) as database:
        found = [await deliveries.get(database, number) for number in range(1, 5)]
        pending = await jobs.due(database, now=NOW + timedelta(days=1))
        events = await history.of_guild(database, 1, limit=9)
    assert [each.plan for each in found if each is not None] == [
        "{}",
        "{}",
        '{"layout":"brief"}',
        '{"layout":"brief","n":1}',
    ]
    parts = [part for each in found if each is not None for part in each.parts]
    assert [(each.mark, each.nonce, each.state, each.reason, each.sent_at) for each in parts] == [
        ("n1", "n1", PartState.SENT, None, NOW),
        ("n2", "n2", PartState.SKIPPED, Reason.UNKNOWN, NOW),
        ("n3", "n3", PartState.SKIPPED, Reason.TOO_LATE, None),
        ("n4", "n4", PartState.PLANNED, None, None),
    ]
    assert {each.message_hash for each in parts} == {None}
    assert {each.reconciled_at for each in parts} == {NOW}
    assert [(each.key, each.schedule_id, each.delivery_id, each.lane) for each in pending] == [
        ("publish:1", 7, 1, "after:2"),
        ("refresh:1", 7, 1, "after:2"),
    ]
    day = timedelta(days=1)
    assert [each.expires_at and each.expires_at - each.run_at for each in pending] == [day, day]
    assert [(each.outcome, each.reason) for each in reversed(events)] == [
        (Outcome.POSTED, Reason.SCHEDULED),
        (Outcome.GIVEN_UP, Reason.DELETED),
        (Outcome.NOT_POSTED, Reason.ARCHIVED),
    ]
    assert {each.messages for each in events} == {((2, 11),)}
