"""Which papers the next posts would show, for those who prepare them."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final

from bot.posting.news import News
from bot.posting.recurrence import Occurrence, last_occurrence, next_run, open_occurrence
from bot.posting.selection import Selection
from storage.records import Schedule

_BATCH: Final = 200
"""Schedules after which other tasks run."""


async def upcoming_papers(
    schedules: Sequence[Schedule],
    news: News,
    *,
    languages: Sequence[str],
    now: datetime,
    within: timedelta,
) -> tuple[tuple[str, str], ...]:
    """Return ids of papers, each once with the language of a post that shows it, soonest first.

    Args:
        schedules: All that were not deleted.
        news: Decides which papers a post shows.
        languages: Only posts in these.
        now: Any time zone.
        within: Only posts that are due by then.
    """
    due: list[tuple[datetime, int, Schedule, Occurrence]] = []
    for number, schedule in enumerate(schedules, start=1):
        if number % _BATCH == 0:
            await asyncio.sleep(0)
        if schedule.paused_at is None and schedule.settings.language in languages:
            occurrence = open_occurrence(schedule, now) or last_occurrence(
                schedule.settings, next_run(schedule, now)
            )
            due.append((occurrence.due, schedule.id, schedule, occurrence))
    found: dict[tuple[str, str], None] = {}
    for moment, _, schedule, occurrence in sorted(due, key=itemgetter(0, 1)):
        if moment > now + within:
            break
        selection = await news.find(schedule, occurrence)
        if isinstance(selection, Selection):
            found |= dict.fromkeys(
                (each.paper.arxiv_id, schedule.settings.language) for each in selection.papers
            )
    return tuple(found)
