"""Write what storing lists changes, within the caller's transaction."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain
from typing import Final

from storage.changes import Changes
from storage.facts import dump, paper_to_json
from storage.merge import Votes
from storage.records import Details, ListedPaper, Paper, SourceList
from storage.terms import write_terms
from storage.times import start_of, to_optional_text, to_text

_MAX_ROWS: Final = 1000
"""Rows of one statement. With 22 values each they are below SQLite's limit of 32,766 values."""


def _times_to_json(votes: Votes, day: date) -> dict[str, str]:
    """Return the times of votes in a list, for `_source_paper`; usual ones are left out."""
    times = {}
    if votes.as_of != start_of(day):
        times["as_of"] = to_text(votes.as_of)
    if votes.read_at != votes.as_of:
        times["read_at"] = to_text(votes.read_at)
    return times


def write_day(connection: sqlite3.Connection, source_id: int, new: SourceList) -> None:
    """Record that a source was read for a day."""
    connection.execute(
        """
        INSERT INTO source_days (
            source_id, day, opened_at, closed_at, arrived_at, checked_at, read_at, etag, body_hash
        )
        VALUES (:source, :day, :opened, :closed, :arrived, :at, :at, :etag, :hash)
        ON CONFLICT (source_id, day) DO UPDATE SET
            opened_at = excluded.opened_at,
            closed_at = excluded.closed_at,
            arrived_at = coalesce(arrived_at, excluded.arrived_at),
            checked_at = excluded.checked_at,
            read_at = excluded.read_at,
            etag = excluded.etag,
            body_hash = excluded.body_hash,
            error = NULL
        """,
        {
            "source": source_id,
            "day": new.date.isoformat(),
            "opened": to_optional_text(new.opened_at),
            "closed": to_optional_text(new.closed_at),
            "arrived": to_text(new.read_at) if new.papers else None,
            "at": to_text(new.read_at),
            "etag": new.etag,
            "hash": new.body_hash,
        },
    )


def write(connection: sqlite3.Connection, batch: Sequence[Changes]) -> None:
    """Write the rows that differ.

    Args:
        connection: Within a transaction.
        batch: What lists change that have no day and no paper in common.

    Raises:
        ValueError: A text contains NUL.
    """
    connection.executemany(
        """
        INSERT INTO digests (id, date, first_read_at, changed_at) VALUES (:id, :date, :at, :at)
        ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at
        """,
        [
            {
                "id": changed.digest_id,
                "date": changed.date.isoformat(),
                "at": to_text(changed.read_at),
            }
            for changed in batch
        ],
    )
    _write_said(connection, batch)
    if any(changed.papers for changed in batch):
        _write_papers(connection, batch)
    for changed in batch:
        if changed.text_days:
            connection.execute(
                """
                UPDATE texts SET day = ?
                WHERE source_id = ? AND paper_id IN (SELECT value FROM json_each(?))
                """,
                (changed.date.isoformat(), changed.source_id, json.dumps(changed.text_days)),
            )
    connection.executemany(
        """
        UPDATE papers
        SET votes = ?, votes_read_at = ?, votes_as_of = ?, digest_date = ?, rank = ?,
            comments = ?, code_stars = ?
        WHERE id = ?
        """,
        [
            (
                *_standing(listed, as_of),
                listed.paper.details.comments,
                listed.paper.details.code_stars,
                paper_id,
            )
            for changed in batch
            for paper_id, listed, as_of in changed.standings
        ],
    )
    _write_entries(connection, batch)
    _insert(
        connection,
        "INSERT INTO vote_readings (paper_id, as_of, source_id, votes)",
        [
            (paper_id, to_text(changed.read_at), changed.source_id, votes)
            for changed in batch
            for paper_id, votes in changed.readings
        ],
        # Two lists that were read at the same time: the newer one's votes.
        """
        ON CONFLICT (paper_id, as_of, source_id) DO UPDATE SET votes = excluded.votes
        WHERE excluded.votes = (SELECT votes FROM papers WHERE id = excluded.paper_id)
        """,
    )


def _write_said(connection: sqlite3.Connection, batch: Sequence[Changes]) -> None:
    """Write what sources say of papers, in place of what they said before."""
    rows = []
    for changed in batch:
        day = changed.date.isoformat()
        for paper_id, said in changed.said:
            if "\0" in _all_text(said.paper):
                raise ValueError(f"{said.paper.arxiv_id} has a text that contains NUL")
            facts = paper_to_json(said.paper)
            if said.votes is not None:
                facts |= _times_to_json(said.votes, changed.date)
            gone_at = to_optional_text(said.gone_at)
            rows.append((changed.source_id, day, paper_id, said.position, dump(facts), gone_at))
    _insert(
        connection,
        "INSERT OR REPLACE INTO source_papers (source_id, day, paper_id, position, facts, gone_at)",
        rows,
    )


def _write_papers(connection: sqlite3.Connection, batch: Sequence[Changes]) -> None:
    """Write papers with their sections and authors."""
    replaced = [(paper_id,) for changed in batch for paper_id in changed.replaced]
    connection.executemany("DELETE FROM papers WHERE id = ?", replaced)
    connection.executemany("DELETE FROM paper_authors WHERE paper_id = ?", replaced)
    _write_texts(connection, batch)
    authors = dump(
        {
            paper_id: listed.paper.authors
            for changed in batch
            for paper_id, listed, _ in changed.papers
        }
    )
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
    _insert(
        connection,
        """
        INSERT INTO papers (
            id, arxiv_id, title, media_kind, media_url, text_changed_at, votes, votes_read_at,
            votes_as_of, digest_date, rank, abstract, summary, keywords, organization, code_url,
            code_stars, project_url, comments, submitted_at, withdrawn_at, authors_ordered
        )
        """,
        [
            (
                paper_id,
                listed.paper.arxiv_id,
                listed.paper.title,
                listed.paper.media and listed.paper.media.kind,
                listed.paper.media and listed.paper.media.url,
                to_text(changed.read_at),
                *_standing(listed, as_of),
                *_detail_values(listed.paper.details),
                listed.paper.authors_ordered,
            )
            for changed in batch
            for paper_id, listed, as_of in changed.papers
        ],
    )


def _detail_values(details: Details) -> tuple[object, ...]:
    return (
        details.abstract,
        details.summary,
        dump(details.keywords) if details.keywords else "[]",
        details.organization,
        details.code_url,
        details.code_stars,
        details.project_url,
        details.comments,
        to_optional_text(details.submitted_at),
        to_optional_text(details.withdrawn_at),
    )


def _write_texts(connection: sqlite3.Connection, batch: Sequence[Changes]) -> None:
    """Write sources' texts in place of those that they gave before."""
    for changed in batch:
        for text in changed.texts:
            if any("\0" in s.body or "\0" in (s.heading or "") for s in text.sections):
                raise ValueError(f"{text.arxiv_id} has a text that contains NUL")
        if changed.replaced and changed.texts:
            _delete_texts(connection, changed)
    ((last_id,),) = connection.execute("SELECT coalesce(max(id), 0) FROM texts")
    numbered = list(
        enumerate(
            ((changed, text) for changed in batch for text in changed.texts), start=last_id + 1
        )
    )
    _insert(
        connection,
        "INSERT INTO texts (id, paper_id, language, source_id, written_at, day)",
        [
            (
                text_id,
                text.paper_id,
                text.language,
                changed.source_id,
                to_text(changed.read_at),
                changed.date.isoformat(),
            )
            for text_id, (changed, text) in numbered
        ],
    )
    _insert(
        connection,
        "INSERT INTO sections (text_id, position, heading, body)",
        [
            (text_id, position, section.heading, section.body)
            for text_id, (_, text) in numbered
            for position, section in enumerate(text.sections, start=1)
        ],
    )
    write_terms(
        connection,
        [(text_id, text.language, text.sections) for text_id, (_, text) in numbered],
    )


def _delete_texts(connection: sqlite3.Connection, changed: Changes) -> None:
    papers = json.dumps([text.paper_id for text in changed.texts])
    replaced = "source_id = ? AND paper_id IN (SELECT value FROM json_each(?))"
    connection.execute(
        "DELETE FROM sections WHERE text_id IN"  # noqa: S608 - a constant
        f" (SELECT id FROM texts WHERE {replaced})",
        (changed.source_id, papers),
    )
    connection.execute(
        f"DELETE FROM texts WHERE {replaced}",  # noqa: S608 - a constant
        (changed.source_id, papers),
    )


def _insert(
    connection: sqlite3.Connection, into: str, rows: Sequence[tuple[object, ...]], then: str = ""
) -> None:
    """Insert rows with one statement per `_MAX_ROWS` rows.

    `executemany` gives up Python's global interpreter lock for each row and waits for it after
    each, up to 5 ms while another thread parses the next digests.
    """
    for start in range(0, len(rows), _MAX_ROWS):
        chunk = rows[start : start + _MAX_ROWS]
        placeholders = "(" + ", ".join("?" * len(chunk[0])) + ")"
        connection.execute(
            f"{into} VALUES {', '.join([placeholders] * len(chunk))} {then}",
            tuple(chain.from_iterable(chunk)),
        )


def _all_text(paper: Paper) -> str:
    details = paper.details
    texts = (details.abstract, details.summary, details.organization, *details.keywords)
    return "".join((paper.title, *paper.authors, *filter(None, texts)))


def _standing(
    listed: ListedPaper, as_of: datetime | None
) -> tuple[int | None, str | None, str | None, str, int]:
    return (
        listed.paper.votes,
        to_optional_text(listed.votes_read_at),
        to_optional_text(as_of),
        listed.digest_date.isoformat(),
        listed.rank,
    )


def _write_entries(connection: sqlite3.Connection, batch: Sequence[Changes]) -> None:
    """Write the entries of digests in place of those that they had."""
    changed_digests = [changed for changed in batch if changed.entries is not None]
    connection.executemany(
        "DELETE FROM digest_papers WHERE digest_id = ?",
        [(changed.digest_id,) for changed in changed_digests if not changed.is_new],
    )
    _insert(
        connection,
        "INSERT INTO digest_papers (digest_id, rank, paper_id, votes)",
        [
            (changed.digest_id, entry.rank, entry.paper_id, entry.votes)
            for changed in changed_digests
            for entry in changed.entries or ()
        ],
    )
