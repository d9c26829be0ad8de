"""What `run` logs at its start about its sources and its database."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from storage_samples import add_schedule

from bot.cli.start_report import log_start
from config.settings import Settings, Writer
from storage import digests, writer_attempts, written_texts
from storage.database import Database
from storage.records import Digest, Paper
from storage.writer_attempts import Result, WantedText

NOW = datetime(2025, 2, 21, 22, tzinfo=UTC)
Report = Callable[..., Any]


@pytest.fixture
def report(tmp_path: Path, new_file: bytes, caplog: pytest.LogCaptureFixture) -> Report:
    """Return what is logged for a database with some papers and schedules."""
    caplog.set_level(logging.INFO)
    (path := tmp_path / "papers.db").write_bytes(new_file)

    async def log_it(
        settings: Settings, *, papers: int = 0, count: int = 0
    ) -> list[tuple[str, str]]:
        async with await Database.open(path) as database:
            if papers:
                listed = tuple(Paper(f"2502.0{n:04}", f"Paper {n}") for n in range(papers))
                await digests.store(database, Digest(date(2025, 2, 21), listed), read_at=NOW)
            for _ in range(count):
                await add_schedule(database)
            await log_start(settings, database)
        return [(r.levelname, r.getMessage()) for r in caplog.records if "cli" in r.name]

    return log_it


@pytest.mark.parametrize(
    ("papers", "count", "sentence"),
    [
        (0, 0, "the database holds no papers, and no schedules"),
        (1, 1, "the database holds 1 paper, the newest of 2025-02-21, and 1 schedule"),
        (1001, 2, "the database holds 1,001 papers, the newest of 2025-02-21, and 2 schedules"),
    ],
)
async def test_what_the_database_holds_is_logged(
    report: Report, papers: int, count: int, sentence: str
) -> None:
    logged = await report(Settings(), papers=papers, count=count)
    assert ("INFO", sentence) in logged
    assert [level for level, _ in logged] == ["INFO", "INFO"]


async def test_a_missing_or_empty_folder_is_warned_about_with_its_path(
    report: Report, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("none")
    (tmp_path / "full" / "2025").mkdir(parents=True)
    (tmp_path / "full" / "2025" / "a.md").write_text("x")
    sources = [
        {"name": each, "kind": "folder", "path": tmp_path / each} for each in ("empty", "full")
    ]
    settings = Settings.model_validate({"sources": sources, "digests": tmp_path / "gone"})
    warnings = [text for level, text in await report(settings) if level == "WARNING"]
    assert warnings == [
        f"the folder of source empty holds no digest (.md): {tmp_path / 'empty'}",
        f"the folder of source files does not exist: {tmp_path / 'gone'}",
    ]


async def test_an_empty_database_without_a_source_is_warned_about(report: Report) -> None:
    settings = Settings.model_validate({"sources": []})
    (warning,) = [text for level, text in await report(settings) if level == "WARNING"]
    assert warning == (
        "there are no papers, and no source to read them from: set [[sources]] or digests, or add "
        "some with “daily-papers ingest FOLDER”"
    )


async def test_a_database_with_papers_needs_no_source(report: Report) -> None:
    settings = Settings.model_validate({"sources": []})
    assert all(level == "INFO" for level, _ in await report(settings, papers=1))


async def test_the_model_that_writes_is_named_with_its_share_of_sentences_left_out(
    report: Report, tmp_path: Path
) -> None:
    settings = Settings(writer=Writer(url="http://127.0.0.1:9/v1", model="small"))
    assert ("INFO", "summaries are written by small in ko, en") in await report(settings, papers=1)
    async with await Database.open(tmp_path / "papers.db") as database:
        await written_texts.configure(database, "small")
        wanted = WantedText("2502.00000", "ko", "small", 10)
        attempt = await writer_attempts.begin(database, wanted, limits=None, at=NOW)
        await writer_attempts.end(database, attempt, Result("written", 10, 8, 1))
    sentence = (
        "summaries are written by small in ko, en: 1 so far, 12.5 % of its sentences left out"
    )
    assert ("INFO", sentence) in await report(settings)
