"""What a schedule would have posted in the past month. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.posting.recurrence import posts_on
from storage.records import Frequency, ScheduleSettings

DAYS: Final = 30
"""How many days back it looks."""
FEW: Final = 10
"""With lists of fewer days than these, the numbers say little."""
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class PastPosts:
    """How many posts there would have been, with how many papers."""

    posts: int
    papers: float
    """Of each post on average; 0 without posts."""


def past_posts(settings: ScheduleSettings, lists: Mapping[date, int], *, today: date) -> PastPosts:
    """Return what a schedule would have posted in the 30 days before a day.

    Args:
        settings: Which days it posts on, and how many papers.
        lists: How many papers that it may post each day's list has.
        today: The day, in the schedule's time zone.
    """
    days = [today - timedelta(days=back) for back in range(DAYS, 0, -1)]
    posted = [
        min(papers, settings.count) for papers in _papers_of_posts(settings, lists, days) if papers
    ]
    return PastPosts(len(posted), sum(posted) / len(posted) if posted else 0.0)


def _papers_of_posts(
    settings: ScheduleSettings, lists: Mapping[date, int], days: list[date]
) -> list[int]:
    """Return how many papers each occurrence finds."""
    found = []
    last = date.min
    for day in filter(lambda each: posts_on(settings, each), days):
        if settings.period is Frequency.DAY:
            # It takes the newest list that is not posted yet; a list begins on the day before.
            newest = max((each for each in lists if last < each < day), default=None)
            last = newest or last
            found.append(lists[newest] if newest is not None else 0)
        else:
            ended = day - timedelta(days=1)
            is_week = settings.period is Frequency.WEEK
            first = ended - timedelta(days=_WEEK - 1) if is_week else ended.replace(day=1)
            found.append(sum(papers for each, papers in lists.items() if first <= each <= ended))
    return found
