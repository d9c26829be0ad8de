"""Escape text that the parser would otherwise change.

The parser normalizes text: it removes trailing whitespace and empty lines around a text and
composes characters (NFC). Text that has such characters on purpose is written with numeric
character references, which browsers show as the characters, after a marker comment. Without the
marker, references are kept as they stand in the source.
"""

import re
import unicodedata

ESCAPED = "<!-- escaped -->"
"""Marks a section's text (before it) or a paper's heading (after it) as escaped."""
BARE = "<!-- no heading -->"
"""Marks an item as a section without heading, in contrast to an item of a list."""

_REFERENCE = re.compile(r"&#([0-9]{1,7});")
_CHANGED_IN_BODY = re.compile(r"\r|\A\n+|(?<!\n)\n++\Z|(?<![ \t])[ \t]++(?=\n|\Z)")
_CHANGED_IN_LINE = re.compile(r"[\r\n]|\A[ \t]+|(?<![ \t])[ \t]++\Z")
_LAST_SURROGATE = 0xDFFF
_FIRST_SURROGATE = 0xD800
_LAST_CHARACTER = 0x10FFFF


def escape_body(text: str) -> str:
    """Return a text of several lines with what the parser would change as references."""
    return _CHANGED_IN_BODY.sub(_references, _escape_ampersands(text))


def escape_line(text: str, *, also: str) -> str:
    """Return a text as one line, with what the parser would change as references.

    Of a text of whitespace only, each character is escaped: unescaped it would count as empty.

    Args:
        text: Any text.
        also: Further characters to escape, which have a meaning where the line is used.
    """
    if not text.strip():
        return "".join(f"&#{ord(c)};" for c in text)
    text = _CHANGED_IN_LINE.sub(_references, _escape_ampersands(text))
    for mark in also:
        text = text.replace(mark, f"&#{ord(mark)};")
    return text


def unescape(text: str) -> str:
    """Return a text with its references decoded; invalid references are kept."""
    return _REFERENCE.sub(_decode, text)


def _escape_ampersands(text: str) -> str:
    text = text.replace("&", "&#38;")
    if unicodedata.is_normalized("NFC", text):
        return text
    return "".join(c if c.isascii() else f"&#{ord(c)};" for c in text)


def _references(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(c)};" for c in match[0])


def _decode(match: re.Match[str]) -> str:
    number = int(match[1])
    if number == 0 or number > _LAST_CHARACTER or _FIRST_SURROGATE <= number <= _LAST_SURROGATE:
        return match[0]
    return chr(number)
