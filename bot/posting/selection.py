"""Select the papers of a post. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.posting.coverage import Coverage
from bot.posting.filters import Filter, rank_by_votes
from storage.records import ListedPaper, ScheduleSettings, Trends, newest_votes_time

_MIN_NEW: Final = 5
"""How many papers of a list must be new to a schedule, if it shows so many."""
_FOLLOWING: Final = 15


@dataclass(frozen=True, slots=True)
class Outage:
    """Days without a post because no source could be read."""

    days: tuple[date, ...]
    """In the schedule's time zone, oldest first."""
    source: str
    """What could not be read, for people: "Hugging Face"."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers of a post, with facts for its heading."""

    coverage: Coverage
    papers: tuple[ListedPaper, ...]
    """The selected papers, most votes first; 0 to 25."""
    total: int
    """The number of papers in the coverage."""
    votes_read_at: datetime | None
    """When the coverage's votes were last read, in UTC; `None` if that is not known."""
    passed_over: tuple[tuple[date, str | None], ...] = ()
    """Missed days, each with the address of its digest."""
    outage: Outage | None = None
    """What the post says once after the sources have failed."""
    following: tuple[ListedPaper, ...] = ()
    """The next papers of the coverage, which the post's menu offers, too."""
    trends: Trends | None = None
    """What the week or month shows as a whole; `None` for a day, and where it isn't known."""
    posted: tuple[tuple[str, date], ...] = ()
    """Papers that the channel has had before: id and day, in the schedule's time zone."""


def enough_new(total: int, new: int, count: int) -> bool:
    """Return whether a list has enough papers that a daily schedule has not posted lately.

    Args:
        total: The papers of the list.
        new: Those that the schedule has not posted lately.
        count: How many the schedule shows.

    Five are enough, or as many as it shows if these are fewer; a short list must be new altogether.

    >>> enough_new(30, 5, 10), enough_new(30, 4, 10), enough_new(30, 3, 3), enough_new(2, 2, 10)
    (True, False, True, True)
    """
    return new > 0 and new >= min(_MIN_NEW, count, total)


def select(
    papers: tuple[ListedPaper, ...],
    coverage: Coverage,
    settings: ScheduleSettings,
    *,
    passed_over: tuple[tuple[date, str | None], ...] = (),
    without: frozenset[str] = frozenset(),
    outage: Outage | None = None,
) -> Selection:
    """Return the selection that a schedule posts of a coverage's papers.

    Args:
        papers: All of the coverage.
        coverage: The day, week or month.
        settings: The schedule's filters and number of papers.
        passed_over: As in `Selection`.
        without: The ids of papers that it leaves out.
        outage: As in `Selection`.
    """
    left = tuple(each for each in papers if each.paper.arxiv_id not in without)
    chosen = Filter.of(settings).choose(left, settings.count)
    return Selection(
        coverage,
        chosen,
        len(papers),
        newest_votes_time(papers),
        passed_over,
        outage,
        next_papers(left, chosen),
    )


def next_papers(
    papers: tuple[ListedPaper, ...], chosen: tuple[ListedPaper, ...]
) -> tuple[ListedPaper, ...]:
    """Return the next papers by votes that are not among the chosen ones."""
    ids = {each.paper.arxiv_id for each in chosen}
    return tuple(each for each in rank_by_votes(papers) if each.paper.arxiv_id not in ids)[
        :_FOLLOWING
    ]
