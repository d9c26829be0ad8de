"""The marker of files that this program has published, so that it doesn't read its own output."""

import re
from collections.abc import Iterable
from typing import Final

_BEGINNING: Final = "<!-- Published by Daily Papers"
_END: Final = "-->"
_LOOKED_AT: Final = 200
"""Bytes in which the first two lines begin: an XML declaration or a doctype may come first."""
_MARKED: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<[^\n]*\r?\n)?"
    + re.escape(_BEGINNING.encode())
    + rb"(?:\. Language: (?P<language>[a-z]{2,3})\.)?"
)
_ENDS_COMMENT: Final = re.compile(r"[-<>\r\n]+")


def marker(language: str, sources: Iterable[str] = ()) -> str:
    """Return the line that marks a published file: a comment in Markdown, HTML and XML.

    Args:
        language: Its code, of the texts in the file.
        sources: The names of those whose texts are in the file.

    >>> marker("ko", ["archive"])
    '<!-- Published by Daily Papers. Language: ko. Texts: archive. -->'
    """
    facts = f"Language: {language}."
    if names := ", ".join(sources):
        facts += f" Texts: {names}."
    # Two hyphens would end a comment, or not be valid in it.
    return f"{_BEGINNING}. {_ENDS_COMMENT.sub('-', facts)} {_END}"


def is_published(data: bytes) -> bool:
    """Return whether the bytes of a file begin as those of a published file do.

    >>> is_published(marker("en").encode()), is_published(b"## Daily Papers (2025-02-21)")
    (True, False)
    """
    return _MARKED.match(data[:_LOOKED_AT]) is not None


def published_language(data: bytes) -> str | None:
    """Return the language of the texts in a published file; `None` if it is another file.

    >>> published_language(marker("ko").encode())
    'ko'
    """
    found = _MARKED.match(data[:_LOOKED_AT])
    return found["language"].decode() if found is not None and found["language"] else None
