"""What readers report of texts that a language model wrote, and what was done about it."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from storage import jobs, written_texts
from storage.database import Database, Writer
from storage.integers import fits
from storage.records import Job, model_of
from storage.times import from_optional_text, from_text, to_text
from storage.written_texts import UnknownPaperError, WrittenText

PER_DAY: Final = 5
"""The most reports of one person in 24 hours."""
LONGEST_REASON: Final = 500
"""The most characters of a reason."""
_KEPT: Final = timedelta(days=90)
"""How long a report is kept after it was resolved."""


class Resolution(StrEnum):
    """What was done about a report."""

    HIDDEN = "hidden"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a reader says is wrong with a text."""

    id: int
    arxiv_id: str
    title: str
    """Of the paper."""
    language: str
    model: str
    """That wrote the text."""
    user_id: int | None
    """The Discord user who reported it; `None` if they had the bot forget that, and why."""
    reason: str
    at: datetime
    """UTC."""
    resolved_at: datetime | None
    """UTC; `None` while nothing was done."""
    resolution: Resolution | None


class TooManyReportsError(Exception):
    """The person has reported `PER_DAY` texts within a day."""


class AlreadyReportedError(Exception):
    """The person has reported this text, and nothing was done about it yet."""


_STATE: Final = """
SELECT
    paper_id,
    source_id,
    (SELECT count(*) FROM reports WHERE user_id = :user AND at > :since) AS recent,
    EXISTS (
        SELECT 1
        FROM reports
        WHERE reports.paper_id = texts.paper_id AND reports.language = texts.language
            AND user_id = :user AND resolved_at IS NULL AND at >= texts.written_at
    ) AS is_reported
FROM texts
JOIN papers ON papers.id = paper_id
JOIN sources ON sources.id = source_id
WHERE arxiv_id = :paper AND texts.language = :language AND kind = 'writer' AND hidden_at IS NULL
    AND written_at = :written_at
"""


def _state_of(text: WrittenText, user_id: int, at: datetime) -> dict[str, object]:
    return {
        "user": user_id,
        "since": to_text(at - timedelta(days=1)),
        "paper": text.arxiv_id,
        "language": text.language,
        "written_at": to_text(text.written_at),
    }


def _check(rows: Sequence[sqlite3.Row], text: WrittenText) -> sqlite3.Row:
    if not rows:
        raise UnknownPaperError(text.arxiv_id)
    if rows[0]["is_reported"]:
        raise AlreadyReportedError
    if rows[0]["recent"] >= PER_DAY:
        raise TooManyReportsError
    return rows[0]


async def check(database: Database, text: WrittenText, *, user_id: int, at: datetime) -> None:
    """Check that a person may report a text, before they say why.

    Raises:
        UnknownPaperError: It is hidden, or there is another one in its place.
        AlreadyReportedError: They have reported it.
        TooManyReportsError: They have reported enough within a day.
    """
    _check(await database.read(_STATE, _state_of(text, user_id, at)), text)


async def add(
    database: Database, text: WrittenText, *, user_id: int, reason: str, at: datetime
) -> int:
    """Store a report of a text that readers see; return its id.

    Raises:
        ValueError: The reason is blank, too long, or contains NUL.
        UnknownPaperError, AlreadyReportedError, TooManyReportsError: As `check` says.
    """
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON or "\0" in reason:
        raise ValueError(f"a reason has 1 to {LONGEST_REASON} characters")
    async with database.transaction(durable=True) as writer:
        rows = list(await writer.execute_fetchall(_STATE, _state_of(text, user_id, at)))
        row = _check(rows, text)
        ((report_id,),) = await writer.execute_fetchall(
            """
            INSERT INTO reports (paper_id, language, source_id, user_id, reason, at)
            VALUES (?, ?, ?, ?, ?, ?)
            RETURNING id
            """,
            (row["paper_id"], text.language, row["source_id"], user_id, reason, to_text(at)),
        )
    return int(report_id)


_REPORTS: Final = """
SELECT reports.*, arxiv_id, title, sources.name AS source
FROM reports
JOIN papers ON papers.id = reports.paper_id
JOIN sources ON sources.id = reports.source_id
"""


def _report(row: sqlite3.Row) -> Report:
    return Report(
        id=row["id"],
        arxiv_id=row["arxiv_id"],
        title=row["title"],
        language=row["language"],
        model=model_of(row["source"]) or "",
        user_id=row["user_id"],
        reason=row["reason"],
        at=from_text(row["at"]),
        resolved_at=from_optional_text(row["resolved_at"]),
        resolution=Resolution(row["resolution"]) if row["resolution"] else None,
    )


async def every(database: Database) -> tuple[Report, ...]:
    """Return all reports: open ones first, then by id."""
    rows = await database.read(f"{_REPORTS} ORDER BY resolved_at IS NOT NULL, reports.id")
    return tuple(map(_report, rows))


async def get(database: Database, report_id: int) -> Report | None:
    """Return a report; `None` if there is none with this id."""
    if not fits(report_id):
        return None
    rows = await database.read(f"{_REPORTS} WHERE reports.id = ?", (report_id,))
    return _report(rows[0]) if rows else None


async def hide(database: Database, report: Report, *, at: datetime) -> None:
    """Hide the reported text from readers, and resolve all reports of it; twice is once."""
    try:
        async with database.transaction(durable=True) as writer:
            await writer.execute(
                """
                UPDATE texts SET hidden_at = ?
                WHERE language = ? AND hidden_at IS NULL
                    AND paper_id = (SELECT id FROM papers WHERE arxiv_id = ?)
                    AND source_id IN (SELECT id FROM sources WHERE kind = 'writer')
                """,
                (to_text(at), report.language, report.arxiv_id),
            )
            await writer.run(written_texts.announce)
            await _resolve(writer, report, Resolution.HIDDEN, at)
    finally:
        database.content_changed()


async def rewrite(
    database: Database, report: Report, *, write: Sequence[Job], at: datetime
) -> None:
    """Delete the reported text, resolve all reports of it, and store jobs that write it anew."""
    try:
        async with database.transaction(durable=True) as writer:
            await written_texts.delete(writer, report.arxiv_id, report.language)
            await _resolve(writer, report, Resolution.REWRITTEN, at)
            await jobs.put(writer, *write)
    finally:
        database.content_changed()


async def _resolve(writer: Writer, report: Report, resolution: Resolution, at: datetime) -> None:
    await writer.execute(
        """
        UPDATE reports SET resolved_at = ?, resolution = ?
        WHERE paper_id = (SELECT id FROM papers WHERE arxiv_id = ?) AND language = ?
            AND (resolved_at IS NULL OR id = ?)
        """,
        (to_text(at), resolution, report.arxiv_id, report.language, report.id),
    )


async def taken_back(database: Database) -> tuple[tuple[date, str, datetime], ...]:
    """Return the days whose lists had a text that was hidden or rewritten after a report.

    Each with the language of the text, and when that was last changed: what was published of the
    day before then has the text. Resolved reports are forgotten, but hidden texts stay known.
    """
    rows = await database.read(
        """
        WITH changes (paper_id, language, at) AS (
            SELECT paper_id, language, hidden_at FROM texts WHERE hidden_at IS NOT NULL
            UNION ALL
            SELECT paper_id, language, resolved_at FROM reports WHERE resolved_at IS NOT NULL
            UNION ALL
            SELECT texts.paper_id, texts.language, written_at
            FROM texts
            JOIN reports ON reports.paper_id = texts.paper_id AND reports.language = texts.language
            WHERE resolution = 'rewritten' AND written_at >= resolved_at
        )
        SELECT digests.date AS date, language, max(at) AS at
        FROM changes
        JOIN digest_papers ON digest_papers.paper_id = changes.paper_id
        JOIN digests ON digests.id = digest_papers.digest_id
        GROUP BY digests.date, language
        """
    )
    return tuple(
        (date.fromisoformat(row["date"]), row["language"], from_text(row["at"])) for row in rows
    )


async def forget_old(database: Database, *, now: datetime) -> int:
    """Delete reports that were resolved more than 90 days ago; return how many there were."""
    async with database.transaction() as writer:
        cursor = await writer.execute(
            "DELETE FROM reports WHERE resolved_at < ?", (to_text(now - _KEPT),)
        )
    return cursor.rowcount
