"""Count the papers of the past month that a filter keeps, in at most 100 ms.

If there are more papers than can be read in that time, it looks back fewer days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.posting.filters import Filter
from storage import past_papers
from storage.database import Database
from storage.records import ScheduleSettings

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


async def count(database: Database, settings: ScheduleSettings, *, today: date) -> PastMatches:
    """Return how many papers of the 30 days before a day a schedule's filters keep.

    Raises:
        UserError: A filter is invalid.
    """
    given = Filter.of(settings)
    most = _MOST_READ if given.include or given.exclude else _MOST_ENTRIES
    first = today - timedelta(days=DAYS)
    entries = [
        each
        for each in await past_papers.since(database, first, limit=_MOST_ENTRIES + 1)
        if each.day < today
    ]
    if len(entries) > most:
        # The day that is only read in part doesn't count.
        first = entries[most].day + timedelta(days=1)
    looked_at = [each for each in entries[:most] if each.day >= first]
    kept = {each.paper_id for each in looked_at if each.has_votes(given.min_votes)}
    if given.include or given.exclude:
        papers = await past_papers.get(database, kept)
        kept = {number for number, paper in papers.items() if given.keeps(paper)}
    return PastMatches(
        days=(today - first).days,
        lists=len({each.day for each in looked_at}),
        papers=len(kept),
        days_with_papers=len({each.day for each in looked_at if each.paper_id in kept}),
    )
