"""Watching a folder: what is recorded of its source."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.digest import write
from bot.ingest import WatchedFolder, watch
from bot.publish.markdown import render_markdown
from storage import digests, sources
from storage.database import Database
from storage.records import Digest, Paper, Section, SourceKind

NOW = datetime(2025, 2, 21, 23, 0, tzinfo=UTC)
DAY = Digest(
    date(2025, 2, 21), (Paper("2502.14499", "One", 121, (), None, (Section(None, "글"),)),)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (folder := tmp_path / "digests").mkdir()
    return folder


async def watch_once(tmp_path: Path, new_file: bytes, watched: WatchedFolder) -> Database:
    """Read a folder until what is in it is stored; return the open database."""
    (path := tmp_path / "papers.db").write_bytes(new_file)
    database = await Database.open(path)
    await sources.configure(database, [("ours", SourceKind.FOLDER)])
    stop = asyncio.Event()
    with suppress(TimeoutError):
        async with asyncio.timeout(30):
            await watch(database, watched, now=lambda: NOW, stop=stop, stored=stop.set)
    return database


async def test_papers_are_stored_for_the_source_in_its_language(
    tmp_path: Path, folder: Path, new_file: bytes
) -> None:
    (folder / "2025-02-21.md").write_text(write(DAY), encoding="utf-8")
    watched = WatchedFolder(folder, "ours", "fr")
    async with await watch_once(tmp_path, new_file, watched) as database:
        stored = await digests.get(database, DAY.date)
        assert stored is not None
        assert stored.papers[0].paper.language == "fr"
        state = (await sources.overviews(database))["ours"].state
        assert (state.succeeded_at, state.failed_at, state.error) == (NOW, None, None)
        assert list(await sources.days(database, "ours", since=DAY.date)) == [DAY.date]


async def test_files_that_the_bot_has_published_are_skipped(
    tmp_path: Path, folder: Path, new_file: bytes
) -> None:
    other = replace(DAY, date=date(2025, 2, 20))
    (folder / "2025-02-21.md").write_text(write(DAY), encoding="utf-8")
    (folder / "latest.md").write_bytes(render_markdown([other], "ko"))
    async with await watch_once(tmp_path, new_file, WatchedFolder(folder)) as database:
        assert await digests.dates(database) == (DAY.date,)
        assert (await sources.overviews(database))["files"].state.error is None


async def test_refused_files_are_recorded_as_a_failure(
    tmp_path: Path, folder: Path, new_file: bytes
) -> None:
    (folder / "2025-02-21.md").write_text(write(DAY), encoding="utf-8")
    for name in ("a.md", "b.md"):
        (folder / name).write_text("no digest", encoding="utf-8")
    async with await watch_once(tmp_path, new_file, WatchedFolder(folder)) as database:
        state = (await sources.overviews(database))["files"].state
    assert (state.succeeded_at, state.failed_at) == (NOW, NOW)
    assert state.error is not None
    assert state.error.startswith(f"{folder / 'a.md'} ")
    assert state.error.endswith("; 2 files are refused")
