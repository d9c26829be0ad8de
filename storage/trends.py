"""Read what the lists of a period show as a whole, and compare it with the period before."""

import asyncio
import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from storage import papers as stored_papers
from storage.database import Database
from storage.papers import known_votes
from storage.records import MOST_VOTES, RisingTerm, Span, TopPaper, Trends, votes_time
from storage.rising import PeriodPaper, can_compare, rising_terms
from storage.terms import korean_forms
from storage.times import from_optional_text

TOP: Final = 5
"""Papers with the most votes that are named."""
_MOST_READ: Final = 20_000
"""Papers of a period whose terms are compared, those with the most votes: more than twice those of
a year."""
_DAYS_BY_DAY: Final = 31
_DAYS_BY_MONTH: Final = 2 * 366
_MOST_YEARS: Final = 31
_MOST_VOTES: Final = 10**12 - 1
"""The most votes of a period: more can't be shown, and would be errors."""


@dataclass(frozen=True, slots=True)
class Periods:
    """A period, and the one before it."""

    first: date | None
    """`None` for all lists until `last`, which nothing is compared with."""
    last: date
    before: date | None = None
    """The first day of the period before, which ends right before `first`; `None` for none."""


async def read(
    database: Database, periods: Periods, *, only: Collection[str] | None = None
) -> Trends | None:
    """Return what the lists of a period show; `None` if they have no papers.

    A paper counts once, on the first day of the period whose list has it, with its newest votes.
    What takes time is done in a thread.

    Args:
        database: With the lists.
        periods: The period, and what it is compared with.
        only: The ids of the papers that count, of both periods; `None` for all.
    """
    if periods.first is None:
        return await _read_all(database, periods.last)
    now = await _papers(database, periods.first, periods.last)
    if only is not None:
        now = tuple(each for each in now if each.arxiv_id in only)
        days = _days_of(now)
    else:
        days = await _days(database, periods.first, periods.last)
    if not days:
        return None
    earlier: tuple[PeriodPaper, ...] = ()
    if periods.before is not None:
        earlier = await _papers(database, periods.before, periods.first - timedelta(days=1))
        if only is not None:
            earlier = tuple(each for each in earlier if each.arxiv_id in only)
    rising = await asyncio.to_thread(rising_terms, now, earlier)
    return Trends(
        first=periods.first,
        last=periods.last,
        papers=sum(papers for papers, _ in days.values()),
        votes=_total(votes for _, votes in days.values()),
        spans=spans(periods.first, periods.last, days),
        top=_top(now),
        rising=await _with_korean(database, rising),
        is_compared=can_compare(now, earlier),
        votes_read_at=await _votes_time(database, periods.first, periods.last),
    )


async def _read_all(database: Database, last: date) -> Trends | None:
    """Return what all lists show: its terms aren't compared with anything."""
    days = await _days(database, date.min, last)
    if not days:
        return None
    ranking = await stored_papers.top(database, first=None, last=last, limit=TOP)
    first = min(days)
    return Trends(
        first=first,
        last=last,
        papers=sum(papers for papers, _ in days.values()),
        votes=_total(votes for _, votes in days.values()),
        spans=spans(first, last, days),
        top=tuple(
            TopPaper(each.paper.arxiv_id, each.paper.title, each.paper.votes)
            for each in ranking.papers
            if each.paper.votes is not None
        ),
        votes_read_at=ranking.votes_read_at,
    )


def _top(papers: Iterable[PeriodPaper]) -> tuple[TopPaper, ...]:
    """Return the first papers of those that are in order of votes."""
    known = [
        TopPaper(each.arxiv_id, each.title, each.votes) for each in papers if each.votes is not None
    ]
    return tuple(known[:TOP])


async def _papers(database: Database, first: date, last: date) -> tuple[PeriodPaper, ...]:
    """Return the papers of the lists of some days, most votes first."""
    rows = await database.read(
        """
        SELECT
            arxiv_id, title, papers.votes AS votes, keywords, min(digests.date) AS day,
            (
                SELECT json_group_array(english)
                FROM texts
                JOIN text_terms ON text_terms.text_id = texts.id
                WHERE texts.paper_id = papers.id AND texts.hidden_at IS NULL
            ) AS terms
        FROM digests
        CROSS JOIN digest_papers ON digest_papers.digest_id = digests.id
        CROSS JOIN papers ON papers.id = digest_papers.paper_id
        WHERE digests.date BETWEEN ? AND ?
        GROUP BY papers.id
        ORDER BY iif(papers.votes <= ?, papers.votes, NULL) DESC, papers.rank, arxiv_id
        LIMIT ?
        """,
        (first.isoformat(), last.isoformat(), MOST_VOTES, _MOST_READ),
    )
    return await asyncio.to_thread(_read_rows, rows)


def _read_rows(rows: Iterable[sqlite3.Row]) -> tuple[PeriodPaper, ...]:
    return tuple(
        PeriodPaper(
            row["arxiv_id"],
            row["title"],
            known_votes(row["votes"]),
            date.fromisoformat(row["day"]),
            tuple(json.loads(row["keywords"])),
            tuple(json.loads(row["terms"])),
        )
        for row in rows
    )


async def _days(database: Database, first: date, last: date) -> dict[date, tuple[int, int]]:
    """Return how many papers each day of a period has, with how many votes."""
    rows = await database.read(
        """
        SELECT day, count(*) AS papers, coalesce(sum(iif(votes <= ?, votes, NULL)), 0) AS votes
        FROM (
            SELECT min(digests.date) AS day, papers.votes
            FROM digests
            CROSS JOIN digest_papers ON digest_papers.digest_id = digests.id
            CROSS JOIN papers ON papers.id = digest_papers.paper_id
            WHERE digests.date BETWEEN ? AND ?
            GROUP BY papers.id
        )
        GROUP BY day
        """,
        (MOST_VOTES, first.isoformat(), last.isoformat()),
    )
    return {date.fromisoformat(row["day"]): (row["papers"], row["votes"]) for row in rows}


def _days_of(papers: Iterable[PeriodPaper]) -> dict[date, tuple[int, int]]:
    found: dict[date, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for each in papers:
        count, votes = found[each.day]
        found[each.day] = (count + 1, votes + (each.votes or 0))
    return dict(found)


def spans(first: date, last: date, days: Mapping[date, tuple[int, int]]) -> tuple[Span, ...]:
    """Return the spans of a period in order: days, or months of one over 31 days, or else years.

    Of more than 31 years only the newest have a span.

    Args:
        first: The first day of the period.
        last: Its last day.
        days: How many papers and votes each day has; days without may be missing.
    """
    length = (last - first).days + 1
    found: list[Span] = []
    day = first
    if length > _DAYS_BY_MONTH and last.year - first.year >= _MOST_YEARS:
        day = date(last.year - _MOST_YEARS + 1, 1, 1)
    while True:
        if length <= _DAYS_BY_DAY:
            end = day
        elif length <= _DAYS_BY_MONTH:
            end = _last_of_month(day)
        else:
            end = day.replace(month=12, day=31)
        end = min(end, last)
        found.append(Span(day, end, 0, 0))
        if end == last:
            break
        day = end + timedelta(days=1)
    at = 0
    for day, (papers, votes) in sorted(days.items()):
        if day < found[0].first:
            continue
        while day > found[at].last:
            at += 1
        span = found[at]
        total = _total((span.votes, votes))
        found[at] = replace(span, papers=span.papers + papers, votes=total)
    return tuple(found)


def _total(votes: Iterable[int]) -> int:
    return min(sum(votes), _MOST_VOTES)


def _last_of_month(day: date) -> date:
    if day.month == 12:  # noqa: PLR2004 - December
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - timedelta(days=1)


async def _votes_time(database: Database, first: date, last: date) -> datetime | None:
    """Return the newest `votes_time` of the papers whose newest list is of a period."""
    rows = await database.read(
        "SELECT DISTINCT votes_read_at, votes_as_of FROM papers WHERE digest_date BETWEEN ? AND ?",
        (first.isoformat(), last.isoformat()),
    )
    times = (votes_time(*map(from_optional_text, row)) for row in rows)
    return max(filter(None, times), default=None)


async def _with_korean(database: Database, rising: Sequence[RisingTerm]) -> tuple[RisingTerm, ...]:
    """Return terms with the Korean forms that digests use."""
    if not rising:
        return ()
    found = await korean_forms(database, [each.english for each in rising])
    korean = {english.casefold(): form for english, form in found.items()}
    return tuple(replace(each, korean=korean.get(each.english.casefold())) for each in rising)
