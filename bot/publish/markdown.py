"""Digests of the archive as Markdown: `bot.digest` reads them back as they were. Pure."""

from collections.abc import Iterable
from typing import Final

from bot.digest import write
from bot.digest.published import marker
from bot.digest.source import MAX_BYTES, MAX_LINES
from bot.publish.days import in_language, text_sources
from storage.records import Digest

_SPARE_LINES: Final = 2
"""The marker and the end of the last line."""


def render_markdown(digests: Iterable[Digest], language: str) -> bytes:
    """Return digests in a language as one file, in order.

    The first one is always whole. Further ones that would make the file too large to be read again
    are left out.
    """
    digests = tuple(digests)
    sources = {name for each in digests for name in text_sources(each, language)}
    head = f"{marker(language, sorted(sources))}\n"
    bytes_left, lines_left = MAX_BYTES - len(head.encode()), MAX_LINES - _SPARE_LINES
    parts: list[bytes] = []
    for each in digests:
        part = f"\n{write(in_language(each, language))}".encode()
        bytes_left -= len(part)
        lines_left -= part.count(b"\n")
        if parts and min(bytes_left, lines_left) < 0:
            break
        parts.append(part)
    return head.encode() + b"".join(parts)
