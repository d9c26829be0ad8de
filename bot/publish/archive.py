"""Where the files of the archive are, and at which addresses. Pure."""

import posixpath
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

LATEST: Final = "latest.md"
FEED: Final = "feed.xml"
INDEX: Final = "index.html"


@dataclass(frozen=True, slots=True)
class Archive:
    """The settings `[publish]`."""

    folder: Path
    """It need not exist yet."""
    url: str | None = None
    """The address of the folder on the web, without a final slash; `None` if it has none."""


def path_of_day(language: str, day: date, ending: str) -> str:
    """Return the path of a day's file in the archive.

    >>> path_of_day("ko", date(2025, 2, 21), "md")
    'ko/2025/02/21.md'
    """
    return f"{language}/{day.year:04}/{day.month:02}/{day.day:02}.{ending}"


def path_of_month(language: str, day: date) -> str:
    """Return the path of the page of a day's month."""
    return f"{language}/{day.year:04}/{day.month:02}/{INDEX}"


def path_in(language: str, name: str) -> str:
    """Return the path of a file of a language."""
    return f"{language}/{name}"


def link(source: str, target: str) -> str:
    """Return the relative address of one file of the archive in another.

    >>> link("ko/2025/02/21.html", "ko/index.html")
    '../../index.html'
    """
    return posixpath.relpath(target, posixpath.dirname(source) or ".")
