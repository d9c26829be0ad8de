"""What is stored about a server: deleted at once, or some time after it removed the bot."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from storage import guild_log, usage
from storage.database import Database, Parameters, Writer
from storage.times import to_text

BY_GUILD: Final = ("setup_drafts", "history")
"""The tables whose rows of a server are deleted by their column `guild_id`, without more ado."""
_RECENT: Final = timedelta(days=4)
"""Stored messages that are older are deleted in any case."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is going on at the moment, which must end before its rows are deleted."""

    running: Collection[str]
    """The keys of the jobs that run."""
    now: datetime


@dataclass(frozen=True, slots=True)
class DeletedSchedules:
    """The schedules of a server that was forgotten."""

    schedules: tuple[int, ...]
    """The ids of its schedules."""
    left: tuple[int, ...]
    """Those of them whose jobs run: they are marked as deleted, for `forget_schedules`."""


async def forget(
    writer: Writer,
    guild_id: int,
    work: Work,
    *,
    channel_ids: Iterable[int] = (),
    keep_welcome: bool,
) -> DeletedSchedules:
    """Delete all that is stored about a server, in a durable transaction.

    What was counted in it stays in the sums over all servers.

    Args:
        writer: The transaction.
        guild_id: The server.
        work: What is going on. Schedules whose jobs run are only marked as deleted.
        channel_ids: Channels of the server; others are known from its history.
        keep_welcome: Whether it stays known that the server was welcomed, so that the bot doesn't
            say hello once more.
    """
    await usage.count_posts(writer)
    schedule_ids = await _ids(writer, "SELECT id FROM schedules WHERE guild_id = ?", (guild_id,))
    channels = {
        *channel_ids,
        *await _ids(
            writer,
            """
            SELECT channel_id FROM schedules WHERE guild_id = :guild
            UNION
            SELECT channel_id FROM history WHERE guild_id = :guild
            """,
            {"guild": guild_id},
        ),
    }
    left = await _forget_schedules(writer, schedule_ids, work)
    # Those of schedules that were deleted before.
    await _delete_deliveries(
        writer,
        "schedule_id IS NULL AND channel_id IN (SELECT value FROM json_each(:ids))",
        channels,
        work.now,
    )
    for table in BY_GUILD:
        await writer.execute(f"DELETE FROM {table} WHERE guild_id = ?", (guild_id,))  # noqa: S608 - constants
    await _forget_counts(writer, guild_id)
    await guild_log.forget_guild(writer, guild_id)
    welcomed = await writer.execute_fetchall(
        "DELETE FROM guilds WHERE id = ? RETURNING welcomed_at", (guild_id,)
    )
    for row in welcomed:
        if keep_welcome:
            await writer.execute(
                "INSERT INTO guilds (id, welcomed_at) VALUES (?, ?)", (guild_id, row[0])
            )
    return DeletedSchedules(schedule_ids, left)


async def forget_schedules(
    writer: Writer, schedule_ids: Collection[int], work: Work
) -> tuple[int, ...]:
    """Delete schedules of forgotten servers with their posts, jobs and history, in a transaction.

    Returns:
        The ids of those whose jobs still run, which are only marked as deleted.
    """
    await usage.count_posts(writer)
    guild_ids = await _ids(
        writer,
        """
        SELECT DISTINCT guild_id FROM schedules WHERE id IN (SELECT value FROM json_each(?))
        """,
        (json.dumps([*schedule_ids]),),
    )
    left = await _forget_schedules(writer, schedule_ids, work)
    for guild_id in guild_ids:
        await _forget_counts(writer, guild_id)
    return left


async def _forget_counts(writer: Writer, guild_id: int) -> None:
    """Move a server's counts to the sums that belong to no server, after deleting its history."""
    await usage.count_posts(writer)
    await usage.forget_guild(writer, guild_id)


async def _forget_schedules(
    writer: Writer, schedule_ids: Collection[int], work: Work
) -> tuple[int, ...]:
    ids = json.dumps([*schedule_ids])
    rows = await writer.execute_fetchall(
        """
        SELECT key, schedule_id
        FROM jobs
        WHERE schedule_id IN (SELECT value FROM json_each(?))
        """,
        (ids,),
    )
    is_running = {row["key"]: row["schedule_id"] for row in rows if row["key"] in work.running}
    left = set(is_running.values())
    over = set(json.loads(ids)) - left
    values = {"ids": json.dumps([*over]), "left": json.dumps([*left])}
    await _delete_deliveries(
        writer, "schedule_id IN (SELECT value FROM json_each(:ids))", over, work.now
    )
    await writer.execute(
        "DELETE FROM history WHERE schedule_id IN (SELECT value FROM json_each(:ids))", values
    )
    # Their jobs go with them.
    await writer.execute(
        "DELETE FROM schedules WHERE id IN (SELECT value FROM json_each(:ids))", values
    )
    if left:
        values |= {"running": json.dumps([*is_running]), "now": to_text(work.now)}
        await writer.execute(
            """
            DELETE FROM jobs
            WHERE schedule_id IN (SELECT value FROM json_each(:left))
                AND key NOT IN (SELECT value FROM json_each(:running))
            """,
            values,
        )
        await writer.execute(
            """
            UPDATE schedules SET deleted_at = coalesce(deleted_at, :now), created_by = NULL
            WHERE id IN (SELECT value FROM json_each(:left))
            """,
            values,
        )
    return tuple(sorted(left))


async def _delete_deliveries(
    writer: Writer, condition: str, ids: Collection[int], now: datetime
) -> None:
    """Delete deliveries with their parts, and the stored messages that nobody else gets."""
    values = {"ids": json.dumps([*ids])}
    of_them = f"SELECT id FROM deliveries WHERE {condition}"  # noqa: S608 - constants
    hashes = await writer.execute_fetchall(
        f"""
        SELECT DISTINCT hash
        FROM parts
        JOIN messages ON messages.hash = parts.message_hash
        WHERE delivery_id IN ({of_them})
        """,  # noqa: S608 - constants
        values,
    )
    candidates = [row["hash"] for row in hashes]
    await writer.execute(f"DELETE FROM deliveries WHERE {condition}", values)  # noqa: S608 - constants
    if not candidates:
        return
    # There is no index of all parts by message. Older ones need none any more; ids grow with time.
    await writer.execute(
        """
        DELETE FROM messages
        WHERE hash IN (SELECT value FROM json_each(:hashes)) AND hash NOT IN (
            SELECT message_hash
            FROM parts
            WHERE message_hash IS NOT NULL AND delivery_id > coalesce(
                (SELECT id FROM deliveries WHERE planned_at < :since ORDER BY id DESC LIMIT 1), 0
            )
        )
        """,
        {"hashes": json.dumps(candidates), "since": to_text(now - _RECENT)},
    )


async def _ids(writer: Writer, sql: str, values: Parameters) -> tuple[int, ...]:
    rows = await writer.execute_fetchall(sql, values)
    return tuple(row[0] for row in rows)


async def known_ids(database: Database) -> dict[int, bool]:
    """Return the servers that something is stored about, each with whether it is known as left."""
    rows = await database.read(
        """
        WITH RECURSIVE in_history (guild_id) AS (
            SELECT min(guild_id) FROM history
            UNION ALL
            SELECT (SELECT min(guild_id) FROM history WHERE guild_id > in_history.guild_id)
            FROM in_history
            WHERE guild_id IS NOT NULL
        )
        SELECT guild_id, left_at IS NOT NULL AS has_left
        FROM (
            SELECT id AS guild_id FROM guilds
            UNION
            SELECT guild_id FROM schedules
            UNION
            SELECT guild_id FROM setup_drafts
            UNION
            SELECT guild_id FROM weekly_counts WHERE guild_id <> 0 -- which names none
            UNION
            SELECT guild_id FROM thread_messages
            UNION
            SELECT guild_id FROM log_entries
            UNION
            SELECT guild_id FROM in_history WHERE guild_id IS NOT NULL
        )
        LEFT JOIN guilds ON guilds.id = guild_id
        """
    )
    return {row["guild_id"]: bool(row["has_left"]) for row in rows}


async def left_before(database: Database, moment: datetime) -> tuple[int, ...]:
    """Return the servers that removed the bot before a moment, in any time zone."""
    rows = await database.read(
        "SELECT id FROM guilds WHERE left_at < ? ORDER BY left_at", (to_text(moment),)
    )
    return tuple(row["id"] for row in rows)


async def has_left_before(writer: Writer, guild_id: int, moment: datetime) -> bool:
    """Return whether a server removed the bot before a moment and is not back, in a transaction."""
    rows = await writer.execute_fetchall(
        "SELECT 1 FROM guilds WHERE id = ? AND left_at < ?", (guild_id, to_text(moment))
    )
    return bool(list(rows))
