"""Count the papers of the past month that a filter keeps, quickly.

The full-text index finds candidates, since reading the texts of all papers takes too long. It finds
more than the filter keeps: the index has all texts of a paper, the filter looks at those of a post.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.posting.filters import Filter, Term
from storage import past_papers
from storage.database import Database
from storage.past_papers import PastPaper
from storage.records import ScheduleSettings
from storage.words import any_query

DAYS: Final = 30
"""How many days back it looks at most."""
_MOST_ENTRIES: Final = 3_000
_MOST_READ: Final = 150
"""Papers whose texts are read: as many as take some 50 ms."""


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
    entries = await past_papers.since(
        database, today - timedelta(days=DAYS), limit=_MOST_ENTRIES + 1
    )
    first = today - timedelta(days=DAYS)
    if len(entries) > _MOST_ENTRIES:
        first = entries[-1].day + timedelta(days=1)
    found = [each for each in entries if first <= each.day < today and _has_votes(each, given)]
    wanted, first = await _wanted(database, given, found, first)
    kept = [each for each in found if each.day >= first and each.paper_id in wanted]
    return PastMatches(
        days=(today - first).days,
        lists=len({each.day for each in entries if first <= each.day < today}),
        papers=len({each.paper_id for each in kept}),
        days_with_papers=len({each.day for each in kept}),
    )


def _has_votes(entry: PastPaper, given: Filter) -> bool:
    return given.min_votes is None or (entry.votes is not None and entry.votes >= given.min_votes)


async def _wanted(
    database: Database, given: Filter, entries: list[PastPaper], first: date
) -> tuple[frozenset[int], date]:
    """Return the ids of papers that pass the words, and since which day that is known."""
    ids = frozenset(each.paper_id for each in entries)
    candidates = ids
    if given.include:
        candidates = await past_papers.matching(database, _query(given.include), ids)
    doubtful = candidates
    if not given.include:
        if not given.exclude:
            return ids, first
        doubtful = await past_papers.matching(database, _query(given.exclude), ids)
    of_doubtful = [each for each in entries if each.paper_id in doubtful]
    if len(of_doubtful) > _MOST_READ:
        first = of_doubtful[_MOST_READ].day + timedelta(days=1)
    read = {each.paper_id for each in of_doubtful if each.day >= first}
    papers = await past_papers.get(database, read)
    lost = {number for number, paper in papers.items() if not given.keeps(paper)}
    return candidates - lost, first


def _query(terms: tuple[Term, ...]) -> str:
    return any_query([(term.words, term.in_authors) for term in terms])
