"""Schedules: which channel gets what and when.

Every change of a schedule's times writes the job of its next occurrence in the same transaction.
Storage knows no time zones' rules, so callers hand in a function that makes that job.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, time
from typing import Any, Final, TypeAlias

from storage import guilds, jobs, setup_drafts
from storage.database import Database, Writer
from storage.guilds import GuildDefaults
from storage.integers import fits
from storage.records import (
    Frequency,
    Job,
    Layout,
    NewSchedule,
    Reason,
    Schedule,
    ScheduleEdit,
    ScheduleSettings,
)
from storage.schedule_limits import Limits, check_channel, check_server
from storage.times import from_optional_text, from_text, to_text

NextJob: TypeAlias = Callable[[Schedule], Job]
"""Returns the job of a schedule's next occurrence."""

_OPTIONS: Final = tuple(field.name for field in fields(ScheduleSettings))
_COLUMNS: Final = ", ".join(_OPTIONS)
_VALUES: Final = ", ".join(f":{name}" for name in _OPTIONS)
_ASSIGNMENTS: Final = ", ".join(f"{name} = :{name}" for name in _OPTIONS)
_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "time": time.fromisoformat,
    "period": Frequency,
    "layout": Layout,
    "silent": bool,
    "publish": bool,
    "refresh": bool,
}


def _same(value: Any) -> Any:  # noqa: ANN401 - any column
    return value


def schedule_from_row(row: sqlite3.Row) -> Schedule:
    """Return the schedule of a row of the table."""
    settings = {name: _READERS.get(name, _same)(row[name]) for name in _OPTIONS}
    return Schedule(
        id=row["id"],
        guild_id=row["guild_id"],
        created_by=row["created_by"],
        created_at=from_text(row["created_at"]),
        settings=ScheduleSettings(**settings),
        version=row["version"],
        timed_at=from_optional_text(row["timed_at"]),
        last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
        last_due=from_optional_text(row["last_due"]),
        paused_at=from_optional_text(row["paused_at"]),
        paused_reason=Reason(row["paused_reason"]) if row["paused_reason"] else None,
        notified=Reason(row["notified"]) if row["notified"] else None,
        deleted_at=from_optional_text(row["deleted_at"]),
    )


def _values(settings: ScheduleSettings) -> dict[str, Any]:
    values = {name: getattr(settings, name) for name in _OPTIONS}
    return values | {"time": settings.time.strftime("%H:%M")}


async def add(
    database: Database,
    new: NewSchedule,
    *,
    at: datetime,
    next_job: NextJob,
    limits: Limits | None = None,
) -> Schedule:
    """Store a new schedule with the job of its first occurrence, and return it.

    Its time zone and language are remembered for the server's next ones.

    Args:
        database: Where to.
        new: The schedule. Its time of day is kept to the minute.
        at: Now, in any time zone.
        next_job: See `NextJob`.
        limits: How many schedules there may be; `None` for any number.

    Raises:
        TooManySchedulesError: The server or the channel has as many already.
        SameScheduleError: Another one posts the same papers there, and `new` may not repeat them.
        DraftGoneError: Its draft is gone.
    """
    async with database.transaction(durable=True) as writer:
        if new.draft_id is not None:
            await setup_drafts.take(writer, new.draft_id)
        if limits is not None:
            await check_server(writer, new.guild_id, limits)
            await check_channel(writer, new.settings.channel_id, limits)
        if not new.may_repeat:
            await check_same(writer, new.guild_id, new.settings)
        rows = await writer.execute_fetchall(
            f"""
            INSERT INTO schedules (guild_id, created_by, created_at, {_COLUMNS})
            VALUES (:guild, :by, :at, {_VALUES})
            RETURNING *
            """,  # noqa: S608 - names of fields
            {
                **_values(new.settings),
                "guild": new.guild_id,
                "by": new.created_by,
                "at": to_text(at),
            },
        )
        (row,) = rows
        schedule = schedule_from_row(row)
        await jobs.put(writer, next_job(schedule))
        chosen = GuildDefaults(new.settings.timezone, new.settings.language)
        await guilds.remember(writer, new.guild_id, chosen)
    return schedule


class SameScheduleError(Exception):
    """A channel gets the same papers by another schedule."""

    def __init__(self, schedule: Schedule) -> None:
        super().__init__(f"schedule {schedule.id} posts the same papers to the same channel")
        self.schedule = schedule


async def check_same(
    writer: Writer, guild_id: int, settings: ScheduleSettings, *, edited: int | None = None
) -> None:
    """Check that no schedule of a server posts the same papers to the same channel.

    Args:
        writer: The transaction.
        guild_id: The server.
        settings: What shall be posted, and where.
        edited: The schedule that gets these settings; it is checked only if it posts other papers
            so far, or to another channel. `None` for a new or restored one.

    Raises:
        SameScheduleError: One does.
    """
    rows = await writer.execute_fetchall(
        """
        SELECT * FROM schedules
        WHERE guild_id = :guild AND channel_id = :channel_id AND deleted_at IS NULL
            AND period = :period AND include = :include AND exclude = :exclude
            AND min_votes IS :min_votes
        ORDER BY id
        """,
        _values(settings) | {"guild": guild_id},
    )
    if any(row["id"] == edited for row in rows):
        return
    for row in rows:
        raise SameScheduleError(schedule_from_row(row))


async def change(
    database: Database,
    edit: ScheduleEdit,
    *,
    at: datetime,
    next_job: NextJob,
    limits: Limits | None = None,
) -> Schedule | None:
    """Replace a schedule's settings, and return the schedule as it is then.

    Where time, zone, days or period differ, occurrences count from now on: what the new times
    would have brought earlier was not missed. Open deliveries are marked to be planned anew.

    Args:
        database: Where it is.
        edit: Which schedule, and its new settings.
        at: Now, in any time zone.
        next_job: See `NextJob`.
        limits: How many schedules there may be, for one that moves to another channel; `None` for
            any number.

    Returns:
        `None` if the server has no such schedule any more, or not of the edit's version.

    Raises:
        TooManySchedulesError: It would move to a channel that has as many already.
        SameScheduleError: Another one posts the same papers there, and `edit` may not repeat them.
        DraftGoneError: Its draft is gone.
    """
    settings = edit.settings
    async with database.transaction(durable=True) as writer:
        moves = await writer.execute_fetchall(
            "SELECT 1 FROM schedules WHERE id = ? AND guild_id = ? AND channel_id <> ?",
            (edit.schedule_id, edit.guild_id, settings.channel_id),
        )
        if limits is not None and moves:
            await check_channel(writer, settings.channel_id, limits)
        if not edit.may_repeat:
            await check_same(writer, edit.guild_id, settings, edited=edit.schedule_id)
        rows = list(
            await writer.execute_fetchall(
                f"""
                UPDATE schedules
                SET
                    {_ASSIGNMENTS},
                    version = version + 1,
                    timed_at = iif(
                        (time, timezone, days, period) = (:time, :timezone, :days, :period),
                        timed_at,
                        :at
                    )
                WHERE id = :id AND guild_id = :guild AND deleted_at IS NULL
                    AND version = coalesce(:version, version)
                RETURNING *
                """,  # noqa: S608 - names of fields
                {
                    **_values(settings),
                    "version": edit.version,
                    "at": to_text(at),
                    "id": edit.schedule_id,
                    "guild": edit.guild_id,
                },
            )
        )
        if not rows:
            return None
        schedule = schedule_from_row(rows[0])
        if edit.draft_id is not None:
            await setup_drafts.take(writer, edit.draft_id)
        await writer.execute(
            "UPDATE deliveries SET replan = 1 WHERE schedule_id = ? AND completed_at IS NULL",
            (edit.schedule_id,),
        )
        job = next_job(schedule)
        last = await jobs.get_in(writer, job.key)
        if last is not None and last.run_at == job.run_at:
            job = replace(job, payload=last.payload)  # what is known of the same occurrence
        await jobs.put(writer, job)
    return schedule


async def get(
    database: Database, schedule_id: int, *, include_deleted: bool = False
) -> Schedule | None:
    """Return a schedule; `None` if there is none.

    Args:
        database: Where it is.
        schedule_id: Which.
        include_deleted: Whether to return it also if it was deleted and can still be restored.
    """
    if not fits(schedule_id):
        return None
    rows = await database.read(
        "SELECT * FROM schedules WHERE id = ? AND (deleted_at IS NULL OR ?)",
        (schedule_id, include_deleted),
    )
    return schedule_from_row(rows[0]) if rows else None


async def of_guild(database: Database, guild_id: int) -> tuple[Schedule, ...]:
    """Return the schedules of a server, oldest first."""
    rows = await database.read(
        "SELECT * FROM schedules WHERE guild_id = ? AND deleted_at IS NULL ORDER BY id",
        (guild_id,),
    )
    return tuple(map(schedule_from_row, rows))


async def every(database: Database) -> tuple[Schedule, ...]:
    """Return all schedules that were not deleted, oldest first."""
    rows = await database.read("SELECT * FROM schedules WHERE deleted_at IS NULL ORDER BY id")
    return tuple(map(schedule_from_row, rows))


async def count(database: Database) -> int:
    """Return how many schedules there are, without deleted ones."""
    ((schedules,),) = await database.read("SELECT count(*) FROM schedules WHERE deleted_at IS NULL")
    return int(schedules)
