"""Keep the full-text index in step with the papers.

Triggers note in `stale_papers` which papers changed. Whoever stores papers calls `update` in the
same transaction; `catch_up` indexes what is left over, such as the papers of an older database.
"""

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from storage.database import Database
from storage.documents import Document
from storage.stems import stem
from storage.tokens import is_cjk, tokenize

_BATCH: Final = 50
"""Papers of one transaction of `catch_up`, so that others that write wait some 50 ms at most."""
_ROWS: Final = 200
"""Of one statement: FTS5 writes what it has gathered after each."""


def update(connection: sqlite3.Connection, paper_ids: Iterable[int]) -> None:
    """Index those of some papers that have changed, within the caller's transaction."""
    rows = connection.execute(
        "SELECT paper_id FROM stale_papers WHERE paper_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(paper_ids)),),
    )
    _index(connection, [paper_id for (paper_id,) in rows])


async def is_complete(database: Database) -> bool:
    """Return whether all papers are indexed as they are."""
    return not await database.read("SELECT 1 FROM stale_papers LIMIT 1")


async def count_stale(database: Database) -> int:
    """Return how many papers have changed and aren't indexed yet."""
    ((papers,),) = await database.read("SELECT count(*) FROM stale_papers")
    return int(papers)


async def catch_up(database: Database, *, pause: float = 0.05) -> int:
    """Index all papers that have changed and aren't indexed yet; return how many.

    Papers added last come first. It may be stopped at any time, and goes on where it was.

    Args:
        database: Where they are.
        pause: Seconds between two transactions, for others that write.
    """
    indexed = 0
    while not await is_complete(database):
        async with database.transaction() as writer:
            indexed += await writer.run(index_stale, limit=_BATCH)
        await asyncio.sleep(pause)
    return indexed


def index_stale(connection: sqlite3.Connection, *, limit: int) -> int:
    """Index papers that have changed, those added last first; return how many."""
    rows = connection.execute(
        "SELECT paper_id FROM stale_papers ORDER BY paper_id DESC LIMIT ?", (limit,)
    )
    paper_ids = [paper_id for (paper_id,) in rows]
    _index(connection, paper_ids)
    return len(paper_ids)


def _index(connection: sqlite3.Connection, paper_ids: Sequence[int]) -> None:
    for start in range(0, len(paper_ids), _ROWS):
        _index_rows(connection, paper_ids[start : start + _ROWS])


def _index_rows(connection: sqlite3.Connection, paper_ids: Sequence[int]) -> None:
    ids = json.dumps(paper_ids)
    among = "IN (SELECT value FROM json_each(?))"
    old = {
        paper_id: Document.unpack(tokens)
        for paper_id, tokens in connection.execute(
            f"SELECT paper_id, tokens FROM paper_tokens WHERE paper_id {among}",  # noqa: S608 - a constant
            (ids,),
        )
    }
    rows = connection.execute(
        "SELECT id, title, authors, organization, keywords, sections, abstract, summary"  # noqa: S608 - a constant
        f" FROM paper_texts WHERE id {among}",
        (ids,),
    ).fetchall()
    new = {row[0]: _document(*row[1:]) for row in rows}
    changed = [each for each in paper_ids if old.get(each) != new.get(each)]
    _take_back(connection, {each: old[each] for each in changed if each in old})
    _give(connection, {each: new[each] for each in changed if each in new})
    _count_words(connection, [old[each] for each in changed if each in old], by=-1)
    _count_words(connection, [new[each] for each in changed if each in new], by=1)
    connection.execute(f"DELETE FROM stale_papers WHERE paper_id {among}", (ids,))  # noqa: S608 - a constant
    _count_names(connection, ids)


def _document(  # noqa: PLR0913, PLR0917 - a row
    title: str,
    authors: str,
    organization: str | None,
    keywords: str,
    sections: str,
    abstract: str | None,
    summary: str | None,
) -> Document:
    bodies = [*json.loads(sections), *filter(None, (abstract, summary))]
    return Document.of(title, json.loads(authors), organization, json.loads(keywords), bodies)


def _take_back(connection: sqlite3.Connection, documents: dict[int, Document]) -> None:
    columns = "title, authors, organization, keywords, body, compounds"
    _insert(
        connection,
        f"INSERT INTO paper_index (paper_index, rowid, {columns})",
        [("delete", paper_id, *each.columns) for paper_id, each in documents.items()],
    )
    _insert(
        connection,
        "INSERT INTO title_index (title_index, rowid, title)",
        [("delete", paper_id, each.title) for paper_id, each in documents.items()],
    )
    connection.execute(
        "DELETE FROM paper_tokens WHERE paper_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(documents)),),
    )


def _give(connection: sqlite3.Connection, documents: dict[int, Document]) -> None:
    _insert(
        connection,
        "INSERT INTO paper_index (rowid, title, authors, organization, keywords, body, compounds)",
        [(paper_id, *each.columns) for paper_id, each in documents.items()],
    )
    _insert(
        connection,
        "INSERT INTO title_index (rowid, title)",
        [(paper_id, each.title) for paper_id, each in documents.items()],
    )
    _insert(
        connection,
        "INSERT INTO paper_tokens (paper_id, tokens)",
        [(paper_id, each.pack()) for paper_id, each in documents.items()],
    )


def _insert(
    connection: sqlite3.Connection, into: str, rows: Sequence[tuple[object, ...]], then: str = ""
) -> None:
    """Insert rows with one statement per `_ROWS` rows, as `storage.list_writer` does."""
    for start in range(0, len(rows), _ROWS):
        chunk = rows[start : start + _ROWS]
        placeholders = f"({', '.join('?' * len(chunk[0]))})"
        connection.execute(
            f"{into} VALUES {', '.join([placeholders] * len(chunk))} {then}",
            tuple(chain.from_iterable(chunk)),
        )


def _count_words(connection: sqlite3.Connection, documents: Iterable[Document], *, by: int) -> None:
    """Add to how many papers have each word, or subtract from it."""
    counts = Counter(chain.from_iterable(each.counted_words() for each in documents))
    # In the table's order, so that neighbours are on the same page.
    _insert(
        connection,
        "INSERT INTO search_words (word, stem, papers)",
        [
            (word, None if is_cjk(word) else stem(word), count * by)
            for word, count in sorted(counts.items())
        ],
        "ON CONFLICT (word) DO UPDATE SET papers = papers + excluded.papers",
    )


def _count_names(connection: sqlite3.Connection, paper_ids: str) -> None:
    """Count the papers of the authors and organizations of some papers (JSON); index new names."""
    ((last_id,),) = connection.execute("SELECT coalesce(max(id), 0) FROM search_names")
    for counted in (_AUTHORS, _ORGANIZATIONS):
        connection.execute(
            f"""
            INSERT INTO search_names (kind, name, papers) {counted}
            ON CONFLICT (kind, name) DO UPDATE SET papers = excluded.papers
            """,
            (paper_ids,),
        )
    new = connection.execute("SELECT id, kind, name FROM search_names WHERE id > ?", (last_id,))
    rows = [
        (name_id, tokenize(name), "") if kind == "author" else (name_id, "", tokenize(name))
        for name_id, kind, name in new
    ]
    _insert(connection, "INSERT INTO name_index (rowid, author, org)", rows)


_AUTHORS: Final = """
SELECT 'author', name, (SELECT count(*) FROM paper_authors WHERE author_id = authors.id)
FROM authors
WHERE id IN (
    SELECT author_id FROM paper_authors
    WHERE paper_id IN (SELECT value FROM json_each(?))
)
"""
_ORGANIZATIONS: Final = """
SELECT 'org', organization, (
    SELECT count(*) FROM papers AS others WHERE others.organization = papers.organization
)
FROM papers
WHERE id IN (SELECT value FROM json_each(?)) AND organization IS NOT NULL
GROUP BY organization
"""
