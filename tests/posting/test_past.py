from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cache import Cache
from bot.posting import past_matches
from bot.posting.filters import Filter
from bot.posting.past import PastPosts, past_posts
from storage import digests
from storage.database import Database
from storage.records import EVERY_DAY, Digest, Frequency, Paper, ScheduleSettings, Section

DAILY = ScheduleSettings(channel_id=1, language="en", timezone="Asia/Seoul")
TODAY = date(2025, 3, 3)
LISTS = {TODAY - timedelta(days=back): 10 for back in range(1, 31)}


def test_a_daily_post_comes_on_each_of_its_days_with_as_many_papers_as_it_shows() -> None:
    assert past_posts(DAILY, LISTS, today=TODAY) == PastPosts(20, 5.0)
    assert past_posts(replace(DAILY, days=EVERY_DAY), LISTS, today=TODAY).posts == 29


def test_a_list_is_posted_once_and_short_lists_lower_the_average() -> None:
    lists = {date(2025, 2, 20): 3, date(2025, 2, 21): 8}
    assert past_posts(DAILY, lists, today=TODAY) == PastPosts(2, 4.0)
    assert past_posts(DAILY, {}, today=TODAY) == PastPosts(0, 0.0)


def test_a_weekly_post_takes_the_papers_of_the_week_before() -> None:
    weekly = replace(DAILY, period=Frequency.WEEK, days=EVERY_DAY, count=25)
    assert past_posts(weekly, LISTS, today=TODAY).posts == 4


@given(st.dictionaries(st.sampled_from(list(LISTS)), st.integers(1, 99)), st.integers(1, 25))
def test_posts_are_never_more_than_lists_nor_longer_than_they_may_be(
    lists: dict[date, int], count: int
) -> None:
    found = past_posts(replace(DAILY, count=count, days=EVERY_DAY), lists, today=TODAY)
    assert found.posts <= len(lists)
    assert found.papers <= count


PAPERS = (
    Paper("2502.00001", "Agents that Plan", 9, ("Yann LeCun",)),
    Paper("2502.00002", "GPT-4 and World Models", 5, ("Ann",)),
    Paper("2502.00003", "추론을 위한 벤치마크", 7, ("Bo",), None, (Section("A", "에이전트 평가"),)),
    Paper("2502.00004", "Vision", None, ("Agent Smith",)),
    Paper("2502.00005", "Café Society of Agents", 1),
)


FILTERS = (
    ("agent", "", None),
    ('"gpt 4"', "", None),
    ("추론", "", None),
    ("author:lecun", "", None),
    ("cafe vision", "", None),
    ("agent", "cafe", None),
    ("", "agents", None),
    ("", "", 6),
    ("에이전트 author:Ann", "", 5),
)
"""What is included and excluded, and the fewest votes."""


@pytest.fixture
async def database(tmp_path: Path, new_file: bytes) -> AsyncIterator[Database]:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path) as opened:
        yield opened


async def store(database: Database, day: date, papers: tuple[Paper, ...]) -> None:
    await digests.store(database, Digest(day, papers), read_at=datetime(2025, 3, 3, tzinfo=UTC))


async def test_matches_are_those_that_the_filter_keeps(database: Database) -> None:
    for back, papers in ((2, PAPERS[:3]), (9, PAPERS[3:]), (31, PAPERS[:1])):
        await store(database, TODAY - timedelta(days=back), papers)
    cache = Cache(database.content_version)
    for include, exclude, min_votes in FILTERS:
        settings = replace(DAILY, include=include, exclude=exclude, min_votes=min_votes)
        found = await past_matches.count(database, cache, settings, today=TODAY)
        kept = [paper for paper in PAPERS if Filter.of(settings).keeps(paper)]
        assert found.papers == len(kept) > 0, settings
        assert found.days_with_papers == len({paper in PAPERS[:3] for paper in kept}), settings
        assert (found.days, found.lists) == (30, 2), settings


async def test_many_matches_are_counted_for_as_many_days_as_are_read(database: Database) -> None:
    settings = replace(DAILY, include="agent")
    for back in range(1, 8):
        papers = tuple(Paper(f"2502.{back}{n:04}", f"Agent {n}", n) for n in range(140))
        await store(database, TODAY - timedelta(days=back), papers)
    found = await past_matches.count(
        database, Cache(database.content_version), settings, today=TODAY
    )
    assert (found.days, found.papers, found.days_with_papers) == (2, 280, 2)


async def test_new_papers_and_votes_change_a_count_that_is_cached(database: Database) -> None:
    settings = replace(DAILY, include="agent", min_votes=5)
    day, read_at = TODAY - timedelta(days=3), datetime(2025, 3, 3, tzinfo=UTC)
    cache = Cache(database.content_version)
    for votes, expected in (((9, 1), 1), ((9, 6), 2), ((9, 6, 7), 3)):
        papers = tuple(Paper(f"2502.{n:05}", f"Agent {n}", v) for n, v in enumerate(votes))
        await digests.store(database, Digest(day, papers), read_at=read_at)
        for _ in range(2):
            found = await past_matches.count(database, cache, settings, today=TODAY)
            assert found.papers == expected
        read_at += timedelta(hours=1)
