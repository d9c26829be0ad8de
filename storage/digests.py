"""Digests: store a day's list of papers, merge it with what is stored, and read it back."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, groupby
from operator import itemgetter
from typing import Final

from storage.changes import Changes, Entry, Known, KnownPaper, KnownText, changes
from storage.database import Database, Writer
from storage.facts import dump, paper_from_json, paper_to_json
from storage.merge import MergedPaper, SourcePaper, Votes, merge
from storage.papers import known_votes, paper_from_row, texts_from_row
from storage.records import (
    Details,
    Digest,
    ListedDigest,
    ListedPaper,
    Paper,
    Reason,
    SourceList,
    StoredDigest,
)
from storage.times import from_optional_text, from_text, start_of, to_optional_text, to_text

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
        tuple(replace(paper, digest_date=day, rank=rank) for rank, paper in listed),
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
    """Store a digest of the source `files`, as `store_lists` does.

    Raises:
        ValueError: A text contains NUL, at which SQLite's functions cut a text.
        StorageError: It could not be written; nothing was stored.
    """
    (stored,) = await store_all(database, [digest], read_at=read_at)
    return stored


async def store_all(
    database: Database, batch: Sequence[Digest], *, read_at: datetime
) -> tuple[StoredDigest, ...]:
    """Store several digests of the source `files`, as `store_lists` does."""
    lists = [SourceList(date=each.date, papers=each.papers, read_at=read_at) for each in batch]
    return await store_lists(database, lists)


async def store_lists(database: Database, batch: Sequence[SourceList]) -> tuple[StoredDigest, ...]:
    """Store what sources say of days in one transaction; return the results in order.

    The digest of a day is merged from what all sources said of it; `storage.merge` has the rules.
    Unchanged rows are not written again. Storing a list again adds and updates, but removes
    nothing:

    - Votes that differ from those that the source had last in this list are a new reading.
    - A paper's facts are those of the newest list that has it, so reading an old file again does
      not restore old texts. What that list lacks (authors, media, sections) is taken from others.
    - Papers that the list no longer has keep an entry, ranked after the others.

    Args:
        database: Where to store.
        batch: No id twice in a list, and no NUL in any text. The sources are known to `sources`.

    Raises:
        ValueError: A text contains NUL, at which SQLite's functions cut a text, or a list has an id
            twice.
        LookupError: There is no such source.
        StorageError: They could not be written, and none was.
    """
    try:
        async with database.transaction() as writer:
            return await writer.run(_store_lists, batch)
    finally:
        database.content_changed()


def _store_lists(
    connection: sqlite3.Connection, batch: Sequence[SourceList]
) -> tuple[StoredDigest, ...]:
    return tuple(_store(connection, each) for each in batch)


def _store(connection: sqlite3.Connection, new: SourceList) -> StoredDigest:
    if len({paper.arxiv_id for paper in new.papers}) < len(new.papers):
        raise ValueError(f"the list of {new.date} has a paper twice")
    known = _known(connection, new)
    changed = changes(known, new)
    if changed or new.body_hash is not None:
        _write_day(connection, known.source_id, new)
    if changed:
        _write(connection, changed, to_text(new.read_at))
        _announce(connection, changed)
    return changed.stored


def _announce(connection: sqlite3.Connection, changed: Changes) -> None:
    """Increment the content versions, and wake jobs that wait for a digest."""
    connection.execute(
        "UPDATE content_versions SET papers = papers + ?, votes = votes + ?",
        (changed.has_new_papers, changed.has_new_numbers),
    )
    connection.execute(
        "UPDATE jobs SET not_before = NULL WHERE reason = ? AND not_before IS NOT NULL",
        (Reason.NO_DIGEST,),
    )


def _known(connection: sqlite3.Connection, new: SourceList) -> Known:
    day = new.date.isoformat()
    ((source_id, precedence, digest_id, last_digest_id, last_paper_id, entries),) = (
        connection.execute(
            """
            SELECT
                (SELECT id FROM sources WHERE name = :source),
                (SELECT precedence FROM sources WHERE name = :source),
                (SELECT id FROM digests WHERE date = :day),
                (SELECT coalesce(max(id), 0) FROM digests),
                (SELECT coalesce(max(id), 0) FROM papers),
                (
                    SELECT json_group_array(json_array(rank, paper_id, votes))
                    FROM (
                        SELECT rank, paper_id, votes
                        FROM digest_papers
                        WHERE digest_id = (SELECT id FROM digests WHERE date = :day)
                        ORDER BY rank
                    )
                )
            """,
            {"source": new.source, "day": day},
        )
    )
    if source_id is None:
        raise LookupError(f"there is no source {new.source!r}")
    said = _said(connection, day) if digest_id is not None else ()
    arxiv_ids = {paper.arxiv_id for paper in new.papers}
    arxiv_ids.update(each.paper.arxiv_id for each in said)
    rows = connection.execute(
        """
        SELECT
            listed_papers.*,
            (
                SELECT max(day)
                FROM source_papers
                WHERE paper_id = listed_papers.id AND source_id = :source
            ) AS source_day
        FROM listed_papers
        WHERE arxiv_id IN (SELECT value FROM json_each(:ids))
        """,
        {"source": source_id, "ids": json.dumps(list(arxiv_ids))},
    ).fetchall()
    other_days = _other_days(connection, day, [row["id"] for row in rows]) if rows else {}
    return Known(
        source_id,
        precedence,
        digest_id,
        last_digest_id,
        last_paper_id,
        tuple(Entry(rank, paper, known_votes(votes)) for rank, paper, votes in json.loads(entries)),
        said,
        {
            row["arxiv_id"]: _known_paper(row, new.source, other_days.get(row["arxiv_id"], ()))
            for row in rows
        },
    )


def _said(connection: sqlite3.Connection, day: str) -> tuple[SourcePaper, ...]:
    """Return what all sources said of a day."""
    rows = connection.execute(
        """
        SELECT source_id, precedence, position, facts, gone_at
        FROM source_days
        CROSS JOIN source_papers USING (source_id, day)
        JOIN sources ON sources.id = source_id
        WHERE source_days.day = ?
        """,
        (day,),
    )
    return tuple(_source_paper(row, day) for row in rows)


def _other_days(
    connection: sqlite3.Connection, day: str, paper_ids: Sequence[int]
) -> dict[str, list[tuple[date, MergedPaper]]]:
    """Return papers, by arXiv id, as the lists of other days have them, the newest first."""
    rows = connection.execute(
        """
        SELECT day, source_id, precedence, position, facts, gone_at
        FROM source_papers
        JOIN sources ON sources.id = source_id
        WHERE paper_id IN (SELECT value FROM json_each(?)) AND day <> ?
        ORDER BY day DESC
        """,
        (json.dumps(paper_ids), day),
    )
    found: dict[str, list[tuple[date, MergedPaper]]] = {}
    for other_day, said in groupby(rows, key=itemgetter("day")):
        for merged in merge(_source_paper(row, other_day) for row in said):
            days = found.setdefault(merged.paper.arxiv_id, [])
            days.append((date.fromisoformat(other_day), merged))
    return found


def _source_paper(row: sqlite3.Row, day: str) -> SourcePaper:
    facts = json.loads(row["facts"])
    votes = known_votes(facts.get("votes"))
    as_of = facts.get("as_of") or f"{day}T00:00:00.000000+00:00"
    return SourcePaper(
        row["source_id"],
        row["precedence"],
        row["position"],
        paper_from_json(facts | {"votes": votes}),
        None
        if votes is None
        else Votes(votes, from_text(as_of), from_text(facts.get("read_at") or as_of)),
        from_optional_text(row["gone_at"]),
    )


def _times_to_json(votes: Votes, day: date) -> dict[str, str]:
    """Return the times of votes in a list, for `_source_paper`; usual ones are left out."""
    times = {}
    if votes.as_of != start_of(day):
        times["as_of"] = to_text(votes.as_of)
    if votes.read_at != votes.as_of:
        times["read_at"] = to_text(votes.read_at)
    return times


def _known_paper(
    row: sqlite3.Row, source: str, other_days: Sequence[tuple[date, MergedPaper]]
) -> KnownPaper:
    listed = paper_from_row(row)
    texts = (text for text in texts_from_row(row) if text.source == source)
    text = next(texts, None)
    day = row["source_day"]
    return KnownPaper(
        row["id"],
        listed,
        from_optional_text(row["votes_as_of"]) if listed.paper.votes is not None else None,
        KnownText(
            text.language if text else None,
            text.sections if text else (),
            date.fromisoformat(day) if day else None,
        ),
        tuple(other_days),
    )


def _write_day(connection: sqlite3.Connection, source_id: int, new: SourceList) -> None:
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


def _write(connection: sqlite3.Connection, changed: Changes, read_at: str) -> None:
    connection.execute(
        """
        INSERT INTO digests (id, date, first_read_at, changed_at) VALUES (:id, :date, :at, :at)
        ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at
        """,
        {"id": changed.digest_id, "date": changed.date.isoformat(), "at": read_at},
    )
    if changed.said:
        _write_said(connection, changed)
    if changed.papers:
        _write_papers(connection, changed, read_at)
    if changed.standings:
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
                for paper_id, listed, as_of in changed.standings
            ],
        )
    if changed.entries is not None:
        _write_entries(connection, changed)
    if changed.readings:
        _insert(
            connection,
            "INSERT INTO vote_readings (paper_id, as_of, source_id, votes)",
            [(paper_id, read_at, changed.source_id, votes) for paper_id, votes in changed.readings],
            # Two lists that were read at the same time: the newer one's votes.
            """
            ON CONFLICT (paper_id, as_of, source_id) DO UPDATE SET votes = excluded.votes
            WHERE excluded.votes = (SELECT votes FROM papers WHERE id = excluded.paper_id)
            """,
        )


def _write_said(connection: sqlite3.Connection, changed: Changes) -> None:
    """Write what the source says of papers, in place of what it said before."""
    day = changed.date.isoformat()
    rows = []
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


def _write_papers(connection: sqlite3.Connection, changed: Changes, read_at: str) -> None:
    """Write papers after their sections and authors: a trigger indexes a paper's texts then."""
    if changed.replaced:
        replaced = [(paper_id,) for paper_id in changed.replaced]
        connection.executemany("DELETE FROM papers WHERE id = ?", replaced)
        connection.executemany("DELETE FROM paper_authors WHERE paper_id = ?", replaced)
    if changed.texts:
        _write_texts(connection, changed, read_at)
    authors = dump({paper_id: listed.paper.authors for paper_id, listed, _ in changed.papers})
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
                read_at,
                *_standing(listed, as_of),
                *_detail_values(listed.paper.details),
                listed.paper.authors_ordered,
            )
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


def _write_texts(connection: sqlite3.Connection, changed: Changes, read_at: str) -> None:
    """Write a source's texts in place of those that it gave before."""
    for text in changed.texts:
        if any("\0" in s.body or "\0" in (s.heading or "") for s in text.sections):
            raise ValueError(f"{text.arxiv_id} has a text that contains NUL")
    papers = json.dumps([text.paper_id for text in changed.texts])
    replaced = "source_id = ? AND paper_id IN (SELECT value FROM json_each(?))"
    if changed.replaced:
        connection.execute(
            "DELETE FROM sections WHERE text_id IN"  # noqa: S608 - a constant
            f" (SELECT id FROM texts WHERE {replaced})",
            (changed.source_id, papers),
        )
        connection.execute(
            f"DELETE FROM texts WHERE {replaced}",  # noqa: S608 - a constant
            (changed.source_id, papers),
        )
    ((last_id,),) = connection.execute("SELECT coalesce(max(id), 0) FROM texts")
    numbered = list(enumerate(changed.texts, start=last_id + 1))
    _insert(
        connection,
        "INSERT INTO texts (id, paper_id, language, source_id, written_at)",
        [
            (text_id, text.paper_id, text.language, changed.source_id, read_at)
            for text_id, text in numbered
        ],
    )
    _insert(
        connection,
        "INSERT INTO sections (text_id, position, heading, body)",
        [
            (text_id, position, section.heading, section.body)
            for text_id, text in numbered
            for position, section in enumerate(text.sections, start=1)
        ],
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
