"""Korean particles at the end of a word, which don't matter to a search. Pure."""

from collections.abc import Sequence
from typing import Final

from storage.tokens import is_cjk

_SHORTEST: Final = 2
"""Syllables that a word keeps at least: 결과 doesn't end in 과."""
_FIRST: Final = 0xAC00
_LAST: Final = 0xD7A3
_FINALS: Final = 28
"""Syllables that differ only in their final consonant follow each other; the first has none."""
_RIEUL: Final = 8
"""The place of ㄹ among them."""

_ANYWHERE: Final = (
    *("에서의", "에서는", "에서도", "에게는", "으로의", "으로는", "와의", "과의", "에서", "에게"),
    *("에는", "에도", "부터", "까지", "처럼", "보다", "의", "에"),
)
_AFTER_CONSONANT: Final = ("이라는", "으로", "을", "은", "이", "과")
_AFTER_VOWEL: Final = ("라는", "를", "는", "가", "와")
_ROUTE: Final = "로"
"""The particle that follows a vowel or ㄹ."""


def without_particle(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a term without the particle at its end, or the particles.

    A syllable counts as a particle only where grammar allows it: 가 follows a vowel, so that
    전문가 stays whole.

    >>> without_particle(["강화학습의"]), without_particle(["llm", "을"])
    (('강화학습',), ('llm',))
    >>> without_particle(["전문가"])
    ('전문가',)
    """
    *before, last = words
    while is_cjk(last):
        particle = _particle_of(last, after_word=bool(before))
        if not particle:
            break
        last = last.removesuffix(particle)
        if not last:
            return tuple(before)
    return (*before, last)


def _particle_of(word: str, *, after_word: bool) -> str:
    """Return the particle at the end of a word; empty if there is none.

    Args:
        word: Korean.
        after_word: Whether a word of another script is before it, which all of it may follow.
    """
    for particle in (*_ANYWHERE, *_AFTER_CONSONANT, *_AFTER_VOWEL, _ROUTE):
        if word == particle and after_word:
            return particle
        stem = word.removesuffix(particle)
        if _SHORTEST <= len(stem) < len(word) and _may_follow(particle, stem[-1]):
            return particle
    return ""


def _may_follow(particle: str, syllable: str) -> bool:
    if not _FIRST <= ord(syllable) <= _LAST:
        return False
    final = (ord(syllable) - _FIRST) % _FINALS
    if particle == _ROUTE:
        return final in (0, _RIEUL)
    if particle in _AFTER_CONSONANT:
        return final != 0
    return particle not in _AFTER_VOWEL or final == 0
