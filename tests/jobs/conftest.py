"""Fixture: a runner on a database file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from jobs_fixture import RunnerFixture

from storage.database import Database


@pytest.fixture
async def fixture(tmp_path: Path) -> AsyncIterator[RunnerFixture]:
    async with await Database.open(tmp_path / "papers.db") as database:
        yield RunnerFixture(database)
