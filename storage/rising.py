"""Terms that rose: which a larger share of papers has than in the period before. Pure.

Terms come from titles, from keywords, and from what Korean digests write as `한국어(English)`. A
paper has a term if any of these has it. Not every source gives keywords or such terms: a kind that
one of the periods has hardly any of isn't counted in either.

A term counts as risen if at least three papers have it, and the two shares differ more than by
chance: by the log-likelihood ratio of the numbers of papers with and without it, which also holds
for small numbers, at the level of 5 %. So they must within one kind, too, among the papers that
have any of that kind; otherwise keywords would rise because more papers have keywords. Many terms
are compared, so a rise that is shown may still be chance; the numbers of papers are shown with it.

A term is a word or up to four that follow each other, besides `of`; those between hyphens are one.
Where a longer term that rose has most papers of a shorter one, the longer one is named:
`reinforcement learning`, but not `reinforcement`.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, combinations, islice
from math import log
from typing import Final, TypeAlias

from storage.normalization import plain
from storage.records import RisingTerm
from storage.stems import stem
from storage.tokens import words_in
from storage.usual_words import FILLERS, GENERIC, VAGUE

MOST: Final = 5
"""Terms that are named."""
LEAST_PAPERS: Final = 10
"""Papers that must have terms of a kind in each of the two periods; fewer aren't compared."""
_LEAST: Final = 3
"""Papers that must have a term."""
_CHANCE: Final = 3.84
"""The log-likelihood ratio that chance exceeds in 5 % of cases."""
_LONGEST: Final = 40
"""Characters of a term."""
_MOST_WORDS: Final = 4
_MOST_TERMS: Final = 100
"""The most terms of a kind that are read of a paper."""
_TITLE_READ: Final = 300
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_WORD_OR_SIGN: Final = re.compile(rf"{_WORD.pattern}|[^\s\w]")
_SHORTEST: Final = 3
_CAPITALIZED: Final = re.compile(r"[A-Z][a-z]+")
_JOINS: Final = "of"
"""A filler that a term may have within: `mixture of experts`."""

Key: TypeAlias = tuple[str, ...]
"""The stems of a term's words, by which its forms are one term."""


@dataclass(frozen=True, slots=True)
class PeriodPaper:
    """What is read of a paper to tell what a period shows."""

    arxiv_id: str
    title: str
    votes: int | None
    day: date
    """Of the first list of the period that has it."""
    keywords: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """English terms of its Korean texts."""


Kind: TypeAlias = Callable[[PeriodPaper], Iterator[tuple[Key, str]]]
"""Yields the terms of one kind that a paper has, and how it writes them."""


@dataclass(slots=True)
class _TermCounts:
    """How many papers of a period have terms."""

    papers: int
    of_kinds: list[int]
    """Papers with any term of each kind."""
    with_term: Counter[Key] = field(default_factory=Counter)
    with_term_of_kinds: list[Counter[Key]] = field(default_factory=list)


def rising_terms(
    now: Sequence[PeriodPaper], before: Sequence[PeriodPaper]
) -> tuple[RisingTerm, ...]:
    """Return up to five terms that rose, the clearest rise first; none without enough papers.

    Args:
        now: The papers of the period, no id twice.
        before: Those of the period before.
    """
    kinds = [
        kind
        for kind in (_of_title, _of_keywords, _of_texts)
        if min(_have_any(now, kind), _have_any(before, kind)) >= LEAST_PAPERS
    ]
    counted = _count(now, kinds)
    frequent = {key for key, papers in counted.with_term.items() if papers >= _LEAST}
    earlier = _count(before, kinds, only=frequent)
    scores = {key: _score(key, counted, earlier) for key in frequent}
    rose = {key: score for key, score in scores.items() if score >= _CHANCE}
    # Of terms with the same numbers, the longer one says more.
    ordered = sorted(_whole_terms(rose, counted), key=lambda key: (-rose[key], -len(key), key))
    chosen: list[Key] = []
    for key in ordered:
        if not any(_is_part(key, other) or _is_part(other, key) for other in chosen):
            chosen.append(key)
        if len(chosen) == MOST:
            break
    forms = _forms(now, kinds, chosen)
    return tuple(
        RisingTerm(_form(forms[key]), counted.with_term[key], earlier.with_term[key])
        for key in chosen
    )


def _score(key: Key, counted: _TermCounts, earlier: _TermCounts) -> float:
    """Return how clearly a term rose, among all papers and among those of a kind."""
    of_kinds = max(
        _rise(one[key], papers, other[key], before)
        for one, papers, other, before in zip(
            counted.with_term_of_kinds,
            counted.of_kinds,
            earlier.with_term_of_kinds,
            earlier.of_kinds,
            strict=True,
        )
    )
    papers, before = counted.with_term[key], earlier.with_term[key]
    return min(_rise(papers, counted.papers, before, earlier.papers), of_kinds)


def _rise(papers: int, total: int, before: int, earlier: int) -> float:
    """Return the log-likelihood ratio of two shares; 0 if the share isn't larger than before."""
    is_more = papers * earlier > before * total
    return _log_likelihood(papers, total, before, earlier) if is_more else 0.0


def _whole_terms(rose: Collection[Key], counted: _TermCounts) -> list[Key]:
    """Return the terms but those of which most papers have a longer one that is returned."""
    whole: list[Key] = []
    longest: dict[Key, int] = {}
    """Of parts of terms that are returned, how many papers one of these terms has."""
    for key in sorted(rose, key=len, reverse=True):
        papers = counted.with_term[key]
        if 2 * longest.get(key, 0) > papers:
            continue
        whole.append(key)
        for first, last in combinations(range(len(key) + 1), 2):
            part = key[first:last]
            longest[part] = max(longest.get(part, 0), papers)
    return whole


def can_compare(now: Sequence[PeriodPaper], before: Sequence[PeriodPaper]) -> bool:
    """Return whether two periods have enough papers to be compared."""
    return min(len(now), len(before)) >= LEAST_PAPERS


def _is_part(key: Key, other: Key) -> bool:
    return set(key) <= set(other)


def _log_likelihood(papers: int, total: int, before: int, earlier: int) -> float:
    """Return twice the log of the likelihood ratio of two shares, against a common share.

    >>> round(_log_likelihood(12, 150, 4, 150), 2), _log_likelihood(5, 100, 10, 200)
    (4.41, 0.0)
    """
    share = (papers + before) / (total + earlier)
    cells = (
        (papers, total * share),
        (total - papers, total * (1 - share)),
        (before, earlier * share),
        (earlier - before, earlier * (1 - share)),
    )
    found = 2 * sum(seen * log(seen / expected) for seen, expected in cells if seen)
    return max(found, 0.0)


def _have_any(papers: Iterable[PeriodPaper], kind: Kind) -> int:
    """Return how many papers have any term of a kind."""
    return sum(next(kind(paper), None) is not None for paper in papers)


def _count(
    papers: Sequence[PeriodPaper], kinds: Sequence[Kind], *, only: Collection[Key] | None = None
) -> _TermCounts:
    """Count the papers that have terms of some kinds; with `only`, just these terms."""
    counted = _TermCounts(len(papers), [0] * len(kinds))
    counted.with_term_of_kinds = [Counter() for _ in kinds]
    for paper in papers:
        of_paper: set[Key] = set()
        for place, kind in enumerate(kinds):
            found = {key for key, _ in islice(kind(paper), _MOST_TERMS)}
            counted.of_kinds[place] += bool(found)
            if only is not None:
                found.intersection_update(only)
            counted.with_term_of_kinds[place].update(found)
            of_paper |= found
        counted.with_term.update(of_paper)
    return counted


def _forms(
    papers: Iterable[PeriodPaper], kinds: Iterable[Kind], keys: Collection[Key]
) -> dict[Key, Counter[str]]:
    """Return how papers write terms, with how many papers write them so."""
    forms: dict[Key, Counter[str]] = {key: Counter() for key in keys}
    for paper in papers:
        found: dict[Key, str] = {}
        for kind in kinds:
            for key, form in islice(kind(paper), _MOST_TERMS):
                if key in forms:
                    found.setdefault(key, form)
        for key, form in found.items():
            forms[key][form] += 1
    return forms


def _form(forms: Counter[str]) -> str:
    """Return how a term is written most often."""
    return min(forms, key=lambda form: (-forms[form], form))


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a title, or several with hyphens."""

    key: Key
    form: str
    is_generic: bool
    is_term: bool
    """Whether it is a term by itself."""


def _of_title(paper: PeriodPaper) -> Iterator[tuple[Key, str]]:
    return _terms_of(paper.title[:_TITLE_READ])


def _of_keywords(paper: PeriodPaper) -> Iterator[tuple[Key, str]]:
    return chain.from_iterable(map(_terms_of_name, paper.keywords))


def _of_texts(paper: PeriodPaper) -> Iterator[tuple[Key, str]]:
    return chain.from_iterable(map(_terms_of_name, paper.terms))


@lru_cache(maxsize=20_000)
def _terms_of_name(name: str) -> tuple[tuple[Key, str], ...]:
    """Return the terms of a keyword, or of a term of a text; none if it is too long."""
    return tuple(_terms_of(name)) if len(name) <= _LONGEST else ()


def _terms_of(text: str) -> Iterator[tuple[Key, str]]:
    """Yield up to four words that follow each other without a filler, of which one says something.

    So whoever has `reinforcement learning` has `reinforcement`, too, in any kind.
    """
    before: list[tuple[Key, str, bool]] = []
    """What a term may begin with that ends in the next word, and whether it is generic."""
    for found in _WORD_OR_SIGN.findall(plain(text)):
        word = _read_word(found)
        if word is None:
            before = []
            continue
        longer = [
            (key + word.key, f"{form} {word.form}", is_generic and word.is_generic)
            for key, form, is_generic in before
        ]
        if word.form != _JOINS:
            if word.is_term:
                yield word.key, word.form
            for key, form, is_generic in longer:
                if not is_generic and len(form) <= _LONGEST:
                    yield key, form
            longer.append((word.key, word.form, word.is_generic))
        before = longer[1 - _MOST_WORDS :]


@lru_cache(maxsize=50_000)
def _read_word(word: str) -> _Word | None:
    """Return a word of a title; `None` for a filler or a sign."""
    parts = words_in(word)
    if word == _JOINS:
        return _Word((_JOINS,), _JOINS, is_generic=True, is_term=False)
    if FILLERS.issuperset(parts):
        return None
    key = tuple(map(stem, parts))
    is_generic = all(part in GENERIC or part.isdecimal() for part in key)
    is_vague = VAGUE.issuperset(key) or len("".join(parts)) < _SHORTEST
    return _Word(key, _lower(word), is_generic, is_term=not is_generic and not is_vague)


def _lower(word: str) -> str:
    """Return a word as it is within a sentence: `Agents` in lower case, but `GPT` and `LoRA` not.

    >>> _lower("Agents"), _lower("LoRA"), _lower("Text-to-3D"), _lower("Self-Attention")
    ('agents', 'LoRA', 'text-to-3D', 'self-attention')
    """
    return "-".join(
        part.lower() if _CAPITALIZED.fullmatch(part) else part for part in word.split("-")
    )
