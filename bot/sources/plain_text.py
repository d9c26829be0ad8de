"""Values of services: texts without line breaks, LaTeX and control characters, and moments."""

import re
from datetime import UTC, datetime
from typing import Final

from bot.digest.limits import truncate
from bot.digest.problems import DigestError
from bot.digest.source import lines_of
from bot.sources.latex import to_unicode

_CONTROLS: Final = [*range(0x20), *range(0x7F, 0xA0)]
_DIRECTIONS: Final = [0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
"""Marks that reorder the text after them, on the page around it too."""
_CLEANED: Final = (
    dict.fromkeys(_CONTROLS, " ")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    | dict.fromkeys([*_DIRECTIONS, 0xFEFF])
    | {0x0A: "\n", 0x0D: "\n", 0x2028: "\n", 0x2029: "\n\n"}
)
_FIRST_YEAR: Final = 1991
"""The year in which arXiv began."""
_LAST_YEAR: Final = 2200

_BLANK_LINES = re.compile(r"\n[ \n]*\n")


def one_line(text: str, most: int) -> str:
    r"""Return a text on one line, in at most `most` bytes of UTF-8; it may be empty.

    >>> one_line("MLGym: A New\n  $O(n^2)$ Framework\0", 100)
    'MLGym: A New O(n²) Framework'
    """
    return truncate(_join(_clean(text, most)), most)


def paragraphs(text: str, most: int) -> tuple[str, ...]:
    r"""Return the paragraphs of a text, each on one line, in at most `most` bytes together.

    Blank lines separate paragraphs; other line breaks are only the width of somebody's window.

    >>> paragraphs("We train\na model.\n\nIt works.\n", 100)
    ('We train a model.', 'It works.')
    """
    joined = (_join(part) for part in _BLANK_LINES.split(_clean(text, most)))
    return tuple(truncate("\n\n".join(filter(None, joined)), most).split("\n\n"))


def _join(text: str) -> str:
    return " ".join(to_unicode(" ".join(text.split())).split())


def _clean(text: str, most: int) -> str:
    # A text is cut before the work on it, with room for whitespace that is joined.
    cleaned = text[: 2 * most].replace("\r\n", "\n").translate(_CLEANED)
    try:
        return "\n".join(lines_of(cleaned))
    except DigestError:  # Far too many combining marks, or lines.
        return ""


def moment_in(value: object) -> datetime | None:
    """Return a moment in ISO 8601, in UTC; without a zone it is taken for UTC.

    >>> moment_in("2025-02-20T21:00:00.000Z").isoformat()
    '2025-02-20T21:00:00+00:00'
    >>> moment_in("soon")
    """
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None
