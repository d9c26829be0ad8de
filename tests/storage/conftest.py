"""A real database file for each test, and another process to look at it."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage.database import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "papers.db"


@pytest.fixture
def existing(path: Path, new_file: bytes) -> Path:
    """The path of an empty database that nobody has open yet."""
    path.write_bytes(new_file)
    return path


@pytest.fixture
async def database(existing: Path) -> AsyncIterator[Database]:
    async with await Database.open(existing, busy_timeout=0.1) as opened:
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
