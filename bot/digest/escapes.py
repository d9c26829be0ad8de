"""How a written digest carries text that plain Markdown would change.

Reading a digest tidies it: blanks at the ends of lines, empty lines around a text and characters
that are not composed go. Text that has such things on purpose is written with them as numeric
character references, which a browser shows as the characters, behind a comment that says so.
Without that comment references are left as the source has them.
"""

import re
import unicodedata

ESCAPED = "<!-- escaped -->"
"""Stands before a section's text, or after a paper's heading, that is written so."""
BARE = "<!-- no heading -->"
"""Stands before the text of an item that is a section without heading, not one of a list."""

_REFERENCE = re.compile(r"&#([0-9]{1,7});")
_CHANGED_IN_BODY = re.compile(r"\r|\A\n+|(?<!\n)\n++\Z|(?<![ \t])[ \t]++(?=\n|\Z)")
_CHANGED_IN_LINE = re.compile(r"[\r\n]|\A[ \t]+|(?<![ \t])[ \t]++\Z")
_LAST_SURROGATE = 0xDFFF
_FIRST_SURROGATE = 0xD800
_LAST_CHARACTER = 0x10FFFF


def escape_body(text: str) -> str:
    """Return a text of several lines with what reading would change as references."""
    return _CHANGED_IN_BODY.sub(_references, _escape_ampersands(text))


def escape_line(text: str, *, also: str) -> str:
    """Return a text as one line, with what reading would change, and some marks, as references.

    Text of blanks alone is all references: as it is, it would be taken for none.

    Args:
        text: any text.
        also: characters that mean something where the line is to stand.
    """
    if not text.strip():
        return "".join(f"&#{ord(c)};" for c in text)
    text = _CHANGED_IN_LINE.sub(_references, _escape_ampersands(text))
    for mark in also:
        text = text.replace(mark, f"&#{ord(mark)};")
    return text


def unescape(text: str) -> str:
    """Return a text with its references as characters; those that name none stay."""
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
