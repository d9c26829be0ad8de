"""Which papers a post shows. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.posting.coverage import Coverage
from bot.posting.filters import Filter
from storage.records import ListedPaper, ScheduleSettings


@dataclass(frozen=True, slots=True)
class Selection:
    """What a post is about."""

    coverage: Coverage
    papers: tuple[ListedPaper, ...]
    """Those chosen, the most voted first; 1 to 25. None if the filters leave none."""
    total: int
    """How many papers the coverage has."""
    votes_read_at: datetime | None
    """UTC; the newest reading of the coverage's votes, `None` if there never was one."""
    passed_over: tuple[tuple[date, str | None], ...] = ()
    """Days that were missed, each with an address at which it can be read."""


def select(
    papers: tuple[ListedPaper, ...],
    coverage: Coverage,
    settings: ScheduleSettings,
    *,
    passed_over: tuple[tuple[date, str | None], ...] = (),
) -> Selection:
    """Return what a schedule posts of a coverage's papers."""
    chosen = Filter.of(settings).choose(papers, settings.count)
    return Selection(coverage, chosen, len(papers), newest_reading(papers), passed_over)


def newest_reading(papers: tuple[ListedPaper, ...]) -> datetime | None:
    """Return when votes of these papers were last read, in UTC; `None` if they never were."""
    return max((each.votes_read_at for each in papers if each.votes_read_at), default=None)
