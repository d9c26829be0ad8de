"""What is gathered in memory: kept while the database can't be written, and bounded."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import discord
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


async def test_a_server_that_is_forgotten_does_not_come_back_with_what_is_added_later(
    tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path) as database:
        await usage.begin(database, weeks=2)
        counter = UsageCounter(database, weeks=2, now=lambda: NOW)
        thread = discord.utils.time_snowflake(NOW)
        for guild_id in (1, 2):
            counter.searched(guild_id)
            counter.written_in_thread(guild_id, thread + guild_id, is_own=True)
        async with database.transaction() as writer:
            # It waits for this transaction with what it has taken.
            flush = asyncio.create_task(counter.flush())
            await asyncio.sleep(0)
            await database.read("SELECT 1")
            counter.searched(1)
            await usage.forget_guild(writer, 1)
            counter.forget_server(1)
        await flush
        await counter.flush()
        assert await usage.of_guild(database, 1, now=NOW, weeks=1) == Usage()
        assert await usage.of_guild(database, 2, now=NOW, weeks=1) == Usage(searches=1)
        assert await usage.of_guild(database, 0, now=NOW, weeks=1) == Usage(searches=2)
        rows = await database.read("SELECT thread_id, guild_id FROM thread_messages")
        assert [tuple(row) for row in rows] == [(thread + 2, 2)]
