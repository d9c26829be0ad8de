"""Suggestions: the papers that a person may mean by a mistyped id or the beginning of a title."""

import json
import re
import sqlite3
from collections.abc import Iterator
from functools import partial
from typing import Final

from storage import search_index
from storage.database import Database
from storage.papers import name_from_row
from storage.phrases import phrases
from storage.query import Field, Query, Term, parse
from storage.records import PaperName
from storage.word_forms import inflected_forms

_MOST_CANDIDATES: Final = 300
"""Papers that suggestions are sorted from: few enough for a query at each key press."""

_NUMBERED: Final = re.compile(r"(?P<month>\d{4}\.|.+/\d{4})(?P<number>\d+)")
_BEGINNING_OF_ID: Final = re.compile(r"\d{3,4}|\d{4}\.\d{0,5}|[A-Za-z-]+/\d{0,7}")
_ANY_TEXT_AFTER: Final = "\U0010ffff"


async def near(database: Database, arxiv_id: str, *, limit: int = 5) -> tuple[PaperName, ...]:
    """Return the papers that a mistyped id may mean, the most likely first.

    First those whose id differs by one typo (a digit wrong, missing or too many, or two swapped),
    then those with the nearest numbers of the same month.
    """
    match = _NUMBERED.fullmatch(arxiv_id)
    if match is None:
        return ()
    rows = await database.read(
        """
        SELECT arxiv_id, title, votes, digest_date, 0 AS is_neighbour
        FROM papers
        WHERE arxiv_id IN (SELECT value FROM json_each(:typos))
        UNION ALL
        SELECT * FROM (
            SELECT arxiv_id, title, votes, digest_date, 1
            FROM papers
            WHERE arxiv_id > :month AND arxiv_id < :id
            ORDER BY arxiv_id DESC
            LIMIT :limit
        )
        UNION ALL
        SELECT * FROM (
            SELECT arxiv_id, title, votes, digest_date, 1
            FROM papers
            WHERE arxiv_id > :id AND arxiv_id < :end_of_month
            ORDER BY arxiv_id
            LIMIT :limit
        )
        """,
        {
            "typos": json.dumps(sorted(set(_typos(arxiv_id)) - {arxiv_id})),
            "id": arxiv_id,
            "month": match["month"],
            "end_of_month": match["month"] + _ANY_TEXT_AFTER,
            # A typo may be a neighbour as well.
            "limit": 2 * limit,
        },
    )

    def likelihood(row: sqlite3.Row) -> tuple[int, int, str]:
        other = _NUMBERED.fullmatch(row["arxiv_id"])
        distance = abs(int(other["number"]) - int(match["number"])) if other else 0
        return row["is_neighbour"], distance, row["arxiv_id"]

    found = {row["arxiv_id"]: row for row in sorted(rows, key=likelihood, reverse=True)}
    return tuple(map(name_from_row, sorted(found.values(), key=likelihood)[:limit]))


def _typos(arxiv_id: str) -> Iterator[str]:
    """Yield the ids that differ from an id by one typo; the id itself may be among them."""
    for place, character in enumerate(arxiv_id):
        if not character.isdigit():
            continue
        before, after = arxiv_id[:place], arxiv_id[place + 1 :]
        yield before + after
        for digit in "0123456789":
            yield before + digit + after
            yield before + digit + character + after
            yield before + character + digit + after
        if after[:1].isdigit():
            yield before + after[0] + character + after[1:]


async def suggest(database: Database, text: str, *, limit: int = 25) -> tuple[PaperName, ...]:
    """Return suggestions for what a person has typed so far, newest first, then most voted.

    Nothing: the papers of the newest digest. The beginning of an id: the papers whose ids begin
    with it. Otherwise, or if there are none: the papers whose titles match the query; of very many
    matches, those added last.
    """
    text = text.strip()
    if not text:
        return await _newest_names(database, limit)
    by_id: tuple[PaperName, ...] = ()
    if _BEGINNING_OF_ID.fullmatch(text):
        by_id = await _names_by_id(database, text.lower(), limit)
    return by_id or await _names_by_title(database, text, limit)


async def _newest_names(database: Database, limit: int) -> tuple[PaperName, ...]:
    rows = await database.read(
        """
        SELECT arxiv_id, title, votes, digest_date
        FROM papers
        WHERE digest_date = (SELECT max(date) FROM digests)
        ORDER BY votes DESC, rank, arxiv_id
        LIMIT ?
        """,
        (limit,),
    )
    return tuple(map(name_from_row, rows))


async def _names_by_id(database: Database, beginning: str, limit: int) -> tuple[PaperName, ...]:
    rows = await database.read(
        """
        SELECT arxiv_id, title, votes, digest_date
        FROM (
            SELECT *
            FROM papers
            WHERE arxiv_id >= ? AND arxiv_id < ?
            ORDER BY arxiv_id DESC
            LIMIT ?
        )
        ORDER BY digest_date DESC, votes DESC, rank, arxiv_id
        LIMIT ?
        """,
        (beginning, beginning + _ANY_TEXT_AFTER, _MOST_CANDIDATES, limit),
    )
    return tuple(map(name_from_row, rows))


async def _names_by_title(database: Database, text: str, limit: int) -> tuple[PaperName, ...]:
    parsed = parse(text)
    if any(term.field is not Field.ANYWHERE for term in parsed.terms) or not parsed.required:
        return ()
    rows = await search_index.read(database, _rows_by_title, parsed, limit)
    return tuple(map(name_from_row, rows))


def _rows_by_title(connection: sqlite3.Connection, parsed: Query, limit: int) -> list[sqlite3.Row]:
    required = " AND ".join(_match_title(connection, term) for term in parsed.required)
    match = " NOT ".join(
        (f"({required})", *(_match_title(connection, term) for term in parsed.excluded))
    )
    return connection.execute(
        """
        SELECT arxiv_id, papers.title, votes, digest_date
        FROM (
            SELECT rowid AS id
            FROM title_index
            WHERE title_index MATCH ?
            ORDER BY rowid DESC
            LIMIT ?
        ) AS found
        CROSS JOIN papers ON papers.id = found.id
        ORDER BY digest_date DESC, votes DESC, papers.rank, arxiv_id
        LIMIT ?
        """,
        (match, max(_MOST_CANDIDATES, limit), limit),
    ).fetchall()


def _match_title(connection: sqlite3.Connection, term: Term) -> str:
    """Return what FTS5 looks for: beginnings of any length, since the person may be typing."""
    found = phrases(term.words, partial(inflected_forms, connection), is_exact=term.is_exact)
    whole = [f'"{" ".join(phrase)}"' for phrase in found]
    beginnings = [] if term.is_exact else [f"{phrase} *" for phrase in whole[:1]]
    return f"({' OR '.join((*whole, *beginnings))})"
