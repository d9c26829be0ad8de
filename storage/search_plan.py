"""What a query looks for in the full-text index: its terms with all forms of their words.

Source of the syntax: https://sqlite.org/fts5.html#full_text_query_syntax. Tokens have no character
that means something there, and are quoted.
"""

import json
import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

from storage import word_forms
from storage.phrases import Phrase, phrases
from storage.query import Field, Term
from storage.tokens import is_cjk, pairs, words_in
from storage.translations import find_spans

_NAME_FORMS: Final = 8
_NEAR: Final = 2
"""Words between two parts of a name, fewer than `documents.NAME_BREAKS`."""
_PAIR_WEIGHT: Final = 0.5
"""Of two neighbouring words of the query that are neighbours in a paper, too."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a plan: one of its phrases must occur."""

    match: str
    """As FTS5 has it."""
    phrases: tuple[Phrase, ...]
    """For ranking and snippets."""
    weight: float
    """How much it counts: rare words more than frequent ones."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is looked for."""

    required: tuple[Clause, ...]
    excluded: tuple[Clause, ...]
    bonus: tuple[Clause, ...]
    """Not required; papers that have them rank higher."""
    names: tuple[Term, ...]
    """Authors of several words: the index finds more than them."""
    also: tuple[str, ...]
    """What else is looked for: terms in the other language."""

    def match(self, column: str | None = None) -> str:
        """Return the query for FTS5; within one column, if one is given."""
        where = f"{{{column}}} : " if column else ""
        found = " AND ".join(f"{where}({each.match})" for each in self.required)
        return " NOT ".join((f"({found})", *(f"({each.match})" for each in self.excluded)))


def make_plan(
    connection: sqlite3.Connection, terms: Sequence[Term], *, two_languages: bool
) -> Plan:
    """Return the plan of a query with at least one required term."""
    required = [term for term in terms if not term.is_excluded]
    spans = {span.first: span for span in find_spans(connection, required)}
    clauses: list[Clause] = []
    also: list[str] = []
    at = 0
    while at < len(required):
        span = spans.get(at)
        if span is None:
            clauses.append(_clause(connection, required[at]))
            at += 1
            continue
        others = span.others if two_languages else ()
        clauses.append(_span_clause(connection, required[at : span.last + 1], others))
        also += others
        at = span.last + 1
    return Plan(
        tuple(clauses),
        tuple(_clause(connection, term) for term in terms if term.is_excluded),
        tuple(_pairs(connection, required)),
        tuple(each for each in terms if each.field is Field.AUTHOR and len(each.words) > 1),
        tuple(dict.fromkeys(also)),
    )


def _clause(connection: sqlite3.Connection, term: Term) -> Clause:
    if term.field is Field.AUTHOR:
        return Clause(f"{{authors}} : ({_match_name(connection, term)})", (), 0.0)
    found = _phrases(connection, term.words, is_exact=term.is_exact)
    match = _any_of(found)
    if term.field is Field.ORGANIZATION:
        return Clause(f"{{organization}} : ({match})", (), 0.0)
    return Clause(match, found, _weight(connection, found))


def _phrases(
    connection: sqlite3.Connection, words: Sequence[str], *, is_exact: bool
) -> tuple[Phrase, ...]:
    forms = word_forms.text_forms(connection)
    return tuple(dict.fromkeys(phrases(words, forms, is_exact=is_exact)))


def _span_clause(
    connection: sqlite3.Connection, terms: Sequence[Term], others: Iterable[str]
) -> Clause:
    """Return the clause of neighbouring terms that are one, or the same in the other language.

    The words of an English term may be apart; a Korean one is the same with and without spaces.
    """
    words = [word for term in terms for word in term.words]
    if any(map(is_cjk, words)):
        own = [_phrases(connection, words_in(" ".join(words)), is_exact=False)]
    else:
        own = [_phrases(connection, term.words, is_exact=False) for term in terms]
    other = [_phrases(connection, words_in(each), is_exact=False) for each in others]
    match = " AND ".join(f"({_any_of(each)})" for each in own)
    found = tuple(phrase for each in (*own, *other) for phrase in each)
    return Clause(
        " OR ".join([f"({match})", *map(_any_of, other)]), found, _weight(connection, found)
    )


def _pairs(connection: sqlite3.Connection, terms: Sequence[Term]) -> Iterable[Clause]:
    for first, second in pairwise(terms):
        if first.field is Field.ANYWHERE is second.field:
            words = words_in(" ".join((*first.words, *second.words)))
            found = _phrases(connection, words, is_exact=second.is_exact)
            yield Clause("", found, _PAIR_WEIGHT * _weight(connection, found))


def _match_name(connection: sqlite3.Connection, term: Term) -> str:
    forms = {
        word: [
            f'"{each}"' for each in word_forms.name_forms(connection, word, is_exact=term.is_exact)
        ]
        for word in term.words
        if not is_cjk(word)
    }
    for word in filter(is_cjk, term.words):
        forms[word] = [f'"{" ".join(pairs(word) or [word])}"']
    # Initials don't help to find a name; candidates are checked afterwards.
    whole = sorted((word for word in forms if len(word) > 1), key=len, reverse=True)
    surname, *others = whole or [term.words[0]]
    if not others:
        return " OR ".join(forms[surname])
    return " AND ".join(
        "("
        + " OR ".join(
            f"NEAR({one} {other}, {_NEAR})"
            for one, other in product(
                forms[surname][:_NAME_FORMS], [*forms[word][:_NAME_FORMS], f'"{word[0]}"']
            )
        )
        + ")"
        for word in others
    )


def _any_of(found: Iterable[Phrase]) -> str:
    return " OR ".join(f'"{" ".join(phrase)}"' for phrase in found)


def _weight(connection: sqlite3.Connection, found: Sequence[Phrase]) -> float:
    """Return the weight of a clause by BM25: the logarithm of how rare its phrases are."""
    words = json.dumps(sorted({word for phrase in found for word in phrase}))
    counts = word_forms.counts(connection, words)
    papers = max((min(counts.get(word, 0) for word in phrase) for phrase in found), default=0)
    ((total,),) = connection.execute("SELECT coalesce(max(paper_id), 0) FROM paper_tokens")
    return math.log(1 + (max(total - papers, 0) + 0.5) / (papers + 0.5))
