"""Texts in a form in which they can be compared: one form for blanks and characters. Pure."""

import re
import unicodedata
from typing import Final

_SUPERSCRIPTS: Final = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True))
_SUPERSCRIPT: Final = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_MARKS: Final = (
    dict.fromkeys(map(ord, "‐‑‒–—―−﹣"), "-")
    | dict.fromkeys(map(ord, "‘’‚‛′`´"), "'")
    | dict.fromkeys(map(ord, "“”„‟″«»"), '"')
    | dict.fromkeys(map(ord, "～〜∼"), "~")
)
_MARKUP: Final = dict.fromkeys(map(ord, "*_$\\"), "") | {ord("×"): "x"}
_AROUND_NUMBERS: Final = re.compile(r"\*\*|[$\\]")
_BLANK: Final = frozenset({"Cc", "Zs", "Zl", "Zp"})


def normalize(text: str) -> str:
    r"""Return a text with one form for each character, and single blanks.

    Compatibility characters become plain ones, dashes and quotation marks their ASCII forms, and
    invisible characters are dropped. A superscript number keeps its meaning, as NFKC would make
    10⁶ one number.

    >>> normalize("10⁶\u00a0steps\u200b – “fast”")
    '10^6 steps - "fast"'
    """
    text = _SUPERSCRIPT.sub(lambda match: "^" + _digits(match[0]), text)
    # Before NFKC, which makes "´" two characters.
    text = unicodedata.normalize("NFKC", text.translate(_MARKS)).translate(_MARKS)
    kept = (_visible(character) for character in text)
    return " ".join("".join(kept).split())


def fold(text: str) -> str:
    """Return a text as it is searched for: also without case, emphasis and marks of formulas.

    >>> fold("**MLGym** has $n_1$  tasks")
    'mlgym has n1 tasks'
    """
    return " ".join(normalize(text).casefold().translate(_MARKUP).split())


def without_markup(text: str) -> str:
    """Return a normalized text without the marks of formulas and emphasis around numbers.

    >>> without_markup("only $310$M, **95**%")
    'only 310M, 95%'
    """
    return _AROUND_NUMBERS.sub("", text)


def _digits(superscripts: str) -> str:
    return "".join(_SUPERSCRIPTS[character] for character in superscripts)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BLANK:
        return " "
    return "" if category in {"Cf", "Cs"} else character
