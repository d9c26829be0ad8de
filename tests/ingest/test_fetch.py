"""Fetching lists of past days: what is read, when it waits, and what comes of each day."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from posting_fixture import eventually
from virtual_time import VirtualTime

from bot.clock import Clock
from bot.demo.services.addresses import LocalFiles
from bot.demo.services.faults import Fault, failing, rate_limited, slow, too_many_requests
from bot.demo.services.huggingface import LocalHuggingFace
from bot.digest import write
from bot.ingest.fetch import FetchedDay, Fetcher, FetchOutcome, Pause
from bot.ingest.lists import HuggingFaceLists, ListSource, UrlDigests
from bot.sources.http import HttpClient
from bot.sources.huggingface import HuggingFace
from bot.sources.url import UrlSource
from storage import digests, sources
from storage.database import Database
from storage.records import Digest, Paper, SourceKind

NOW = datetime(2025, 7, 18, 12, tzinfo=UTC)
"""A Friday, whose list is open."""
WEEK = [date(2025, 7, day) for day in range(18, 11, -1)]
"""Newest first; the last two are Sunday and Saturday, without papers."""
LISTS = "/api/daily_papers"


@dataclass
class Fetching:
    """A fetcher with its services, whose waits take no time."""

    database: Database
    clock: Clock
    time: VirtualTime
    service: LocalHuggingFace
    files: LocalFiles
    client: HttpClient
    pauses: list[Pause] = field(default_factory=list)

    @property
    def lists(self) -> ListSource:
        reader = HuggingFace(self.client, url=self.service.url)
        return HuggingFaceLists("huggingface", reader, now=self.clock.now)

    @property
    def addresses(self) -> ListSource:
        reader = UrlSource(self.client, self.files.url + "/{date}.md")
        return UrlDigests("archive", reader, language="en", now=self.clock.now)

    async def fetch(
        self, source: ListSource, days: list[date], *, is_again: bool = False
    ) -> list[FetchedDay]:
        fetcher = Fetcher(
            self.database,
            now=self.clock.now,
            on_pause=self.pauses.append,
            sleep=self.time.sleep,
        )
        return [day async for day in fetcher.fetch(source, days, is_again=is_again)]

    def asked(self) -> list[date]:
        """Return the days that Hugging Face was asked for, in order."""
        return [date.fromisoformat(request.query["date"]) for request in self.service.requests]


@pytest.fixture
async def fetching(tmp_path: Path, new_file: bytes) -> AsyncIterator[Fetching]:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    clock = Clock()
    clock.move_to(NOW)
    time = VirtualTime()
    client = HttpClient(timer=time.timer, sleep=time.sleep, patience=0)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(await Database.open(path))
        kinds = [("huggingface", SourceKind.HUGGINGFACE), ("archive", SourceKind.URL)]
        await sources.configure(database, kinds)
        service = await stack.enter_async_context(LocalHuggingFace(clock.now, papers_per_day=4))
        files = await stack.enter_async_context(LocalFiles(clock.now))
        stack.push_async_callback(client.close)
        yield Fetching(database, clock, time, service, files, client)


def outcomes(fetched: list[FetchedDay]) -> list[FetchOutcome]:
    return [day.outcome for day in fetched]


async def test_all_days_are_read_in_order_one_request_at_a_time(fetching: Fetching) -> None:
    fetched = await fetching.fetch(fetching.lists, WEEK)
    assert [day.day for day in fetched] == WEEK == fetching.asked()
    assert outcomes(fetched) == [FetchOutcome.STORED] * 5 + [FetchOutcome.EMPTY] * 2
    assert [day.papers for day in fetched] == [4] * 5 + [0] * 2
    assert sum(day.new for day in fetched) == 20
    assert fetching.service.most_at_once == 1
    assert not fetching.pauses
    assert await digests.dates(fetching.database) == tuple(sorted(WEEK[:5]))


async def test_only_lists_that_were_open_are_read_again(fetching: Fetching) -> None:
    await fetching.fetch(fetching.lists, WEEK)
    before = len(fetching.service.requests)
    fetched = await fetching.fetch(fetching.lists, WEEK)
    assert outcomes(fetched) == [FetchOutcome.KNOWN] * 6 + [FetchOutcome.UNCHANGED]
    assert fetching.asked()[before:] == WEEK[:1]


async def test_days_are_read_again_if_that_is_wanted(fetching: Fetching) -> None:
    await fetching.fetch(fetching.lists, WEEK)
    fetched = await fetching.fetch(fetching.lists, WEEK, is_again=True)
    assert outcomes(fetched) == [FetchOutcome.STORED] * 5 + [FetchOutcome.EMPTY] * 2
    assert sum(day.new for day in fetched) == 0
    assert len(fetching.service.requests) == 2 * len(WEEK)


async def test_the_next_list_is_read_while_one_is_stored(fetching: Fetching) -> None:
    fetcher = Fetcher(fetching.database, now=fetching.clock.now)
    async with aclosing(fetcher.fetch(fetching.lists, WEEK)) as fetched:
        assert (await anext(fetched)).day == WEEK[0]
        await eventually(lambda: len(fetching.service.requests) > 1)
        await asyncio.sleep(0.1)
    # And no further than that.
    assert fetching.asked() == WEEK[:2]


async def test_an_interrupted_fetch_goes_on_where_it_was(fetching: Fetching) -> None:
    fetching.service.faults.put(LISTS, slow(0.05))

    interrupted = asyncio.create_task(fetching.fetch(fetching.lists, WEEK[1:]))
    await eventually(lambda: len(fetching.service.requests) > 2)
    interrupted.cancel()
    with pytest.raises(asyncio.CancelledError):
        await interrupted
    stored = await digests.dates(fetching.database)
    before = len(fetching.service.requests)
    fetched = await fetching.fetch(fetching.lists, WEEK[1:])
    assert outcomes(fetched).count(FetchOutcome.KNOWN) == len(stored)
    assert not {*stored} & {*fetching.asked()[before:]}
    assert len(await digests.dates(fetching.database)) == 4


async def test_a_failed_day_is_named_and_read_by_the_next_call(fetching: Fetching) -> None:
    fetching.service.faults.put(LISTS, failing(403), times=1)
    fetched = await fetching.fetch(fetching.lists, WEEK[1:4])
    assert outcomes(fetched) == [FetchOutcome.FAILED, FetchOutcome.STORED, FetchOutcome.STORED]
    assert fetched[0].error == "answered 403 Forbidden"
    days = await sources.days(fetching.database, "huggingface", since=WEEK[-1])
    assert days[WEEK[1]].error == "answered 403 Forbidden"
    fetched = await fetching.fetch(fetching.lists, WEEK[1:4])
    assert outcomes(fetched) == [FetchOutcome.KNOWN, FetchOutcome.KNOWN, FetchOutcome.STORED]


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [(rate_limited(123), 123), (too_many_requests(7), 7), (too_many_requests(), 60)],
    ids=["RateLimit", "Retry-After", "neither"],
)
async def test_a_refused_request_is_repeated_after_the_time_that_the_service_wants(
    fetching: Fetching, fault: Fault, seconds: int
) -> None:
    fetching.service.faults.put(LISTS, fault, times=1)
    fetched = await fetching.fetch(fetching.lists, WEEK[1:3])
    assert outcomes(fetched) == [FetchOutcome.STORED] * 2
    assert [(pause.source, pause.seconds) for pause in fetching.pauses] == [
        ("huggingface", seconds)
    ]
    assert fetching.pauses[0].reason == "answered 429 Too Many Requests"
    assert fetching.time.sleeps == [seconds]
    assert fetching.asked() == [WEEK[1], WEEK[1], WEEK[2]]


async def test_no_request_is_sent_once_the_limit_is_used_up(fetching: Fetching) -> None:
    limited = LocalHuggingFace(fetching.clock.now, papers_per_day=4, requests_per_window=2)
    async with limited:
        reader = HuggingFace(fetching.client, url=limited.url)
        lists = HuggingFaceLists("huggingface", reader, now=fetching.clock.now)

        async def sleep(seconds: float) -> None:
            fetching.clock.move_to(fetching.clock.now() + timedelta(seconds=seconds))
            await fetching.time.sleep(seconds)

        fetcher = Fetcher(
            fetching.database, now=fetching.clock.now, on_pause=fetching.pauses.append, sleep=sleep
        )
        fetched = [day async for day in fetcher.fetch(lists, WEEK[1:5])]
    assert outcomes(fetched) == [FetchOutcome.STORED] * 4
    assert len(limited.requests) == 4
    assert [pause.reason for pause in fetching.pauses] == ["takes no more requests for 300 s"]


async def test_days_are_not_asked_for_if_the_service_fails_for_three_in_a_row(
    fetching: Fetching,
) -> None:
    fetching.service.faults.put(LISTS, failing(503))
    fetched = await fetching.fetch(fetching.lists, WEEK)
    assert outcomes(fetched) == [FetchOutcome.FAILED] * 3
    # The fourth may be asked for while the third failure is recorded.
    assert {*fetching.asked()} <= {*WEEK[:4]}


async def test_written_digests_are_fetched_too(fetching: Fetching) -> None:
    papers = (Paper("2507.00001", "One", 5), Paper("2507.00002", "Two", None))
    fetching.files.put("/2025-07-15.md", write(Digest(date(2025, 7, 15), papers)).encode())
    days = [date(2025, 7, 15), date(2025, 7, 14)]
    fetched = await fetching.fetch(fetching.addresses, days)
    assert fetched == [
        FetchedDay("archive", days[0], FetchOutcome.STORED, 2, 2),
        FetchedDay("archive", days[1], FetchOutcome.EMPTY),
    ]
    assert outcomes(await fetching.fetch(fetching.addresses, days)) == [FetchOutcome.KNOWN] * 2
