"""What is stored about a server is deleted, and nothing of others."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from personal_samples import AT, ME, OTHER, cells, fill, places_of
from storage_samples import NOW

from storage import guild_data, guilds, usage
from storage.database import Database
from storage.guild_data import DeletedSchedules, Work
from storage.records import Usage

Rows = Callable[..., list[tuple[Any, ...]]]
DAY = timedelta(days=1)


async def forget(
    database: Database, *, running: tuple[str, ...] = (), keep_welcome: bool = False
) -> DeletedSchedules:
    async with database.transaction(durable=True) as writer:
        return await guild_data.forget(
            writer, ME.guild, Work(running, NOW), keep_welcome=keep_welcome
        )


@pytest.mark.parametrize("keep_welcome", [False, True])
async def test_forgetting_leaves_nothing_of_a_server(
    database: Database, outside: sqlite3.Connection, rows: Rows, keep_welcome: bool
) -> None:
    fill(outside)
    others = places_of(outside, OTHER.user, OTHER.typed, *OTHER.of_server)
    forgotten = await forget(database, keep_welcome=keep_welcome)
    assert forgotten == DeletedSchedules((ME.schedule,), ())
    assert places_of(outside, *ME.of_server) == ({"guilds.id"} if keep_welcome else set())
    # What people keep for themselves is no data of the server.
    assert places_of(outside, ME.user) == {"saved_papers.user_id", "reports.user_id"}
    if keep_welcome:
        sql = "SELECT timezone, language, log_channel_id, left_at FROM guilds WHERE id = ?"
        assert rows(sql, ME.guild) == [(None, None, None, None)]
    assert await guilds.not_welcomed(database, (ME.guild,)) == (() if keep_welcome else (ME.guild,))
    assert places_of(outside, OTHER.user, OTHER.typed, *OTHER.of_server) == others
    # Posts of others still need what they share.
    assert rows("SELECT hash FROM messages ORDER BY hash") == [("of all",), (f"own {OTHER.typed}",)]
    assert not rows("PRAGMA foreign_key_check")
    after = cells(outside)
    assert (await forget(database, keep_welcome=keep_welcome)) == DeletedSchedules((), ())
    assert cells(outside) == after


async def test_what_was_counted_stays_without_the_server_and_each_post_counts_once(
    database: Database, outside: sqlite3.Connection, rows: Rows
) -> None:
    await usage.begin(database, weeks=4)
    fill(outside)
    before = await usage.totals(database, since=NOW.date())
    await forget(database)
    (after,) = await usage.totals(database, since=NOW.date())
    # The posts of the samples, which weren't counted yet, are two of either server.
    assert [after.usage] == [replace(each.usage, posts=4) for each in before]
    assert await usage.of_guild(database, ME.guild, now=NOW, weeks=4) == Usage()
    of_nobody = await usage.of_guild(database, usage.NOWHERE, now=NOW, weeks=1)
    assert of_nobody is not None
    assert (of_nobody.posts, of_nobody.searches) == (2, ME.number)
    # Lines of the history get numbers of deleted ones.
    outside.execute("DELETE FROM history")
    async with database.transaction() as writer:
        await usage.count_posts(writer)
    outside.execute(
        "INSERT INTO history (at, guild_id, schedule_id, channel_id, outcome)"
        " VALUES (?, ?, 1, ?, 'posted')",
        (AT, ME.guild, ME.channel),
    )
    outside.execute("UPDATE schedules SET guild_id = ?", (ME.guild,))
    async with database.transaction() as writer:
        await guild_data.forget_schedules(writer, [OTHER.schedule], Work((), NOW))
    of_nobody = await usage.of_guild(database, usage.NOWHERE, now=NOW, weeks=1)
    assert of_nobody is not None
    assert of_nobody.posts == 3, "also that of a post that was being sent"
    assert not rows("SELECT 1 FROM weekly_counts WHERE guild_id = ?", ME.guild)


async def test_posts_of_schedules_deleted_before_are_found_by_the_channels_of_the_server(
    database: Database, outside: sqlite3.Connection, rows: Rows
) -> None:
    fill(outside)
    outside.execute("DELETE FROM history WHERE guild_id = ?", (ME.guild,))
    outside.execute("DELETE FROM schedules WHERE guild_id = ?", (ME.guild,))
    async with database.transaction(durable=True) as writer:
        await guild_data.forget(
            writer, ME.guild, Work((), NOW), channel_ids=(5, ME.channel), keep_welcome=False
        )
    assert rows("SELECT DISTINCT channel_id FROM deliveries") == [(OTHER.channel,)]


async def test_a_schedule_whose_job_runs_is_marked_and_deleted_later(
    database: Database, outside: sqlite3.Connection, rows: Rows
) -> None:
    fill(outside)
    running = (f"refresh:{ME.delivery}", f"refresh:{OTHER.delivery}")
    assert (await forget(database, running=running)).left == (ME.schedule,)
    of_mine = "SELECT created_by, deleted_at IS NULL FROM schedules WHERE guild_id = ?"
    assert rows(of_mine, ME.guild) == [(None, 0)]
    assert rows("SELECT key FROM jobs WHERE schedule_id = ?", ME.schedule) == [(running[0],)]
    assert not rows("SELECT 1 FROM history WHERE guild_id = ?", ME.guild)
    assert rows("SELECT id FROM deliveries WHERE channel_id = ?", ME.channel) == [(ME.delivery,)]
    # Its end is recorded meanwhile.
    outside.execute(
        "INSERT INTO history (at, guild_id, schedule_id, channel_id, outcome, delivery_id)"
        " VALUES ('2025', ?, ?, ?, 'posted', ?)",
        (ME.guild, ME.schedule, ME.channel, ME.delivery),
    )
    for still, expected in ((running, (ME.schedule,)), ((), ())):
        async with database.transaction(durable=True) as writer:
            left = await guild_data.forget_schedules(writer, [ME.schedule], Work(still, NOW))
        assert left == expected
    assert not places_of(outside, *ME.of_server)


async def test_servers_are_known_by_whatever_is_stored_about_them(
    database: Database, outside: sqlite3.Connection
) -> None:
    assert not await guild_data.known_ids(database)
    fill(outside)
    assert await guild_data.known_ids(database) == {ME.guild: False, OTHER.guild: False}
    await guilds.set_left(database, OTHER.guild, at=NOW)
    outside.execute("DELETE FROM guilds WHERE id = ?", (ME.guild,))
    tables = ("schedules", "setup_drafts", "history", "log_entries", "thread_messages")
    for table in (*tables, "weekly_counts"):
        assert await guild_data.known_ids(database) == {ME.guild: False, OTHER.guild: True}
        outside.execute(f"DELETE FROM {table} WHERE guild_id = ?", (ME.guild,))  # noqa: S608 - a test's own
    assert await guild_data.known_ids(database) == {OTHER.guild: True}


async def test_servers_that_left_before_a_moment_are_found_until_they_are_back(
    database: Database,
) -> None:
    for guild_id, days in ((1, 31), (2, 29), (3, 40)):
        await guilds.set_left(database, guild_id, at=NOW - days * DAY)
    assert await guild_data.left_before(database, NOW - 30 * DAY) == (3, 1)
    await guilds.set_left(database, 3, at=None)
    async with database.transaction() as writer:
        found = [await guild_data.has_left_before(writer, n, NOW - 30 * DAY) for n in (1, 2, 3)]
    assert found == [True, False, False]
