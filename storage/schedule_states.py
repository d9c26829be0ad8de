"""The state of schedules: what they last posted, and whether they are paused.

All functions are called in the transaction of what the change of the state belongs to.
"""

from datetime import date, datetime

from storage import history, jobs
from storage.database import Writer
from storage.records import NewEvent, Outcome, Reason, Schedule
from storage.schedules import NextJob, schedule_from_row
from storage.times import to_optional_text, to_text


async def claim(writer: Writer, schedule: Schedule, *, day: date, due: datetime) -> Schedule | None:
    """Record that a schedule has had an occurrence, in the transaction of what came of it.

    Args:
        writer: The transaction.
        schedule: As it was read.
        day: The local day that the occurrence is for.
        due: When it was due; any time zone.

    Returns:
        The schedule as it is then; `None` if it was edited, paused or deleted since it was read,
        or has had the occurrence or a later one.
    """
    rows = list(
        await writer.execute_fetchall(
            """
            UPDATE schedules
            SET last_day = :day, last_due = :due
            WHERE id = :id AND version = :version AND deleted_at IS NULL AND paused_at IS NULL
                AND (last_day IS NULL OR last_day < :day)
            RETURNING *
            """,
            {
                "id": schedule.id,
                "version": schedule.version,
                "day": day.isoformat(),
                "due": to_text(due),
            },
        )
    )
    return schedule_from_row(rows[0]) if rows else None


async def is_current(writer: Writer, schedule: Schedule) -> bool:
    """Return whether a schedule is as it was read: not edited, paused, resumed or deleted since."""
    rows = await writer.execute_fetchall(
        "SELECT 1 FROM schedules"
        " WHERE id = ? AND version = ? AND paused_at IS ? AND deleted_at IS NULL",
        (schedule.id, schedule.version, to_optional_text(schedule.paused_at)),
    )
    return bool(list(rows))


async def pause(
    writer: Writer,
    schedule_id: int,
    *,
    reason: Reason,
    at: datetime,
    actor_id: int | None = None,
) -> Schedule | None:
    """Pause a schedule, and write that into the history.

    A pause that a person asks for replaces one that the bot has made; not the other way round.

    Args:
        writer: The transaction.
        schedule_id: Which.
        reason: Why; `PAUSED_BY_PERSON` if a person wants it.
        at: Now, in any time zone.
        actor_id: The Discord user who asked for it.

    Returns:
        The schedule as it is then; `None` if there is none, or it was paused like this before.
    """
    rows = list(
        await writer.execute_fetchall(
            """
            UPDATE schedules
            SET paused_at = :at, paused_reason = :reason
            WHERE id = :id AND deleted_at IS NULL AND (
                paused_at IS NULL OR (paused_reason <> :reason AND paused_reason <> :by_person)
            )
            RETURNING *
            """,
            {
                "id": schedule_id,
                "at": to_text(at),
                "reason": reason,
                "by_person": Reason.PAUSED_BY_PERSON,
            },
        )
    )
    if not rows:
        return None
    schedule = schedule_from_row(rows[0])
    await jobs.remove(writer, f"recheck:{schedule_id}")
    event = NewEvent(Outcome.PAUSED, at, reason=reason, actor_id=actor_id)
    await history.write(writer, schedule, event)
    return schedule


async def resume(
    writer: Writer,
    schedule_id: int,
    *,
    at: datetime,
    next_job: NextJob,
    actor_id: int | None = None,
    is_bot_pause_only: bool = False,
) -> Schedule | None:
    """Let a paused schedule post again, and write that into the history.

    What was due while a person had it paused was not missed; what was due while the bot had paused
    it was.

    Args:
        writer: The transaction.
        schedule_id: Which.
        at: Now, in any time zone.
        next_job: See `NextJob`.
        actor_id: The Discord user who asked for it.
        is_bot_pause_only: Whether one that a person has paused stays paused.

    Returns:
        The schedule as it is then; `None` if there is none, or it stays as it was.
    """
    before = list(
        await writer.execute_fetchall(
            "SELECT paused_reason FROM schedules"
            " WHERE id = ? AND paused_at IS NOT NULL AND deleted_at IS NULL",
            (schedule_id,),
        )
    )
    if not before or (is_bot_pause_only and before[0]["paused_reason"] == Reason.PAUSED_BY_PERSON):
        return None
    (row,) = await writer.execute_fetchall(
        """
        UPDATE schedules
        SET
            timed_at = iif(paused_reason = :by_person, :at, timed_at),
            paused_at = NULL,
            paused_reason = NULL
        WHERE id = :id
        RETURNING *
        """,
        {"id": schedule_id, "at": to_text(at), "by_person": Reason.PAUSED_BY_PERSON},
    )
    schedule = schedule_from_row(row)
    await jobs.remove(writer, f"recheck:{schedule_id}")
    await jobs.put(writer, next_job(schedule))
    reason = Reason(before[0]["paused_reason"])
    event = NewEvent(Outcome.RESUMED, at, reason=reason, actor_id=actor_id)
    await history.write(writer, schedule, event)
    return schedule


async def set_notified(writer: Writer, schedule_id: int, reason: Reason | None) -> bool:
    """Record what a schedule's creator is told; `None` for nothing any more.

    Returns:
        Whether it is something else than they were told last.
    """
    cursor = await writer.execute(
        "UPDATE schedules SET notified = :reason WHERE id = :id AND notified IS NOT :reason",
        {"id": schedule_id, "reason": reason},
    )
    return cursor.rowcount > 0
