"""`daily-papers sources`: what is shown of each source."""

import asyncio
import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from network_guard import GUARDED_PATH
from terminal import on_a_terminal

from bot.digest import write
from storage import digests, jobs, sources
from storage.database import Database
from storage.records import Digest, Job, Paper, Reason, SourceKind, SourceList

Invoke = Callable[..., Any]
NOW = datetime(2025, 2, 22, 8, 5, tzinfo=UTC)
CONFIGURED = """
digests = "digests"

[[sources]]
name = "theirs"
kind = "url"
url = "https://ann:secret@example.org/{date:%Y/%m/%d}.md?key=secret"

[[sources]]
name = "huggingface"
kind = "huggingface"

[[sources]]
name = "ours"
kind = "folder"
path = "ours"
"""


@pytest.fixture(autouse=True)
def seoul(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def configured(tmp_path: Path) -> Path:
    """A settings file with sources of all kinds."""
    (path := tmp_path / "daily-papers.toml").write_text(CONFIGURED, encoding="utf-8")
    return path


@pytest.fixture
def used(tmp_path: Path, new_file: bytes, configured: Path) -> Path:
    """The same with a database after some days of use."""
    (path := tmp_path / "daily-papers.db").write_bytes(new_file)
    paper = Paper("2502.14499", "MLGym", 121)

    async def use() -> None:
        async with await Database.open(path) as database:
            former = ("former", SourceKind.URL)
            await sources.configure(database, [former])
            wanted = [
                ("theirs", SourceKind.URL),
                ("huggingface", SourceKind.HUGGINGFACE),
                ("ours", SourceKind.FOLDER),
            ]
            await sources.configure(database, wanted)
            day = date(2025, 2, 21)
            listed = SourceList(source="huggingface", date=day, papers=(paper,), read_at=NOW)
            await digests.store_lists(database, [listed])
            await sources.unchanged(database, "huggingface", date(2025, 2, 22), at=NOW)
            await sources.succeeded(database, "huggingface", at=NOW)
            await sources.failed(
                database, "theirs", day, error="answered 500 Internal Server Error", at=NOW
            )
            job = Job(
                key="read:huggingface",
                kind=sources.READ_JOB,
                lane="source:huggingface",
                priority=1,
                run_at=NOW,
                not_before=NOW.replace(hour=9),
                reason=Reason.SOURCE_UNAVAILABLE,
            )
            await jobs.enqueue(database, [job])

    asyncio.run(use())
    return configured


@pytest.mark.usefixtures("used")
def test_each_source_has_a_line_in_order_of_precedence(invoke: Invoke) -> None:
    result = invoke("sources")
    assert (result.status, result.err) == (0, "")
    assert [line.split("\t") for line in result.out.splitlines()] == [
        [
            "theirs",
            "url",
            "https://example.org/{date:%Y/%m/%d}.md?key=…",
            "never",
            "never",
            "2025-02-22 17:05 KST",
            "answered 500 Internal Server Error",
            "never",
        ],
        [
            "huggingface",
            "huggingface",
            "https://huggingface.co",
            "2025-02-21",
            "2025-02-22 17:05 KST",
            "never",
            "",
            "2025-02-22 18:05 KST",
        ],
        ["ours", "folder", "ours", "never", "never", "never", "", "never"],
        ["former", "url", "no longer in the settings"] + 3 * ["never"] + ["", "never"],
        ["files", "folder", "digests"] + 3 * ["never"] + ["", "never"],
    ]


@pytest.mark.usefixtures("used")
def test_json_has_an_object_per_line_with_times_in_utc(invoke: Invoke) -> None:
    result = invoke("sources", "--json")
    theirs, huggingface, *_ = map(json.loads, result.out.splitlines())
    assert huggingface == {
        "name": "huggingface",
        "kind": "huggingface",
        "reads": "https://huggingface.co",
        "newest_day": "2025-02-21",
        "succeeded_at": "2025-02-22T08:05:00+00:00",
        "failed_at": None,
        "error": None,
        "next_at": "2025-02-22T09:05:00+00:00",
    }
    assert theirs["error"] == "answered 500 Internal Server Error"
    assert theirs["failed_at"] == "2025-02-22T08:05:00+00:00"
    assert "secret" not in result.out


@pytest.mark.usefixtures("configured")
def test_a_database_that_does_not_exist_yet_is_no_error_and_is_not_made(
    invoke: Invoke, tmp_path: Path
) -> None:
    result = invoke("sources")
    assert (result.status, result.err) == (0, "")
    assert [line.split("\t")[0] for line in result.out.splitlines()] == [
        "theirs",
        "huggingface",
        "ours",
        "files",
    ]
    assert not (tmp_path / "daily-papers.db").exists()


def test_by_default_there_is_hugging_face(invoke: Invoke) -> None:
    assert invoke("sources").out.startswith("huggingface\thuggingface\thttps://huggingface.co\t")


def test_what_was_ingested_is_a_source_too(invoke: Invoke, tmp_path: Path) -> None:
    digest = Digest(date(2025, 2, 21), (Paper("2502.14499", "MLGym", 121),))
    (tmp_path / "a.md").write_text(write(digest), encoding="utf-8")
    assert invoke("ingest", "a.md").status == 0
    files = invoke("sources").out.splitlines()[1]
    assert files.startswith("files\tfolder\twhat “ingest” stores\t2025-02-21\t")


@pytest.mark.usefixtures("used")
async def test_a_terminal_gets_a_table(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": GUARDED_PATH, "TERM": "xterm", "COLUMNS": "100"}
    status, drawn = await on_a_terminal(["sources"], environment, tmp_path)
    assert status == 0
    assert "Last success" in drawn
    assert "17:05 KST" in drawn
    assert "answered 500" in drawn
    assert "secret" not in drawn
