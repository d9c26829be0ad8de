"""Terms of a query in the other language, from the pairs that Korean digests give."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from storage.query import Field, Term
from storage.stems import stem
from storage.terms import IS_WHOLE
from storage.tokens import is_cjk, words_in

_MOST_WORDS: Final = 5
_LEAST: Final = 2
"""How many texts must have a pair."""
_LEAST_SHARE: Final = 0.2
"""How frequent a translation must be, as a share of the term's most frequent one. Rarer ones are
mistakes or other meanings."""
_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring terms of a query that are one term in the table."""

    first: int
    """The place of the first one."""
    last: int
    """The place of the last one."""
    others: tuple[str, ...]
    """The term in the other language, as texts have it; the most frequent form first."""


def find_spans(connection: sqlite3.Connection, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Return the spans of a query that are in the table, without overlaps, the longest first."""
    keys = {(first, last): keys for first, last, keys in _candidates(terms)}
    if not keys:
        return ()
    wanted = json.dumps(sorted({key for each in keys.values() for key in each}))
    found: dict[str, list[tuple[str, int]]] = {}
    for key, other, count in connection.execute(_FIND, {"keys": wanted, "least": _LEAST}):
        found.setdefault(key, []).append((other, count))
    spans: list[Span] = []
    taken: set[int] = set()
    for (first, last), each in sorted(keys.items(), key=lambda item: item[0][0] - item[0][1]):
        places = set(range(first, last + 1))
        rows = [row for key in each for row in found.get(key, ())]
        if rows and taken.isdisjoint(places):
            taken |= places
            spans.append(Span(first, last, _most_frequent(rows)))
    return tuple(spans)


def _candidates(terms: Sequence[Term]) -> Iterator[tuple[int, int, list[str]]]:
    for first in range(len(terms)):
        words: list[str] = []
        for last in range(first, min(first + _MOST_WORDS, len(terms))):
            term = terms[last]
            if term.is_exact or term.is_excluded or term.field is not Field.ANYWHERE:
                break
            words += term.words
            if len(words) > _MOST_WORDS:
                break
            yield first, last, _keys(words)


def _keys(words: Sequence[str]) -> list[str]:
    """Return how the table may have words."""
    if any(map(is_cjk, words)):
        return ["".join(words)]
    singular = [*words[:-1], words[-1].removesuffix("s")]
    plural = [*singular[:-1], f"{singular[-1]}s"]
    return sorted({between.join(each) for each in (words, singular, plural) for between in " -"})


def _most_frequent(rows: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Return the most frequent forms, those that differ only in spaces or inflection once."""
    counts: dict[tuple[str, ...], int] = {}
    names: dict[tuple[str, ...], str] = {}
    for other, count in sorted(rows, key=lambda row: (-row[1], row[0])):
        key = tuple(map(stem, words_in(other)))
        if key:
            counts[key] = counts.get(key, 0) + count
            names.setdefault(key, other)
    ranked = sorted(counts, key=lambda key: (-counts[key], key))[:_MOST]
    return tuple(names[key] for key in ranked if counts[key] >= _LEAST_SHARE * counts[ranked[0]])


_FIND: Final = f"""
SELECT lower(replace(korean, ' ', '')) AS key, english AS other, count
FROM terms
WHERE lower(replace(korean, ' ', '')) IN (SELECT value FROM json_each(:keys)) AND count >= :least
    AND {IS_WHOLE}
UNION ALL
SELECT wanted.value, korean, count
FROM json_each(:keys) AS wanted
CROSS JOIN terms ON terms.english = wanted.value
WHERE count >= :least AND {IS_WHOLE}
"""  # noqa: S608 - a constant
