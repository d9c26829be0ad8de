import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lookup_services import SmallService

from bot.ingest.live_lookup import (
    FOUND_FOR,
    NOT_FOUND_FOR,
    LiveLookup,
    NotFound,
    Unavailable,
    recall_any,
)
from bot.sources.errors import SourceError
from storage import lookups
from storage.database import Database
from storage.records import Details, Paper, UnlistedPaper

ID = "2511.00001"
PAPER = Paper(ID, "A New Paper", 3, ("Ann",), details=Details(abstract="We do it."))
START = datetime(2025, 11, 29, 12, 0, tzinfo=UTC)
DOWN = SourceError("couldn't be reached: Connection refused", is_unreachable=True)


class MovableTime:
    """A time that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def database(tmp_path: Path, new_file: bytes) -> AsyncIterator[Database]:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path, busy_timeout=0.1) as opened:
        yield opened


@pytest.fixture
def time() -> MovableTime:
    return MovableTime()


@pytest.fixture
def first() -> SmallService:
    return SmallService("Hugging Face")


@pytest.fixture
def second() -> SmallService:
    return SmallService("arXiv")


@pytest.fixture
def live(
    database: Database, first: SmallService, second: SmallService, time: MovableTime
) -> LiveLookup:
    return LiveLookup(database, [first, second], time)


async def test_the_first_service_that_knows_a_paper_wins(
    live: LiveLookup, first: SmallService, second: SmallService
) -> None:
    second.add(PAPER)
    assert await live.find(ID) == UnlistedPaper(PAPER, "arXiv", START)
    other = Paper("2511.00002", "Another")
    first.add(other)
    assert await live.find(other.arxiv_id) == UnlistedPaper(other, "Hugging Face", START)
    assert second.asked == [ID]


async def test_a_paper_is_kept_for_days_and_an_unknown_id_for_an_hour(
    live: LiveLookup, first: SmallService, time: MovableTime
) -> None:
    assert await live.recall(ID) is None
    assert await live.find(ID) == NotFound(("Hugging Face", "arXiv"))
    assert await live.recall(ID) == NotFound(("Hugging Face", "arXiv"))
    first.add(PAPER)
    time.now += NOT_FOUND_FOR - timedelta(seconds=1)
    assert await live.find(ID) == NotFound(("Hugging Face", "arXiv"))
    time.now += timedelta(seconds=1)
    found = await live.find(ID)
    assert found == UnlistedPaper(PAPER, "Hugging Face", time.now)
    time.now += FOUND_FOR - timedelta(seconds=1)
    assert await live.recall(ID) == await live.find(ID) == found
    assert len(first.asked) == 2
    time.now += timedelta(seconds=1)
    assert await live.recall(ID) is None
    await live.find(ID)
    assert len(first.asked) == 3


async def test_answers_outlive_a_restart(
    database: Database, live: LiveLookup, first: SmallService, time: MovableTime
) -> None:
    first.add(PAPER)
    found = await live.find(ID)
    again = LiveLookup(database, [SmallService(error=DOWN)], time)
    assert await again.recall(ID) == await again.find(ID) == found
    assert await recall_any(database, ID) == found


@pytest.mark.parametrize("error", [DOWN, ValueError("no JSON")])
async def test_a_service_that_fails_does_not_keep_the_next_from_being_asked(
    live: LiveLookup,
    first: SmallService,
    second: SmallService,
    time: MovableTime,
    error: Exception,
) -> None:
    first.error = error
    second.add(PAPER)
    assert await live.find(ID) == UnlistedPaper(PAPER, "arXiv", START)
    # The first one may know more, so it is asked again soon.
    time.now += NOT_FOUND_FOR
    assert await live.recall(ID) is None


async def test_an_id_is_not_called_unknown_while_a_service_is_down(
    live: LiveLookup, first: SmallService, second: SmallService, database: Database
) -> None:
    first.error = DOWN
    assert await live.find(ID) == Unavailable(("Hugging Face",))
    second.error = DOWN
    assert await live.find(ID) == Unavailable(("Hugging Face", "arXiv"))
    assert await lookups.get(database, ID) is None


async def test_an_expired_paper_is_better_than_none_while_services_are_down(
    live: LiveLookup, first: SmallService, time: MovableTime
) -> None:
    first.add(PAPER)
    found = await live.find(ID)
    time.now += FOUND_FOR
    first.error = DOWN
    assert await live.recall(ID) is None
    assert await live.find(ID) == found


async def test_a_slow_service_is_given_up(database: Database, second: SmallService) -> None:
    slow = SmallService(gate=asyncio.Event())
    second.add(PAPER)
    live = LiveLookup(database, [slow, second], lambda: START, time_limit=0.01)
    assert await live.find(ID) == UnlistedPaper(PAPER, "arXiv", START)


async def test_requests_for_one_id_share_one_look_up(live: LiveLookup, first: SmallService) -> None:
    first.gate = asyncio.Event()
    first.add(PAPER)
    requests = [asyncio.create_task(live.find(ID), name=f"request {n}") for n in range(3)]
    await first.was_asked.wait()
    requests[0].cancel()
    await asyncio.sleep(0)
    first.gate.set()
    assert await requests[1] == await requests[2] == UnlistedPaper(PAPER, "Hugging Face", START)
    assert requests[0].cancelled()
    assert first.asked == [ID]


async def test_close_ends_look_ups_that_are_under_way(
    live: LiveLookup, first: SmallService
) -> None:
    first.gate = asyncio.Event()
    request = asyncio.create_task(live.find(ID), name="request")
    await first.was_asked.wait()
    await live.close()
    with pytest.raises(asyncio.CancelledError):
        await request


async def test_a_paper_is_shown_even_if_it_can_not_be_kept(
    database: Database, live: LiveLookup, first: SmallService
) -> None:
    first.add(PAPER)
    first.gate = asyncio.Event()
    request = asyncio.create_task(live.find(ID), name="request")
    await first.was_asked.wait()
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other_process:
        other_process.execute("BEGIN IMMEDIATE")
        first.gate.set()
        assert await request == UnlistedPaper(PAPER, "Hugging Face", START)
    assert await live.recall(ID) is None
