"""The local stand-in for Hugging Face behaves like the real service."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.clock import Clock
from bot.demo.services.faults import rate_limited
from bot.demo.services.huggingface import LocalHuggingFace
from bot.demo.services.made_papers import day_of, made_papers, votes_at
from bot.sources.errors import SourceError
from bot.sources.http import HttpClient
from bot.sources.list_days import closes_at, opens_at

WEDNESDAY = date(2025, 7, 16)
SUNDAY = date(2025, 7, 20)
MONDAY = date(2025, 7, 21)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.move_to(datetime(2025, 7, 21, 12, tzinfo=UTC))
    return clock


@pytest.fixture
async def service(clock: Clock) -> AsyncIterator[LocalHuggingFace]:
    async with LocalHuggingFace(clock.now) as service:
        yield service


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    client = HttpClient()
    yield client
    await client.close()


async def ids(client: HttpClient, service: LocalHuggingFace, day: date, query: str = "") -> Any:  # noqa: ANN401 - a list of ids, or a status
    response = await client.get(f"{service.url}/api/daily_papers?date={day}{query}")
    items = json.loads(response.body)
    return [item["paper"]["id"] for item in items] if response.status == 200 else response.status


def test_made_papers_are_the_same_each_time_and_differ_by_day() -> None:
    papers = made_papers(WEDNESDAY, 300)
    assert papers == made_papers(WEDNESDAY, 300)
    others = made_papers(MONDAY, 300)
    assert len({paper.arxiv_id for paper in (*papers, *others)}) == 600
    assert day_of(papers[17].arxiv_id) == (WEDNESDAY, 17)
    assert day_of("2502.14499") is None
    assert day_of("hep-th/9901001") is None
    with pytest.raises(ValueError, match="at most 300"):
        made_papers(WEDNESDAY, 301)


def test_votes_start_at_zero_and_only_grow() -> None:
    for paper in made_papers(WEDNESDAY, 30):
        votes = [votes_at(paper, opens_at(WEDNESDAY) + hour * HOUR) for hour in range(-3, 200)]
        assert votes[3] == 0
        assert votes == sorted(votes)
        assert votes[-1] <= paper.final_votes
    assert any(votes_at(paper, closes_at(WEDNESDAY)) > 10 for paper in made_papers(WEDNESDAY, 30))


async def test_list_opens_in_new_york_and_fills_over_hours(
    client: HttpClient, service: LocalHuggingFace, clock: Clock
) -> None:
    clock.move_to(opens_at(MONDAY) - timedelta(seconds=10))
    assert await ids(client, service, MONDAY) == []
    counts = []
    for hour in (0, 2, 4, 7):
        clock.move_to(opens_at(MONDAY) + hour * HOUR)
        counts.append(len(await ids(client, service, MONDAY)))
    assert counts == sorted(set(counts))
    assert 0 < counts[0] < counts[-1] == 30


async def test_date_ahead_of_utc_and_wrong_queries_are_refused(
    client: HttpClient, service: LocalHuggingFace
) -> None:
    for query in ("?date=2025-07-22", "?date=soon", "?p=-1", "?limit=101", "?limit=x"):
        response = await client.get(f"{service.url}/api/daily_papers{query}")
        assert response.status == 400, query


async def test_weekends_are_empty_unless_they_have_a_list(
    client: HttpClient, service: LocalHuggingFace
) -> None:
    assert await ids(client, service, SUNDAY) == []
    service.set_list(SUNDAY, made_papers(SUNDAY, 3))
    assert len(await ids(client, service, SUNDAY)) == 3
    service.repeat_list(SUNDAY, on=MONDAY)
    assert (await ids(client, service, MONDAY))[:3] == await ids(client, service, SUNDAY)


async def test_pages_follow_each_other(client: HttpClient, service: LocalHuggingFace) -> None:
    everything = await ids(client, service, date(2025, 7, 18), "&limit=100")
    pages = [await ids(client, service, date(2025, 7, 18), f"&limit=12&p={p}") for p in range(4)]
    assert [len(page) for page in pages] == [12, 12, 6, 0]
    assert [one for page in pages for one in page] == everything


async def test_removed_paper_leaves_the_list_but_keeps_its_page(
    client: HttpClient, service: LocalHuggingFace
) -> None:
    (gone, *kept) = await ids(client, service, date(2025, 7, 18))
    service.remove(date(2025, 7, 18), gone)
    assert await ids(client, service, date(2025, 7, 18)) == kept
    assert (await client.get(f"{service.url}/api/papers/{gone}")).status == 200


async def test_outage_refuses_connections_and_the_address_stays(
    client: HttpClient, service: LocalHuggingFace
) -> None:
    url = f"{service.url}/api/daily_papers"
    assert (await client.get(url)).status == 200
    async with service.outage():
        with pytest.raises(SourceError, match=r"^couldn't be reached: Connection refused$"):
            await client.get(url, attempts=1)
    assert (await client.get(url)).status == 200


async def test_fault_of_a_period_ends_with_it_and_asks_to_wait_for_the_rest(
    client: HttpClient, service: LocalHuggingFace, clock: Clock
) -> None:
    service.faults.put(".*", rate_limited(300), until=clock.now() + timedelta(seconds=100))
    with pytest.raises(SourceError) as caught:
        await client.get(f"{service.url}/api/daily_papers")
    assert caught.value.retry_after is not None
    assert 90 <= caught.value.retry_after <= 100
    clock.move_to(clock.now() + timedelta(seconds=100))
    assert service.faults.take("/api/daily_papers", clock.now()) is None


async def test_requests_are_limited_in_windows_and_remembered(clock: Clock) -> None:
    client = HttpClient(patience=0)
    async with LocalHuggingFace(clock.now, requests_per_window=2) as service:
        await client.get(f"{service.url}/api/daily_papers")
        assert (await client.get(f"{service.url}/api/daily_papers")).headers["RateLimit"]
        with pytest.raises(SourceError, match="takes no more requests") as caught:
            await client.get(f"{service.url}/api/daily_papers")
        assert 0 < (caught.value.retry_after or 0) <= 300
        assert service.count("/api/daily_papers") == 2
        assert abs(service.requests[0].at - clock.now()) < HOUR
    await client.close()
