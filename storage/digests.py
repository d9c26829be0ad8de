"""Digests: store a day's list of papers, merge it with what is stored, and read it back."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from storage.changes import changes
from storage.database import Database, Writer
from storage.known_lists import read_known
from storage.papers import known_votes, paper_from_row
from storage.pending_changes import PendingChanges
from storage.records import Digest, ListedDigest, SourceList, StoredDigest
from storage.times import from_optional_text


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


async def dates_with_papers(database: Database) -> tuple[date, ...]:
    """Return the dates of the digests that list any paper, oldest first."""
    rows = await database.read(
        """
        SELECT date FROM digests
        WHERE EXISTS (SELECT 1 FROM digest_papers WHERE digest_id = digests.id)
        ORDER BY date
        """
    )
    return tuple(date.fromisoformat(day) for (day,) in rows)


async def closing_times(database: Database) -> tuple[tuple[date, datetime | None], ...]:
    """Return the dates of all digests, oldest first, and when each is complete, in UTC.

    The time is `None` where no source says it, or one of them doesn't.
    """
    rows = await database.read(
        """
        SELECT date, iif(count(*) = count(closed_at), max(closed_at), NULL) AS closed_at
        FROM digests
        LEFT JOIN source_days ON source_days.day = digests.date AND arrived_at IS NOT NULL
        GROUP BY date
        ORDER BY date
        """
    )
    return tuple(
        (date.fromisoformat(row["date"]), from_optional_text(row["closed_at"])) for row in rows
    )


async def get(database: Database, day: date) -> ListedDigest | None:
    """Return a day's digest with the newest texts and votes; `None` if there is none."""
    rows = await _papers_of(database, day)
    if rows is None:
        return None
    listed = [(row["listed_rank"], paper_from_row(row)) for row in rows]
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
    rows = await _papers_of(database, day)
    if rows is None:
        return None
    return Digest(
        day,
        tuple(
            replace(paper_from_row(row).paper, votes=known_votes(row["votes_then"])) for row in rows
        ),
    )


async def _papers_of(database: Database, day: date) -> list[sqlite3.Row] | None:
    """Return the rows of a digest's papers, by rank; `None` if there is no digest of the day."""
    rows = await database.read(
        """
        SELECT
            digest_papers.rank AS listed_rank, digest_papers.votes AS votes_then, listed_papers.*
        FROM digests
        LEFT JOIN digest_papers ON digest_papers.digest_id = digests.id
        LEFT JOIN listed_papers ON listed_papers.id = digest_papers.paper_id
        WHERE digests.date = ?
        ORDER BY digest_papers.rank
        """,
        (day.isoformat(),),
    )
    return [row for row in rows if row["listed_rank"] is not None] if rows else None


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
    pending = PendingChanges()
    stored: list[StoredDigest] = []
    for new in batch:
        arxiv_ids = {paper.arxiv_id for paper in new.papers}
        if len(arxiv_ids) < len(new.papers):
            raise ValueError(f"the list of {new.date} has a paper twice")
        if pending.concern(new.date, arxiv_ids):
            pending.write(connection)
        known = read_known(connection, new)
        if pending.concern(new.date, known.papers):
            pending.write(connection)
            known = read_known(connection, new)
        changed = changes(pending.number_after(known), new)
        pending.add(changed, new, arxiv_ids.union(known.papers))
        stored.append(changed.stored)
    pending.write(connection)
    return tuple(stored)
