"""History: what came of each occurrence of a schedule, for people to read."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from storage.database import Database, Writer
from storage.integers import fits
from storage.records import Event, Job, NewEvent, Outcome, Reason, Schedule
from storage.times import from_text, to_text


def _event(row: sqlite3.Row) -> Event:
    return Event(
        at=from_text(row["at"]),
        schedule_id=row["schedule_id"],
        channel_id=row["channel_id"],
        outcome=Outcome(row["outcome"]),
        reason=_reason(row["reason"]),
        coverage=row["coverage"],
        messages=tuple((channel, message) for channel, message in json.loads(row["messages"])),
        actor_id=row["actor_id"],
    )


def _reason(text: str | None) -> Reason | None:
    """Return a stored reason; one that this version doesn't know is an internal matter."""
    if text is None:
        return None
    try:
        return Reason(text)
    except ValueError:
        return Reason.INTERNAL


async def write(writer: Writer, schedule: Schedule, event: NewEvent) -> None:
    """Write a line about a schedule, in the transaction of the change that it describes."""
    await writer.execute(
        """
        INSERT INTO history (
            at, guild_id, schedule_id, channel_id, outcome, reason, coverage, delivery_id, actor_id
        )
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            to_text(event.at),
            schedule.guild_id,
            schedule.id,
            schedule.settings.channel_id if event.channel_id is None else event.channel_id,
            event.outcome,
            event.reason,
            event.coverage,
            event.delivery_id,
            event.actor_id,
        ),
    )


_FIRST_FAILURE: Final = """
SELECT min(at)
FROM history
WHERE schedule_id = :schedule AND outcome = :failed
    AND (delivery_id = :delivery OR (delivery_id IS NULL AND at >= :due))
"""


def _failures_of(job: Job) -> dict[str, object]:
    """Return the parameters for the failures of a post by its job.

    Those from before it was due were failures of other posts.
    """
    return {
        "schedule": job.schedule_id,
        "failed": Outcome.FAILED,
        "delivery": job.delivery_id,
        "due": to_text(job.run_at),
    }


async def first_failure(writer: Writer, job: Job) -> datetime | None:
    """Return when the post of a job first failed, in UTC, in a transaction; `None` if never."""
    ((at,),) = await writer.execute_fetchall(_FIRST_FAILURE, _failures_of(job))
    return from_text(at) if at else None


async def has_failed(database: Database, job: Job) -> bool:
    """Return whether the post of a job has failed because of an internal error."""
    ((at,),) = await database.read(_FIRST_FAILURE, _failures_of(job))
    return at is not None


async def pauses(writer: Writer, schedule: Schedule) -> tuple[Reason | None, ...]:
    """Return why a schedule was paused since it last posted, or since a person resumed it.

    Only pauses with its channel of now, oldest first, in a transaction.
    """
    rows = await writer.execute_fetchall(
        """
        SELECT reason
        FROM history
        WHERE schedule_id = :schedule AND channel_id = :channel AND outcome = :paused AND id > (
            SELECT coalesce(max(id), 0)
            FROM history
            WHERE schedule_id = :schedule
                AND (outcome = :posted OR (outcome = :resumed AND actor_id IS NOT NULL))
        )
        ORDER BY id
        """,
        {
            "schedule": schedule.id,
            "channel": schedule.settings.channel_id,
            "paused": Outcome.PAUSED,
            "posted": Outcome.POSTED,
            "resumed": Outcome.RESUMED,
        },
    )
    return tuple(_reason(reason) for (reason,) in rows)


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
                    FROM parts
                    WHERE delivery_id = history.delivery_id AND message_id IS NOT NULL
                    ORDER BY position
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


async def pausers(database: Database, paused: Iterable[Schedule]) -> dict[int, int]:
    """Return which user paused which schedule, by the ids of those that a person has paused.

    A person who had the bot forget that is missing.
    """
    by_person = [each.id for each in paused if each.paused_reason is Reason.PAUSED_BY_PERSON]
    if not by_person:
        return {}
    rows = await database.read(
        """
        SELECT schedule_id, actor_id
        FROM history
        WHERE id IN (
            SELECT max(id)
            FROM history
            WHERE schedule_id IN (SELECT value FROM json_each(:schedules))
            AND outcome = :paused AND reason = :by_person
            GROUP BY schedule_id
        ) AND actor_id IS NOT NULL
        """,
        {
            "schedules": json.dumps(by_person),
            "paused": Outcome.PAUSED,
            "by_person": Reason.PAUSED_BY_PERSON,
        },
    )
    return {row["schedule_id"]: row["actor_id"] for row in rows}
