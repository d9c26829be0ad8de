"""Ingesting files: what is stored, reported and refused."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from storage_samples import in_language

from bot.digest import ProblemKind, write
from bot.ingest import IngestResult, files_in, ingest_files, ingest_text
from storage import digests
from storage.database import Database
from storage.records import Digest, Paper, Section, StoredDigest

READ_AT = datetime(2025, 2, 21, 23, 0, tzinfo=UTC)
ONE = Paper("2502.14499", "One", 121, ("Ada Byron",), None, (Section("What's New", "글"),))
TWO = Paper("2502.14739", "Two", 78)
DAY = Digest(date(2025, 2, 21), (ONE, TWO))


@pytest.fixture
async def database(tmp_path: Path, new_file: bytes) -> AsyncIterator[Database]:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path) as database:
        yield database


async def ingest_all(database: Database, *paths: Path) -> list[IngestResult]:
    return [one async for one in ingest_files(database, files_in(paths), read_at=READ_AT)]


async def test_text_is_parsed_and_stored(database: Database) -> None:
    ingested = await ingest_text(database, write(DAY), path="-", read_at=READ_AT)

    assert ingested == IngestResult(
        "-", (StoredDigest(DAY.date, is_new=True, new=2, changed=0, same=0),)
    )
    listed = await digests.get(database, DAY.date)
    assert listed is not None
    assert tuple(paper.paper for paper in listed.papers) == tuple(map(in_language, (ONE, TWO)))
    assert listed.votes_read_at == READ_AT


async def test_same_text_again_changes_nothing(database: Database) -> None:
    await ingest_text(database, write(DAY), path="-", read_at=READ_AT)
    ingested = await ingest_text(database, write(DAY).encode(), path="-", read_at=READ_AT)

    assert ingested.stored == (StoredDigest(DAY.date, is_new=False, new=0, changed=0, same=2),)


async def test_problems_are_returned_and_the_rest_is_stored(database: Database) -> None:
    text = write(DAY) + "\n### Broken\n"
    ingested = await ingest_text(database, text, path="2025-02-21.md", read_at=READ_AT)

    assert [problem.kind for problem in ingested.problems] == [ProblemKind.PAPER_UNREADABLE]
    assert ingested.problems[0].line == text.count("\n")
    assert ingested.stored[0].new == 2


async def test_several_days_in_one_text_are_stored_as_several_digests(database: Database) -> None:
    text = write(DAY) + "\n" + write(Digest(date(2025, 2, 22), (TWO,)))
    ingested = await ingest_text(database, text, path="-", read_at=READ_AT)

    assert [stored.date for stored in ingested.stored] == [DAY.date, date(2025, 2, 22)]
    assert await digests.dates(database) == (DAY.date, date(2025, 2, 22))


async def test_date_comes_from_the_path_of_a_file(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "2025" / "02" / "21.md"
    file.parent.mkdir(parents=True)
    file.write_text("### [Two](https://arxiv.org/abs/2502.14739)\n", encoding="utf-8")

    (ingested,) = await ingest_all(database, tmp_path)

    assert ingested.path == str(file)
    assert ingested.stored[0].date == DAY.date


async def test_unreadable_files_are_refused_and_the_others_are_stored(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "digests"
    folder.mkdir()
    (folder / "README.md").write_text("# An archive\n", encoding="utf-8")
    (folder / "a.md").write_bytes(b"## Daily Papers (2025-02-21) \xff\n")
    (folder / "b.md").write_text(write(DAY), encoding="utf-8")

    missing, readme, latin, good = await ingest_all(database, tmp_path / "missing.md", folder)

    assert missing.refused == "can't be read: No such file or directory"
    assert readme.refused is not None
    assert readme.refused.startswith("is no digest: found neither a heading such as")
    assert latin.refused == "is not UTF-8: the byte 0xff at offset 29 can't be read"
    assert good.refused is None
    assert good.stored[0].new == 2
    assert await digests.dates(database) == (DAY.date,)


async def test_file_over_16_mib_is_refused_without_reading_all_of_it(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "huge.md"
    with file.open("wb") as huge:
        huge.truncate(2**40)  # A terabyte of nothing, that takes no room.

    (ingested,) = await ingest_all(database, file)

    assert ingested.refused == "is larger than 16 MiB: no digest is"


async def test_error_of_the_database_is_raised_and_no_refusal_of_a_file(
    database: Database, tmp_path: Path
) -> None:
    async with database.transaction() as writer:
        await writer.execute("DROP TABLE digest_papers")
    file = tmp_path / "2025-02-21.md"
    file.write_text(write(DAY), encoding="utf-8")

    with pytest.raises(sqlite3.OperationalError, match="digest_papers"):
        await ingest_all(database, file)


async def test_event_loop_runs_while_a_large_text_is_parsed(database: Database) -> None:
    page = "\n".join(f"- line {number}" for number in range(10_000))
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    ingested = await ingest_text(database, page, path="-", read_at=READ_AT)
    counting.cancel()
    assert ingested.refused, "nothing is stored, so all the turns were while it was read"
    assert turns > 10


def test_folder_is_replaced_by_the_digests_in_it(tmp_path: Path) -> None:
    for name in ("b/02.md", "b/01.MD", "a.md", ".git/c.md", "b/.draft.md", "b/notes.txt", "a.md~"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.touch()
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere")

    assert files_in([tmp_path]) == (tmp_path / "a.md", tmp_path / "b/01.MD", tmp_path / "b/02.md")


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()

    assert files_in([tmp_path / "a.md", tmp_path, tmp_path / "b"]) == (
        tmp_path / "a.md",
        tmp_path / "b",
    )


async def test_digest_without_papers_is_refused(
    database: Database,
) -> None:
    text = "## Daily Papers (2025-02-22)\n"
    ingested = await ingest_text(database, text, path="22.md", read_at=READ_AT)
    assert ingested.refused == "names 2025-02-22 and no paper of it"
    assert await digests.newest(database) is None


async def test_digest_of_a_future_day_is_refused_and_the_other_days_are_stored(
    database: Database,
) -> None:
    today = Digest(READ_AT.date(), (Paper("2502.14499", "MLGym"),))
    typo = Digest(READ_AT.date().replace(year=2925), (Paper("2502.14739", "SuperGPQA"),))
    ingested = await ingest_text(
        database, write(today) + write(typo), path="both.md", read_at=READ_AT
    )
    assert ingested.refused == f"is dated {typo.date}, which is yet to come"
    assert [stored.date for stored in ingested.stored] == [today.date]
    assert await digests.newest(database) == today.date
