"""Keep the full-text index in step with the papers.

Who stores papers doesn't index them: triggers note in `stale_papers`, in the same transaction,
which papers changed. `catch_up` indexes them in small steps, and is the only way to do so. The
running bot calls it every second, and whoever reads the index does so with `read`, which calls it
first if few papers are missing.
"""

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from storage.database import Database
from storage.documents import Document
from storage.errors import StorageError
from storage.stems import stem
from storage.tokens import is_cjk, tokenize

_BATCH: Final = 50
"""Papers of one transaction of `catch_up`, so that others that write wait some 50 ms at most."""
_FEW: Final = 300
"""The most papers that are indexed while a person waits for a search."""
_LONGEST_WAIT: Final = 1.0
"""Seconds that a search waits for that: another process may be writing."""
_ROWS: Final = 200
"""Rows of one statement: FTS5 writes what it has gathered after each."""
_PAPERS: Final = """
SELECT paper_id FROM paper_tokens
UNION SELECT id FROM papers WHERE id NOT IN (SELECT paper_id FROM stale_papers)
"""
_INDEXES: Final = {
    "paper_index": _PAPERS,
    "title_index": _PAPERS,
    "name_index": "SELECT id FROM search_names",
}
"""The full-text indexes, and the ids of the rows that each should have."""


P = ParamSpec("P")
T = TypeVar("T")


async def read(
    database: Database,
    work: Callable[Concatenate[sqlite3.Connection, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a function of queries as `Database.run` does, on an index that has all papers.

    Papers that changed are indexed first, if they are few. If they are many, or the database can't
    be written within a second, the index is read as it is.

    Raises:
        StorageError: The database can't be read.
    """
    found = await database.run(_work_if_complete, lambda reader: work(reader, *args, **kwargs))
    if found is None:
        await _index_few(database)
        return await database.run(work, *args, **kwargs)
    return found[0]


def _work_if_complete(
    connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]
) -> tuple[T] | None:
    """Return what a function returns, or `None` if papers aren't indexed yet."""
    if connection.execute("SELECT 1 FROM stale_papers LIMIT 1").fetchone() is not None:
        return None
    return (work(connection),)


async def _index_few(database: Database) -> None:
    """Index the papers that have changed, unless they are many or that takes too long."""
    rows = await database.read("SELECT 1 FROM stale_papers LIMIT ?", (_FEW + 1,))
    if len(rows) > _FEW:
        return
    with suppress(StorageError, TimeoutError):
        async with asyncio.timeout(_LONGEST_WAIT):
            await catch_up(database, pause=0)


async def is_complete(database: Database) -> bool:
    """Return whether all papers are indexed as they are."""
    return not await database.read("SELECT 1 FROM stale_papers LIMIT 1")


async def count_stale(database: Database) -> int:
    """Return how many papers have changed and aren't indexed yet."""
    ((papers,),) = await database.read("SELECT count(*) FROM stale_papers")
    return int(papers)


async def catch_up(database: Database, *, pause: float = 0.05, step: int = _BATCH) -> int:
    """Index all papers that have changed and aren't indexed yet; return how many.

    Papers added last come first. It may be stopped at any time, and goes on where it was.

    Args:
        database: Where they are.
        pause: Seconds between two transactions, for others that write.
        step: Papers of a transaction. With more than the default it takes less time, and others
            that write wait longer.
    """
    indexed = 0
    while not await is_complete(database):
        async with database.transaction() as writer:
            indexed += await writer.run(index_stale, limit=step)
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


def wrong_indexes(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the full-text indexes that are damaged or lack what they should have.

    They are checked by FTS5's own check, which needs the right to write, by comparing which rows
    they have, and by making the tokens of all papers anew, which takes some 0.5 ms for each. Papers
    that are noted to be indexed are nothing wrong.

    Source: https://sqlite.org/fts5.html#the_integrity_check_command
    """
    has_old_tokens = _has_old_tokens(connection)
    return tuple(
        index
        for index, rows in _INDEXES.items()
        if (rows == _PAPERS and has_old_tokens)
        or _is_damaged(connection, index)
        or _has_other_rows(connection, index, rows)
    )


def _has_old_tokens(connection: sqlite3.Connection) -> bool:
    """Return whether the tokens of any paper aren't those of its texts."""
    rows = connection.execute(
        "SELECT paper_id FROM paper_tokens"
        " WHERE paper_id NOT IN (SELECT paper_id FROM stale_papers) ORDER BY paper_id"
    ).fetchall()
    paper_ids = [paper_id for (paper_id,) in rows]
    for start in range(0, len(paper_ids), _ROWS):
        ids = json.dumps(paper_ids[start : start + _ROWS])
        if _read_old(connection, ids) != _read_new(connection, ids):
            return True
    return False


def _is_damaged(connection: sqlite3.Connection, index: str) -> bool:
    try:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")  # noqa: S608 - a constant
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
            return True
        raise
    return False


def _has_other_rows(connection: sqlite3.Connection, index: str, rows: str) -> bool:
    has = f"SELECT id FROM {index}_docsize"  # noqa: S608 - a constant
    ((differ,),) = connection.execute(
        f"SELECT EXISTS (SELECT * FROM ({rows} EXCEPT {has}))"  # noqa: S608 - constants
        f" OR EXISTS (SELECT * FROM ({has} EXCEPT SELECT * FROM ({rows})))"
    )
    return bool(differ)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the full-text indexes anew from the papers, within the caller's transaction."""
    for index in _INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")  # noqa: S608 - a constant
    for table in ("paper_tokens", "search_words", "search_names"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
    connection.execute(
        "INSERT INTO stale_papers (paper_id) SELECT id FROM papers WHERE true"
        " ON CONFLICT DO NOTHING"
    )
    while index_stale(connection, limit=_ROWS):
        pass


def _index(connection: sqlite3.Connection, paper_ids: Sequence[int]) -> None:
    for start in range(0, len(paper_ids), _ROWS):
        _index_rows(connection, paper_ids[start : start + _ROWS])


def _index_rows(connection: sqlite3.Connection, paper_ids: Sequence[int]) -> None:
    ids = json.dumps(paper_ids)
    old, new = _read_old(connection, ids), _read_new(connection, ids)
    changed = [each for each in paper_ids if old.get(each) != new.get(each)]
    _take_back(connection, {each: old[each] for each in changed if each in old})
    _give(connection, {each: new[each] for each in changed if each in new})
    _count_words(connection, [old[each] for each in changed if each in old], by=-1)
    _count_words(connection, [new[each] for each in changed if each in new], by=1)
    connection.execute(
        "DELETE FROM stale_papers WHERE paper_id IN (SELECT value FROM json_each(?))", (ids,)
    )
    _count_names(connection, ids)


def _read_old(connection: sqlite3.Connection, ids: str) -> dict[int, Document]:
    """Return the tokens that some papers (JSON) are indexed with."""
    rows = connection.execute(
        "SELECT paper_id, tokens FROM paper_tokens"
        " WHERE paper_id IN (SELECT value FROM json_each(?))",
        (ids,),
    )
    return {paper_id: Document.unpack(tokens) for paper_id, tokens in rows}


def _read_new(connection: sqlite3.Connection, ids: str) -> dict[int, Document]:
    """Return the tokens of some papers (JSON) as their texts are now."""
    rows = connection.execute(
        "SELECT id, title, authors, organization, keywords, sections, abstract, summary"
        " FROM paper_texts WHERE id IN (SELECT value FROM json_each(?))",
        (ids,),
    )
    return {paper_id: _document(row) for paper_id, *row in rows}


def _document(row: Sequence[Any]) -> Document:
    title, authors, organization, keywords, sections, abstract, summary = row
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
