"""Compare the full-text indexes with the papers that they index."""

import json
import sqlite3
from collections import Counter
from itertools import chain

from storage import search_index
from storage.documents import Document

_MANY = 1_000
_COLUMNS = "title, authors, organization, keywords, body, compounds"


def index_and_check(outside: sqlite3.Connection) -> None:
    """Index the papers that were noted to be indexed, and check that nothing else has changed."""
    while search_index.index_stale(outside, limit=_MANY):
        pass
    assert_in_step(outside)


def assert_in_step(outside: sqlite3.Connection) -> None:
    """Check that the indexes match the papers: by FTS5's own check, and by making them again."""
    assert outside.execute("SELECT * FROM stale_papers").fetchall() == []
    documents = {
        row[0]: Document.of(
            row[1],
            json.loads(row[2]),
            row[3],
            json.loads(row[4]),
            [*json.loads(row[5]), *filter(None, row[6:])],
        )
        for row in outside.execute(
            "SELECT id, title, authors, organization, keywords, sections, abstract, summary"
            " FROM paper_texts"
        )
    }
    kept = outside.execute("SELECT paper_id, tokens FROM paper_tokens").fetchall()
    assert {row[0]: Document.unpack(row[1]) for row in kept} == documents
    _check_index(
        outside, "paper_index", _COLUMNS, [(key, *each.columns) for key, each in documents.items()]
    )
    _check_index(
        outside, "title_index", "title", [(key, each.title) for key, each in documents.items()]
    )
    words = outside.execute("SELECT word, papers FROM search_words WHERE papers <> 0").fetchall()
    assert dict(words) == Counter(
        chain.from_iterable(each.counted_words() for each in documents.values())
    )


def _check_index(
    outside: sqlite3.Connection, index: str, columns: str, rows: list[tuple[object, ...]]
) -> None:
    outside.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")  # noqa: S608 - names of tables
    outside.execute(f"CREATE VIRTUAL TABLE temp.kept USING fts5vocab (main, {index}, instance)")
    outside.execute(
        f"CREATE VIRTUAL TABLE temp.made USING fts5 ({columns}, content = '', tokenize = 'ascii')"
    )
    outside.executemany(
        f"INSERT INTO temp.made (rowid, {columns}) VALUES ({', '.join('?' * len(rows[0]))})",  # noqa: S608 - constants
        rows,
    )
    outside.execute("CREATE VIRTUAL TABLE temp.wanted USING fts5vocab (temp, made, instance)")
    kept = outside.execute("SELECT * FROM temp.kept").fetchall()
    assert kept == outside.execute("SELECT * FROM temp.wanted").fetchall()
    assert kept
    for table in ("kept", "wanted", "made"):
        outside.execute(f"DROP TABLE temp.{table}")
