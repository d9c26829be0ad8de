"""Select the papers of a post. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.posting.coverage import Coverage
from bot.posting.filters import Filter
from storage.records import ListedPaper, ScheduleSettings


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers of a post, with facts for its heading."""

    coverage: Coverage
    papers: tuple[ListedPaper, ...]
    """The selected papers, most votes first; 0 to 25."""
    total: int
    """The number of papers in the coverage."""
    votes_read_at: datetime | None
    """When the coverage's votes were last read, in UTC; `None` if they never were."""
    passed_over: tuple[tuple[date, str | None], ...] = ()
    """Missed days, each with the address of its digest."""


def select(
    papers: tuple[ListedPaper, ...],
    coverage: Coverage,
    settings: ScheduleSettings,
    *,
    passed_over: tuple[tuple[date, str | None], ...] = (),
) -> Selection:
    """Return the selection that a schedule posts of a coverage's papers."""
    chosen = Filter.of(settings).choose(papers, settings.count)
    return Selection(coverage, chosen, len(papers), newest_reading(papers), passed_over)


def newest_reading(papers: tuple[ListedPaper, ...]) -> datetime | None:
    """Return when votes of these papers were last read, in UTC; `None` if they never were."""
    return max((each.votes_read_at for each in papers if each.votes_read_at), default=None)
