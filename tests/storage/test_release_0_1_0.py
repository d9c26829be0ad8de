"""A database of version 0.1.0 is opened by the current version, and nothing of it is lost."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from examples import is_thorough
from releases import Release
from storage_samples import add_schedule

from storage import (
    deliveries,
    digests,
    history,
    jobs,
    migrations,
    papers,
    schedules,
    search_index,
    suggestions,
)
from storage.database import Database
from storage.records import Frequency, Layout, Outcome, PartState, Reason

RELEASE = Release("0.1.0")
FACTS = RELEASE.facts
GUILD: int = FACTS["guild"]["id"]
LANDED = 4
"""How many migrations version 0.1.0 had."""

# The database is upgraded once.
pytestmark = pytest.mark.xdist_group("storage_release_0_1_0")


@pytest.fixture(scope="module")
def upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of the upgraded database."""
    path = tmp_path_factory.mktemp("upgraded") / "papers.db"
    RELEASE.load(path)

    async def upgrade() -> None:
        async with await Database.open(path):
            pass

    asyncio.run(upgrade())
    return path.read_bytes()


@pytest.fixture
async def database(path: Path, upgraded_file: bytes) -> AsyncIterator[Database]:
    path.write_bytes(upgraded_file)  # noqa: ASYNC240 - of a moment
    async with await Database.open(path) as database:
        yield database


async def test_schedules_of_version_0_1_0_are_read(database: Database) -> None:
    found = await schedules.of_guild(database, GUILD)
    assert {each.id: each.settings.channel_id for each in found} == {
        each["id"]: each["channel_id"] for each in FACTS["schedules"].values()
    }
    assert {each.id: each.paused_reason for each in found} == {
        each["id"]: each["paused_reason"] for each in FACTS["schedules"].values()
    }
    assert {each.settings.period for each in found} == set(Frequency)
    assert {each.settings.layout for each in found} == set(Layout)
    assert {each.created_by for each in found} == {FACTS["admin"]["id"]}
    # One that waits for a digest has its occurrence still to come, the others have had theirs.
    waiting = {each["id"] for each in FACTS["schedules"].values() if each["waiting_until"]}
    assert {each.id for each in found if each.last_due is None} & waiting == waiting


async def test_deliveries_of_version_0_1_0_are_read_with_their_marks(database: Database) -> None:
    found = [await deliveries.get(database, each["id"]) for each in FACTS["deliveries"]]
    for delivery, facts in zip(found, FACTS["deliveries"], strict=True):
        assert delivery is not None
        owner = FACTS["schedules"][facts["schedule"]]["id"] if facts["schedule"] else None
        assert (delivery.schedule_id, delivery.channel_id) == (owner, facts["channel_id"])
        assert (delivery.coverage, delivery.serial) == (facts["subject"], facts["serial"])
        assert (delivery.by_hand, delivery.outcome) == (facts["by_hand"], facts["outcome"])
        assert [(each.mark, each.message_id) for each in delivery.parts] == [
            (each["mark"], each["message_id"]) for each in facts["parts"]
        ]
        states = {PartState.PLANNED} if facts["outcome"] is None else set[PartState]()
        assert {each.state for each in delivery.parts} <= states | {PartState.SENT}
        assert '"compact"' not in delivery.plan


async def test_pending_work_of_version_0_1_0_becomes_jobs(database: Database) -> None:
    publish = await jobs.of_kind(database, "publish")
    refresh = await jobs.of_kind(database, "refresh")
    assert {each.delivery_id for each in publish} == {
        each["id"] for each in FACTS["deliveries"] if each["publish"] and each["outcome"]
    }
    due = {
        each["id"]: datetime.fromisoformat(each["refresh_at"])
        for each in FACTS["deliveries"]
        if each["refresh_at"] and each["outcome"]
    }
    assert publish
    assert due
    assert {each.delivery_id: each.run_at for each in refresh} == due
    for each in (*publish, *refresh):
        assert each.expires_at is not None
        # Its milliseconds are kept, further digits are not.
        assert abs(each.expires_at - each.run_at - timedelta(days=1)) < timedelta(milliseconds=1)


async def test_the_history_of_version_0_1_0_is_read(path: Path) -> None:
    RELEASE.load(path)
    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute(
            "SELECT at, schedule_id, outcome, detail, subject FROM history ORDER BY id DESC"
        ).fetchall()
    async with await Database.open(path) as database:
        events = await history.of_guild(database, GUILD, limit=1000)
    names = {"clock": "scheduled", "hand": "by_hand", "paused_turn": "not_posted"}
    assert [(each.at.isoformat(timespec="microseconds"), each.schedule_id) for each in events] == [
        (at, schedule_id) for at, schedule_id, *_ in before
    ]
    assert [(each.outcome, each.reason, each.coverage) for each in events] == [
        (names.get(outcome, outcome), names.get(detail, detail), subject)
        for _, _, outcome, detail, subject in before
    ]
    assert {each.reason for each in events} >= {
        Reason.SCHEDULED,
        Reason.BY_HAND,
        Reason.PAUSED_BY_PERSON,
    }
    assert {each.actor_id for each in events} == {None}
    assert all(each.messages for each in events if each.outcome is Outcome.POSTED)


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchall()
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'paper_words%'"
            " AND name NOT LIKE 'title_words%' ORDER BY name"
        ).fetchall()
        schema = connection.execute("SELECT * FROM sqlite_schema ORDER BY name").fetchall()
        rows = [connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables]  # noqa: S608 - names of tables
    return [repr(each) for each in (version, schema, tables, *rows)]


@pytest.mark.parametrize("version", [LANDED, LANDED + 1])
def test_an_upgrade_that_fails_half_way_leaves_the_older_database(path: Path, version: int) -> None:
    RELEASE.load(path)
    *landed, newest = migrations.load()[: version + 1]
    assert len(newest.statements) > 20
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrations.apply(connection, landed, path=path)
        before = dump(path)
        for count in range(len(newest.statements), -1, -1 if is_thorough() else -10):
            statements = (*newest.statements[:count], "DROP TABLE nowhere")
            failing = migrations.Migration(newest.name, statements)
            with pytest.raises(sqlite3.OperationalError, match="nowhere"):
                migrations.apply(connection, [*landed, failing], path=path)
            assert dump(path) == before, count
        migrations.apply(connection, [*landed, newest], path=path)
    assert dump(path) != before


async def test_the_id_of_a_schedule_that_version_0_1_0_removed_is_not_given_again(
    path: Path,
) -> None:
    RELEASE.load(path)
    with closing(sqlite3.connect(path)) as connection:
        ((last,),) = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'schedules'")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM schedules WHERE id = ?", (last,))
        connection.commit()
    async with await Database.open(path) as database:
        assert (await add_schedule(database)).id > last


async def test_digests_and_papers_of_version_0_1_0_are_read(database: Database) -> None:
    day = date(2025, 2, 19)
    digest = await digests.get(database, day)
    paper = await papers.get(database, "2502.19001")
    await search_index.catch_up(database, pause=0)
    names = await suggestions.suggest(database, "Planning with", limit=25)
    everything = await digests.dates(database)
    assert digest is not None
    assert len(digest.papers) == 14
    assert paper is not None
    assert paper.digest_date == day
    assert paper.paper.votes == 151
    assert paper.paper.sections[0].body.startswith("계획 분야의 새 방법을 소개합니다.")
    assert len(names) == len(everything) == 7
