"""What a query looks for in the full-text index: its terms with all forms of their words.

Source of the syntax: https://sqlite.org/fts5.html#full_text_query_syntax. Tokens have no character
that means something there, and are quoted.
"""

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import Final, TypeAlias

from storage import word_forms
from storage.phrases import BEGINNING, Phrase, phrases
from storage.query import Field, Term
from storage.tokens import is_cjk, pairs, words_in
from storage.translations import find_spans

_NAME_FORMS: Final = 8
_PAIR_FORMS: Final = 8
_NEAR: Final = 4
"""Words between two parts of a name that is looked for. The parts may be of neighbouring names:
candidates are checked afterwards."""
_NEAR_EXCLUDED: Final = 2
"""The same of a name that is excluded, fewer than `documents.NAME_BREAKS`: what the index leaves
out isn't checked."""
_PAIR_WEIGHT: Final = 0.5
"""Weight of two neighbouring words of the query that are neighbours in a paper, too."""

Group: TypeAlias = tuple[Phrase, ...]
"""One of these must occur."""
Alternative: TypeAlias = tuple[Group, ...]
"""All of these must."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a plan: one of its alternatives must occur."""

    match: str
    """As FTS5 has it."""
    alternatives: tuple[Alternative, ...]
    """The same, of clauses that aren't for names; for ranking and snippets."""
    weight: float
    """How much it counts: rare words more than frequent ones."""

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All phrases, those of the query's own language first."""
        return tuple(
            phrase for alternative in self.alternatives for group in alternative for phrase in group
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """The clauses and names that a search looks for."""

    required: tuple[Clause, ...]
    excluded: tuple[Clause, ...]
    bonus: tuple[Clause, ...]
    """Not required; papers that have them rank higher."""
    names: tuple[Term, ...]
    """Authors of several words: the index finds more than them."""
    also: tuple[str, ...]
    """What else is looked for: terms in the other language."""

    def match(self) -> str:
        """Return the query for FTS5."""
        found = " AND ".join(f"({each.match})" for each in self.required)
        return " NOT ".join((f"({found})", *(f"({each.match})" for each in self.excluded)))

    @property
    def has_only_phrases(self) -> bool:
        """Whether its clauses can be looked for in the tokens of a paper."""
        return all(each.alternatives for each in (*self.required, *self.excluded))


def make_plan(
    connection: sqlite3.Connection, terms: Sequence[Term], *, two_languages: bool
) -> Plan:
    """Return the plan of a query with at least one required term."""
    return _Maker(connection).make(terms, two_languages=two_languages)


class _Maker:
    """Makes one plan, and looks up each word once for it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._forms = lru_cache(maxsize=None)(word_forms.text_forms(connection))

    def make(self, terms: Sequence[Term], *, two_languages: bool) -> Plan:
        required = [term for term in terms if not term.is_excluded]
        spans = {span.first: span for span in find_spans(self._connection, required)}
        clauses: list[Clause] = []
        also: list[str] = []
        at = 0
        while at < len(required):
            span = spans.get(at)
            if span is not None:
                others = span.others if two_languages else ()
                clauses.append(self._span_clause(required[at : span.last + 1], others))
                also += others
                at = span.last + 1
            elif at + 1 not in spans and (joined := self._join(required[at : at + 2])):
                clauses.append(self._span_clause(required[at : at + 2], (joined,)))
                at += 2
            else:
                clauses.append(self._clause(required[at]))
                at += 1
        return Plan(
            tuple(clauses),
            tuple(self._clause(term) for term in terms if term.is_excluded),
            tuple(self._pairs(required)),
            tuple(each for each in terms if each.field is Field.AUTHOR and len(each.words) > 1),
            tuple(dict.fromkeys(also)),
        )

    def _join(self, terms: Sequence[Term]) -> str | None:
        """Return two English words in one piece, if texts have it: `multimodal`."""
        if [len(term.words) for term in terms] != [1, 1]:
            return None
        if any(term.is_exact or term.field is not Field.ANYWHERE for term in terms):
            return None
        joined = "".join(term.words[0] for term in terms)
        return joined if word_forms.is_known(self._connection, joined) else None

    def _clause(self, term: Term) -> Clause:
        if term.field is Field.AUTHOR:
            return Clause(f"{{authors}} : ({self._match_name(term)})", (), 0.0)
        found = self._phrases(term.words, is_exact=term.is_exact)
        if term.field is Field.ORGANIZATION:
            return Clause(f"{{organization}} : ({_any_of(found)})", (), 0.0)
        return self._weigh(((found,),))

    def _phrases(self, words: Sequence[str], *, is_exact: bool) -> Group:
        return tuple(dict.fromkeys(phrases(words, self._forms, is_exact=is_exact)))

    def _span_clause(self, terms: Sequence[Term], others: Iterable[str]) -> Clause:
        """Return the clause of neighbouring terms that are one, or the same in another language.

        The words of an English term may be apart; a Korean one is the same with and without spaces.
        """
        words = [word for term in terms for word in term.words]
        if any(map(is_cjk, words)):
            own: Alternative = (self._phrases(words_in(" ".join(words)), is_exact=False),)
        else:
            own = tuple(self._phrases(term.words, is_exact=False) for term in terms)
        return self._weigh(
            (own, *((self._phrases(words_in(each), is_exact=False),) for each in others))
        )

    def _weigh(self, alternatives: tuple[Alternative, ...]) -> Clause:
        """Return a clause with the weight of BM25: the logarithm of how rare its phrases are."""
        match = " OR ".join(
            f"({' AND '.join(f'({_any_of(group)})' for group in alternative)})"
            for alternative in alternatives
        )
        clause = Clause(match, alternatives, 0.0)
        words = json.dumps(sorted({word for phrase in clause.phrases for word in phrase}))
        counts = word_forms.counts(self._connection, words)
        # Of Korean words only the pairs are counted with which they begin.
        papers = max(
            (
                min((counts[word] for word in phrase if word in counts), default=0)
                for phrase in clause.phrases
            ),
            default=0,
        )
        return Clause(match, alternatives, rarity(papers, count_papers(self._connection)))

    def _pairs(self, terms: Sequence[Term]) -> Iterator[Clause]:
        for first, second in pairwise(terms):
            if first.field is Field.ANYWHERE is second.field:
                words = words_in(" ".join((*first.words, *second.words)))
                found = self._phrases(words, is_exact=second.is_exact)[:_PAIR_FORMS]
                yield Clause("", ((found,),), _PAIR_WEIGHT)

    def _match_name(self, term: Term) -> str:
        forms = {
            word: [f'"{each}"' for each in self._name_forms(word, term)] for word in term.words
        }
        # Initials don't help to find a name; candidates are checked afterwards.
        whole = sorted((word for word in forms if len(word) > 1), key=len, reverse=True)
        near = _NEAR_EXCLUDED if term.is_excluded else _NEAR
        surname, *others = whole or [term.words[0]]
        if not others:
            return " OR ".join(forms[surname])
        return " AND ".join(
            "("
            + " OR ".join(
                f"NEAR({one} {other}, {near})"
                for one, other in product(
                    forms[surname][:_NAME_FORMS], [*forms[word][:_NAME_FORMS], f'"{word[0]}"']
                )
            )
            + ")"
            for word in others
        )

    def _name_forms(self, word: str, term: Term) -> Sequence[str]:
        if is_cjk(word):
            return [" ".join(pairs(word) or [word])]
        return word_forms.name_forms(self._connection, word, is_exact=term.is_exact)


def _any_of(found: Iterable[Phrase]) -> str:
    return " OR ".join(map(_quote, found))


def _quote(phrase: Phrase) -> str:
    text = " ".join(phrase)
    return f'"{text[:-1]}" *' if text.endswith(BEGINNING) else f'"{text}"'


def count_papers(connection: sqlite3.Connection) -> int:
    """Return about how many papers are indexed: their highest id, which is found at once."""
    ((papers,),) = connection.execute("SELECT coalesce(max(paper_id), 0) FROM paper_tokens")
    return int(papers)


def rarity(papers: int, total: int) -> float:
    """Return the weight of BM25 for what `papers` of `total` papers have: more for fewer.

    >>> rarity(1, 100) > rarity(50, 100) > 0
    True
    """
    return math.log(1 + (max(total - papers, 0) + 0.5) / (papers + 0.5))
