"""What the lists of a period show."""

import itertools
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from storage import digests, trends
from storage.database import Database
from storage.records import Details, Digest, Paper, RisingTerm, Section, Span, TopPaper
from storage.trends import Periods, spans

NOW = datetime(2025, 2, 24, tzinfo=UTC)
MONDAY = date(2025, 2, 17)
SUNDAY = date(2025, 2, 23)
WEEK = Periods(MONDAY, SUNDAY, MONDAY - timedelta(7))


def paper(
    number: int,
    votes: int | None,
    title: str = "",
    keywords: tuple[str, ...] = (),
    term: str = "강화 학습(reinforcement learning)",
) -> Paper:
    section = Section(None, f"{term}을 씁니다.")
    return Paper(
        f"2502.1{number:04}",
        title or f"T{number}x",
        votes,
        sections=(section,),
        details=Details(keywords=keywords),
    )


async def store(database: Database, day: date, *papers: Paper) -> None:
    await digests.store(database, Digest(day, papers), read_at=NOW)


async def test_a_paper_counts_once_on_its_first_day_of_the_period(database: Database) -> None:
    await store(database, MONDAY - timedelta(1), paper(9, 50))
    await store(database, MONDAY, paper(1, 10), paper(2, None))
    await store(database, MONDAY + timedelta(2), paper(1, 12), paper(3, 30))
    await store(database, SUNDAY + timedelta(1), paper(3, 31), paper(4, 99))
    found = await trends.read(database, WEEK)
    assert found is not None
    assert (found.papers, found.votes, found.is_compared) == (3, 43, False)
    assert found.spans[0] == Span(MONDAY, MONDAY, 2, 12)
    assert found.spans[2] == Span(MONDAY + timedelta(2), MONDAY + timedelta(2), 1, 31)
    assert [span.first.weekday() for span in found.spans] == list(range(7))
    assert found.top == (TopPaper("2502.10003", "T3x", 31), TopPaper("2502.10001", "T1x", 12))


async def test_terms_are_compared_with_the_period_before_and_have_korean_forms(
    database: Database,
) -> None:
    for number in range(20):
        title = "Reinforcement Learning" if number < 12 else ""
        await store(
            database, MONDAY + timedelta(number % 7), paper(number, 1, f"{title} A{number}")
        )
        term = "강화 학습(reinforcement learning)" if number < 3 else "손실(loss)"
        day = MONDAY - timedelta(number % 7 + 1)
        await store(database, day, paper(100 + number, 1, term=term))
    found = await trends.read(database, WEEK)
    assert found is not None
    assert found.is_compared
    assert found.rising == (RisingTerm("reinforcement learning", 20, 3, "강화 학습"),)


async def test_only_wanted_papers_count_in_both_periods(database: Database) -> None:
    await store(database, MONDAY, paper(1, 10), paper(2, 20))
    found = await trends.read(database, WEEK, only={"2502.10002"})
    assert found is not None
    assert (found.papers, found.votes) == (1, 20)
    assert found.top == (TopPaper("2502.10002", "T2x", 20),)
    assert await trends.read(database, WEEK, only=()) is None


async def test_all_lists_are_shown_by_months_and_compared_with_nothing(database: Database) -> None:
    assert await trends.read(database, Periods(None, SUNDAY)) is None
    await store(database, date(2024, 12, 30), paper(1, 10))
    await store(database, MONDAY, paper(2, 20))
    found = await trends.read(database, Periods(None, SUNDAY))
    assert found is not None
    assert [(span.first, span.last, span.papers) for span in found.spans] == [
        (date(2024, 12, 30), date(2024, 12, 31), 1),
        (date(2025, 1, 1), date(2025, 1, 31), 0),
        (date(2025, 2, 1), SUNDAY, 1),
    ]
    assert not found.rising


@given(st.dates(), st.dates(), st.lists(st.floats(0, 1), max_size=9))
def test_spans_follow_each_other_and_lose_no_paper_of_the_last_31_years(
    one: date, other: date, places: list[float]
) -> None:
    first, last = sorted((one, other))
    length = (last - first).days
    days = {first + timedelta(int(place * length)): (2, 5) for place in places}
    found = spans(first, last, days)
    assert len(found) <= 31
    assert found[-1].last == last
    assert all(a.last + timedelta(1) == b.first for a, b in itertools.pairwise(found))
    kept = [day for day in days if day >= found[0].first]
    assert sum(span.papers for span in found) == 2 * len(kept)
    assert found[0].first == first or last.year - found[0].first.year == 30
