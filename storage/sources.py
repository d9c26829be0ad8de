"""Sources of papers: their order, what was read of each day, and what went wrong."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from storage.database import Database, Writer
from storage.records import FILES, SourceDay, SourceKind, SourceState
from storage.times import from_optional_text, to_text

READ_JOB: Final = "read"
"""The kind of the jobs that read a source; the key of such a job is `read:NAME`."""
_REMOVED: Final = 500_000
"""Added to the id of a source that the settings don't have any more: its precedence."""
_HOURLY_AFTER: Final = timedelta(days=2)
_DAILY_AFTER: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SourceOverview:
    """What operators want to know of a source."""

    state: SourceState
    newest_day: date | None
    """The newest day of which papers have come; `None` if none have."""
    next_at: datetime | None
    """UTC; when it is read next. `None` if no job reads it."""


def _state(row: sqlite3.Row) -> SourceState:
    return SourceState(
        name=row["name"],
        kind=SourceKind(row["kind"]),
        succeeded_at=from_optional_text(row["succeeded_at"]),
        failed_at=from_optional_text(row["failed_at"]),
        error=row["error"],
    )


def _day(row: sqlite3.Row) -> SourceDay:
    return SourceDay(
        date=date.fromisoformat(row["day"]),
        opened_at=from_optional_text(row["opened_at"]),
        arrived_at=from_optional_text(row["arrived_at"]),
        checked_at=from_optional_text(row["checked_at"]),
        read_at=from_optional_text(row["read_at"]),
        etag=row["etag"],
        body_hash=row["body_hash"],
        error=row["error"],
    )


async def configure(database: Database, wanted: Sequence[tuple[str, SourceKind]]) -> None:
    """Record which sources the settings have; their order is the precedence.

    What other sources said before is kept, behind theirs; `files` stays last, and language models
    stay behind it. Lists that were merged before keep their order until one of their sources is
    read again; texts follow the new order at once.
    """
    names = json.dumps([FILES, *(name for name, _ in wanted)])
    async with database.transaction() as writer:
        removed = await writer.execute(
            """
            UPDATE sources SET precedence = :removed + id
            WHERE name NOT IN (SELECT value FROM json_each(:names))
                AND precedence <> :removed + id AND kind <> 'writer'
            """,
            {"removed": _REMOVED, "names": names},
        )
        added = await writer.executemany(
            """
            INSERT INTO sources (name, kind, precedence) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                kind = excluded.kind, precedence = excluded.precedence
            WHERE (kind, precedence) <> (excluded.kind, excluded.precedence)
            """,
            [(name, kind, number) for number, (name, kind) in enumerate(wanted, start=1)],
        )
        if removed.rowcount + added.rowcount > 0:
            await writer.execute("UPDATE content_versions SET papers = papers + 1")
    database.content_changed()


async def overviews(database: Database) -> dict[str, SourceOverview]:
    """Return what operators want to know of all sources of papers, in order of precedence."""
    rows = await database.read(
        """
        SELECT
            sources.*,
            (
                SELECT max(day)
                FROM source_days
                WHERE source_id = sources.id AND arrived_at IS NOT NULL
            ) AS newest_day,
            (
                SELECT max(run_at, coalesce(not_before, ''))
                FROM jobs
                WHERE key = :read || ':' || sources.name
            ) AS next_at
        FROM sources
        WHERE kind <> :writer
        ORDER BY precedence, sources.id
        """,
        {"read": READ_JOB, "writer": SourceKind.WRITER},
    )
    return {
        row["name"]: SourceOverview(
            _state(row),
            date.fromisoformat(row["newest_day"]) if row["newest_day"] else None,
            from_optional_text(row["next_at"]),
        )
        for row in rows
    }


async def days(database: Database, source: str, *, since: date) -> dict[date, SourceDay]:
    """Return what is known of a source's days, by date.

    Args:
        database: Where it is.
        source: Its name.
        since: The first day that is wanted.
    """
    rows = await database.read(
        """
        SELECT source_days.*
        FROM source_days
        JOIN sources ON sources.id = source_id
        WHERE name = ? AND day >= ?
        ORDER BY day
        """,
        (source, since.isoformat()),
    )
    return {each.date: each for each in map(_day, rows)}


async def days_since_news(database: Database) -> dict[str, dict[date, SourceDay]]:
    """Return what is known of each source's days, from the newest day on that brought papers.

    It is empty if no day ever did.
    """
    rows = await database.read(
        """
        SELECT sources.name, source_days.*
        FROM source_days
        JOIN sources ON sources.id = source_id
        WHERE day >= (
            SELECT day
            FROM source_days
            WHERE arrived_at IS NOT NULL
            ORDER BY day DESC
            LIMIT 1
        )
        ORDER BY day
        """
    )
    found: dict[str, dict[date, SourceDay]] = {}
    for row in rows:
        day = _day(row)
        found.setdefault(row["name"], {})[day.date] = day
    return found


async def succeeded(database: Database, source: str, *, at: datetime) -> None:
    """Record that a source answered."""
    async with database.transaction() as writer:
        await writer.execute(
            "UPDATE sources SET succeeded_at = ?, error = NULL WHERE name = ?",
            (to_text(at), source),
        )


async def failed(
    database: Database, source: str, day: date | None = None, *, error: str, at: datetime
) -> None:
    """Record that a source could not be read, for a day if one is given."""
    async with database.transaction() as writer:
        await writer.execute(
            "UPDATE sources SET failed_at = ?, error = ? WHERE name = ?",
            (to_text(at), error, source),
        )
        if day is None:
            return
        await writer.execute(
            """
            INSERT INTO source_days (source_id, day, checked_at, error)
            SELECT id, :day, :at, :error FROM sources WHERE name = :source
            ON CONFLICT (source_id, day) DO UPDATE SET
                checked_at = excluded.checked_at, error = excluded.error
            """,
            {"source": source, "day": day.isoformat(), "at": to_text(at), "error": error},
        )


async def unchanged(database: Database, source: str, day: date, *, at: datetime) -> None:
    """Record that a source was read for a day and said what it had said before, or nothing."""
    async with database.transaction() as writer:
        await writer.execute(
            """
            INSERT INTO source_days (source_id, day, checked_at, read_at)
            SELECT id, :day, :at, :at FROM sources WHERE name = :source
            ON CONFLICT (source_id, day) DO UPDATE SET
                checked_at = excluded.checked_at, read_at = excluded.read_at, error = NULL
            """,
            {"source": source, "day": day.isoformat(), "at": to_text(at)},
        )


async def thin_readings(writer: Writer, *, now: datetime) -> int:
    """Delete readings of votes that are too close to each other for their age.

    All are kept for 2 days, then the last of each hour until 7 days, then the last of each day, of
    each source; the first one of a paper is kept forever.

    Returns:
        How many were deleted.
    """
    cursor = await writer.execute(
        """
        DELETE FROM vote_readings
        WHERE (paper_id, as_of, source_id) IN (
            SELECT paper_id, as_of, source_id
            FROM (
                SELECT
                    paper_id, as_of, source_id,
                    row_number() OVER (PARTITION BY paper_id, source_id ORDER BY as_of) AS number,
                    lead(as_of) OVER (
                        PARTITION BY
                            paper_id,
                            source_id,
                            substr(as_of, 1, iif(as_of < :daily, 10, 13)), -- the day, the hour
                            as_of < :daily
                        ORDER BY as_of
                    ) AS following
                FROM vote_readings
                WHERE as_of < :hourly
            )
            WHERE number > 1 AND following IS NOT NULL
        )
        """,
        {"hourly": to_text(now - _HOURLY_AFTER), "daily": to_text(now - _DAILY_AFTER)},
    )
    return cursor.rowcount


async def newest_eligible(
    database: Database, *, due: datetime, age: timedelta, after: date | None, since: date
) -> tuple[date, ...]:
    """Return the days whose lists a post at a moment may take, the newest first.

    A day counts if a source's list of it has come and had been open long enough at the moment; a
    list that is complete when it arrives counts as soon as it has come.

    Args:
        database: Where they are.
        due: When the post is due; any time zone.
        age: How long a list must have been open by then; exactly so long is enough.
        after: Only days after this one; `None` for no bound.
        since: Only this day and later ones.
    """
    rows = await database.read(
        """
        SELECT DISTINCT day
        FROM source_days
        WHERE day >= :since AND day > :after AND arrived_at IS NOT NULL
            AND (opened_at IS NULL OR opened_at <= :latest)
        ORDER BY day DESC
        """,
        {
            "since": since.isoformat(),
            "after": after.isoformat() if after is not None else "",
            "latest": to_text(due - age),
        },
    )
    return tuple(date.fromisoformat(day) for (day,) in rows)


@dataclass(frozen=True, slots=True)
class SourceContents:
    """What has come from a source."""

    name: str
    kind: SourceKind
    newest_day: date | None
    """`None` if no papers have come."""
    papers: int
    """How many different papers its lists have."""


async def contents(database: Database) -> tuple[SourceContents, ...]:
    """Return what has come from each source, in the order of their precedence.

    Sources that the settings don't have any more are left out if nothing has come from them.
    """
    rows = await database.read(
        """
        SELECT sources.name, kind, max(day) AS newest_day, count(DISTINCT paper_id) AS papers
        FROM sources
        LEFT JOIN source_papers ON source_id = sources.id AND gone_at IS NULL
        GROUP BY sources.id
        HAVING papers > 0 OR (precedence < :removed AND sources.name <> :files)
        ORDER BY precedence, sources.id
        """,
        {"removed": _REMOVED, "files": FILES},
    )
    return tuple(
        SourceContents(
            row["name"],
            SourceKind(row["kind"]),
            date.fromisoformat(row["newest_day"]) if row["newest_day"] else None,
            row["papers"],
        )
        for row in rows
    )
