"""The forms of words among all that are indexed."""

import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import Final

from storage.phrases import BEGINNING, SHORTEST_BEGINNING_OF_NAME, Forms, has_longer_forms
from storage.stems import stem
from storage.tokens import is_cjk

_MOST: Final = 100
"""The most forms of a word: a short beginning has thousands."""
_AFTER: Final = "\U0010ffff"


def text_forms(connection: sqlite3.Connection) -> Forms:
    """Return a function from a word to the indexed words that it stands for in texts."""
    return partial(_forms, connection)


def inflected_forms(connection: sqlite3.Connection, word: str) -> list[str]:
    """Return the indexed words that are inflected forms of the same word, itself included."""
    if is_cjk(word):
        return [word]
    rows = connection.execute(
        "SELECT word FROM search_words WHERE stem = ? AND papers > 0 LIMIT ?", (stem(word), _MOST)
    )
    return list(dict.fromkeys([word, *(row[0] for row in rows)]))


def is_known(connection: sqlite3.Connection, word: str) -> bool:
    """Return whether an English word is indexed, in any inflected form."""
    row = connection.execute(
        "SELECT 1 FROM search_words WHERE stem = ? AND papers > 0 LIMIT 1", (stem(word),)
    ).fetchone()
    return row is not None


def name_forms(connection: sqlite3.Connection, word: str, *, is_exact: bool) -> list[str]:
    """Return the indexed words that a part of a name stands for: not inflected."""
    if is_exact or len(word) < SHORTEST_BEGINNING_OF_NAME:
        return [word]
    return [word, *(each for each in _longer(connection, word) if each != word)]


def counts(connection: sqlite3.Connection, words: str) -> dict[str, int]:
    """Return how many papers have each of some words, given as JSON."""
    rows = connection.execute(
        "SELECT word, papers FROM search_words WHERE word IN (SELECT value FROM json_each(?))",
        (words,),
    )
    return {row[0]: row[1] for row in rows}


def _forms(connection: sqlite3.Connection, word: str) -> list[str]:
    if is_cjk(word):
        return [word, word + BEGINNING]
    found = dict.fromkeys(inflected_forms(connection, word))
    if has_longer_forms(word):
        found |= dict.fromkeys(_longer(connection, word))
    return list(found)


def _longer(connection: sqlite3.Connection, word: str) -> Sequence[str]:
    rows = connection.execute(
        """
        SELECT word FROM search_words
        WHERE word >= ? AND word < ? AND papers > 0
        ORDER BY papers DESC, word
        LIMIT ?
        """,
        (word, word + _AFTER, _MOST),
    )
    return [row[0] for row in rows]
