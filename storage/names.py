"""Names of authors and organizations: suggestions while a person types one."""

import sqlite3
from typing import Final

from storage import search_index
from storage.database import Database
from storage.query import LONGEST, Field
from storage.tokens import is_cjk, pairs, words_in, words_of_name

_CANDIDATES: Final = 2_000
"""Names that the most frequent ones are chosen from: those known first."""
_KINDS: Final = {Field.AUTHOR: "author", Field.ORGANIZATION: "org"}


async def suggest(
    database: Database, field: Field, text: str, *, limit: int = 25
) -> tuple[str, ...]:
    """Return the names that a person may be typing, those with the most papers first.

    All words must occur in a name, in any order, the last as the beginning of one, and initials as
    the beginnings of any. No text gives the names with the most papers.

    Args:
        database: Where the names are.
        field: `AUTHOR` or `ORGANIZATION`.
        text: What has been typed.
        limit: How many names to return at most.

    Raises:
        StorageError: The database can't be read.
    """
    return await search_index.read(database, _suggest, _KINDS[field], text[:LONGEST], limit)


def _suggest(connection: sqlite3.Connection, kind: str, text: str, limit: int) -> tuple[str, ...]:
    match = _match(kind, text)
    if match is None:
        rows = connection.execute(
            "SELECT name FROM search_names WHERE kind = ? AND papers > 0"
            " ORDER BY papers DESC, name LIMIT ?",
            (kind, limit),
        )
    else:
        rows = connection.execute(
            """
            SELECT name
            FROM (SELECT rowid AS id FROM name_index WHERE name_index MATCH ? LIMIT ?) AS found
            CROSS JOIN search_names ON search_names.id = found.id
            WHERE papers > 0
            ORDER BY papers DESC, name
            LIMIT ?
            """,
            (match, _CANDIDATES, limit),
        )
    return tuple(row[0] for row in rows)


def _match(kind: str, text: str) -> str | None:
    """Return what FTS5 looks for; `None` if the text has no word."""
    words = words_of_name(text) if kind == _KINDS[Field.AUTHOR] else words_in(text)
    if not words:
        return None
    *others, last = words
    phrases = [_phrase(word) + (" *" if len(word) == 1 else "") for word in others]
    return f"{{{kind}}} : ({' AND '.join([*phrases, _phrase(last) + ' *'])})"


def _phrase(word: str) -> str:
    tokens = (pairs(word) if is_cjk(word) else []) or [word]
    return f'"{" ".join(tokens)}"'
