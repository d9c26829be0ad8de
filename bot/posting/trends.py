"""What a post of a week or month says besides its papers: trends, and what the channel has had."""

import asyncio
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.posting.coverage import Coverage
from bot.posting.filters import Filter
from bot.posting.selection import Selection
from storage import papers, posted, trends
from storage.database import Database
from storage.records import Schedule, ScheduleSettings, Trends

_MOST_PAPERS: Final = 10_000
"""The most papers of a week or month to which a filter is applied."""
_PAST: Final = timedelta(days=31)
"""How long before a week or month posts count: a list is posted later, and listed again."""


def coverage_before(coverage: Coverage) -> Coverage:
    """Return the week or month before."""
    return Coverage.of(coverage.kind, coverage.first - timedelta(days=1))


async def read_trends(
    database: Database, coverage: Coverage, settings: ScheduleSettings
) -> Trends | None:
    """Return what a week or month shows, of the papers that a schedule's filter keeps.

    `None` if that is no paper.
    """
    before = coverage_before(coverage)
    only = None
    if settings.is_filtered:
        only = await _matching_ids(database, (coverage, before), Filter.of(settings))
    periods = trends.Periods(coverage.first, coverage.last, before.first)
    return await trends.read(database, periods, only=only)


async def _matching_ids(
    database: Database, coverages: Collection[Coverage], kept_by: Filter
) -> frozenset[str]:
    """Return the ids of the papers of coverages that a filter keeps."""
    kept: set[str] = set()
    for each in coverages:
        found = await papers.top(database, first=each.first, last=each.last, limit=_MOST_PAPERS)
        kept |= await asyncio.to_thread(
            lambda listed: {one.paper.arxiv_id for one in listed if kept_by.keeps(one.paper)},
            found.papers,
        )
    return frozenset(kept)


async def read_posted(database: Database, selection: Selection, schedule: Schedule) -> Selection:
    """Return a selection that says which of its papers the channel has had, and when."""
    since = datetime.combine(selection.coverage.first, time(), UTC) - _PAST
    found = await posted.days_of_papers(
        database,
        schedule.settings.channel_id,
        since=since,
        besides=selection.coverage.key,
    )
    zone = ZoneInfo(schedule.settings.timezone)
    ids = [each.paper.arxiv_id for each in selection.papers]
    days = tuple((each, found[each].astimezone(zone).date()) for each in ids if each in found)
    return replace(selection, posted=days)
