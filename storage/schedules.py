"""Schedules: which channel gets what and when, whether it may, and when it last had its turn."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final

from storage import history
from storage.database import Database, Writer, fits
from storage.records import Layout, NewSchedule, Outcome, Schedule, Span
from storage.times import from_optional_text, from_text, to_text

ASKED: Final = "asked"
"""The reason of a pause that a person asked for."""

_OPTIONS: Final = tuple(field.name for field in fields(NewSchedule))
_COLUMNS: Final = ", ".join(_OPTIONS)
_VALUES: Final = ", ".join(f":{name}" for name in _OPTIONS)
_SETTINGS: Final = ", ".join(
    f"{name} = :{name}" for name in _OPTIONS if name not in ("guild_id", "created_by")
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many schedules there may be."""

    per_server: int = 25
    per_channel: int = 10


class Scope(StrEnum):
    """What a limit of schedules counts in."""

    SERVER = "server"
    CHANNEL = "channel"


class TooManySchedulesError(Exception):
    """A server or a channel already has as many schedules as it may have."""

    def __init__(self, scope: Scope, limit: int) -> None:
        super().__init__(f"a {scope} can have {limit} schedules")
        self.scope = scope
        self.limit = limit


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
        period=Span(row["period"]),
        layout=Layout(row["layout"]),
        days=row["days"],
        min_votes=row["min_votes"],
        include=row["include"],
        exclude=row["exclude"],
        mention=row["mention"],
        silent=bool(row["silent"]),
        publish=bool(row["publish"]),
        refresh=bool(row["refresh"]),
        catch_up=row["catch_up"],
        timed_at=from_optional_text(row["timed_at"]),
        paused_at=from_optional_text(row["paused_at"]),
        paused_reason=row["paused_reason"],
        last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
        last_due=from_optional_text(row["last_due"]),
        waiting_until=from_optional_text(row["waiting_until"]),
        quiet_days=row["quiet_days"],
        told=row["told"],
    )


def _values(wanted: NewSchedule) -> Mapping[str, Any]:
    return {name: getattr(wanted, name) for name in _OPTIONS} | {
        "time": wanted.time.strftime("%H:%M")
    }


async def _check_channel(writer: Writer, channel_id: int, limits: Limits) -> None:
    """Check that one more schedule fits into a channel, in the transaction that adds it.

    Raises:
        TooManySchedulesError: It doesn't.
    """
    ((count,),) = await writer.execute_fetchall(
        "SELECT count(*) FROM schedules WHERE channel_id = ?", (channel_id,)
    )
    if count >= limits.per_channel:
        raise TooManySchedulesError(Scope.CHANNEL, limits.per_channel)


async def add(
    database: Database, new: NewSchedule, *, at: datetime, limits: Limits | None = None
) -> Schedule:
    """Keep a schedule, and return it as it is kept.

    Args:
        database: Where to.
        new: What is wanted. Its time is kept to the minute.
        at: When it was made; any time zone.
        limits: How many schedules there may be; `None` for any number.

    Raises:
        TooManySchedulesError: The server or the channel has as many already.
    """
    async with database.transaction(durable=True) as writer:
        if limits is not None:
            ((count,),) = await writer.execute_fetchall(
                "SELECT count(*) FROM schedules WHERE guild_id = ?", (new.guild_id,)
            )
            if count >= limits.per_server:
                raise TooManySchedulesError(Scope.SERVER, limits.per_server)
            await _check_channel(writer, new.channel_id, limits)
        rows = await writer.execute_fetchall(
            f"INSERT INTO schedules ({_COLUMNS}, created_at) VALUES ({_VALUES}, :at) RETURNING *",  # noqa: S608 - names of fields
            {**_values(new), "at": to_text(at)},
        )
    (row,) = rows
    return _schedule(row)


async def change(
    database: Database, wanted: Schedule, *, at: datetime, limits: Limits | None = None
) -> Schedule | None:
    """Keep all options of a schedule as they are in `wanted`, and return it as it is now.

    Its server and its maker stay. Where its time, zone, days or period differ, they count from
    now on: what they would have brought earlier was not missed.

    Args:
        database: Where to.
        wanted: The schedule with its new options.
        at: When it was changed; any time zone.
        limits: How many schedules there may be, for one that moves to another channel; `None` for
            any number.

    Returns:
        `None` where its server has no such schedule any more.

    Raises:
        TooManySchedulesError: It would move to a channel that has as many already.
    """
    async with database.transaction(durable=True) as writer:
        moves = await writer.execute_fetchall(
            "SELECT 1 FROM schedules WHERE id = ? AND guild_id = ? AND channel_id <> ?",
            (wanted.id, wanted.guild_id, wanted.channel_id),
        )
        if limits is not None and moves:
            await _check_channel(writer, wanted.channel_id, limits)
        rows = list(
            await writer.execute_fetchall(
                f"""
                UPDATE schedules
                SET
                    {_SETTINGS},
                    timed_at = iif(
                        (time, timezone, days, period) = (:time, :timezone, :days, :period),
                        timed_at,
                        :at
                    )
                WHERE id = :id AND guild_id = :guild_id
                RETURNING *
                """,  # noqa: S608 - names of fields
                {**_values(wanted), "at": to_text(at), "id": wanted.id},
            )
        )
    return _schedule(rows[0]) if rows else None


async def get(database: Database, schedule_id: int) -> Schedule | None:
    """Return a schedule; `None` where there is none, or no longer."""
    if not fits(schedule_id):
        return None
    rows = await database.read("SELECT * FROM schedules WHERE id = ?", (schedule_id,))
    return _schedule(rows[0]) if rows else None


async def of_guild(database: Database, guild_id: int) -> tuple[Schedule, ...]:
    """Return the schedules of a server, oldest first."""
    rows = await database.read(
        "SELECT * FROM schedules WHERE guild_id = ? ORDER BY id", (guild_id,)
    )
    return tuple(map(_schedule, rows))


async def of_channel(database: Database, channel_id: int) -> tuple[Schedule, ...]:
    """Return the schedules of a channel, oldest first."""
    rows = await database.read(
        "SELECT * FROM schedules WHERE channel_id = ? ORDER BY id", (channel_id,)
    )
    return tuple(map(_schedule, rows))


async def all_of_them(database: Database) -> tuple[Schedule, ...]:
    """Return all schedules, oldest first."""
    return tuple(map(_schedule, await database.read("SELECT * FROM schedules ORDER BY id")))


async def waiting(database: Database) -> tuple[Schedule, ...]:
    """Return the schedules that wait for something new."""
    rows = await database.read(
        "SELECT * FROM schedules WHERE waiting_until IS NOT NULL ORDER BY id"
    )
    return tuple(map(_schedule, rows))


async def paused(database: Database) -> tuple[Schedule, ...]:
    """Return the schedules that are paused, for whatever reason."""
    rows = await database.read("SELECT * FROM schedules WHERE paused_at IS NOT NULL ORDER BY id")
    return tuple(map(_schedule, rows))


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


async def take_turn(
    database: Database,
    schedule: Schedule,
    *,
    day: date,
    due: datetime,
    waiting_until: datetime | None,
) -> bool:
    """Write down that a schedule has its turn for a day.

    Args:
        database: Where to.
        schedule: Which.
        day: The local day that its turn is for.
        due: When it was due; any time zone.
        waiting_until: How long to wait for something new; `None` where there is no waiting.

    Returns:
        Whether it had no turn for that day, or a later one, before.
    """
    async with database.transaction() as writer:
        cursor = await writer.execute(
            """
            UPDATE schedules
            SET last_day = :day, last_due = :due, waiting_until = :until
            WHERE id = :id AND (last_day IS NULL OR last_day < :day)
            """,
            {
                "id": schedule.id,
                "day": day.isoformat(),
                "due": to_text(due),
                "until": to_text(waiting_until) if waiting_until else None,
            },
        )
    return cursor.rowcount > 0


async def give_turn_back(database: Database, schedule: Schedule, *, day: date) -> None:
    """Write down that a turn could not be had, so that it is open again.

    Args:
        database: Where to.
        schedule: As it was before it took the turn, or while it waited in it.
        day: Of the turn.
    """
    before = schedule.last_day if schedule.last_day != day else None
    last_due = schedule.last_due if before else None
    async with database.transaction() as writer:
        await writer.execute(
            """
            UPDATE schedules
            SET last_day = :before, last_due = :due, waiting_until = NULL
            WHERE id = :id AND last_day = :day
            """,
            {
                "before": before.isoformat() if before else None,
                "due": to_text(last_due) if last_due else None,
                "id": schedule.id,
                "day": day.isoformat(),
            },
        )


async def end_turn(
    database: Database,
    schedule: Schedule,
    outcome: Outcome,
    *,
    at: datetime,
    detail: str | None = None,
    is_quiet: bool = False,
) -> int:
    """Write down that a turn brought no post, and why; it waits no longer.

    Args:
        database: Where to.
        schedule: Which.
        outcome: What came of it.
        at: When; any time zone.
        detail: The reason, where there is one.
        is_quiet: Whether it counts as a day without anything new.

    Returns:
        How many such days there were in a row.
    """
    async with database.transaction() as writer:
        rows = list(
            await writer.execute_fetchall(
                """
                UPDATE schedules
                SET waiting_until = NULL, quiet_days = quiet_days + ?
                WHERE id = ?
                RETURNING quiet_days
                """,
                (int(is_quiet), schedule.id),
            )
        )
        if not rows:
            return 0
        await history.write(writer, schedule, outcome, at=at, detail=detail)
    return int(rows[0]["quiet_days"])


async def pause(
    database: Database, schedule_id: int, *, reason: str, at: datetime
) -> Schedule | None:
    """Let a schedule post nothing until it is resumed.

    A pause that a person asks for takes the place of one that something in the way has made; not
    the other way round.

    Returns:
        The schedule as it is now; `None` where it is not there, or was paused so before.
    """
    async with database.transaction(durable=True) as writer:
        rows = list(
            await writer.execute_fetchall(
                """
                UPDATE schedules
                SET paused_at = :at, paused_reason = :reason, waiting_until = NULL
                WHERE id = :id AND (
                    paused_at IS NULL OR (paused_reason <> :reason AND paused_reason <> :asked)
                )
                RETURNING *
                """,
                {"id": schedule_id, "at": to_text(at), "reason": reason, "asked": ASKED},
            )
        )
        if not rows:
            return None
        schedule = _schedule(rows[0])
        await history.write(writer, schedule, Outcome.PAUSED, at=at, detail=reason)
    return schedule


async def resume(database: Database, schedule_id: int, *, at: datetime) -> Schedule | None:
    """Let a paused schedule post again.

    What came due while a person had it paused was not missed; what came due while something was
    in the way was.

    Returns:
        The schedule as it is now; `None` where it is not there or was not paused.
    """
    async with database.transaction(durable=True) as writer:
        before = list(
            await writer.execute_fetchall(
                "SELECT paused_reason FROM schedules WHERE id = ? AND paused_at IS NOT NULL",
                (schedule_id,),
            )
        )
        if not before:
            return None
        (row,) = await writer.execute_fetchall(
            """
            UPDATE schedules
            SET
                timed_at = iif(paused_reason = :asked, :at, timed_at),
                paused_at = NULL,
                paused_reason = NULL
            WHERE id = :id
            RETURNING *
            """,
            {"id": schedule_id, "at": to_text(at), "asked": ASKED},
        )
        schedule = _schedule(row)
        detail = before[0]["paused_reason"]
        await history.write(writer, schedule, Outcome.RESUMED, at=at, detail=detail)
    return schedule


async def tell(database: Database, schedule_id: int, what: str) -> bool:
    """Note that a schedule's maker is told something.

    Returns:
        Whether it was not what they were told last.
    """
    async with database.transaction(durable=True) as writer:
        cursor = await writer.execute(
            "UPDATE schedules SET told = :what WHERE id = :id AND told IS NOT :what",
            {"id": schedule_id, "what": what},
        )
    return cursor.rowcount > 0
