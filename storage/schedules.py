"""Schedules: which channel gets the day's papers, and when."""

import sqlite3
from dataclasses import asdict
from datetime import datetime, time

from storage.database import Database
from storage.records import NewSchedule, Schedule
from storage.times import from_text, to_text


def _schedule(row: sqlite3.Row) -> Schedule:
    return Schedule(
        id=row["id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        time=time.fromisoformat(row["time"]),
        timezone=row["timezone"],
        count=row["count"],
        language=row["language"],
        created_by=row["created_by"],
        created_at=from_text(row["created_at"]),
    )


async def add(database: Database, new: NewSchedule, *, at: datetime) -> Schedule:
    """Keep a schedule, and return it as it is kept.

    Args:
        database: Where to.
        new: What is wanted. Its time is kept to the minute.
        at: When it was made; any time zone.
    """
    async with database.transaction(durable=True) as writer:
        rows = await writer.execute_fetchall(
            """
            INSERT INTO schedules (
                guild_id, channel_id, time, timezone, count, language, created_by, created_at
            )
            VALUES (
                :guild_id, :channel_id, :time, :timezone, :count, :language, :created_by, :at
            )
            RETURNING *
            """,
            asdict(new) | {"time": new.time.strftime("%H:%M"), "at": to_text(at)},
        )
    (row,) = rows
    return _schedule(row)


async def get(database: Database, schedule_id: int) -> Schedule | None:
    """Return a schedule; `None` where there is none, or no longer."""
    rows = await database.read("SELECT * FROM schedules WHERE id = ?", (schedule_id,))
    return _schedule(rows[0]) if rows else None


async def of_guild(database: Database, guild_id: int) -> tuple[Schedule, ...]:
    """Return the schedules of a server, oldest first."""
    rows = await database.read(
        "SELECT * FROM schedules WHERE guild_id = ? ORDER BY id", (guild_id,)
    )
    return tuple(map(_schedule, rows))


async def all_of_them(database: Database) -> tuple[Schedule, ...]:
    """Return all schedules, oldest first."""
    return tuple(map(_schedule, await database.read("SELECT * FROM schedules ORDER BY id")))


async def remove(database: Database, schedule_id: int, *, guild_id: int) -> bool:
    """Forget a schedule of a server's; what it has delivered is kept.

    Returns:
        Whether the server had it.
    """
    async with database.transaction(durable=True) as writer:
        cursor = await writer.execute(
            "DELETE FROM schedules WHERE id = ? AND guild_id = ?", (schedule_id, guild_id)
        )
    return cursor.rowcount > 0
