"""Stems of English words: the inflected forms of a word have the same one. Pure."""

from functools import lru_cache
from typing import Final

_SHORTEST: Final = 3
_VOWELS: Final = frozenset("aeiouy")
_DOUBLED: Final = frozenset("bdfglmnprstz")
_KEPT: Final = frozenset({"embed", "this", "bias", "gas", "canvas", "atlas", "always", "news"})


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a normalized English word; a word of another script is its own.

    It is meant for comparison only. Derived words keep their own: `agentic` isn't `agent`.

    >>> stem("agents"), stem("policies"), stem("embedding"), stem("caches")
    ('agent', 'polici', 'embed', 'cach')
    """
    if len(word) <= _SHORTEST or not word.isascii() or not word.isalpha() or word in _KEPT:
        return word
    return _ending(_without_suffix(_without_plural(word)))


def _without_plural(word: str) -> str:
    if not word.endswith("s") or word.endswith(("us", "ss")):
        return word
    if word.endswith("sis"):
        return word[:-2]
    if word.endswith("is"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes", "ses")):
        return word[:-2]
    return word[:-1]


def _without_suffix(word: str) -> str:
    for suffix in ("ing", "ed"):
        if word.endswith(suffix) and not word.endswith("eed") and word not in _KEPT:
            rest = word.removesuffix(suffix)
            if len(rest) >= _SHORTEST and not _VOWELS.isdisjoint(rest):
                return rest
    return word


def _ending(word: str) -> str:
    """Make the ends of stems equal that differ before suffixes: plan(n)ed, cach(e)d, stud(i)ed."""
    if len(word) > _SHORTEST and word.endswith("e"):
        word = word[:-1]
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] in _DOUBLED:
        word = word[:-1]
    if len(word) >= _SHORTEST and word.endswith("y"):
        word = word[:-1] + "i"
    return word
