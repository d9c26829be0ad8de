"""Fixture: a runner on a database file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from jobs_fixture import RunnerFixture

from storage.database import Database


@pytest.fixture
async def fixture(tmp_path: Path, new_file: bytes) -> AsyncIterator[RunnerFixture]:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path) as database:
        yield RunnerFixture(database)
