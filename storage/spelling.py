"""The nearest spellings of words that nothing was found for."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from storage.query import Query, Term
from storage.tokens import is_cjk

_MOST_WORDS: Final = 50_000
"""Words that are compared with one."""
_SHORTEST: Final = 3
_LONGER: Final = 2
"""Characters by which a word may be longer or shorter."""
_LEAST_SIMILAR: Final = 70.0
_MOST: Final = 3


def similar(connection: sqlite3.Connection, parsed: Query) -> tuple[str, ...]:
    """Return queries in which words that no paper has are spelled as some have it, best first."""
    for place, term in enumerate(parsed.terms):
        if term.is_excluded:
            continue
        found = [replace(term, words=words) for words in _corrected(connection, term)]
        if found:
            terms = parsed.terms
            return tuple(
                str(replace(parsed, terms=(*terms[:place], each, *terms[place + 1 :])))
                for each in found
            )
    return ()


def _corrected(connection: sqlite3.Connection, term: Term) -> list[tuple[str, ...]]:
    for place, word in enumerate(term.words):
        if len(word) >= _SHORTEST and not _is_known(connection, word):
            return [
                (*term.words[:place], each, *term.words[place + 1 :])
                for each in _nearest(connection, word)
            ]
    return []


def _is_known(connection: sqlite3.Connection, word: str) -> bool:
    if is_cjk(word):
        return False  # its pairs are indexed, not itself
    return bool(
        connection.execute(
            "SELECT 1 FROM search_words WHERE word >= ? AND word < ? AND papers > 0 LIMIT 1",
            (word, word + "\U0010ffff"),
        ).fetchone()
    )


def _nearest(connection: sqlite3.Connection, word: str) -> list[str]:
    # It takes time to import, and only searches without results need it.
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - start-up time

    found = process.extract(
        word,
        _like(connection, word),
        scorer=fuzz.ratio,
        limit=_MOST,
        score_cutoff=_LEAST_SIMILAR,
    )
    return [each for each, _, _ in found if each != word]


def _like(connection: sqlite3.Connection, word: str) -> Iterable[str]:
    """Return known words that begin like a word and are about as long."""
    bounds = (len(word) - _LONGER, len(word) + _LONGER)
    if is_cjk(word):
        rows = connection.execute(
            """
            SELECT DISTINCT lower(replace(korean, ' ', ''))
            FROM terms
            WHERE length(replace(korean, ' ', '')) BETWEEN ? AND ?
            LIMIT ?
            """,
            (*bounds, _MOST_WORDS),
        )
    else:
        rows = connection.execute(
            """
            SELECT word FROM search_words
            WHERE word >= ? AND word < ? AND stem IS NOT NULL AND papers > 0
                AND length(word) BETWEEN ? AND ?
            LIMIT ?
            """,
            (word[0], word[0] + "\U0010ffff", *bounds, _MOST_WORDS),
        )
    return [row[0] for row in rows]
