"""The marker of files that this program has published, so that it doesn't read its own output."""

import re
from collections.abc import Iterable
from typing import Final

_BEGINNING: Final = "<!-- Published by Daily Papers"
_END: Final = "-->"
_LOOKED_AT: Final = 200
"""Bytes in which the first two lines begin: an XML declaration or a doctype may come first."""
_MARKED: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:<[^\n]*\r?\n)?" + re.escape(_BEGINNING.encode()))
_ENDS_COMMENT: Final = re.compile(r"-{2,}|[<>\r\n]")


def marker(language: str | None = None, sources: Iterable[str] = ()) -> str:
    """Return the line that marks a published file: a comment in Markdown, HTML and XML.

    Args:
        language: Of the texts in the file; `None` for a file without texts.
        sources: The names of those whose texts are in the file.

    >>> marker("ko", ["archive"])
    '<!-- Published by Daily Papers. Language: ko. Texts: archive. -->'
    """
    facts = [_BEGINNING]
    if language is not None:
        facts.append(f" Language: {language}")
    if names := ", ".join(sources):
        facts.append(f" Texts: {names}")
    # Two hyphens would end a comment, or not be valid in it.
    return f"{_BEGINNING}{_ENDS_COMMENT.sub('-', '.'.join(['', *facts[1:]]))}. {_END}"


def is_published(data: bytes) -> bool:
    """Return whether the bytes of a file begin as those of a published file do.

    >>> is_published(marker("en").encode()), is_published(b"## Daily Papers (2025-02-21)")
    (True, False)
    """
    return _MARKED.match(data[:_LOOKED_AT]) is not None
