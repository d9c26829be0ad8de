"""Rank papers by relevance: BM25, with titles above keywords above bodies. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storage.documents import Document
from storage.search_plan import Clause

_TITLE: Final = 20.0
_KEYWORDS: Final = 6.0
"""Also of authors and organizations."""
_SATURATION: Final = 2.0
_LENGTH_SHARE: Final = 0.4
"""How much the length of a body matters."""
_USUAL_LENGTH: Final = 4_000
"""Characters of a body's tokens."""
_WITHIN_WORD: Final = 0.3
"""What a match counts that begins within a Korean word: 화학 in 강화학습."""
_STEPS: Final = 20
"""Papers whose scores differ by less than a twentieth of the best are equally relevant."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    text: str
    """The tokens between spaces."""
    begins_word: re.Pattern[str] | None
    """Matches only where a Korean word begins; `None` for English."""


def step(score: float, best: float) -> int:
    """Return a score as a whole number: papers with the same one are ordered by votes."""
    return int(_STEPS * score / best) if best > 0 else 0


class Scorer:
    """Scores papers for a plan."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._clauses = [
            (each.weight, [_pattern(phrase) for phrase in each.phrases]) for each in clauses
        ]

    def score(self, document: Document) -> float:
        """Return the relevance of a paper; more is better."""
        title = f" {document.title} "
        keywords = f" {document.keywords}  {document.organization}  {document.authors} "
        body = f" {document.body}  {document.compounds} "
        length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * len(body) / _USUAL_LENGTH
        columns = [
            (marked.replace("^", ""), marked, weight)
            for marked, weight in ((title, _TITLE), (keywords, _KEYWORDS), (body, 1 / length))
        ]
        score = 0.0
        for weight, patterns in self._clauses:
            frequency = sum(
                factor * sum(_count(each, text, marked) for each in patterns)
                for text, marked, factor in columns
            )
            score += weight * frequency / (frequency + _SATURATION)
        return score


def _count(pattern: _Pattern, text: str, marked: str) -> float:
    found = text.count(pattern.text)
    if not found or pattern.begins_word is None:
        return found
    begins = len(pattern.begins_word.findall(marked))
    return begins + _WITHIN_WORD * (found - begins)


def _pattern(phrase: Sequence[str]) -> _Pattern:
    text = f" {' '.join(phrase)} "
    if phrase[0].isascii():
        return _Pattern(text, None)
    run = r" \^?".join(map(re.escape, phrase))
    return _Pattern(text, re.compile(rf" \^{run}(?= )"))
