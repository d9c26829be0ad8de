"""Names of authors, split as citations need them. Pure."""

import re
from dataclasses import dataclass
from typing import Final

_PARTICLES: Final = frozenset(
    re.findall(
        r"\S+",
        "af al av da de del della den der des di dos du el la le of ten ter van von zu zum zur",
    )
)
"""Words in lower case that may stand before a family name."""
_SUFFIXES: Final = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_GROUP: Final = re.compile(
    r"\b(?i:team|collaborations?|consortium|group|labs?|laboratory|project|community|initiative"
    r"|institute|university|foundation|authors?|contributors|inc|corporation)\b|\bAI\b"
)
_NO_PERSON: Final = re.compile(r"[\d&/@:;()\[\]{}<>]|\b(?:and|et al)\b")
_FAMILY_FIRST: Final = re.compile(
    "[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3]"
)
"""Letters of languages in which names are written in another order."""


@dataclass(frozen=True, slots=True)
class Name:
    """An author."""

    family: str
    """Of a group, or where the parts of a name can't be told: the whole name."""
    given: str = ""
    particle: str = ""
    """Such as `van der`."""
    suffix: str = ""
    """Such as `Jr.`."""
    is_whole: bool = False
    """Whether `family` is a whole name."""


def split_name(text: str) -> Name:
    """Split an author's name, written with the given names first, into its parts.

    >>> split_name("Jan van der Berg Jr.")
    Name(family='Berg', given='Jan', particle='van der', suffix='Jr.', is_whole=False)
    >>> split_name("Gemini Team").is_whole
    True
    """
    text = text.removeprefix("and ")  # of a list that was split at its commas
    whole = Name(text, is_whole=True)
    if _GROUP.search(text) or _NO_PERSON.search(text) or _FAMILY_FIRST.search(text):
        return whole
    first, *behind_commas = (part.strip() for part in text.split(","))
    words = first.split()
    suffix = ""
    if len(behind_commas) == 1 and behind_commas[0].casefold() in _SUFFIXES:
        suffix = behind_commas[0]
    elif behind_commas:
        is_reversed = len(behind_commas) == 1 and words and behind_commas[0]
        return Name(first, behind_commas[0]) if is_reversed else whole
    elif len(words) > len(("given", "family")) and words[-1].casefold() in _SUFFIXES:
        suffix = words.pop()
    if len(words) < len(("given", "family")):
        return whole
    begin = len(words) - 1
    while begin > 1 and words[begin - 1] in _PARTICLES:
        begin -= 1
    return Name(words[-1], " ".join(words[:begin]), " ".join(words[begin:-1]), suffix)
