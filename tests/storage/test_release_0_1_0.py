"""A database of version 0.1.0 is opened by the current version, and nothing of it is lost."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import release_0_1_0

from storage import digests, migrations, papers, schedules
from storage.database import Database

FACTS = release_0_1_0.FACTS
LANDED = 4
"""How many migrations version 0.1.0 had."""


def test_the_dump_has_the_schema_of_version_0_1_0(path: Path, tmp_path: Path) -> None:
    release_0_1_0.load(path)
    new = tmp_path / "new.db"
    found = []
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        migrations.apply(connection, migrations.load()[:LANDED], path=new)
    for file in (path, new):
        with closing(sqlite3.connect(file)) as connection:
            found.append(
                [
                    connection.execute("PRAGMA application_id").fetchall(),
                    connection.execute("PRAGMA user_version").fetchall(),
                    connection.execute(
                        "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
                    ).fetchall(),
                    connection.execute("PRAGMA integrity_check").fetchall(),
                    connection.execute("PRAGMA foreign_key_check").fetchall(),
                ]
            )
    assert found[0] == found[1]


async def test_schedules_of_version_0_1_0_are_read(path: Path) -> None:
    release_0_1_0.load(path)
    async with await Database.open(path) as database:
        found = await schedules.of_guild(database, FACTS["guild"]["id"])
    assert {each.id: each.channel_id for each in found} == {
        each["id"]: each["channel_id"] for each in FACTS["schedules"].values()
    }
    assert {str(each.paused_reason) for each in found if each.paused_at is not None} == {
        "asked",
        "lacks_permission",
    }
    assert {each.period for each in found} == {"day", "week", "month"}
    assert {each.created_by for each in found} == {FACTS["admin"]["id"]}


async def test_digests_and_papers_of_version_0_1_0_are_read(path: Path) -> None:
    release_0_1_0.load(path)
    day = date(2025, 2, 19)
    async with await Database.open(path) as database:
        digest = await digests.get(database, day)
        paper = await papers.get(database, "2502.19001")
        names = await papers.suggest(database, "Planning with", limit=25)
        everything = await digests.dates(database)
    assert digest is not None
    assert len(digest.papers) == 14
    assert paper is not None
    assert paper.digest_date == day
    assert paper.paper.votes == 151
    assert paper.paper.sections[0].body.startswith("계획 분야의 새 방법을 소개합니다.")
    assert len(names) == len(everything) == 7
