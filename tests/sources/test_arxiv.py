"""Papers from arXiv, read from a local service over sockets."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from virtual_time import VirtualTime

from bot.clock import Clock
from bot.demo.services.arxiv import LocalArXiv
from bot.demo.services.faults import (
    Fault,
    answering,
    cut_off,
    failing,
    html_page,
    slow,
    too_many_requests,
)
from bot.demo.services.made_papers import LocalPaper, made_papers
from bot.sources.arxiv import ArXiv
from bot.sources.errors import SourceError
from bot.sources.http import HttpClient

PATH = "/api/query"
SUBMITTED = datetime(2025, 2, 20, 12, 28, 23, tzinfo=UTC)
PAPER = LocalPaper(
    arxiv_id="2502.14499",
    title="A Title & More:\nOn $\\alpha$-Gyms",
    appears_at=SUBMITTED,
    submitted_at=SUBMITTED,
    authors=("Zeno Last", "Anna F\\'irst"),
    abstract="An abstract\nwith <signs> & 10\\% more.\n\nAnd another paragraph.",
)


@pytest.fixture
async def service(clock: Clock) -> AsyncIterator[LocalArXiv]:
    async with LocalArXiv(clock.now) as service:
        service.add_paper(PAPER)
        yield service


@pytest.fixture
def reader(client: HttpClient, service: LocalArXiv, time: VirtualTime) -> ArXiv:
    return ArXiv(client, url=service.url, timer=time.timer, sleep=time.sleep)


async def test_paper_has_what_arxiv_knows(reader: ArXiv) -> None:
    paper = await reader.read_paper("2502.14499")
    assert paper is not None
    assert paper.title == "A Title & More: On α-Gyms"
    assert paper.votes is None
    assert paper.authors == ("Zeno Last", "Anna Fírst")
    assert paper.authors_ordered
    assert paper.details.abstract == (
        "An abstract with <signs> & 10% more.\n\nAnd another paragraph."
    )
    assert paper.details.submitted_at == SUBMITTED
    assert paper.details.withdrawn_at is None


async def test_paper_of_an_old_id_and_an_invented_one_are_found(
    reader: ArXiv, service: LocalArXiv
) -> None:
    service.add_paper(replace(PAPER, arxiv_id="hep-th/9901001"))
    old = await reader.read_paper("hep-th/9901001")
    assert old is not None
    (made,) = made_papers(date(2025, 7, 16), 1)
    paper = await reader.read_paper(made.arxiv_id)
    assert paper is not None
    assert paper.title == made.title


async def test_withdrawn_paper_says_since_when(reader: ArXiv, service: LocalArXiv) -> None:
    withdrawn = SUBMITTED + timedelta(days=3)
    service.add_paper(replace(PAPER, withdrawn_at=withdrawn))
    paper = await reader.read_paper("2502.14499")
    assert paper is not None
    assert paper.details.withdrawn_at == withdrawn


@pytest.mark.parametrize("arxiv_id", ["2502.00001", "nonsense", "a,b&c"])
async def test_unknown_and_malformed_ids_are_none(reader: ArXiv, arxiv_id: str) -> None:
    assert await reader.read_paper(arxiv_id) is None


async def test_entries_about_errors_and_without_a_title_are_none(
    reader: ArXiv, service: LocalArXiv
) -> None:
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry>{}</entry></feed>'
    for entry in (
        "<id>http://arxiv.org/api/errors#1</id><title>Error</title>",
        "<id>http://arxiv.org/abs/2502.14499v1</id>",
        "<id>http://arxiv.org/abs/2502.99999v1</id><title>Other</title>",
        "",
    ):
        service.faults.put(PATH, answering(atom.format(entry).encode()))
        assert await reader.read_paper("2502.14499") is None


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"<html><p>", "<html><p>"),
        (b"", ""),
        (b"<feed/>", "<feed/>"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', '<?xml version="1.0" encoding='),
    ],
)
async def test_answer_that_is_no_feed_is_an_error(
    reader: ArXiv, service: LocalArXiv, body: bytes, line: str
) -> None:
    service.faults.put(PATH, answering(body))
    with pytest.raises(SourceError) as caught:
        await reader.read_paper("2502.14499")
    assert str(caught.value).startswith(f"answered no Atom feed: its first line is “{line}")


async def test_page_for_people_and_bad_requests_are_errors(
    reader: ArXiv, service: LocalArXiv
) -> None:
    service.faults.put(PATH, html_page())
    with pytest.raises(SourceError, match=r"^answered no Atom feed"):
        await reader.read_paper("2502.14499")
    service.faults.put(PATH, failing(400))
    with pytest.raises(SourceError, match=r"^answered 400 Bad Request$"):
        await reader.read_paper("2502.14499")
    service.faults.put(PATH, failing(403))
    with pytest.raises(SourceError, match=r"^answered 403 Forbidden$"):
        await reader.read_paper("2502.14499")


async def test_requests_are_three_seconds_apart_and_one_at_a_time(
    reader: ArXiv, service: LocalArXiv, time: VirtualTime
) -> None:
    service.faults.put(PATH, slow(0.01))
    begins = time.seconds
    await asyncio.gather(*(reader.read_paper("2502.14499") for _ in range(4)))
    assert time.seconds - begins == 9
    assert [seconds for seconds in time.sleeps if seconds] == [3, 3, 3]
    assert (service.count(), service.most_at_once) == (4, 1)


async def test_cancelled_reader_passes_its_turn_on_and_the_pause_stays(
    client: HttpClient, service: LocalArXiv, time: VirtualTime
) -> None:
    waiting = asyncio.Event()

    async def sleep(seconds: float) -> None:
        if seconds:
            waiting.set()
        await time.sleep(seconds)
        if seconds and waiting.is_set() and not freed.is_set():
            await freed.wait()

    freed = asyncio.Event()
    reader = ArXiv(client, url=service.url, timer=time.timer, sleep=sleep)
    await reader.read_paper("2502.14499")
    second = asyncio.create_task(reader.read_paper("2502.14499"))
    third = asyncio.create_task(reader.read_paper("2502.14499"))
    await waiting.wait()
    second.cancel()
    freed.set()
    assert await third is not None
    assert second.cancelled()
    assert service.count() == 2


async def test_refusal_closes_the_gate_for_a_growing_time(
    reader: ArXiv, service: LocalArXiv, clock: Clock, time: VirtualTime
) -> None:
    service.refuse(timedelta(hours=1))
    for seconds in (60, 120, 240):
        with pytest.raises(SourceError, match=r"^answered 429 Too Many Requests$") as caught:
            await reader.read_paper("2502.14499")
        assert (caught.value.retry_after, caught.value.is_unreachable) == (seconds, True)
        asked = service.count()
        with pytest.raises(SourceError, match=r"^takes no more requests for") as caught:
            await reader.read_paper("2502.14499")
        assert caught.value.retry_after == seconds
        assert service.count() == asked
        time.seconds += seconds
    clock.move_to(clock.now() + timedelta(hours=1))
    assert await reader.read_paper("2502.14499") is not None
    service.faults.put(PATH, too_many_requests(), times=1)
    with pytest.raises(SourceError) as caught:
        await reader.read_paper("2502.14499")
    assert caught.value.retry_after == 60


async def test_refusal_that_says_for_how_long_closes_the_gate_for_that_time(
    reader: ArXiv, service: LocalArXiv, time: VirtualTime
) -> None:
    service.faults.put(PATH, too_many_requests(500), times=1)
    with pytest.raises(SourceError) as caught:
        await reader.read_paper("2502.14499")
    assert caught.value.retry_after == 500
    time.seconds += 500
    assert await reader.read_paper("2502.14499") is not None


@pytest.mark.parametrize("fault", [failing(500), cut_off()])
async def test_failure_is_not_tried_again_at_once(
    reader: ArXiv, service: LocalArXiv, fault: Fault
) -> None:
    service.faults.put(PATH, fault, times=1)
    with pytest.raises(SourceError) as caught:
        await reader.read_paper("2502.14499")
    assert caught.value.is_unreachable
    assert service.count() == 1
    assert await reader.read_paper("2502.14499") is not None
