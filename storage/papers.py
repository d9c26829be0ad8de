"""Papers: look-ups by id, and rankings by votes."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from storage.database import Database
from storage.records import (
    MOST_VOTES,
    Basis,
    Details,
    ListedPaper,
    Media,
    MediaKind,
    Paper,
    PaperName,
    Ranking,
    Reading,
    Section,
    Text,
    newest_votes_time,
)
from storage.times import from_optional_text, from_text

_FIRST_DAY: Final = date.min.isoformat()
_LAST_DAY: Final = date.max.isoformat()


def paper_from_row(row: sqlite3.Row) -> ListedPaper:
    """Return the paper of a row of the view `listed_papers`."""
    kind = row["media_kind"]
    votes = known_votes(row["votes"])
    main, *others = texts_from_row(row) or (None,)
    return ListedPaper(
        Paper(
            row["arxiv_id"],
            row["title"],
            votes,
            tuple(json.loads(row["authors"])),
            Media(MediaKind(kind), row["media_url"]) if kind else None,
            main.sections if main else (),
            main.language if main else None,
            tuple(filter(None, others)),
            _details(row),
            bool(row["authors_ordered"]),
            main.source if main else None,
            main.basis if main else None,
        ),
        date.fromisoformat(row["digest_date"]),
        row["rank"],
        None if votes is None else from_optional_text(row["votes_read_at"]),
        None if votes is None else from_optional_text(row["votes_as_of"]),
    )


def texts_from_row(row: sqlite3.Row) -> tuple[Text, ...]:
    """Return the texts of a row of the view `listed_papers`, by precedence of their sources."""
    return tuple(
        Text(
            language,
            tuple(Section(heading, body) for heading, body in sections),
            source,
            Basis(basis) if basis else None,
        )
        for language, source, sections, basis in json.loads(row["texts"])
    )


def _details(row: sqlite3.Row) -> Details:
    return Details(
        abstract=row["abstract"],
        summary=row["summary"],
        keywords=tuple(json.loads(row["keywords"])),
        organization=row["organization"],
        code_url=row["code_url"],
        code_stars=row["code_stars"],
        project_url=row["project_url"],
        comments=row["comments"],
        submitted_at=from_optional_text(row["submitted_at"]),
        withdrawn_at=from_optional_text(row["withdrawn_at"]),
    )


def known_votes(votes: int | None) -> int | None:
    """Return stored votes; `None` if they are unknown or more than `MOST_VOTES`.

    The parser accepts no more, but older versions stored any number.
    """
    return votes if votes is not None and votes <= MOST_VOTES else None


def name_from_row(row: sqlite3.Row) -> PaperName:
    """Return the name of a paper of a row with its id, title, votes and newest digest."""
    return PaperName(
        row["arxiv_id"],
        row["title"],
        known_votes(row["votes"]),
        date.fromisoformat(row["digest_date"]),
    )


async def get(database: Database, arxiv_id: str) -> ListedPaper | None:
    """Return a paper by its id without version; `None` if no digest lists it."""
    rows = await database.read(_PAPER, (arxiv_id,))
    return paper_from_row(rows[0]) if rows else None


async def get_with_readings(
    database: Database, arxiv_id: str
) -> tuple[ListedPaper, tuple[Reading, ...]] | None:
    """Return a paper as `get` does, and its votes as `readings` does.

    Both are read in one visit to the thread of a connection, which takes as long as a query.
    """
    row, readings = await database.run(_read_with_readings, arxiv_id)
    return None if row is None else (paper_from_row(row), _readings(readings))


def _read_with_readings(
    connection: sqlite3.Connection, arxiv_id: str
) -> tuple[sqlite3.Row | None, list[sqlite3.Row]]:
    row = connection.execute(_PAPER, (arxiv_id,)).fetchone()
    return row, [] if row is None else connection.execute(_READINGS, (arxiv_id,)).fetchall()


_PAPER: Final = "SELECT * FROM listed_papers WHERE arxiv_id = ?"


async def count(database: Database) -> int:
    """Return how many papers there are."""
    ((papers,),) = await database.read("SELECT count(*) FROM papers")
    return int(papers)


async def names(database: Database, arxiv_ids: Sequence[str]) -> tuple[PaperName, ...]:
    """Return the names of papers by their ids, in the same order; unknown ids are left out."""
    rows = await database.read(
        """
        SELECT papers.arxiv_id, title, votes, digest_date
        FROM json_each(?) AS wanted
        JOIN papers ON papers.arxiv_id = wanted.value
        ORDER BY wanted.key
        """,
        (json.dumps(arxiv_ids),),
    )
    return tuple(map(name_from_row, rows))


async def readings(database: Database, arxiv_id: str) -> tuple[Reading, ...]:
    """Return the votes of a paper over time, oldest reading first."""
    return _readings(await database.read(_READINGS, (arxiv_id,)))


def _readings(rows: Iterable[sqlite3.Row]) -> tuple[Reading, ...]:
    return tuple(
        Reading(row["votes"], from_text(row["as_of"]))
        for row in rows
        if known_votes(row["votes"]) is not None
    )


_READINGS: Final = """
SELECT vote_readings.votes, as_of
FROM papers
JOIN vote_readings ON vote_readings.paper_id = papers.id
WHERE papers.arxiv_id = ?
ORDER BY as_of, source_id
"""


async def top(
    database: Database, *, first: date | None, last: date | None, limit: int, offset: int = 0
) -> Ranking:
    """Return the papers that the digests of a range of days list, most voted first.

    A paper counts once, with its newest votes and its rank in the newest digest that lists it,
    which may be later than the range.

    Args:
        database: Where they are.
        first: The oldest day; `None` for no bound.
        last: The newest day, included; `None` for no bound.
        limit: How many papers to return at most.
        offset: How many to skip.
    """
    days = {
        "first": first.isoformat() if first else _FIRST_DAY,
        "last": last.isoformat() if last else _LAST_DAY,
    }
    (covered,) = await database.read(_COVERED, days)
    rows = await database.read(
        _TOP_OF_MOST_DAYS if covered["is_most"] else _TOP_OF_FEW_DAYS,
        days | {"limit": limit, "offset": offset},
    )
    listed = tuple(map(paper_from_row, rows))
    return Ranking(
        listed,
        covered["papers"],
        date.fromisoformat(covered["first"]) if covered["first"] else None,
        date.fromisoformat(covered["last"]) if covered["last"] else None,
        newest_votes_time(listed),
    )


# The papers of a range are those whose newest digest is in it, and those listed again since. For a
# short range, both are collected and sorted. For a range of most days, the index by votes is
# scanned, which ends early: few of the first papers are outside of the range.

_COVERED: Final = """
WITH covered AS (
    SELECT
        min(date) AS first,
        max(date) AS last,
        2 * count(*) > (SELECT count(*) FROM digests) AS is_most
    FROM digests
    WHERE date BETWEEN :first AND :last
)
SELECT
    first,
    last,
    is_most,
    CASE WHEN is_most THEN
        (SELECT count(*) FROM papers)
        - (SELECT count(*) FROM papers WHERE digest_date < :first)
        - (
            SELECT count(*)
            FROM papers
            WHERE digest_date > :last AND NOT EXISTS (
                SELECT 1
                FROM digest_papers
                JOIN digests ON digests.id = digest_papers.digest_id
                WHERE digest_papers.paper_id = papers.id
                AND digests.date BETWEEN :first AND :last
            )
        )
    ELSE
        (SELECT count(*) FROM papers WHERE digest_date BETWEEN :first AND :last)
        + (
            SELECT count(DISTINCT papers.id)
            FROM digests
            CROSS JOIN digest_papers ON digest_papers.digest_id = digests.id
            CROSS JOIN papers ON papers.id = digest_papers.paper_id
            WHERE digests.date BETWEEN :first AND :last
            AND :last < (SELECT max(date) FROM digests)
            AND papers.digest_date > :last
        )
    END AS papers
FROM covered
"""

_TOP_OF_MOST_DAYS: Final = """
SELECT listed_papers.*
FROM (
    SELECT id
    FROM papers INDEXED BY papers_by_votes
    WHERE digest_date BETWEEN :first AND :last
    OR digest_date > :last AND EXISTS (
        SELECT 1
        FROM digest_papers
        JOIN digests ON digests.id = digest_papers.digest_id
        WHERE digest_papers.paper_id = papers.id
        AND digests.date BETWEEN :first AND :last
    )
    ORDER BY votes DESC, rank, arxiv_id
    LIMIT :limit OFFSET :offset
) AS page
CROSS JOIN listed_papers ON listed_papers.id = page.id
ORDER BY votes DESC, rank, arxiv_id
"""

_TOP_OF_FEW_DAYS: Final = """
SELECT listed_papers.*
FROM (
    SELECT id
    FROM (
        SELECT id, votes, rank, arxiv_id
        FROM papers
        WHERE digest_date BETWEEN :first AND :last
        UNION ALL
        SELECT DISTINCT papers.id, papers.votes, papers.rank, papers.arxiv_id
        FROM digests
        CROSS JOIN digest_papers ON digest_papers.digest_id = digests.id
        CROSS JOIN papers ON papers.id = digest_papers.paper_id
        WHERE digests.date BETWEEN :first AND :last
        AND :last < (SELECT max(date) FROM digests)
        AND papers.digest_date > :last
    )
    ORDER BY votes DESC, rank, arxiv_id
    LIMIT :limit OFFSET :offset
) AS page
CROSS JOIN listed_papers ON listed_papers.id = page.id
ORDER BY votes DESC, rank, arxiv_id
"""
