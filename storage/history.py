"""History: what came of each turn of a schedule, for people to read."""

import json
import sqlite3
from datetime import datetime

from storage.database import Database, Writer, fits
from storage.records import Event, Outcome, Schedule
from storage.times import from_text, to_text


def _event(row: sqlite3.Row) -> Event:
    return Event(
        at=from_text(row["at"]),
        schedule_id=row["schedule_id"],
        channel_id=row["channel_id"],
        outcome=Outcome(row["outcome"]),
        detail=row["detail"],
        subject=row["subject"],
        messages=tuple((channel, message) for channel, message in json.loads(row["messages"])),
    )


async def write(
    writer: Writer,
    schedule: Schedule,
    outcome: Outcome,
    *,
    at: datetime,
    detail: str | None = None,
    subject: str | None = None,
    delivery_id: int | None = None,
) -> None:
    """Write a line, in the transaction of what it tells of."""
    await writer.execute(
        """
        INSERT INTO history (
            at, guild_id, schedule_id, channel_id, outcome, detail, subject, delivery_id
        )
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            to_text(at),
            schedule.guild_id,
            schedule.id,
            schedule.channel_id,
            outcome,
            detail,
            subject,
            delivery_id,
        ),
    )


async def add(
    database: Database,
    schedule: Schedule,
    outcome: Outcome,
    *,
    at: datetime,
    detail: str | None = None,
    subject: str | None = None,
) -> None:
    """Write a line of its own."""
    async with database.transaction() as writer:
        await write(writer, schedule, outcome, at=at, detail=detail, subject=subject)


async def of_guild(
    database: Database, guild_id: int, *, schedule_id: int | None = None, limit: int
) -> tuple[Event, ...]:
    """Return the history of a server, or of one schedule of it, newest first."""
    if schedule_id is not None and not fits(schedule_id):
        return ()
    rows = await database.read(
        """
        SELECT
            history.*,
            (
                SELECT json_group_array(json_array(channel_id, message_id))
                FROM (
                    SELECT channel_id, message_id
                    FROM delivery_parts
                    WHERE delivery_id = history.delivery_id AND message_id IS NOT NULL
                    ORDER BY part
                )
            ) AS messages
        FROM history
        WHERE guild_id = :guild AND (:schedule IS NULL OR schedule_id = :schedule)
        ORDER BY id DESC
        LIMIT :limit
        """,
        {"guild": guild_id, "schedule": schedule_id, "limit": limit},
    )
    return tuple(map(_event, rows))
