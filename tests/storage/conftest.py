"""A real database file for each test, and digests to put into it."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.database import Database
from storage.records import Digest, Paper, Section


class Make:
    """Makes digests: what a test does not say is the same each time."""

    day = date(2025, 2, 21)
    now = datetime(2025, 2, 22, 8, 0, tzinfo=UTC)

    def later(self, **by: float) -> datetime:
        return self.now + timedelta(**by)

    def paper(self, number: int = 1, **fields: object) -> Paper:
        given: dict[str, Any] = {
            "title": f"Title {number}",
            "votes": 10 * number,
            "authors": ("Ada Lovelace", f"Author {number}"),
            "sections": (Section("What's New", f"Body of {number}"),),
        }
        return Paper(f"2502.{number:05}", **(given | fields))

    def digest(self, *papers: Paper, day: date | None = None) -> Digest:
        return Digest(day or self.day, papers)


@pytest.fixture
def make() -> Make:
    return Make()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "papers.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    async with await Database.open(path, busy_timeout=0.1) as opened:
        yield opened


@pytest.fixture
def outside(database: Database) -> Iterator[sqlite3.Connection]:
    """Look at the database as another process does, and write to it."""
    with closing(sqlite3.connect(database.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


@pytest.fixture
def rows(outside: sqlite3.Connection) -> Callable[..., list[tuple[Any, ...]]]:
    def ask(sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        return outside.execute(sql, parameters).fetchall()

    return ask
