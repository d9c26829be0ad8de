"""Count the papers of the past month that a filter keeps, in at most 100 ms.

If there are more papers than can be read in that time, it looks back fewer days.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.cache import Cache
from bot.posting.filters import Filter
from storage import past_papers
from storage.database import Database
from storage.past_papers import PastPaper
from storage.records import Paper, ScheduleSettings

DAYS: Final = 30
"""How many days back it looks at most."""
_MOST_ENTRIES: Final = 3_000
_MOST_READ: Final = 300
"""Papers whose texts are read: a month of 10 a day."""


@dataclass(frozen=True, slots=True)
class PastMatches:
    """How many papers of past lists a filter keeps."""

    days: int
    """How many days it has looked back; fewer than 30 if there are very many papers."""
    lists: int
    """How many of these days have a list."""
    papers: int
    """How many papers it keeps."""
    days_with_papers: int
    """On how many days."""


async def count(
    database: Database, cache: Cache, settings: ScheduleSettings, *, today: date
) -> PastMatches:
    """Return how many papers of the 30 days before a day a schedule's filters keep.

    What is read and found is cached while the content of the database stays the same.

    Raises:
        UserError: A filter is invalid.
    """
    given = Filter.of(settings)

    async def make() -> PastMatches:
        entries = await cache.get(("past entries", today), lambda: _entries(database, today))
        if not (given.include or given.exclude):
            least = given.min_votes
            return _count(entries, _MOST_ENTRIES, lambda each: each.has_votes(least), today)
        papers = await cache.get(("past texts", today), lambda: _texts(database, entries))
        kept = {number for number, paper in papers.items() if given.keeps(paper)}
        return _count(entries, _MOST_READ, lambda each: each.paper_id in kept, today)

    return await cache.get(("past matches", given, today), make)


async def _entries(database: Database, today: date) -> tuple[PastPaper, ...]:
    """Return the papers of the 30 days before a day, newest first; one more than are looked at."""
    first = today - timedelta(days=DAYS)
    found = await past_papers.since(database, first, limit=_MOST_ENTRIES + 1)
    return tuple(each for each in found if each.day < today)


async def _texts(database: Database, entries: Sequence[PastPaper]) -> dict[int, Paper]:
    return await past_papers.get(database, {each.paper_id for each in entries[:_MOST_READ]})


def _count(
    entries: Sequence[PastPaper], most: int, keeps: Callable[[PastPaper], bool], today: date
) -> PastMatches:
    first = today - timedelta(days=DAYS)
    if len(entries) > most:
        # The day that is only read in part doesn't count.
        first = entries[most].day + timedelta(days=1)
    looked_at = [each for each in entries[:most] if each.day >= first]
    kept = [each for each in looked_at if keeps(each)]
    return PastMatches(
        days=(today - first).days,
        lists=len({each.day for each in looked_at}),
        papers=len({each.paper_id for each in kept}),
        days_with_papers=len({each.day for each in kept}),
    )
