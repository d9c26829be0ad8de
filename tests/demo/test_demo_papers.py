"""The papers that the demo begins with."""

import struct
from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.resources import files

import pytest
import pytest_asyncio

from bot.clock import Clock
from bot.demo.papers import EVENING, FIRST_DAY, LAST_DAY, local_papers, store_history
from bot.demo.pictures import NAMES, load_picture, picture_address
from bot.demo.written import ABSTRACTS
from bot.digest import parse, write
from bot.ui.pictures import figure_of
from storage import digests, papers
from storage.database import Database

DAYS = 8
MOST_BYTES = 15 * 1024


pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("demo_papers"),
]


@pytest.fixture(scope="module")
def clock() -> Clock:
    clock = Clock()
    clock.move_to(EVENING)
    return clock


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def database(
    tmp_path_factory: pytest.TempPathFactory, clock: Clock
) -> AsyncIterator[Database]:
    """The demo's database as it is at the beginning, which the tests only read."""
    path = tmp_path_factory.mktemp("demo") / "papers.db"
    async with await Database.open(path) as database, local_papers(clock) as served:
        await store_history(database, served, clock)
        yield database


async def test_the_demo_has_eight_days_with_a_weekend_between_them(
    database: Database, clock: Clock
) -> None:
    days = sorted(await digests.dates(database))
    assert (len(days), days[0], days[-1]) == (DAYS, FIRST_DAY, LAST_DAY)
    assert days[3] - days[2] == timedelta(days=3)
    assert EVENING <= clock.now() < EVENING + timedelta(minutes=5)
    for day in days:
        listed = await digests.get(database, day)
        assert listed is not None
        assert len(listed.papers) == 30


async def test_votes_of_the_demo_change_between_readings(database: Database) -> None:
    for day in await digests.dates(database):
        listed = await digests.get(database, day)
        assert listed is not None
        votes = [
            each.votes for each in await papers.readings(database, listed.papers[0].paper.arxiv_id)
        ]
        assert len(set(votes)) >= 2, day


async def test_first_papers_of_each_day_have_english_sections(database: Database) -> None:
    for day in await digests.dates(database):
        listed = await digests.get(database, day)
        assert listed is not None
        found = [await papers.get(database, each.paper.arxiv_id) for each in listed.papers]
        languages = [
            {each.paper.language, *(text.language for text in each.paper.other_texts)}
            for each in found
            if each is not None
        ]
        assert sum("en" in each for each in languages) == 10, day
        assert sum("ko" in each for each in languages) == (
            30 - len(ABSTRACTS) if day == LAST_DAY else 0
        )


async def test_every_picture_of_the_demo_comes_with_it(database: Database) -> None:
    found = set()
    for day in await digests.dates(database):
        listed = await digests.get(database, day)
        assert listed is not None
        found |= {figure_of(each.paper) for each in listed.papers}
    addresses = found - {None}
    assert len(addresses) > DAYS
    assert [each for each in addresses if each is None or load_picture(each) is None] == []


async def test_pictures_are_small_pngs_and_other_addresses_have_none() -> None:
    for name in NAMES:
        body = (files("bot.demo") / "picture_files" / f"{name}.png").read_bytes()
        assert body[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", body[16:24]) == (384, 216)
        assert len(body) < MOST_BYTES
    assert load_picture(picture_address("2502.14499")) is not None
    assert load_picture("https://example.org/figures/../x.png") is None
    assert load_picture("https://arxiv.org/figures/2502.14499.png") is None


async def test_an_empty_demo_has_empty_lists(clock: Clock) -> None:
    async with local_papers(clock, is_empty=True) as served:
        assert await served.lists[0].read(LAST_DAY, None) is None
        assert served.written == ()


async def test_digests_with_sections_can_be_written_and_read_again(clock: Clock) -> None:
    async with local_papers(clock) as served:
        assert served.written
        for _, _, digest in served.written:
            assert parse(write(digest)) == ((digest,), ())
