"""Digests: store a day's list of papers, merge it with what is stored, and read it back."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Final

from storage.changes import Changes, Entry, Known, KnownPaper, changes
from storage.database import Database, Writer
from storage.papers import known_votes, paper_from_row
from storage.records import Digest, ListedDigest, ListedPaper, Paper, Reason, StoredDigest
from storage.times import to_text

_MAX_ROWS: Final = 1000
"""Of one statement. With ten values each they are far from SQLite's limit of 32,766 values."""


async def newest(database: Database) -> date | None:
    """Return the date of the newest digest; `None` if there is none."""
    ((day,),) = await database.read("SELECT max(date) FROM digests")
    return date.fromisoformat(day) if day else None


async def papers_version(writer: Writer) -> int:
    """Return the number that grows with new or changed papers, as a transaction sees it."""
    ((version,),) = await writer.execute_fetchall("SELECT papers FROM content_versions")
    return int(version)


async def dates(database: Database) -> tuple[date, ...]:
    """Return the dates of all digests, oldest first."""
    rows = await database.read("SELECT date FROM digests ORDER BY date")
    return tuple(date.fromisoformat(day) for (day,) in rows)


async def get(database: Database, day: date) -> ListedDigest | None:
    """Return a day's digest with the newest texts and votes; `None` if there is none."""
    rows = await database.read(
        """
        SELECT digest_papers.rank AS listed_rank, listed_papers.*
        FROM digests
        LEFT JOIN digest_papers ON digest_papers.digest_id = digests.id
        LEFT JOIN listed_papers ON listed_papers.id = digest_papers.paper_id
        WHERE digests.date = ?
        ORDER BY digest_papers.rank
        """,
        (day.isoformat(),),
    )
    if not rows:
        return None
    listed = [
        (row["listed_rank"], paper_from_row(row)) for row in rows if row["listed_rank"] is not None
    ]
    read = (paper.votes_read_at for _, paper in listed if paper.votes_read_at)
    return ListedDigest(
        day,
        tuple(ListedPaper(paper.paper, day, rank, paper.votes_read_at) for rank, paper in listed),
        max(read, default=None),
    )


async def get_as_read(database: Database, day: date) -> Digest | None:
    """Return a day's digest with the votes that were read in it; `None` if there is none.

    Texts are the newest that are known, as in `get`. Storing the digests of all days into an empty
    database, in any order, gives each paper the same texts and votes again.
    """
    rows = await database.read(
        """
        SELECT digest_papers.votes AS votes_then, listed_papers.*
        FROM digests
        LEFT JOIN digest_papers ON digest_papers.digest_id = digests.id
        LEFT JOIN listed_papers ON listed_papers.id = digest_papers.paper_id
        WHERE digests.date = ?
        ORDER BY digest_papers.rank
        """,
        (day.isoformat(),),
    )
    if not rows:
        return None
    return Digest(
        day,
        tuple(
            replace(paper_from_row(row).paper, votes=known_votes(row["votes_then"]))
            for row in rows
            if row["arxiv_id"] is not None
        ),
    )


async def store(database: Database, digest: Digest, *, read_at: datetime) -> StoredDigest:
    """Store a digest in one transaction; unchanged rows are not written again.

    Storing a digest again adds and updates, but removes nothing:

    - Votes that differ from those last read in this digest are a new reading. A paper's votes are
      those of the newest digest that has any. Unknown votes change nothing.
    - A paper's text, authors and media are those of the newest digest that lists it, so reading an
      old file again does not restore old texts. What that digest lacks (authors, media, sections)
      keeps its last value.
    - Papers that the digest no longer lists keep an entry, ranked after those that it lists.

    Args:
        database: Where to store.
        digest: No id twice, and no NUL in any text.
        read_at: When it was read; any time zone.

    Raises:
        ValueError: A text contains NUL, at which SQLite's functions cut a text.
        StorageError: It could not be written; nothing was stored.
    """
    (stored,) = await store_all(database, [digest], read_at=read_at)
    return stored


async def store_all(
    database: Database, batch: Sequence[Digest], *, read_at: datetime
) -> tuple[StoredDigest, ...]:
    """Store several digests in one transaction, as `store` does; return the results in order.

    Raises:
        ValueError: As in `store`; none of the digests was stored.
        StorageError: They could not be written, and none was.
    """
    try:
        async with database.transaction() as writer:
            return await writer.run(_store_all, batch, read_at)
    finally:
        database.content_changed()


def _store_all(
    connection: sqlite3.Connection, batch: Sequence[Digest], read_at: datetime
) -> tuple[StoredDigest, ...]:
    return tuple(_store(connection, digest, read_at) for digest in batch)


def _store(connection: sqlite3.Connection, digest: Digest, read_at: datetime) -> StoredDigest:
    changed = changes(_known(connection, digest), digest, read_at=read_at)
    if changed:
        _write(connection, changed, to_text(read_at))
        _announce(connection, changed)
    return changed.stored


def _announce(connection: sqlite3.Connection, changed: Changes) -> None:
    """Increment the content versions, and wake jobs that wait for a digest."""
    connection.execute(
        "UPDATE content_versions SET papers = papers + ?, votes = votes + ?",
        (changed.has_new_papers, bool(changed.readings)),
    )
    connection.execute(
        "UPDATE jobs SET not_before = NULL WHERE reason = ? AND not_before IS NOT NULL",
        (Reason.NO_DIGEST,),
    )


def _known(connection: sqlite3.Connection, digest: Digest) -> Known:
    ((digest_id, last_digest_id, last_paper_id, entries),) = connection.execute(
        """
        SELECT
            (SELECT id FROM digests WHERE date = :date),
            (SELECT coalesce(max(id), 0) FROM digests),
            (SELECT coalesce(max(id), 0) FROM papers),
            (
                SELECT json_group_array(json_array(rank, paper_id, votes))
                FROM (
                    SELECT rank, paper_id, votes
                    FROM digest_papers
                    WHERE digest_id = (SELECT id FROM digests WHERE date = :date)
                    ORDER BY rank
                )
            )
        """,
        {"date": digest.date.isoformat()},
    )
    rows = connection.execute(
        """
        SELECT
            listed_papers.*,
            (
                SELECT max(digests.date)
                FROM digest_papers
                JOIN digests ON digests.id = digest_papers.digest_id
                WHERE digest_papers.paper_id = listed_papers.id
                AND digest_papers.votes IS NOT NULL
            ) AS votes_date
        FROM listed_papers
        WHERE arxiv_id IN (SELECT value FROM json_each(?))
        """,
        (json.dumps([paper.arxiv_id for paper in digest.papers]),),
    )
    return Known(
        digest_id,
        last_digest_id,
        last_paper_id,
        tuple(Entry(*entry) for entry in json.loads(entries)),
        {
            row["arxiv_id"]: KnownPaper(
                row["id"],
                paper_from_row(row),
                date.fromisoformat(row["votes_date"]) if row["votes_date"] else None,
            )
            for row in rows
        },
    )


def _write(connection: sqlite3.Connection, changed: Changes, read_at: str) -> None:
    connection.execute(
        """
        INSERT INTO digests (id, date, first_read_at, changed_at) VALUES (:id, :date, :at, :at)
        ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at
        """,
        {"id": changed.digest_id, "date": changed.date.isoformat(), "at": read_at},
    )
    if changed.texts:
        _write_texts(connection, changed, read_at)
    if changed.standings:
        connection.executemany(
            "UPDATE papers SET votes = ?, votes_read_at = ?, digest_date = ?, rank = ?"
            " WHERE id = ?",
            [(*_standing(listed), paper_id) for paper_id, listed in changed.standings],
        )
    if changed.entries is not None:
        _write_entries(connection, changed)
    if changed.readings:
        _insert(
            connection,
            "INSERT INTO vote_readings (paper_id, digest_id, votes, read_at)",
            [(paper, changed.digest_id, votes, read_at) for paper, votes in changed.readings],
        )


def _write_texts(connection: sqlite3.Connection, changed: Changes, read_at: str) -> None:
    """Write papers after their sections and authors: a trigger indexes a paper's texts then."""
    if changed.replaced:
        replaced = [(paper_id,) for paper_id in changed.replaced]
        connection.executemany("DELETE FROM papers WHERE id = ?", replaced)
        connection.executemany("DELETE FROM sections WHERE paper_id = ?", replaced)
        connection.executemany("DELETE FROM paper_authors WHERE paper_id = ?", replaced)
    texts = [(paper_id, listed.paper) for paper_id, listed in changed.texts]
    for _, paper in texts:
        if "\0" in _all_text(paper):
            raise ValueError(f"{paper.arxiv_id} has a text that contains NUL")
    _insert(
        connection,
        "INSERT INTO sections (paper_id, position, heading, body)",
        [
            (paper_id, position, section.heading, section.body)
            for paper_id, paper in texts
            for position, section in enumerate(paper.sections, start=1)
        ],
    )
    authors = json.dumps({paper_id: paper.authors for paper_id, paper in texts}, ensure_ascii=False)
    connection.execute(
        """
        INSERT INTO authors (name)
        SELECT name.value
        FROM json_each(?) AS paper
        CROSS JOIN json_each(paper.value) AS name
        WHERE true
        ON CONFLICT (name) DO NOTHING
        """,
        (authors,),
    )
    connection.execute(
        """
        INSERT INTO paper_authors (paper_id, position, author_id)
        SELECT paper.key, name.key + 1, authors.id
        FROM json_each(?) AS paper
        CROSS JOIN json_each(paper.value) AS name
        CROSS JOIN authors ON authors.name = name.value
        """,
        (authors,),
    )
    # One statement for all papers, because FTS5 flushes what it has gathered after each statement.
    _insert(
        connection,
        """
        INSERT INTO papers (
            id, arxiv_id, title, media_kind, media_url, text_changed_at,
            votes, votes_read_at, digest_date, rank
        )
        """,
        [
            (
                paper_id,
                listed.paper.arxiv_id,
                listed.paper.title,
                listed.paper.media and listed.paper.media.kind,
                listed.paper.media and listed.paper.media.url,
                read_at,
                *_standing(listed),
            )
            for paper_id, listed in changed.texts
        ],
    )


def _insert(connection: sqlite3.Connection, into: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows with one statement per `_MAX_ROWS` rows.

    `executemany` gives up Python's global interpreter lock for each row and waits for it after
    each, up to 5 ms while another thread parses the next digests.
    """
    for start in range(0, len(rows), _MAX_ROWS):
        chunk = rows[start : start + _MAX_ROWS]
        placeholders = "(" + ", ".join("?" * len(chunk[0])) + ")"
        connection.execute(
            into + " VALUES " + ", ".join([placeholders] * len(chunk)),
            tuple(chain.from_iterable(chunk)),
        )


def _all_text(paper: Paper) -> str:
    sections = (f"{section.heading}{section.body}" for section in paper.sections)
    return "".join((paper.title, *paper.authors, *sections))


def _standing(listed: ListedPaper) -> tuple[int | None, str | None, str, int]:
    return (
        listed.paper.votes,
        to_text(listed.votes_read_at) if listed.votes_read_at else None,
        listed.digest_date.isoformat(),
        listed.rank,
    )


def _write_entries(connection: sqlite3.Connection, changed: Changes) -> None:
    if not changed.is_new:
        connection.execute("DELETE FROM digest_papers WHERE digest_id = ?", (changed.digest_id,))
    _insert(
        connection,
        "INSERT INTO digest_papers (digest_id, rank, paper_id, votes)",
        [
            (changed.digest_id, entry.rank, entry.paper_id, entry.votes)
            for entry in changed.entries or ()
        ],
    )
    if changed.unlisted:
        connection.executemany(
            "UPDATE papers SET rank = ? WHERE id = ? AND digest_date = ?",
            [(entry.rank, entry.paper_id, changed.date.isoformat()) for entry in changed.unlisted],
        )
