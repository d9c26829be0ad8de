"""Merge what several sources say of a day's papers into one list. Pure; all rules are here.

- **Order**: papers in the order of the first source by precedence that lists them; those of
  further sources behind them; last the papers that no source lists any more, those that left their
  list last first.
- **Votes**: those with the newest `as_of`, whatever their source; if several have the same, those
  of the first source. A live source's votes are as of the moment they were read. Those of files
  and addresses are as of the list's day, so that an old file never beats live votes. A list that
  is dated ahead is as of the moment it was read.
- **Authors**: of the first source that has them in the paper's order, else of the first that has
  any.
- **Texts** stand side by side, one per source; `storage.digests` keeps them.
- **Every other fact**: of the first source that has it. A value is never replaced by none.

A source that lists a paper comes before one that does not any more. The lists of several days are
merged by the same rules; a newer day comes before an older one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from storage.records import Details, Paper


@dataclass(frozen=True, slots=True)
class Votes:
    """A paper's votes, and of when."""

    votes: int
    as_of: datetime
    """UTC; newer votes replace older ones."""
    read_at: datetime
    """UTC; when they were read."""


@dataclass(frozen=True, slots=True)
class SourcePaper:
    """What one source said last of a paper in a day's list."""

    source_id: int
    precedence: int
    """Lower ones come first."""
    position: int
    """1-based, in the source's list."""
    paper: Paper
    """Without sections; its votes are those in `votes`."""
    votes: Votes | None
    gone_at: datetime | None = None
    """UTC; when the source's list did not have it any more. `None` while it has."""


@dataclass(frozen=True, slots=True)
class MergedPaper:
    """A paper of a merged list."""

    paper: Paper
    """Without sections; its votes are those in `votes`."""
    votes: Votes | None
    is_gone: bool
    """Whether no source lists it any more."""


def merge(said: Iterable[SourcePaper]) -> tuple[MergedPaper, ...]:
    """Return the merged list of what sources said of one day, in order.

    Args:
        said: Of each source its papers, in any order; a source names a paper once.
    """
    by_paper: dict[str, list[SourcePaper]] = {}
    for each in sorted(said, key=_order):
        by_paper.setdefault(each.paper.arxiv_id, []).append(each)
    # A dict keeps the order of insertion: that of each paper's first source.
    return tuple(map(_merge_paper, by_paper.values()))


def _order(said: SourcePaper) -> tuple[bool, int, float, int, str]:
    gone_at = said.gone_at
    since = 0 if gone_at is None else -gone_at.timestamp()
    # The id decides between papers that left two lists at the same time from the same position.
    return gone_at is not None, said.precedence, since, said.position, said.paper.arxiv_id


def _merge_paper(said: Sequence[SourcePaper]) -> MergedPaper:
    """Merge what sources say of one paper; the one that counts most comes first."""
    return _merge(said, is_gone=said[0].gone_at is not None)


def merge_days(days: Sequence[MergedPaper]) -> MergedPaper:
    """Return a paper as the merged lists of several days have it; the newest day comes first."""
    return _merge(days, is_gone=days[0].is_gone) if len(days) > 1 else days[0]


def _merge(descriptions: Sequence[SourcePaper | MergedPaper], *, is_gone: bool) -> MergedPaper:
    paper = descriptions[0].paper
    for other in descriptions[1:]:
        paper = complete(paper, other.paper)
    votes = max(
        (each.votes for each in descriptions if each.votes is not None),
        key=lambda votes: votes.as_of,  # of equals, max() returns the first
        default=None,
    )
    newest = votes.votes if votes else None
    if paper.votes != newest:
        paper = replace(paper, votes=newest)
    return MergedPaper(paper, votes, is_gone)


def complete(paper: Paper, other: Paper) -> Paper:
    """Return a paper with what it lacks taken from another description of it, except votes.

    Authors in the paper's order also replace shuffled ones.
    """
    is_ordered = other.authors_ordered and other.authors and not paper.authors_ordered
    keeps_authors = paper.authors and not is_ordered
    return replace(
        paper,
        authors=paper.authors if keeps_authors else other.authors,
        authors_ordered=paper.authors_ordered if keeps_authors else other.authors_ordered,
        media=paper.media or other.media,
        details=complete_details(paper.details, other.details),
    )


def complete_details(details: Details, other: Details) -> Details:
    """Return details with what they lack taken from others."""
    if details == other or other == Details():
        return details
    missing = {
        field.name: getattr(other, field.name)
        for field in fields(details)
        if getattr(details, field.name) in (None, ())
    }
    return replace(details, **missing)
