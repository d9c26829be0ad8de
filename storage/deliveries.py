"""Deliveries: the ledger of what was posted, or is about to be.

It is written before a message is sent and after. A channel is planned a digest once; who plans it
first is the one to send it.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from storage.database import Database
from storage.records import Delivery, Part, PlannedPart
from storage.times import from_optional_text, from_text, to_text


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        id=row["id"],
        channel_id=row["channel_id"],
        schedule_id=row["schedule_id"],
        digest_date=date.fromisoformat(row["date"]),
        planned_at=from_text(row["planned_at"]),
        completed_at=from_optional_text(row["completed_at"]),
        parts=tuple(
            Part(part, content_hash, nonce, message_id, from_optional_text(sent_at))
            for part, content_hash, nonce, message_id, sent_at in json.loads(row["parts"])
        ),
    )


async def newest_unsent(database: Database, channel_id: int) -> date | None:
    """Return the date of the newest digest that a channel has no delivery of; `None` without one.

    A delivery that is planned but not completed counts: it is to be completed, not begun again.
    What is returned may be old, where newer ones were delivered; whether it is still news is for
    the caller to say.
    """
    ((day,),) = await database.read(
        """
        SELECT max(date)
        FROM digests
        WHERE NOT EXISTS (
            SELECT 1 FROM deliveries WHERE channel_id = ? AND digest_id = digests.id
        )
        """,
        (channel_id,),
    )
    return date.fromisoformat(day) if day else None


async def plan(
    database: Database,
    *,
    schedule_id: int | None,
    channel_id: int,
    digest_date: date,
    parts: Sequence[PlannedPart],
    at: datetime,
) -> Delivery | None:
    """Write down what is about to be sent; it is on the disk when this returns.

    Args:
        database: Where to.
        schedule_id: Which schedule sends it; `None` where none does. One that has been removed
            meanwhile is passed over.
        channel_id: Where it is sent.
        digest_date: Of the digest that is sent.
        parts: Its messages, at least one.
        at: When; any time zone.

    Returns:
        The delivery; `None` where the channel has one of that digest already.

    Raises:
        ValueError: There are no parts.
        LookupError: There is no such digest.
    """
    if not parts:
        raise ValueError("a delivery has at least one part")
    async with database.transaction(durable=True) as writer:
        digests = list(
            await writer.execute_fetchall(
                "SELECT id FROM digests WHERE date = ?", (digest_date.isoformat(),)
            )
        )
        if not digests:
            raise LookupError(f"there is no digest of {digest_date}")
        planned = list(
            await writer.execute_fetchall(
                """
                INSERT INTO deliveries (channel_id, digest_id, schedule_id, planned_at)
                VALUES (?, ?, (SELECT id FROM schedules WHERE id = ?), ?)
                ON CONFLICT (channel_id, digest_id) DO NOTHING
                RETURNING id
                """,
                (channel_id, digests[0]["id"], schedule_id, to_text(at)),
            )
        )
        if not planned:
            return None
        delivery_id = planned[0]["id"]
        await writer.executemany(
            "INSERT INTO delivery_parts (delivery_id, part, content_hash, nonce)"
            " VALUES (?, ?, ?, ?)",
            [(delivery_id, part.part, part.content_hash, part.nonce) for part in parts],
        )
    return await _get(database, delivery_id)


async def part_sent(
    database: Database, delivery_id: int, part: int, *, message_id: int, at: datetime
) -> None:
    """Write down that a part was sent; with the last one the delivery is completed.

    It is on the disk when this returns. Said again of a part, it changes nothing: the message that
    was told first is kept.

    Raises:
        LookupError: There is no such part.
    """
    async with database.transaction(durable=True) as writer:
        cursor = await writer.execute(
            """
            UPDATE delivery_parts
            SET message_id = coalesce(message_id, ?), sent_at = coalesce(sent_at, ?)
            WHERE delivery_id = ? AND part = ?
            """,
            (message_id, to_text(at), delivery_id, part),
        )
        if not cursor.rowcount:
            raise LookupError(f"delivery {delivery_id} has no part {part}")
        await writer.execute(
            """
            UPDATE deliveries
            SET completed_at = ?
            WHERE id = ? AND completed_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM delivery_parts WHERE delivery_id = deliveries.id AND sent_at IS NULL
            )
            """,
            (to_text(at), delivery_id),
        )


async def open_ones(database: Database) -> tuple[Delivery, ...]:
    """Return the deliveries that are not completed, oldest plan first."""
    rows = await database.read(
        "SELECT * FROM listed_deliveries WHERE completed_at IS NULL ORDER BY id"
    )
    return tuple(map(_delivery, rows))


async def of_channel(database: Database, channel_id: int, *, limit: int) -> tuple[Delivery, ...]:
    """Return the deliveries of a channel, newest digest first."""
    rows = await database.read(
        "SELECT * FROM listed_deliveries WHERE channel_id = ? ORDER BY date DESC LIMIT ?",
        (channel_id, limit),
    )
    return tuple(map(_delivery, rows))


async def _get(database: Database, delivery_id: int) -> Delivery:
    (row,) = await database.read("SELECT * FROM listed_deliveries WHERE id = ?", (delivery_id,))
    return _delivery(row)
