"""Deliveries: what was posted, or is about to be, recorded before it is sent and after.

A schedule posts a coverage (a day, a week, a month) to its channel once; whoever plans it first is
the one to send it.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from storage import history
from storage.database import Database, Writer
from storage.messages import put as put_messages
from storage.records import (
    Delivery,
    DeliveryOutcome,
    NewEvent,
    Outcome,
    Part,
    PartState,
    Plan,
    Reason,
    Schedule,
    StoredMessage,
)
from storage.times import from_optional_text, from_text, to_text


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        id=row["id"],
        channel_id=row["channel_id"],
        schedule_id=row["schedule_id"],
        coverage=row["coverage"],
        serial=row["serial"],
        by_hand=bool(row["by_hand"]),
        plan=row["plan"],
        planned_at=from_text(row["planned_at"]),
        replan=bool(row["replan"]),
        completed_at=from_optional_text(row["completed_at"]),
        outcome=DeliveryOutcome(row["outcome"]) if row["outcome"] else None,
        parts=tuple(_part(values) for values in json.loads(row["parts"])),
    )


def _part(values: Sequence[Any]) -> Part:
    """Return a part from the array of its columns in the view."""
    (
        position,
        message_hash,
        mark,
        nonce,
        state,
        reason,
        reconciled_at,
        channel_id,
        message_id,
        sent_at,
        published_at,
    ) = values
    return Part(
        position,
        message_hash,
        mark,
        nonce,
        PartState(state),
        Reason(reason) if reason else None,
        from_optional_text(reconciled_at),
        channel_id,
        message_id,
        from_optional_text(sent_at),
        from_optional_text(published_at),
    )


async def get(database: Database, delivery_id: int) -> Delivery | None:
    """Return a delivery; `None` if there is none."""
    rows = await database.read("SELECT * FROM listed_deliveries WHERE id = ?", (delivery_id,))
    return _delivery(rows[0]) if rows else None


async def open_in(writer: Writer, schedule_id: int) -> tuple[Delivery, ...]:
    """Return a schedule's deliveries that are not completed, oldest first, in a transaction."""
    rows = await writer.execute_fetchall(
        "SELECT * FROM listed_deliveries"
        " WHERE schedule_id = ? AND completed_at IS NULL ORDER BY id",
        (schedule_id,),
    )
    return tuple(map(_delivery, rows))


async def open_ones(database: Database) -> tuple[Delivery, ...]:
    """Return all deliveries that are not completed, oldest first."""
    rows = await database.read(
        "SELECT * FROM listed_deliveries WHERE completed_at IS NULL ORDER BY id"
    )
    return tuple(map(_delivery, rows))


async def first_messages(database: Database, channel_id: int, *, except_of: int) -> frozenset[int]:
    """Return the ids of the first messages of a channel's deliveries, except that of one."""
    rows = await database.read(
        """
        SELECT message_id
        FROM deliveries
        JOIN parts ON parts.delivery_id = deliveries.id
        WHERE deliveries.channel_id = ? AND deliveries.id <> ?
            AND position = 1 AND message_id IS NOT NULL
        """,
        (channel_id, except_of),
    )
    return frozenset(message_id for (message_id,) in rows)


_LAST_SERIAL = """
SELECT max(serial) AS serial
FROM deliveries
WHERE channel_id = :channel AND coverage = :coverage AND (
    schedule_id = :schedule OR schedule_id IS NULL
    OR schedule_id IN (SELECT id FROM schedules WHERE deleted_at IS NOT NULL)
)
"""


async def is_posted(database: Database, schedule_id: int, channel_id: int, coverage: str) -> bool:
    """Return whether a schedule's channel has had a coverage, as `posted_before` counts it."""
    ((serial,),) = await database.read(
        _LAST_SERIAL, {"channel": channel_id, "coverage": coverage, "schedule": schedule_id}
    )
    return serial is not None


async def plan(
    writer: Writer,
    schedule: Schedule,
    wanted: Plan,
    *,
    at: datetime,
    again: bool = False,
) -> int | None:
    """Record what is about to be sent, in the caller's transaction.

    Args:
        writer: The transaction; a durable one.
        schedule: Which schedule sends it, to its channel.
        wanted: What is sent. Without messages the delivery is completed at once, and the history
            says so.
        at: Now, in any time zone.
        again: Whether it is sent although the channel has had it.

    Returns:
        The delivery's id; `None` if the channel has had the coverage.
    """
    ((serial,),) = await writer.execute_fetchall(
        _LAST_SERIAL,
        {
            "channel": schedule.settings.channel_id,
            "coverage": wanted.coverage,
            "schedule": schedule.id,
        },
    )
    if serial is not None and not again:
        return None
    cursor = await writer.execute(
        """
        INSERT INTO deliveries (
            schedule_id, channel_id, coverage, serial, by_hand, plan, planned_at, completed_at,
            outcome
        )
        VALUES (
            :schedule, :channel, :coverage, :serial, :by_hand, :plan, :at, :completed, :outcome
        )
        """,
        {
            "schedule": schedule.id,
            "channel": schedule.settings.channel_id,
            "coverage": wanted.coverage,
            "serial": 0 if serial is None else serial + 1,
            "by_hand": wanted.by_hand,
            "plan": wanted.json,
            "at": to_text(at),
            "completed": None if wanted.messages else to_text(at),
            "outcome": None if wanted.messages else DeliveryOutcome.NOTHING,
        },
    )
    delivery_id = cursor.lastrowid
    assert delivery_id is not None
    await put_messages(writer, wanted.messages, at=at)
    await _insert_parts(writer, delivery_id, wanted.parts)
    if not wanted.messages:
        event = NewEvent(
            Outcome.FILTERED_OUT, at, coverage=wanted.coverage, delivery_id=delivery_id
        )
        await history.write(writer, schedule, event)
    return delivery_id


async def replace_plan(
    writer: Writer,
    delivery: Delivery,
    wanted: Plan,
    *,
    channel_id: int,
    at: datetime,
) -> bool:
    """Replace the plan of a delivery of which nothing was sent, as its schedule is now.

    Args:
        writer: The transaction; a durable one.
        delivery: As it was read.
        wanted: What is sent instead, of the same coverage.
        channel_id: The channel that it goes to.
        at: Now, in any time zone.

    Returns:
        Whether it was replaced: not if the channel that it moves to has had the coverage, unless
        a person asked for it again.
    """
    serial = delivery.serial
    if channel_id != delivery.channel_id:
        ((last,),) = await writer.execute_fetchall(
            _LAST_SERIAL,
            {
                "channel": channel_id,
                "coverage": delivery.coverage,
                "schedule": delivery.schedule_id,
            },
        )
        if last is not None and delivery.serial == 0:
            return False
        serial = 0 if last is None else last + 1
    await writer.execute(
        "UPDATE deliveries SET channel_id = ?, serial = ?, plan = ?, planned_at = ?, replan = 0"
        " WHERE id = ?",
        (channel_id, serial, wanted.json, to_text(at), delivery.id),
    )
    await writer.execute("DELETE FROM parts WHERE delivery_id = ?", (delivery.id,))
    await put_messages(writer, wanted.messages, at=at)
    await _insert_parts(writer, delivery.id, wanted.parts)
    return True


async def _insert_parts(writer: Writer, delivery_id: int, parts: Sequence[Part]) -> None:
    await writer.executemany(
        "INSERT INTO parts (delivery_id, position, message_hash, mark, nonce, state)"
        " VALUES (?, ?, ?, ?, ?, 'planned')",
        [(delivery_id, part.position, part.message_hash, part.mark, part.nonce) for part in parts],
    )


async def mark_sent(
    writer: Writer,
    delivery_id: int,
    position: int,
    *,
    channel_id: int,
    message_id: int,
    at: datetime,
) -> None:
    """Record that a part was sent. Told again it changes nothing: the first message is kept."""
    await writer.execute(
        """
        UPDATE parts
        SET state = 'sent', channel_id = ?, message_id = ?, sent_at = ?
        WHERE delivery_id = ? AND position = ? AND state = 'planned'
        """,
        (channel_id, message_id, to_text(at), delivery_id, position),
    )


async def mark_skipped(writer: Writer, delivery_id: int, position: int, *, reason: Reason) -> None:
    """Record that a part is not sent any more, and why."""
    await writer.execute(
        "UPDATE parts SET state = 'skipped', reason = ?"
        " WHERE delivery_id = ? AND position = ? AND state = 'planned'",
        (reason, delivery_id, position),
    )


async def mark_reconciled(writer: Writer, delivery_id: int, *, at: datetime) -> None:
    """Record when a delivery's channel was searched for its parts."""
    await writer.execute(
        "UPDATE parts SET reconciled_at = ? WHERE delivery_id = ? AND state = 'planned'",
        (to_text(at), delivery_id),
    )


async def set_message(
    writer: Writer, delivery_id: int, position: int, message: StoredMessage, *, at: datetime
) -> None:
    """Record that a part has another message than was planned."""
    await put_messages(writer, (message,), at=at)
    await writer.execute(
        "UPDATE parts SET message_hash = ? WHERE delivery_id = ? AND position = ?",
        (message.hash, delivery_id, position),
    )


async def set_message_hash(
    writer: Writer, delivery_id: int, position: int, message_hash: str
) -> None:
    """Record what a part's message says since it was edited."""
    await writer.execute(
        "UPDATE parts SET message_hash = ? WHERE delivery_id = ? AND position = ?",
        (message_hash, delivery_id, position),
    )


async def mark_published(writer: Writer, delivery_id: int, position: int, *, at: datetime) -> None:
    """Record that a part was published to the servers that follow its channel."""
    await writer.execute(
        "UPDATE parts SET published_at = coalesce(published_at, ?)"
        " WHERE delivery_id = ? AND position = ?",
        (to_text(at), delivery_id, position),
    )


async def complete(
    writer: Writer,
    delivery: Delivery,
    schedule: Schedule,
    outcome: DeliveryOutcome,
    *,
    at: datetime,
    reason: Reason | None = None,
) -> None:
    """Record how a delivery ended, in the history as well; a completed one stays as it is.

    Args:
        writer: The transaction.
        delivery: Which.
        schedule: Whose it is.
        outcome: How it ended.
        at: Now, in any time zone.
        reason: Why; `SCHEDULED` or `BY_HAND` if it was posted.
    """
    cursor = await writer.execute(
        "UPDATE deliveries SET completed_at = ?, outcome = ? WHERE id = ? AND completed_at IS NULL",
        (to_text(at), outcome, delivery.id),
    )
    if not cursor.rowcount:
        return
    await writer.execute(
        "UPDATE parts SET state = 'skipped', reason = ?"
        " WHERE delivery_id = ? AND state = 'planned'",
        (reason or Reason.UNKNOWN, delivery.id),
    )
    event = NewEvent(
        Outcome(outcome.value),
        at,
        reason=reason or (Reason.BY_HAND if delivery.by_hand else Reason.SCHEDULED),
        coverage=delivery.coverage,
        delivery_id=delivery.id,
        channel_id=delivery.channel_id,
    )
    await history.write(writer, schedule, event)
    if outcome is DeliveryOutcome.POSTED:
        await writer.execute(
            "UPDATE schedules SET notified = NULL WHERE id = ? AND notified IS NOT NULL",
            (schedule.id,),
        )
