"""The width of texts in columns, as a terminal or a phone shows them. Pure.

We take the widths from `unicodedata` and add no library: a library counts sequences of emoji more
exactly, but here a text only has to be at most so wide.
"""

import unicodedata
from typing import Final

from bot.ui import limits

_WIDE: Final = frozenset("WF")
_WITHOUT_WIDTH: Final = frozenset({"Mn", "Me", "Cf", "Cc", "Cs"})
_LEAST_KEPT: Final = 0.5
"""The least part of a text that is left by a cut between words; else it is cut within a word."""
_TRAILING: Final = " ,;:–—-("


def _width(character: str) -> int:
    if character.isascii():
        return int(character.isprintable())
    if unicodedata.category(character) in _WITHOUT_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def width(text: str) -> int:
    """Return how many columns a text takes; a wide character such as Hangul takes two.

    >>> width("SigLIP 2"), width("논문")
    (8, 4)
    """
    return sum(map(_width, text))


def shorten(text: str, columns: int) -> str:
    """Cut a line after a word so that it takes at most `columns`, and add an ellipsis.

    Characters without width are limited too: a text has at most two UTF-16 units per column.
    """
    used = units = 0
    last_end = 0
    for end, character in enumerate(text, start=1):
        used += _width(character)
        units += 2 if character > "\uffff" else 1
        if used > columns or units > 2 * columns:
            break
        if used < columns and units < 2 * columns:
            last_end = end
    else:
        return text
    head = limits.prefix(text, limits.length(text[:last_end]))
    is_between_words = text[len(head) : len(head) + 1].isspace()
    space = head.rfind(" ")
    if not is_between_words and space > len(head) * _LEAST_KEPT:
        head = head[:space]
    return head.rstrip(_TRAILING) + limits.ELLIPSIS if columns > 0 else ""
