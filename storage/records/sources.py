"""What sources of papers say, and what is known of reading them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from storage.records.papers import Paper


class SourceKind(StrEnum):
    """The kinds of sources."""

    FOLDER = "folder"
    """Digests in files."""
    URL = "url"
    """Digests at addresses with the date in them."""
    HUGGINGFACE = "huggingface"
    """The daily lists of Hugging Face, live."""
    WRITER = "writer"
    """A language model that writes sections."""


FILES: Final = "files"
"""The name of the source of what `ingest` reads, and of the folder `digests`."""


_WRITER: Final = "writer:"
"""Before the name of a model: the name of its source. No source of the settings has a colon."""


def source_of_model(model: str) -> str:
    """Return the name of the source of what a language model writes."""
    return f"{_WRITER}{model}"


def model_of(source: str) -> str | None:
    """Return the language model whose source has a name; `None` for other sources.

    >>> model_of("writer:small-model"), model_of("files")
    ('small-model', None)
    """
    return source.removeprefix(_WRITER) if source.startswith(_WRITER) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """What a source says of a day's papers."""

    date: date
    papers: tuple[Paper, ...] = ()
    """In the source's order; no id twice."""
    read_at: datetime
    """UTC."""
    source: str = FILES
    """The name of the source."""
    language: str | None = None
    """Of the sections of papers that don't say it; `None` to recognize it."""
    is_live: bool = False
    """Whether votes are as of `read_at`; otherwise they are as of the list's day, but at most as of
    `read_at`."""
    opened_at: datetime | None = None
    """UTC; when the list began to fill. `None`: it is complete when it arrives."""
    closed_at: datetime | None = None
    """UTC; when the list is complete."""
    etag: str | None = None
    """What the server needs to say that the list has not changed."""
    body_hash: str | None = None
    """Of the server's answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """Whether a source can be read."""

    name: str
    kind: SourceKind
    succeeded_at: datetime | None
    """UTC; when it last answered."""
    failed_at: datetime | None
    """UTC; when it last did not."""
    error: str | None
    """Why it could not be read the last time; `None` if it could."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDay:
    """What was read of a source for a day."""

    date: date
    opened_at: datetime | None = None
    """UTC; `None` for a list that is complete when it arrives."""
    arrived_at: datetime | None = None
    """UTC; when the first papers came. `None`: none so far."""
    checked_at: datetime | None = None
    """UTC; when it was last asked for."""
    read_at: datetime | None = None
    """UTC; when it was last read with success, with or without papers."""
    etag: str | None = None
    body_hash: str | None = None
    error: str | None = None
    """Why the last attempt failed; `None` if it didn't."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Two or more weekdays in a row of which no source has brought papers."""

    since: date
    """The first of them."""
    sources: tuple[str, ...] = ()
    """Those that could not be read, as people know them; empty if all could."""
    error: str | None = None
    """The newest error of these, for the log."""
