"""What is gathered in memory: kept while the database can't be written, and bounded."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.usage import UsageCounter
from storage import usage
from storage.database import Database
from storage.errors import BusyDatabaseError
from storage.records import Usage

NOW = datetime(2025, 2, 22, 8, 0, tzinfo=UTC)


async def test_what_can_not_be_written_is_added_later_and_only_so_much_is_kept(
    tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path, busy_timeout=0.05) as database:
        await usage.begin(database, weeks=2)
        counter = UsageCounter(database, weeks=2, now=lambda: NOW)
        counter.searched(1)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(BusyDatabaseError):
                await counter.flush()
            counter.searched(1)
            other.execute("ROLLBACK")
        await counter.flush()
        assert await usage.of_guild(database, 1, now=NOW, weeks=1) == Usage(searches=2)
        for guild_id in range(2, 20_000):
            counter.searched(guild_id)
        await counter.flush()
        (week,) = await usage.totals(database, since=NOW.date())
        assert week.usage == Usage(searches=10_002)
