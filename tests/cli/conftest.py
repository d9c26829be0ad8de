import asyncio
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from storage import digests
from storage.database import Database
from storage.records import Digest, Media, MediaKind, Paper, Section

READ_AT = datetime(2025, 2, 21, 23, 5, tzinfo=UTC)
NEWEST = Digest(
    date(2025, 2, 21),
    (
        Paper(
            "2502.14499",
            "MLGym: A New Framework",
            votes=121,
            authors=("Deepak Nathani", "Lovish Madaan"),
            media=Media(MediaKind.IMAGE, "https://example.org/14499.png"),
            sections=(Section("What's New", "연구를 하는 에이전트의 **실험장**입니다."),),
        ),
        Paper("2502.14739", "SuperGPQA: Scaling LLM Evaluation", votes=78),
        Paper("2502.14786", "Titles [red]may[/red] hold \x1b[2J anything"),
    ),
)
OLDER = Digest(
    date(2025, 2, 17),
    (
        Paper("2502.10001", "Older and loved", votes=200),
        Paper("2502.14739", "SuperGPQA, announced", votes=5),
    ),
)
OLDEST = Digest(date(2024, 1, 5), (Paper("2401.00001", "A year ago", votes=300),))


@dataclass(frozen=True)
class Result:
    """The result of a call of the command line."""

    status: int
    out: str
    err: str


class Invoke(Protocol):
    """Calls the command line."""

    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Result: ...


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Remove environment variables of settings and terminals; change into an empty folder."""
    names = [
        name
        for name in os.environ
        if name.startswith("DAILY_PAPERS_") and not name.startswith("DAILY_PAPERS_TEST_")
    ]
    for name in (
        *names,
        "HF_TOKEN",
        "FORCE_COLOR",
        "TTY_COMPATIBLE",
        "TTY_INTERACTIVE",
        "NO_COLOR",
        "COLUMNS",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    # A command configures logging for its process, which it shares with all tests here.
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def invoke() -> Invoke:
    """Call the command line in this process, with pipes as streams."""

    def call(*arguments: str, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(app, arguments, input=stdin, prog_name="daily-papers")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Result(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture(scope="session")
def stored_file(tmp_path_factory: pytest.TempPathFactory, new_file: bytes) -> bytes:
    """A database's file with three digests."""
    path = tmp_path_factory.mktemp("stored") / "daily-papers.db"
    path.write_bytes(new_file)

    async def store() -> None:
        async with await Database.open(path) as database:
            for digest in (OLDEST, OLDER, NEWEST):
                await digests.store(database, digest, read_at=READ_AT)

    asyncio.run(store())
    return path.read_bytes()


@pytest.fixture
def stored(tmp_path: Path, stored_file: bytes) -> Path:
    """Create the default database with three digests."""
    (path := tmp_path / "daily-papers.db").write_bytes(stored_file)
    return path


@pytest.fixture
def real_digests() -> Path:
    folder = os.environ.get("DAILY_PAPERS_TEST_DIGESTS")
    if not folder:
        pytest.skip("DAILY_PAPERS_TEST_DIGESTS does not name a folder of digests")
    return Path(folder)
