"""Stored jobs: pieces of work with a time, in lanes of one at a time."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import Database, Writer
from storage.records import Job, Reason
from storage.times import from_optional_text, from_text, to_optional_text, to_text

_DUE_AT = "max(run_at, coalesce(not_before, ''))"
"""When a job may be attempted; `jobs_by_time` indexes just this expression."""


def _job(row: sqlite3.Row) -> Job:
    return Job(
        key=row["key"],
        kind=row["kind"],
        schedule_id=row["schedule_id"],
        delivery_id=row["delivery_id"],
        payload=row["payload"],
        lane=row["lane"],
        priority=row["priority"],
        run_at=from_text(row["run_at"]),
        not_before=from_optional_text(row["not_before"]),
        expires_at=from_optional_text(row["expires_at"]),
        attempts=row["attempts"],
        reason=Reason(row["reason"]) if row["reason"] else None,
        write_id=row["write_id"],
    )


async def put(writer: Writer, *jobs: Job) -> None:
    """Write jobs in the transaction of what they follow from, each in place of any with its key."""
    await writer.executemany(
        """
        INSERT OR REPLACE INTO jobs (
            key, kind, schedule_id, delivery_id, payload, lane, priority, run_at, not_before,
            expires_at, attempts, reason, write_id
        )
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, random())
        """,
        [
            (
                job.key,
                job.kind,
                job.schedule_id,
                job.delivery_id,
                job.payload,
                job.lane,
                job.priority,
                to_text(job.run_at),
                to_optional_text(job.not_before),
                to_optional_text(job.expires_at),
                job.attempts,
                job.reason,
            )
            for job in jobs
        ],
    )


async def remove(writer: Writer, key: str) -> None:
    """Delete a job that is not wanted any more; an unknown key changes nothing."""
    await writer.execute("DELETE FROM jobs WHERE key = ?", (key,))


async def end(writer: Writer, job: Job) -> Job | None:
    """Delete a job whose run has ended, unless it was written again since it was read.

    A job that was written while the one before it still ran stands for new work, also if all else
    in it is the same.

    Returns:
        The job that was written again; `None` if there is none.
    """
    cursor = await writer.execute(
        "DELETE FROM jobs WHERE key = ? AND write_id = ?", (job.key, job.write_id)
    )
    return None if cursor.rowcount else await get_in(writer, job.key)


async def postpone(
    writer: Writer,
    job: Job,
    *,
    not_before: datetime | None,
    attempts: int,
    reason: Reason | None,
    payload: str | None = None,
) -> Job | None:
    """Record that a job is to be attempted again, unless it was written again since it was read.

    Args:
        writer: The transaction.
        job: As it was read before the attempt.
        not_before: Any time zone; when it is attempted again at the earliest.
        attempts: How often it failed since it last made progress.
        reason: Why it was not done.
        payload: JSON that replaces its payload; `None` if that stays.

    Returns:
        The job that was written again, which is not changed; `None` if there is none.
    """
    cursor = await writer.execute(
        """
        UPDATE jobs
        SET not_before = ?, attempts = ?, reason = ?, payload = coalesce(?, payload)
        WHERE key = ? AND write_id = ?
        """,
        (to_optional_text(not_before), attempts, reason, payload, job.key, job.write_id),
    )
    return None if cursor.rowcount else await get_in(writer, job.key)


async def set_payload(writer: Writer, job: Job, payload: str) -> None:
    """Replace the payload of a job while it runs, unless it was written again since it was read."""
    await writer.execute(
        "UPDATE jobs SET payload = ? WHERE key = ? AND write_id = ?",
        (payload, job.key, job.write_id),
    )


async def get_in(writer: Writer, key: str) -> Job | None:
    """Return a job in a transaction; `None` if there is none with this key."""
    rows = list(await writer.execute_fetchall("SELECT * FROM jobs WHERE key = ?", (key,)))
    return _job(rows[0]) if rows else None


async def get(database: Database, key: str) -> Job | None:
    """Return a job; `None` if there is none with this key."""
    rows = await database.read("SELECT * FROM jobs WHERE key = ?", (key,))
    return _job(rows[0]) if rows else None


async def due(
    database: Database, *, now: datetime, since: datetime | None = None, limit: int = 50_000
) -> tuple[Job, ...]:
    """Return the jobs that may be attempted now, in the order in which each lane runs them.

    Args:
        database: Where they are.
        now: Any time zone.
        since: Only those that may be attempted since a moment; `None` for all.
        limit: How many at most.
    """
    rows = await database.read(
        f"""
        SELECT *
        FROM jobs INDEXED BY jobs_by_time
        WHERE {_DUE_AT} <= :now AND {_DUE_AT} > :since
        ORDER BY priority, run_at, key
        LIMIT :limit
        """,  # noqa: S608 - a constant
        {"now": to_text(now), "since": to_optional_text(since) or "", "limit": limit},
    )
    return tuple(map(_job, rows))


@dataclass(frozen=True, slots=True)
class DueJobs:
    """The jobs of a kind that may be attempted."""

    kind: str
    count: int
    late: int
    """How many of them should have been attempted some time ago."""
    oldest: datetime
    """UTC; since when the oldest of them may be attempted."""


async def due_by_kind(
    database: Database, *, now: datetime, late_after: timedelta
) -> tuple[DueJobs, ...]:
    """Return the due jobs by kind.

    Args:
        database: Where they are.
        now: Any time zone.
        late_after: How long after its time a job is late.
    """
    rows = await database.read(
        f"""
        SELECT
            kind,
            count(*) AS count,
            count(*) FILTER (WHERE {_DUE_AT} < :late) AS late,
            min({_DUE_AT}) AS oldest
        FROM jobs INDEXED BY jobs_by_time
        WHERE {_DUE_AT} <= :now
        GROUP BY kind
        ORDER BY kind
        """,  # noqa: S608 - a constant
        {"now": to_text(now), "late": to_text(now - late_after)},
    )
    return tuple(
        DueJobs(row["kind"], row["count"], row["late"], from_text(row["oldest"])) for row in rows
    )


async def waiting_for_discord(database: Database, *, now: datetime) -> tuple[Job, ...]:
    """Return the jobs that wait for Discord and were due before, the longest wait last."""
    rows = await database.read(
        f"""
        SELECT *
        FROM jobs
        WHERE {_DUE_AT} > :now AND run_at <= :now
            AND reason IN ({", ".join(f"'{r}'" for r in Reason if r.is_discord_error)})
        ORDER BY not_before
        """,  # noqa: S608 - constants
        {"now": to_text(now)},
    )
    return tuple(map(_job, rows))


async def of_kind(database: Database, kind: str) -> tuple[Job, ...]:
    """Return all jobs of a kind, the soonest first."""
    rows = await database.read("SELECT * FROM jobs WHERE kind = ? ORDER BY run_at, key", (kind,))
    return tuple(map(_job, rows))


async def enqueue(database: Database, jobs: Iterable[Job]) -> None:
    """Write jobs in a transaction of their own."""
    async with database.transaction() as writer:
        await put(writer, *jobs)


async def end_wait(
    database: Database, reasons: Iterable[Reason], *, lanes: Iterable[str] | None = None
) -> int:
    """Let jobs be attempted at once that wait to be retried.

    Args:
        database: Where they are.
        reasons: Only those that wait for one of these.
        lanes: Only those of these lanes; `None` for all.

    Returns:
        How many there were.
    """
    async with database.transaction() as writer:
        cursor = await writer.execute(
            """
            UPDATE jobs SET not_before = NULL
            WHERE not_before IS NOT NULL
                AND reason IN (SELECT value FROM json_each(:reasons))
                AND (:lanes IS NULL OR lane IN (SELECT value FROM json_each(:lanes)))
            """,
            {
                "reasons": json.dumps(list(reasons)),
                "lanes": None if lanes is None else json.dumps(list(lanes)),
            },
        )
    return cursor.rowcount


async def wake(database: Database, keys: Iterable[str], *, at: datetime) -> int:
    """Let waiting jobs be attempted at once, except those that must wait until a later time.

    Returns:
        How many there were.
    """
    async with database.transaction() as writer:
        cursor = await writer.executemany(
            "UPDATE jobs SET run_at = ? WHERE key = ? AND run_at > ?",
            [(to_text(at), key, to_text(at)) for key in keys],
        )
    return cursor.rowcount


async def last_of_kind(
    database: Database, kind: str, *, after: datetime, until: datetime
) -> datetime | None:
    """Return when the last job of a kind is due between two moments, in UTC; `None` if none is.

    Jobs that were due before and wait don't count.
    """
    ((run_at,),) = await database.read(
        f"""
        SELECT max(run_at)
        FROM jobs INDEXED BY jobs_by_time
        WHERE {_DUE_AT} > :after AND {_DUE_AT} <= :until AND kind = :kind AND run_at > :after
        """,  # noqa: S608 - a constant
        {"kind": kind, "after": to_text(after), "until": to_text(until)},
    )
    return from_optional_text(run_at)


async def times_of_kind(
    database: Database, kind: str, *, after: datetime, within: timedelta = timedelta(minutes=10)
) -> tuple[datetime, ...]:
    """Return when jobs of a kind are due after a moment, each time once, soonest first, in UTC.

    Args:
        database: Where they are.
        kind: The kind.
        after: The moment; any time zone.
        within: All times up to `after + within` are returned, and only the first later one.
    """
    rows = await database.read(
        f"""
        SELECT DISTINCT run_at
        FROM jobs INDEXED BY jobs_by_time
        WHERE {_DUE_AT} > :after AND {_DUE_AT} <= :until AND kind = :kind AND run_at > :after
        UNION
        SELECT * FROM (
            SELECT run_at
            FROM jobs INDEXED BY jobs_by_time
            WHERE {_DUE_AT} > :until AND kind = :kind AND run_at > :after
            ORDER BY {_DUE_AT}
            LIMIT 1
        )
        ORDER BY 1
        """,  # noqa: S608 - a constant
        {"kind": kind, "after": to_text(after), "until": to_text(after + within)},
    )
    return tuple(from_text(run_at) for (run_at,) in rows)
