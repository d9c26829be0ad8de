"""Terms that rose: which a larger share of papers has than in the period before. Pure.

Terms come from titles, from keywords, and from what Korean digests write as `한국어(English)`. Not
every source gives keywords or such terms, so each kind is compared by itself, among the papers that
have any of that kind.

A term counts as risen if at least three papers have it, and the two shares differ more than by
chance: by the log-likelihood ratio of the numbers of papers with and without it, which also holds
for small numbers, at the level of 5 %. Many terms are compared, so a rise that is shown may still
be chance; the numbers of papers are shown with it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import log
from typing import Final, TypeAlias

from storage.normalization import plain
from storage.records import RisingTerm
from storage.stems import stem
from storage.tokens import words_in

MOST: Final = 5
"""Terms that are named."""
LEAST_PAPERS: Final = 10
"""Of a kind of terms in each of the two periods; fewer aren't compared."""
_LEAST: Final = 3
"""Papers with a term."""
_CHANCE: Final = 3.84
"""The log-likelihood ratio that chance exceeds in 5 % of cases."""
_LONGEST: Final = 40
"""Characters of a term."""
_MOST_WORDS: Final = 4
_MOST_TERMS: Final = 50
"""Of a kind of one paper."""
_TITLE_READ: Final = 300
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BETWEEN: Final = re.compile(r"[ -]")
_SHORTEST: Final = 3
_CAPITALIZED: Final = re.compile(r"[A-Z][a-z]+")
_FILLERS: Final = frozenset(
    _WORD.findall(
        """
        a about across against all an and any approach are as at based be before better beyond by
        can do does done efficient effective en for framework from fully get has have how improved
        improving in into is it its let make makes making many more most need new not of on one
        only or our out over paper preliminary rethinking simple so some study than that the their
        them then there these they this those through to too toward towards under unified up us
        use used using via want was we what when where which while who why will with within
        without you your
        """
    )
)
"""Words of titles that say nothing about what a paper is on."""
_GENERIC: Final = frozenset(
    map(stem, ("data", "language", "large", "learning", "method", "model", "system", "task"))
)
"""Stems of words that say nothing by themselves, but with others: `world model`."""

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


@dataclass(slots=True)
class _Counted:
    """The terms of one kind in one period."""

    papers: int = 0
    """Papers with any."""
    with_term: Counter[Key] = field(default_factory=Counter)
    forms: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def rising_terms(
    now: Sequence[PeriodPaper], before: Sequence[PeriodPaper]
) -> tuple[RisingTerm, ...]:
    """Return up to five terms that rose, the clearest rise first; none without enough papers.

    Args:
        now: The papers of the period, no id twice.
        before: Those of the period before.
    """
    best: dict[Key, tuple[float, RisingTerm]] = {}
    for kind in (_of_title, _of_keywords, _of_texts):
        counted, earlier = _count(now, kind), _count(before, kind)
        if min(counted.papers, earlier.papers) < LEAST_PAPERS:
            continue
        for key, papers in counted.with_term.items():
            had = earlier.with_term[key]
            score = _log_likelihood(papers, counted.papers, had, earlier.papers)
            is_more = papers * earlier.papers > had * counted.papers
            if papers < _LEAST or not is_more or score < _CHANCE:
                continue
            if key not in best or score > best[key][0]:
                best[key] = (score, RisingTerm(_form(counted.forms[key]), papers, had))
    # Of terms with the same numbers, the longer one says more.
    ordered = sorted(best.items(), key=lambda each: (-each[1][0], -len(each[0]), each[0]))
    chosen: dict[Key, RisingTerm] = {}
    for key, (_, term) in ordered:
        if not any(_is_part(key, other) or _is_part(other, key) for other in chosen):
            chosen[key] = term
        if len(chosen) == MOST:
            break
    return tuple(chosen.values())


def can_compare(now: Sequence[PeriodPaper], before: Sequence[PeriodPaper]) -> bool:
    """Return whether two periods have enough papers to be compared."""
    return min(len(now), len(before)) >= LEAST_PAPERS


def _is_part(key: Key, other: Key) -> bool:
    return set(key) <= set(other)


def _log_likelihood(papers: int, total: int, had: int, earlier: int) -> float:
    """Return twice the log of the likelihood ratio of two shares, against a common share.

    >>> round(_log_likelihood(12, 150, 4, 150), 2), _log_likelihood(5, 100, 10, 200)
    (4.41, 0.0)
    """
    share = (papers + had) / (total + earlier)
    cells = (
        (papers, total * share),
        (total - papers, total * (1 - share)),
        (had, earlier * share),
        (earlier - had, earlier * (1 - share)),
    )
    found = 2 * sum(seen * log(seen / expected) for seen, expected in cells if seen)
    return max(found, 0.0)


def _count(
    papers: Iterable[PeriodPaper], kind: Callable[[PeriodPaper], Iterator[tuple[Key, str]]]
) -> _Counted:
    counted = _Counted()
    for paper in papers:
        found: dict[Key, str] = {}
        for key, form in kind(paper):
            found.setdefault(key, form)
            if len(found) == _MOST_TERMS:
                break
        counted.papers += bool(found)
        for key, form in found.items():
            counted.with_term[key] += 1
            counted.forms[key][form] += 1
    return counted


def _form(forms: Counter[str]) -> str:
    """Return how a term is written most often."""
    return min(forms, key=lambda form: (-forms[form], form))


def _of_title(paper: PeriodPaper) -> Iterator[tuple[Key, str]]:
    """Yield the words of a title, and each two neighbours of which one says something."""
    last: tuple[str, str, bool] | None = None
    words = _WORD.findall(plain(paper.title[:_TITLE_READ]))
    for word in words:
        found = _read_word(word)
        if found is None:
            last = None
            continue
        key, form, is_generic, is_long = found
        if is_long and not is_generic:
            yield (key,), form
        if last is not None and not (is_generic and last[2]):
            yield (last[0], key), f"{last[1]} {form}"
        last = key, form, is_generic


@lru_cache(maxsize=50_000)
def _read_word(word: str) -> tuple[str, str, bool, bool] | None:
    """Return the stem of a title's word, how it is written, and whether it is generic or long.

    `None` for a filler.
    """
    normalized = "".join(words_in(word))
    if normalized in _FILLERS or not normalized:
        return None
    key = stem(normalized)
    is_generic = key in _GENERIC or normalized.isdecimal()
    return key, _lower(word), is_generic, len(normalized) >= _SHORTEST


def _of_keywords(paper: PeriodPaper) -> Iterator[tuple[Key, str]]:
    return _whole(paper.keywords)


def _of_texts(paper: PeriodPaper) -> Iterator[tuple[Key, str]]:
    return _whole(paper.terms)


def _whole(terms: Iterable[str]) -> Iterator[tuple[Key, str]]:
    """Yield terms as they are, without those that are too long or consist of fillers."""
    for term in terms:
        found = _read_term(term[: 2 * _LONGEST])
        if found is not None:
            yield found


@lru_cache(maxsize=20_000)
def _read_term(term: str) -> tuple[Key, str] | None:
    text = " ".join(plain(term).split())
    words = words_in(text)
    is_short = len(text) <= _LONGEST and len(words) <= _MOST_WORDS
    if not is_short or len(max(words, key=len, default="")) <= 1 or _FILLERS.issuperset(words):
        return None
    return tuple(map(stem, words)), " ".join(_lower(word) for word in text.split(" "))


def _lower(word: str) -> str:
    """Return a word as it is within a sentence: `Agents` in lower case, but `GPT` and `LoRA` not.

    >>> _lower("Agents"), _lower("LoRA"), _lower("3D"), _lower("Self-Attention")
    ('agents', 'LoRA', '3D', 'self-attention')
    """
    if all(not part or _CAPITALIZED.fullmatch(part) for part in _BETWEEN.split(word)):
        return word.lower()
    return word
