"""What language models were asked for: what that used up, and what came of it."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from storage.database import Database, Writer
from storage.records import SourceKind, model_of, source_of_model
from storage.times import to_text
from storage.written_texts import UnknownPaperError

BEGUN: Final = "begun"
"""The outcome of an attempt that has not ended, or whose process was killed."""
WRITTEN: Final = "written"
"""The outcome of an attempt whose text was stored."""
UNAVAILABLE: Final = "unavailable"
REFUSED_REQUEST: Final = "refused_request"
"""Outcomes of attempts in which the server was the cause, and not the paper."""
_KEPT: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class DailyLimits:
    """How many papers and tokens may be used up in a day, from midnight UTC."""

    papers: int
    tokens: int


@dataclass(frozen=True, slots=True)
class DailyUsage:
    """How many papers and tokens were used up in a day."""

    papers: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Result:
    """How an attempt ended."""

    outcome: str
    tokens: int
    sentences: int | None = None
    """That the model wrote; `None` if there was no readable answer."""
    dropped: int | None = None
    """Of these."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of what a model wrote was dropped."""

    model: str
    texts: int
    """That were stored."""
    sentences: int
    dropped: int
    failed: int
    """Attempts that brought no text."""


@dataclass(frozen=True, slots=True)
class WantedText:
    """The text that a model is about to be asked for."""

    arxiv_id: str
    language: str
    model: str
    """Of `written_texts.configure`."""
    tokens: int
    """How many it may use, as an estimate."""


class LimitReachedError(Exception):
    """No more may be written on this day."""


async def usage(database: Database, *, now: datetime) -> DailyUsage:
    """Return what was used up on the day of a moment, in UTC."""
    (row,) = await database.read(_USAGE, (_midnight(now),))
    return DailyUsage(row["papers"], row["tokens"])


_USAGE: Final = """
SELECT
    count(DISTINCT iif(tokens > 0, paper_id, NULL)) AS papers,
    coalesce(sum(tokens), 0) AS tokens
FROM writer_attempts
WHERE at >= ?
"""
"""Papers that no model could be asked for don't count."""


def _midnight(now: datetime) -> str:
    return to_text(now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0))


async def begin(
    database: Database, wanted: WantedText, *, limits: DailyLimits | None, at: datetime
) -> int:
    """Record that a model is about to be asked, and return the attempt's id.

    A paper that was written before on this day, in whatever language, doesn't count again.

    Args:
        database: Where it is recorded.
        wanted: What the model is asked for.
        limits: What may be used up on this day; `None` for no limits.
        at: Now.

    Raises:
        LimitReachedError: One of the limits would be exceeded; nothing is recorded.
        UnknownPaperError: No list has the paper.
    """
    async with database.transaction() as writer:
        rows = list(
            await writer.execute_fetchall(
                "SELECT id FROM papers WHERE arxiv_id = ?", (wanted.arxiv_id,)
            )
        )
        if not rows:
            raise UnknownPaperError(wanted.arxiv_id)
        paper_id = rows[0]["id"]
        if limits is not None:
            await _check_limits(writer, paper_id, wanted.tokens, limits, at)
        ((attempt_id,),) = await writer.execute_fetchall(
            """
            INSERT INTO writer_attempts (paper_id, language, source_id, at, outcome, tokens)
            SELECT ?, ?, id, ?, ?, ? FROM sources WHERE name = ?
            RETURNING id
            """,
            (
                paper_id,
                wanted.language,
                to_text(at),
                BEGUN,
                wanted.tokens,
                source_of_model(wanted.model),
            ),
        )
    return int(attempt_id)


async def _check_limits(
    writer: Writer, paper_id: int, tokens: int, limits: DailyLimits, at: datetime
) -> None:
    midnight = _midnight(at)
    (used,) = await writer.execute_fetchall(_USAGE, (midnight,))
    ((is_counted,),) = await writer.execute_fetchall(
        """
        SELECT EXISTS (SELECT 1 FROM writer_attempts WHERE paper_id = ? AND at >= ? AND tokens > 0)
        """,
        (paper_id, midnight),
    )
    if used["tokens"] + tokens > limits.tokens:
        raise LimitReachedError(f"{limits.tokens:,} tokens")
    if not is_counted and used["papers"] >= limits.papers:
        raise LimitReachedError(f"{limits.papers:,} papers")


async def end(database: Database, attempt_id: int, result: Result) -> None:
    """Record how an attempt ended."""
    async with database.transaction() as writer:
        await writer.execute(
            """
            UPDATE writer_attempts SET outcome = ?, tokens = ?, sentences = ?, dropped = ?
            WHERE id = ?
            """,
            (result.outcome, result.tokens, result.sentences, result.dropped, attempt_id),
        )


async def given_up(
    database: Database, model: str, *, failures: int, since: datetime
) -> frozenset[tuple[str, str]]:
    """Return the papers, each with a language, that a model failed to write several times.

    Attempts that were cut off by the end of the process count as well; those before the last text
    don't, nor those in which the server was the cause.

    Args:
        database: Where they are.
        model: The model.
        failures: How many are enough.
        since: Only those since a moment.
    """
    rows = await database.read(
        """
        SELECT arxiv_id, attempts.language
        FROM writer_attempts AS attempts
        JOIN papers ON papers.id = paper_id
        JOIN sources ON sources.id = source_id
        WHERE name = :source AND at >= :since AND outcome NOT IN (:written, :server, :request)
            AND attempts.id > coalesce((
                SELECT max(last.id)
                FROM writer_attempts AS last
                WHERE last.paper_id = attempts.paper_id
                    AND last.language = attempts.language AND last.outcome = :written
            ), 0)
        GROUP BY paper_id, attempts.language
        HAVING count(*) >= :failures
        """,
        {
            "source": source_of_model(model),
            "since": to_text(since),
            "written": WRITTEN,
            "server": UNAVAILABLE,
            "request": REFUSED_REQUEST,
            "failures": failures,
        },
    )
    return frozenset((row["arxiv_id"], row["language"]) for row in rows)


async def shares(database: Database) -> tuple[Share, ...]:
    """Return how much of what each model wrote was dropped, by model."""
    rows = await database.read(
        """
        SELECT
            name,
            coalesce(sum(outcome = :written), 0) AS texts,
            coalesce(sum(sentences), 0) AS sentences,
            coalesce(sum(dropped), 0) AS dropped,
            coalesce(sum(outcome NOT IN (:written, :begun)), 0) AS failed
        FROM writer_attempts
        JOIN sources ON sources.id = source_id
        WHERE kind = :kind
        GROUP BY name
        ORDER BY name
        """,
        {"written": WRITTEN, "begun": BEGUN, "kind": SourceKind.WRITER},
    )
    return tuple(map(_share, rows))


def _share(row: sqlite3.Row) -> Share:
    return Share(
        model_of(row["name"]) or "", row["texts"], row["sentences"], row["dropped"], row["failed"]
    )


async def forget_old(database: Database, *, now: datetime) -> int:
    """Delete attempts of more than 400 days ago; return how many there were."""
    async with database.transaction() as writer:
        cursor = await writer.execute(
            "DELETE FROM writer_attempts WHERE at < ?", (to_text(now - _KEPT),)
        )
    return cursor.rowcount
