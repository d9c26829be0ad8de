"""Deletion of schedules: marked first, so that it can be undone, and for good later."""

from datetime import datetime

from storage import deliveries, jobs, usage
from storage.database import Database, Writer
from storage.records import DeliveryOutcome, Job, Reason, Schedule, ScheduleRestore, Usage
from storage.schedule_limits import Limits, check_channel, check_server
from storage.schedules import NextJob, check_same, schedule_from_row
from storage.times import to_text


async def delete(
    database: Database, schedule_id: int, *, guild_id: int, at: datetime, purge: Job
) -> bool:
    """Mark a schedule as deleted; it posts nothing more, and can be restored until it is purged.

    Args:
        database: Where it is.
        schedule_id: Which.
        guild_id: The server whose schedule it must be.
        at: Now, in any time zone.
        purge: The job that removes it for good.

    Returns:
        Whether the server had it.
    """
    async with database.transaction(durable=True) as writer:
        cursor = await writer.execute(
            "UPDATE schedules SET deleted_at = ? WHERE id = ? AND guild_id = ?"
            " AND deleted_at IS NULL",
            (to_text(at), schedule_id, guild_id),
        )
        if not cursor.rowcount:
            return False
        await writer.execute(
            """
            DELETE FROM jobs
            WHERE schedule_id = ? AND (delivery_id IS NULL OR kind = 'delivery')
            """,
            (schedule_id,),
        )
        await jobs.put(writer, purge)
    return True


async def restore(
    database: Database,
    wanted: ScheduleRestore,
    *,
    at: datetime,
    next_job: NextJob,
    limits: Limits | None = None,
) -> Schedule | None:
    """Undo the deletion of a schedule; occurrences in between were not missed.

    Args:
        database: Where it is.
        wanted: Which schedule.
        at: Now, in any time zone.
        next_job: See `NextJob`.
        limits: How many schedules there may be, this one included; `None` for any number.

    Returns:
        `None` if the server has no deleted schedule with this id, or no longer.

    Raises:
        TooManySchedulesError: The server or the channel has as many others by now.
        SameScheduleError: Another one posts the same papers there, and `wanted` may not repeat
            them.
    """
    schedule_id, guild_id = wanted.schedule_id, wanted.guild_id
    async with database.transaction(durable=True) as writer:
        deleted = await writer.execute_fetchall(
            "SELECT * FROM schedules WHERE id = ? AND guild_id = ? AND deleted_at IS NOT NULL",
            (schedule_id, guild_id),
        )
        for settings in (schedule_from_row(row).settings for row in deleted):
            if limits is not None:
                await check_server(writer, guild_id, limits)
                await check_channel(writer, settings.channel_id, limits)
            if not wanted.may_repeat:
                await check_same(writer, guild_id, settings)
        rows = list(
            await writer.execute_fetchall(
                """
                UPDATE schedules SET deleted_at = NULL, timed_at = :at, version = version + 1
                WHERE id = :id AND guild_id = :guild AND deleted_at IS NOT NULL
                RETURNING *
                """,
                {"id": schedule_id, "guild": guild_id, "at": to_text(at)},
            )
        )
        if not rows:
            return None
        schedule = schedule_from_row(rows[0])
        await jobs.remove(writer, f"purge:{schedule_id}")
        await jobs.put(writer, next_job(schedule))
    return schedule


async def purge(writer: Writer, schedule_id: int, *, at: datetime) -> None:
    """Remove a deleted schedule for good; what it has posted stays in the history.

    Its deliveries that are not complete are given up. A schedule that was restored stays.
    """
    rows = list(
        await writer.execute_fetchall(
            "SELECT * FROM schedules WHERE id = ? AND deleted_at IS NOT NULL", (schedule_id,)
        )
    )
    if not rows:
        return
    schedule = schedule_from_row(rows[0])
    for delivery in await deliveries.open_in(writer, schedule_id):
        await deliveries.complete(
            writer, delivery, schedule, DeliveryOutcome.GIVEN_UP, at=at, reason=Reason.DELETED
        )
    await writer.execute("DELETE FROM schedules WHERE id = ?", (schedule_id,))
    if schedule.deleted_at is not None and schedule.deleted_at - schedule.created_at <= usage.EARLY:
        early = Usage(deleted_early=1)
        await usage.count(writer, schedule.guild_id, early, at=schedule.deleted_at)
