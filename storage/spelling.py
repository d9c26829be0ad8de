"""The nearest spellings of words that nothing was found for."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain, groupby, islice, product
from typing import Final, TypeVar

from storage.query import Field, Query, Term
from storage.stems import stem
from storage.tokens import is_cjk, pairs

_MOST_WORDS: Final = 50_000
"""The most indexed words that a misspelled one is compared with."""
_SHORTEST: Final = 3
_LONGER: Final = 2
"""Characters by which a word may be longer or shorter."""
_LEAST_SIMILAR: Final = 70.0
_MOST: Final = 3
_RANKED: Final = 200
"""Words that share the most letters with one; of English ones, the fewest mistakes decide."""
_MOST_UNKNOWN: Final = 4
"""Words that are corrected: if more are unknown, it isn't because of their spelling."""
_MOST_TRIED: Final = 9
"""Queries that are tried; each takes as long as a search."""

T = TypeVar("T")


def similar(
    connection: sqlite3.Connection, parsed: Query, finds: Callable[[Query], bool]
) -> tuple[str, ...]:
    """Return queries in which all words that no paper has are spelled as some have it, best first.

    Args:
        connection: Of the database with the words.
        parsed: A query that finds nothing.
        finds: Returns whether a query finds a paper; others aren't returned.
    """
    runs = [
        (list(terms), may_be_compound)
        for may_be_compound, terms in groupby(parsed.terms, _may_be_compound)
    ]
    compounds = {
        place: Term(("".join(term.words[0] for term in terms),))
        for place, (terms, may_be_compound) in enumerate(runs)
        if may_be_compound and len(terms) > 1
    }
    speller = _Speller(connection)
    unknown = chain.from_iterable(map(speller.unknown, (*parsed.required, *compounds.values())))
    if len(list(islice(unknown, _MOST_UNKNOWN + 1))) > _MOST_UNKNOWN:
        return ()
    choices: list[Sequence[Term]] = []
    for place, (terms, _) in enumerate(runs):
        # Typed with spaces, a compound of known words may be unknown nevertheless.
        found = speller.correct(compounds[place]) if place in compounds else ()
        choices += [found] if found else [speller.correct(term) or (term,) for term in terms]
    corrected = (replace(parsed, terms=terms) for terms in _combine(choices))
    tried = islice((each for each in corrected if each != parsed), _MOST_TRIED)
    return tuple(islice((str(each) for each in tried if finds(each)), _MOST))


def _may_be_compound(term: Term) -> bool:
    """Return whether a term and those beside it may be a Korean compound with spaces."""
    is_plain = term.field is Field.ANYWHERE and not (term.is_exact or term.is_excluded)
    return is_plain and len(term.words) == 1 and is_cjk(term.words[0])


def _combine(choices: Sequence[Sequence[T]]) -> Iterator[tuple[T, ...]]:
    """Yield a choice of each, those with the first ones first."""
    for places in sorted(product(*(range(len(each)) for each in choices)), key=sum):
        yield tuple(each[place] for each, place in zip(choices, places, strict=True))


class _Speller:
    """Corrects the terms of one query, and looks up each word once for it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._is_known = lru_cache(maxsize=None)(partial(_is_known, connection))
        self._nearest = lru_cache(maxsize=None)(partial(_nearest, connection))

    def unknown(self, term: Term) -> Iterator[str]:
        """Yield the words of a term that no paper has."""
        for word in term.words:
            if not self._is_known(word, is_exact=term.is_exact):
                yield word

    def correct(self, term: Term) -> Sequence[Term]:
        """Return a term with known words for those that no paper has, the nearest first."""
        unknown = () if term.is_excluded else set(self.unknown(term))
        words = [(word in unknown and self._nearest(word)) or [word] for word in term.words]
        found = (replace(term, words=each) for each in islice(_combine(words), _MOST))
        return [each for each in found if each != term]


def _is_known(connection: sqlite3.Connection, word: str, *, is_exact: bool) -> bool:
    """Return whether a paper has a word, or whether it is one that has no spelling."""
    if len(word) < _SHORTEST or word.isdigit():
        return True
    if is_cjk(word):
        # Its pairs are indexed, not itself.
        found = connection.execute(
            "SELECT 1 FROM paper_index WHERE paper_index MATCH ? LIMIT 1",
            (f'"{" ".join(pairs(word))}"',),
        )
    else:
        found = connection.execute(
            """
            SELECT 1 FROM search_words WHERE word >= :word AND word < :after AND papers > 0
            UNION ALL
            SELECT 1 FROM search_words WHERE stem = :stem AND papers > 0
            LIMIT 1
            """,
            {
                "word": word,
                "after": word + (" " if is_exact else "\U0010ffff"),
                "stem": None if is_exact else stem(word),
            },
        )
    return found.fetchone() is not None


def _nearest(connection: sqlite3.Connection, word: str) -> list[str]:
    """Return the known words that are spelled most like one, in one form each."""
    # It takes time to import, and only searches without results need it.
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - start-up time
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - start-up time

    papers = _like(connection, word)
    found = process.extract(
        word, list(papers), scorer=fuzz.ratio, limit=_RANKED, score_cutoff=_LEAST_SIMILAR
    )
    likely = [each for each, _, _ in found]
    if not is_cjk(word):
        likely.sort(key=lambda each: (OSA.distance(word, each), -papers[each]))
    forms: dict[str, str] = {}
    for each in likely:
        forms.setdefault(stem(each), each)
    return list(forms.values())[:_MOST]


def _like(connection: sqlite3.Connection, word: str) -> Mapping[str, int]:
    """Return known words that begin like a word and are about as long, with how frequent they are.

    Of Korean words, those of the table of terms.
    """
    bounds = (len(word) - _LONGER, len(word) + _LONGER)
    if is_cjk(word):
        rows = connection.execute(
            """
            SELECT lower(replace(korean, ' ', '')) AS compound, sum(count)
            FROM terms
            WHERE length(replace(korean, ' ', '')) BETWEEN ? AND ?
            GROUP BY compound
            LIMIT ?
            """,
            (*bounds, _MOST_WORDS),
        )
    else:
        rows = connection.execute(
            """
            SELECT word, papers FROM search_words
            WHERE word >= ? AND word < ? AND stem IS NOT NULL AND papers > 0
                AND length(word) BETWEEN ? AND ?
            LIMIT ?
            """,
            (word[0], word[0] + "\U0010ffff", *bounds, _MOST_WORDS),
        )
    return dict(rows.fetchall())
