"""Deliveries: the ledger of what was posted, or is about to be.

It is written before a message is sent and after. A schedule is planned a subject once for a
channel; who plans it first is the one to send it.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from storage import history, leases
from storage.database import Database, Writer
from storage.records import (
    Delivery,
    DeliveryOutcome,
    Outcome,
    Part,
    PlannedPart,
    Schedule,
)
from storage.times import from_optional_text, from_text, to_text


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        id=row["id"],
        channel_id=row["channel_id"],
        schedule_id=row["schedule_id"],
        subject=row["subject"],
        serial=row["serial"],
        by_hand=bool(row["by_hand"]),
        plan=row["plan"],
        planned_at=from_text(row["planned_at"]),
        looked_at=from_optional_text(row["looked_at"]),
        completed_at=from_optional_text(row["completed_at"]),
        outcome=DeliveryOutcome(row["outcome"]) if row["outcome"] else None,
        publish=bool(row["publish"]),
        refresh_at=from_optional_text(row["refresh_at"]),
        parts=tuple(
            Part(
                part,
                content_hash,
                nonce,
                channel_id,
                message_id,
                from_optional_text(sent_at),
                from_optional_text(published_at),
            )
            for part, content_hash, nonce, channel_id, message_id, sent_at, published_at in (
                json.loads(row["parts"])
            )
        ),
    )


async def newest_had(database: Database, schedule_id: int, channel_id: int) -> date | None:
    """Return the date of the newest digest that a schedule's channel has had from it.

    What schedules have posted there that were removed since counts as well: a schedule that is
    made anew goes on where the one before it ended. So does what is planned but not completed.
    `None` where it has had none.
    """
    ((subject,),) = await database.read(
        """
        SELECT max(subject)
        FROM deliveries
        WHERE channel_id = ? AND subject LIKE 'day:%' AND (schedule_id = ? OR schedule_id IS NULL)
        """,
        (channel_id, schedule_id),
    )
    return date.fromisoformat(subject.removeprefix("day:")) if subject else None


async def last_planned(database: Database, schedule_id: int, channel_id: int) -> datetime | None:
    """Return when something was last planned for a schedule's channel, as `newest_had` counts."""
    ((at,),) = await database.read(
        "SELECT max(planned_at) FROM deliveries"
        " WHERE channel_id = ? AND (schedule_id = ? OR schedule_id IS NULL)",
        (channel_id, schedule_id),
    )
    return from_optional_text(at)


_HAD = """
SELECT max(serial) AS serial
FROM deliveries
WHERE channel_id = ? AND subject = ? AND (schedule_id = ? OR schedule_id IS NULL)
"""


async def had(database: Database, schedule_id: int, channel_id: int, subject: str) -> bool:
    """Say whether a schedule's channel has had a subject, as `newest_had` counts it."""
    ((serial,),) = await database.read(_HAD, (channel_id, subject, schedule_id))
    return serial is not None


async def plan(
    database: Database,
    schedule: Schedule,
    subject: str,
    *,
    parts: Sequence[PlannedPart],
    frozen: str,
    at: datetime,
    publish: bool = False,
    refresh_at: datetime | None = None,
    by_hand: bool = False,
    again: bool = False,
    holder: str | None = None,
) -> Delivery | None:
    """Write down what is about to be sent; it is on the disk when this returns.

    The schedule's turn waits no longer, and its days without anything new are over.

    Args:
        database: Where to.
        schedule: Which schedule sends it, to its channel.
        subject: What is sent: `day:2025-02-21`, `week:2025-02-17` or `month:2025-02`.
        parts: Its messages. Without any the delivery is completed at once: there is nothing of it
            to send, and it is not looked at again.
        frozen: JSON, from which the parts can be laid out again.
        at: When; any time zone.
        publish: Whether its parts are to be published.
        refresh_at: When its votes are to be brought up to date; `None` for never.
        by_hand: Whether a person asked for it.
        again: Whether it is sent although the channel has had it.
        holder: Who must hold the lease of posting; `None` where nobody else can be at work.

    Returns:
        The delivery; `None` where the channel has had the subject, or the schedule is gone.

    Raises:
        LeaseLostError: Another process posts now.
    """
    completed = None if parts else to_text(at)
    async with database.transaction(durable=True) as writer:
        if holder is not None:
            await leases.check(writer, leases.POSTS, holder)
        ((serial,),) = await writer.execute_fetchall(
            _HAD, (schedule.channel_id, subject, schedule.id)
        )
        if serial is not None and not again:
            return None
        rows = list(
            await writer.execute_fetchall(
                """
                INSERT INTO deliveries (
                    schedule_id, channel_id, subject, serial, by_hand, plan, planned_at,
                    completed_at, outcome, publish, refresh_at
                )
                SELECT id, :channel, :subject, :serial, :by_hand, :plan, :at,
                    :completed, :outcome, :publish, :refresh_at
                FROM schedules
                WHERE id = :schedule
                RETURNING id
                """,
                {
                    "schedule": schedule.id,
                    "channel": schedule.channel_id,
                    "subject": subject,
                    "serial": 0 if serial is None else serial + 1,
                    "by_hand": by_hand,
                    "plan": frozen,
                    "at": to_text(at),
                    "completed": completed,
                    "outcome": None if parts else DeliveryOutcome.NOTHING,
                    "publish": publish and bool(parts),
                    "refresh_at": to_text(refresh_at) if refresh_at and parts else None,
                },
            )
        )
        if not rows:
            return None
        delivery_id = rows[0]["id"]
        await writer.executemany(
            "INSERT INTO delivery_parts (delivery_id, part, content_hash, nonce)"
            " VALUES (?, ?, ?, ?)",
            [(delivery_id, part.part, part.content_hash, part.nonce) for part in parts],
        )
        await writer.execute(
            "UPDATE schedules SET waiting_until = NULL, quiet_days = 0,"
            " told = iif(told = 'quiet', NULL, told) WHERE id = ?",
            (schedule.id,),
        )
        if not parts:
            await history.write(
                writer,
                schedule,
                Outcome.FILTERED_OUT,
                at=at,
                subject=subject,
                delivery_id=delivery_id,
            )
    return await get(database, delivery_id)


async def part_sent(
    database: Database,
    delivery_id: int,
    part: int,
    *,
    channel_id: int | None,
    message_id: int | None,
    at: datetime,
) -> None:
    """Write down that a part was sent; with the last one the delivery is completed.

    It is on the disk when this returns. Said again of a part, it changes nothing: the message that
    was told first is kept. Without a message (and channel) it is let be: nobody can tell.

    Raises:
        LookupError: There is no such part.
    """
    async with database.transaction(durable=True) as writer:
        cursor = await writer.execute(
            """
            UPDATE delivery_parts
            SET
                channel_id = iif(sent_at IS NULL, :channel, channel_id),
                message_id = iif(sent_at IS NULL, :message, message_id),
                sent_at = coalesce(sent_at, :at)
            WHERE delivery_id = :delivery AND part = :part
            """,
            {
                "delivery": delivery_id,
                "part": part,
                "channel": channel_id,
                "message": message_id,
                "at": to_text(at),
            },
        )
        if not cursor.rowcount:
            raise LookupError(f"delivery {delivery_id} has no part {part}")
        left = await writer.execute_fetchall(
            "SELECT 1 FROM delivery_parts WHERE delivery_id = ? AND sent_at IS NULL LIMIT 1",
            (delivery_id,),
        )
        if not list(left):
            await _complete(writer, delivery_id, DeliveryOutcome.POSTED, at=at)


async def give_up(database: Database, delivery_id: int, *, at: datetime, detail: str) -> None:
    """Write down that a delivery will not be completed, and why."""
    async with database.transaction(durable=True) as writer:
        await _complete(writer, delivery_id, DeliveryOutcome.GIVEN_UP, at=at, detail=detail)


async def _complete(
    writer: Writer,
    delivery_id: int,
    outcome: DeliveryOutcome,
    *,
    at: datetime,
    detail: str | None = None,
) -> None:
    cursor = await writer.execute(
        "UPDATE deliveries SET completed_at = ?, outcome = ? WHERE id = ? AND completed_at IS NULL",
        (to_text(at), outcome, delivery_id),
    )
    if not cursor.rowcount:
        return
    await writer.execute(
        """
        INSERT INTO history (
            at, guild_id, schedule_id, channel_id, outcome, detail, subject, delivery_id
        )
        SELECT
            :at,
            guild_id,
            schedules.id,
            deliveries.channel_id,
            :kind,
            coalesce(:detail, iif(by_hand, 'hand', 'clock')),
            subject,
            deliveries.id
        FROM deliveries
        JOIN schedules ON schedules.id = deliveries.schedule_id
        WHERE deliveries.id = :id
        """,
        {"at": to_text(at), "kind": Outcome(outcome.value), "detail": detail, "id": delivery_id},
    )
    if outcome is DeliveryOutcome.POSTED:
        await writer.execute(
            "UPDATE schedules SET told = NULL"
            " WHERE id = (SELECT schedule_id FROM deliveries WHERE id = ?) AND told IS NOT NULL",
            (delivery_id,),
        )


async def looked(database: Database, delivery_id: int, *, at: datetime) -> None:
    """Note when a delivery's channel was looked through for its parts; it is on the disk then."""
    async with database.transaction(durable=True) as writer:
        await writer.execute(
            "UPDATE deliveries SET looked_at = ? WHERE id = ?", (to_text(at), delivery_id)
        )


async def get(database: Database, delivery_id: int) -> Delivery | None:
    """Return a delivery; `None` where there is none."""
    rows = await database.read("SELECT * FROM listed_deliveries WHERE id = ?", (delivery_id,))
    return _delivery(rows[0]) if rows else None


async def of_mark(database: Database, mark: str) -> Delivery | None:
    """Return the newest delivery with a part of this mark (its nonce); `None` without one."""
    rows = await database.read(
        """
        SELECT *
        FROM listed_deliveries
        WHERE id = (SELECT max(delivery_id) FROM delivery_parts WHERE nonce = ?)
        """,
        (mark,),
    )
    return _delivery(rows[0]) if rows else None


async def open_ones(database: Database) -> tuple[tuple[int, int], ...]:
    """Return id and channel of the deliveries that are not completed, oldest plan first."""
    rows = await database.read(
        "SELECT id, channel_id FROM deliveries WHERE completed_at IS NULL ORDER BY id"
    )
    return tuple((row["id"], row["channel_id"]) for row in rows)


async def open_of_schedule(database: Database, schedule_id: int) -> tuple[tuple[int, int], ...]:
    """Return id and channel of a schedule's deliveries that are not completed, oldest first."""
    rows = await database.read(
        "SELECT id, channel_id FROM deliveries"
        " WHERE schedule_id = ? AND completed_at IS NULL ORDER BY id",
        (schedule_id,),
    )
    return tuple((row["id"], row["channel_id"]) for row in rows)


async def of_channel(database: Database, channel_id: int, *, limit: int) -> tuple[Delivery, ...]:
    """Return the deliveries of a channel, newest plan first."""
    rows = await database.read(
        "SELECT * FROM listed_deliveries WHERE channel_id = ? ORDER BY id DESC LIMIT ?",
        (channel_id, limit),
    )
    return tuple(map(_delivery, rows))


async def to_publish(database: Database) -> tuple[tuple[int, int], ...]:
    """Return id and channel of what was posted and is still to be published, oldest first."""
    rows = await database.read(
        "SELECT id, channel_id FROM deliveries WHERE publish = 1 AND outcome = 'posted' ORDER BY id"
    )
    return tuple((row["id"], row["channel_id"]) for row in rows)


async def part_published(database: Database, delivery_id: int, part: int, *, at: datetime) -> None:
    """Write down that a part was published."""
    async with database.transaction() as writer:
        await writer.execute(
            "UPDATE delivery_parts SET published_at = coalesce(published_at, ?)"
            " WHERE delivery_id = ? AND part = ?",
            (to_text(at), delivery_id, part),
        )


async def publishing_done(database: Database, delivery_id: int) -> None:
    """Write down that no part of a delivery is to be published any more."""
    async with database.transaction() as writer:
        await writer.execute("UPDATE deliveries SET publish = 0 WHERE id = ?", (delivery_id,))


async def to_refresh(database: Database, *, until: datetime) -> tuple[tuple[int, int], ...]:
    """Return id and channel of what is to be brought up to date by a moment, oldest first."""
    rows = await database.read(
        """
        SELECT id, channel_id
        FROM deliveries
        WHERE refresh_at <= ? AND outcome = 'posted'
        ORDER BY refresh_at, id
        """,
        (to_text(until),),
    )
    return tuple((row["id"], row["channel_id"]) for row in rows)


async def part_refreshed(
    database: Database, delivery_id: int, part: int, *, content_hash: str
) -> None:
    """Write down what a part says since it was edited."""
    async with database.transaction() as writer:
        await writer.execute(
            "UPDATE delivery_parts SET content_hash = ? WHERE delivery_id = ? AND part = ?",
            (content_hash, delivery_id, part),
        )


async def refreshing_done(database: Database, delivery_id: int) -> None:
    """Write down that a delivery is not to be brought up to date any more."""
    async with database.transaction() as writer:
        await writer.execute("UPDATE deliveries SET refresh_at = NULL WHERE id = ?", (delivery_id,))
