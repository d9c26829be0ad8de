"""Stored papers and digests as they are read back, with votes and ranks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from storage.records.papers import Paper


@dataclass(frozen=True, slots=True)
class PaperName:
    """The fields of a paper that suggestions show."""

    arxiv_id: str
    title: str
    votes: int | None
    digest_date: date
    """Of the newest digest that lists it."""


_READ_IN_TIME: Final = timedelta(days=2)
"""How long after the beginning of its day a list's votes are as of the time they are read."""


def votes_time(read_at: datetime | None, as_of: datetime | None) -> datetime | None:
    """Return when votes were as they are, in UTC; `None` if that is not known.

    A file that is read long after its day doesn't say at what time its votes were read.

    Args:
        read_at: When they were read; `None` if never.
        as_of: As in `ListedPaper.votes_as_of`.
    """
    if read_at is None or as_of is None:
        return read_at
    return read_at if read_at - as_of <= _READ_IN_TIME else None


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A stored paper: newest text, newest votes, and its rank in a digest."""

    paper: Paper
    """Its `votes` are the newest that are known."""
    digest_date: date
    """Of the newest digest that lists it; in a `ListedDigest`, of that digest."""
    rank: int
    """1-based, in that digest."""
    votes_read_at: datetime | None
    """UTC; `None` where votes were never read."""
    votes_as_of: datetime | None = field(default=None, compare=False)
    """UTC; of when the votes are: when they were read, or the day of a list without a time.
    `None` if that is not known."""

    @property
    def votes_time(self) -> datetime | None:
        """When its votes were as they are, in UTC; `None` if that is not known."""
        return votes_time(self.votes_read_at, self.votes_as_of)


def newest_votes_time(papers: Iterable[ListedPaper]) -> datetime | None:
    """Return the newest `votes_time` of papers; `None` if none is known."""
    return max((each.votes_time for each in papers if each.votes_time), default=None)


@dataclass(frozen=True, slots=True)
class UnlistedPaper:
    """A paper that no list has, as a service describes it; it has no rank."""

    paper: Paper
    service: str
    """The name of the service."""
    read_at: datetime
    """UTC; when the service was asked."""

    @property
    def votes_read_at(self) -> datetime | None:
        """When its votes were read; `None` where they are not known."""
        return self.read_at if self.paper.votes is not None else None

    @property
    def votes_time(self) -> datetime | None:
        """The same, as of a `ListedPaper`."""
        return self.votes_read_at


KnownPaper: TypeAlias = ListedPaper | UnlistedPaper
"""A paper that can be shown."""


@dataclass(frozen=True, slots=True)
class ListedDigest:
    """A stored digest."""

    date: date
    papers: tuple[ListedPaper, ...]
    """By rank."""
    votes_read_at: datetime | None
    """UTC; the newest reading of any of its papers' votes."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """One page of papers ranked by votes: most first, ties by rank then id, unknown votes last."""

    papers: tuple[ListedPaper, ...]
    total: int
    """How many papers the whole ranking has."""
    first: date | None
    """The oldest digest that it covers; `None` where there is none."""
    last: date | None
    """The newest digest that it covers."""
    votes_read_at: datetime | None
    """UTC; the newest `votes_time` of its papers; `None` if that is not known."""


@dataclass(frozen=True, slots=True)
class SavedPaper:
    """A paper that a person has saved."""

    arxiv_id: str
    title: str
    """The newest of a listed paper, otherwise that of when it was saved."""
    note: str | None
    """On one line."""
    saved_at: datetime
    """UTC."""


class Change(StrEnum):
    """How storing a digest changed a paper."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """The summary of storing a digest."""

    date: date
    is_new: bool
    new: int
    """Papers that no digest had listed before."""
    changed: int
    """Papers whose text, authors, media or votes differ from those stored, or whose votes or rank
    differ from those stored for this digest."""
    same: int
    """The others, among them those known from another day that this digest newly lists."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper's votes at a time."""

    votes: int
    read_at: datetime
    """UTC."""
