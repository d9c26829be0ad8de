"""Papers that people have saved for themselves, with a note for each."""

import json
import sqlite3
from datetime import datetime
from enum import Enum, auto
from typing import Final

from storage.database import Database
from storage.facts import paper_from_json
from storage.records import Details, Paper, SavedPaper
from storage.times import from_optional_text, from_text, to_text

MOST: Final = 1_000
"""Papers that a person can save."""


class Saving(Enum):
    """The result of saving a paper."""

    SAVED = auto()
    ALREADY = auto()
    """The person has saved it before."""
    FULL = auto()
    """The person has saved `MOST` papers."""


_SAVED: Final = """
SELECT
    saved_papers.arxiv_id,
    coalesce(papers.title, saved_papers.title) AS title,
    note,
    saved_at
FROM saved_papers
LEFT JOIN papers ON papers.arxiv_id = saved_papers.arxiv_id
WHERE user_id = :user
"""


def _from_row(row: sqlite3.Row) -> SavedPaper:
    return SavedPaper(row["arxiv_id"], row["title"], row["note"], from_text(row["saved_at"]))


async def save(database: Database, user_id: int, paper: Paper, *, at: datetime) -> Saving:
    """Save a paper for a person, unless they have saved it or as many as they can."""
    values = {
        "user": user_id,
        "arxiv_id": paper.arxiv_id,
        # Services can give lone surrogates, which SQLite refuses.
        "title": _storable(paper.title),
        "at": to_text(at),
        "most": MOST,
    }
    async with database.transaction() as writer:
        rows = await writer.execute_fetchall(
            "SELECT 1 FROM saved_papers WHERE user_id = :user AND arxiv_id = :arxiv_id", values
        )
        if tuple(rows):
            return Saving.ALREADY
        cursor = await writer.execute(
            """
            INSERT INTO saved_papers (user_id, arxiv_id, title, saved_at)
            SELECT :user, :arxiv_id, :title, :at
            WHERE (SELECT count(*) FROM saved_papers WHERE user_id = :user) < :most
            """,
            values,
        )
    return Saving.SAVED if cursor.rowcount else Saving.FULL


async def get(database: Database, user_id: int, arxiv_id: str) -> SavedPaper | None:
    """Return a paper that a person has saved; `None` if they haven't."""
    rows = await database.read(
        f"{_SAVED} AND saved_papers.arxiv_id = :arxiv_id",
        {"user": user_id, "arxiv_id": arxiv_id},
    )
    return _from_row(rows[0]) if rows else None


async def count(database: Database, user_id: int) -> int:
    """Return how many papers a person has saved."""
    ((number,),) = await database.read(
        "SELECT count(*) FROM saved_papers WHERE user_id = ?", (user_id,)
    )
    return int(number)


async def page(
    database: Database, user_id: int, *, limit: int, offset: int
) -> tuple[SavedPaper, ...]:
    """Return some of a person's saved papers, the newest first."""
    rows = await database.read(
        f"{_SAVED} ORDER BY saved_papers.id DESC LIMIT :limit OFFSET :offset",
        {"user": user_id, "limit": limit, "offset": offset},
    )
    return tuple(map(_from_row, rows))


async def facts(database: Database, user_id: int) -> tuple[Paper, ...]:
    """Return all of a person's saved papers with what a citation needs, the newest first.

    A paper that neither a list nor a look-up has any more comes with its title alone.
    """
    rows = await database.read(
        """
        SELECT
            saved_papers.arxiv_id,
            coalesce(listed.title, saved_papers.title) AS title,
            listed.authors,
            listed.authors_ordered,
            listed.submitted_at,
            CASE WHEN listed.id IS NULL THEN lookups.facts END AS looked_up
        FROM saved_papers
        LEFT JOIN listed_papers AS listed ON listed.arxiv_id = saved_papers.arxiv_id
        LEFT JOIN lookups ON lookups.arxiv_id = saved_papers.arxiv_id
        WHERE user_id = ?
        ORDER BY saved_papers.id DESC
        """,
        (user_id,),
    )
    return tuple(map(_facts_from_row, rows))


def _facts_from_row(row: sqlite3.Row) -> Paper:
    if row["looked_up"] is not None:
        return paper_from_json(json.loads(row["looked_up"]))
    return Paper(
        row["arxiv_id"],
        row["title"],
        authors=tuple(json.loads(row["authors"] or "[]")),
        details=Details(submitted_at=from_optional_text(row["submitted_at"])),
        authors_ordered=bool(row["authors_ordered"]),
    )


async def set_note(database: Database, user_id: int, arxiv_id: str, note: str | None) -> bool:
    """Write a person's note on a saved paper; return whether they have saved it."""
    async with database.transaction() as writer:
        cursor = await writer.execute(
            "UPDATE saved_papers SET note = ? WHERE user_id = ? AND arxiv_id = ?",
            (_storable(note) or None if note else None, user_id, arxiv_id),
        )
    return cursor.rowcount > 0


async def remove(database: Database, user_id: int, arxiv_id: str) -> bool:
    """Remove a paper with its note from those that a person has saved; return whether it was."""
    async with database.transaction() as writer:
        cursor = await writer.execute(
            "DELETE FROM saved_papers WHERE user_id = ? AND arxiv_id = ?", (user_id, arxiv_id)
        )
    return cursor.rowcount > 0


async def remove_all(database: Database, user_id: int) -> int:
    """Remove all papers and notes that a person has saved; return how many there were."""
    async with database.transaction() as writer:
        cursor = await writer.execute("DELETE FROM saved_papers WHERE user_id = ?", (user_id,))
    return cursor.rowcount


def _storable(text: str) -> str:
    return text.encode(errors="replace").decode()
