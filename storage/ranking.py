"""Rank papers by relevance: BM25, with titles above keywords above bodies. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import AnyStr, Final

from storage.documents import columns_of
from storage.phrases import BEGINNING, Phrase, begins_word, between_spaces, within_word
from storage.search_plan import Clause, Plan
from storage.stems import stem

_TITLE: Final = 20.0
_KEYWORDS: Final = 6.0
"""Weight of matches in keywords, authors and organizations."""
_SATURATION: Final = 2.0
_LENGTH_SHARE: Final = 0.4
"""How much the length of a body matters."""
_USUAL_LENGTH: Final = 8_000
"""Bytes of the tokens of a usual body."""
_WITHIN_WORD: Final = 0.5
"""Weight of a match within a Korean word: 화학 in 강화학습."""
_LONGER: Final = 0.15
"""Weight of a match of a longer word: `air` for `ai`."""
_MOST_PHRASES: Final = 8
"""How many phrases of a clause are counted: the most frequent ones."""
_LEAST_PHRASES: Final = 2
"""How many phrases of each word are counted at least, however many words a clause has."""
_LEAST: Final = 0.3
"""Frequency of a required clause of which a paper has no counted phrase."""
_STEPS: Final = 20
"""Papers whose scores differ by less than a twentieth of the best are equally relevant."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    text: bytes
    """The tokens between spaces."""
    begins: re.Pattern[bytes] | None
    """Matches only where a Korean word begins; `None` for English."""
    within: re.Pattern[bytes] | None
    """Matches only within a Korean word."""
    weight: float
    """What a match counts."""


def step(score: float, best: float) -> int:
    """Return a score as a whole number: papers with the same one are ordered by votes."""
    return int(_STEPS * score / best) if best > 0 else 0


class Scorer:
    """Scores papers for a plan.

    It works on bytes: some hundred papers are scored while a person waits.
    """

    def __init__(
        self, required: Sequence[Clause], bonus: Sequence[Clause], *, with_names: bool = True
    ) -> None:
        """Prepare the clauses.

        Args:
            required: A paper has all of them, if only in a way that isn't counted.
            bonus: It may have these.
            with_names: Whether authors and organizations count, too.
        """
        self._with_names = with_names
        self._clauses = [
            (each.weight, least, _Patterns(_weigh_phrases(each)))
            for clauses, least in ((required, _LEAST), (bonus, 0.0))
            for each in clauses
            if each.phrases
        ]

    def score(self, packed: bytes) -> float:
        """Return the relevance of a packed document; more is better."""
        return sum(self.parts(packed))

    def parts(self, packed: bytes) -> list[float]:
        """Return what each clause adds to the relevance of a packed document."""
        title, *names, keywords, body, compounds = columns_of(packed)
        others = b" ".join((*names, keywords)) if self._with_names else keywords
        length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * len(body) / _USUAL_LENGTH
        columns = [
            (marked.replace(b"^", b""), marked, weight)
            for marked, weight in (
                (title, _TITLE),
                (others, _KEYWORDS),
                (body + compounds, 1 / length),
            )
        ]
        parts = []
        for weight, least, patterns in self._clauses:
            frequency = sum(
                factor * patterns.count(text, marked) for text, marked, factor in columns
            )
            frequency = max(frequency, least)
            parts.append(weight * frequency / (frequency + _SATURATION))
        return parts


class Matcher:
    """Looks in the tokens of papers for what a plan has; its clauses are phrases only."""

    def __init__(self, plan: Plan) -> None:
        self._required, self._excluded = (
            [
                [
                    [[between_spaces(phrase).encode() for phrase in group] for group in alternative]
                    for alternative in clause.alternatives
                ]
                for clause in clauses
            ]
            for clauses in (plan.required, plan.excluded)
        )

    def has(self, packed: bytes) -> bool:
        """Return whether a packed document is found by the plan."""
        text = b" \n ".join(columns_of(packed)).replace(b"^", b"")

        def occurs(alternatives: list[list[list[bytes]]]) -> bool:
            return any(
                all(any(phrase in text for phrase in group) for group in alternative)
                for alternative in alternatives
            )

        return all(map(occurs, self._required)) and not any(map(occurs, self._excluded))


class _Patterns:
    """The phrases of a clause, the most frequent ones first."""

    def __init__(self, phrases: Sequence[tuple[Phrase, float]]) -> None:
        self._patterns = [_pattern(phrase, weight) for phrase, weight in phrases]
        self._beginning = common_beginning([each.text for each in self._patterns])

    def count(self, text: bytes, marked: bytes) -> float:
        """Return how often they occur; within a Korean word they count less."""
        # Forms of a word mostly begin alike. Most texts have one or two of them: where all that
        # begin so have been found, the others needn't be looked for.
        left = text.count(self._beginning)
        found = 0.0
        for pattern in self._patterns:
            if not left:
                break
            occurrences = text.count(pattern.text)
            left -= occurrences
            found += pattern.weight * _count(pattern, occurrences, marked)
        return found


def _weigh_phrases(clause: Clause) -> list[tuple[Phrase, float]]:
    """Return phrases of a clause, of each word the typed one first, and what a match counts."""
    groups = [group for alternative in clause.alternatives for group in alternative if group]
    most = max(_MOST_PHRASES // len(groups), _LEAST_PHRASES)
    return [
        (phrase, 1.0 if _stem(phrase) == _stem(group[0]) else _LONGER)
        for group in groups
        for phrase in group[:most]
    ]


def _stem(phrase: Phrase) -> str:
    return stem("".join(phrase))


def common_beginning(texts: Sequence[AnyStr]) -> AnyStr:
    """Return what all of some texts begin with: what the least and the greatest of them do.

    >>> common_beginning(["learns", "learning", "learned"])
    'learn'
    """
    least, greatest = min(texts), max(texts)
    length = sum(
        1 for _ in takewhile(lambda each: each[0] == each[1], zip(least, greatest, strict=False))
    )
    return least[:length]


def _count(pattern: _Pattern, found: int, marked: bytes) -> float:
    if not found or pattern.begins is None or pattern.within is None:
        return found
    begins = len(pattern.begins.findall(marked))
    within = len(pattern.within.findall(marked)) if begins < found else 0
    return begins + _WITHIN_WORD * within


def _pattern(phrase: Phrase, weight: float) -> _Pattern:
    text = between_spaces(phrase).encode()
    if phrase[0].isascii() or phrase[-1].endswith(BEGINNING):
        return _Pattern(text, None, None, weight)
    begins, within = (re.compile(make(phrase).encode()) for make in (begins_word, within_word))
    return _Pattern(text, begins, within, weight)
