"""What goes wrong at a source: nothing is lost or hammered, and nothing else waits."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from polling_fixture import ARCHIVE, HUGGINGFACE, PATH, START, TODAY, PollingFixture
from posting_fixture import digest

from bot.demo.services.faults import (
    Fault,
    answering,
    cut_off,
    failing,
    html_page,
    hung_up,
    rate_limited,
    slow,
    too_many_requests,
)
from bot.demo.services.made_papers import made_papers
from bot.digest import write
from bot.ingest.lists import ListSource
from bot.observer import Observer
from storage.records import Reason, SourceDay, SourceList

pytestmark = pytest.mark.xdist_group("polling failures")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LISTS = "/api/daily_papers"


def put(polling: PollingFixture, day: date = TODAY, **options: int) -> None:
    """Write a day's digest into the archive."""
    polling.files.put(PATH.format(date=day), write(digest(day, **options)).encode())


class Reads(Observer):
    """Keeps which readings succeeded, by source."""

    def __init__(self) -> None:
        self.found: list[tuple[str, bool]] = []

    def source_read(self, source: str, *, is_success: bool) -> None:
        self.found.append((source, is_success))


class RepeatingLists:
    """A source with a mistake: it gives a paper of today's list twice, which is not stored."""

    def __init__(self, source: ListSource) -> None:
        self.name, self.kind, self.timetable = source.name, source.kind, source.timetable
        self._source = source

    async def read(self, day: date, known: SourceDay | None) -> SourceList | None:
        found = await self._source.read(day, known)
        return replace(found, papers=found.papers * 2) if found and day == TODAY else found


# Lists that are not what they were

NO_LISTS = [
    (html_page(), "answered no JSON: its first line is “<!DOCTYPE html>”"),
    (cut_off(), "cut its answer off"),
    (hung_up(), "couldn't be reached: it closed the connection without an answer"),
    (failing(500), "answered 500 Internal Server Error"),
    (failing(400), "answered 400 Bad Request"),
    (answering(b'{"error": "none"}'), "answered no JSON list: it begins with “{"),
    (answering(b"[]"), None),
]
"""What a service answers instead of its list, and which error that is; an empty list is none."""


async def test_an_answer_that_is_no_list_removes_no_papers_and_delays_no_other_source(
    polling: PollingFixture,
) -> None:
    put(polling, TODAY + DAY)
    await polling.start(HUGGINGFACE, ARCHIVE, observer=(reads := Reads()))
    await polling.run_until_read()
    assert set(reads.found) == {(HUGGINGFACE, True), (ARCHIVE, True)}
    for fault, error in NO_LISTS:
        papers, readings = await polling.papers(), await polling.readings()
        reads.found.clear()
        polling.service.faults.put(LISTS, fault)
        since, asked_at = polling.files.count(), polling.now
        await polling.run_for(minutes=16)
        state = await polling.state()
        assert (state.error or "none").startswith(error or "none"), error
        assert ((HUGGINGFACE, False) in reads.found) == (error is not None), error
        assert (ARCHIVE, False) not in reads.found, error
        assert state.checked_at is not None
        assert state.checked_at >= asked_at, error
        assert await polling.papers() == papers, error
        assert await polling.readings() == readings, error
        assert polling.files.count() > since, error
        polling.service.faults.clear()
        await polling.run_for(minutes=16)
        assert (await polling.state()).error is None, error
        assert await polling.readings() > readings, error


async def test_a_list_that_shrinks_keeps_its_papers_behind_the_others(
    informed: PollingFixture,
) -> None:
    all_papers = [replace(each, appears_at=START - DAY) for each in made_papers(TODAY, 10)]
    informed.service.set_list(TODAY, all_papers)
    await informed.run_for(minutes=16)
    first, *others = await informed.papers()
    informed.service.remove(TODAY, first)
    await informed.run_for(minutes=16)
    assert await informed.papers() == [*others, first]
    informed.service.set_list(TODAY, ())
    await informed.run_for(minutes=16)
    assert await informed.papers() == [*others, first]
    assert (await informed.state()).error is None


async def test_a_wrong_answer_for_one_day_keeps_no_other_day_from_being_read(
    polling: PollingFixture,
) -> None:
    polling.service.faults.put(LISTS, html_page(), times=1)
    await polling.start()
    await polling.run_until_read()
    assert polling.asked() == [TODAY - back * DAY for back in range(30)]
    await polling.run_for(minutes=16)
    assert (await polling.state()).error is None


async def test_an_unforeseen_error_on_one_day_keeps_no_other_day_from_being_read(
    polling: PollingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    (working,) = polling.lists(HUGGINGFACE)
    await polling.start(RepeatingLists(working))
    await polling.run_until_read()
    assert polling.asked() == [TODAY - back * DAY for back in range(30)]
    assert (await polling.state()).error == "led to ValueError"
    assert "has a paper twice" in caplog.text


async def test_no_day_ahead_of_utc_is_asked_for(informed: PollingFixture) -> None:
    informed.now = START.replace(hour=22)
    await informed.run_until(START.replace(day=17, hour=3))
    for request in informed.service.requests:
        assert date.fromisoformat(request.query["date"]) <= request.at.date()
    assert all(state.error is None for state in (await informed.days()).values())


# A service in trouble


async def test_a_service_that_cannot_be_reached_is_asked_for_the_newest_list_with_growing_pauses(
    polling: PollingFixture,
) -> None:
    polling.service.faults.put(LISTS, failing(503))
    await polling.start()
    await polling.run_for(hours=2)
    assert set(polling.asked()) == {TODAY}
    attempts = polling.asked_at(TODAY)[::3]  # a request is made three times
    pauses = [second - first for first, second in pairwise(attempts)]
    assert pauses[0] < timedelta(seconds=2)
    assert max(pauses) <= 10 * MINUTE + timedelta(seconds=1)
    assert all(pause >= 5 * MINUTE for pause in pauses[11:])
    assert len(attempts) <= 40
    assert (await polling.job()).reason is Reason.SOURCE_UNAVAILABLE
    polling.service.faults.clear()
    since = len(polling.service.requests)
    await polling.run_for(minutes=11)
    assert polling.asked(since)[:30] == [TODAY - back * DAY for back in range(30)]


async def test_a_restart_reads_at_once_what_could_not_be_reached_before(
    polling: PollingFixture,
) -> None:
    polling.service.faults.put(LISTS, failing(503))
    await polling.start()
    await polling.run_for(hours=1)
    await polling.stop()
    polling.service.faults.clear()
    await polling.start()
    since = len(polling.service.requests)
    await polling.run_for(seconds=3)
    assert TODAY - DAY in polling.asked(since)


@pytest.mark.parametrize(
    "fault", [rate_limited(200), too_many_requests(200)], ids=["RateLimit", "Retry-After"]
)
async def test_a_rate_limit_is_waited_for_through_a_restart(
    polling: PollingFixture, fault: Fault
) -> None:
    polling.service.faults.put(LISTS, fault, until=START + timedelta(seconds=200))
    await polling.start()
    await polling.run_for(seconds=100)
    assert len(polling.service.requests) == 1
    await polling.stop()
    await polling.start()
    assert not polling.polling.is_reading(polling.now)  # a post does not wait for it
    await polling.run_until(START + timedelta(seconds=199))
    assert len(polling.service.requests) == 1
    await polling.run_for(seconds=3)
    assert polling.asked()[:2] == [TODAY, TODAY]
    assert await polling.papers()


async def test_rate_limits_without_a_time_or_with_a_short_one_lead_to_growing_pauses(
    polling: PollingFixture,
) -> None:
    for fault in (too_many_requests(None), too_many_requests(1)):
        polling.service.faults.put(LISTS, fault)
        await polling.start()
        since = len(polling.service.requests)
        await polling.run_for(minutes=30)
        asked_at = [request.at for request in polling.service.requests[since:]]
        pauses = [later - earlier for earlier, later in pairwise(asked_at)]
        assert 4 <= len(pauses) <= 13
        assert pauses[:4] == sorted(pauses[:4])
        assert pauses[-1] > 8 * pauses[0]
        await polling.stop()


# Two sources


async def test_a_source_that_stalls_delays_no_other_and_ends_at_its_deadline(
    polling: PollingFixture,
) -> None:
    polling.read_seconds = 0.4
    put(polling, TODAY)
    polling.service.faults.put(LISTS, slow(3600))
    await polling.start(HUGGINGFACE, ARCHIVE)
    await polling.begin_reading(2)
    while not await polling.papers():
        await polling.runner.run_due()
        polling.now += timedelta(seconds=1)
    assert (await polling.job()).attempts == 0  # it is still waiting
    assert polling.service.count() == 1
    await polling.settle()
    assert (await polling.state()).error == "took more than 0.4 s"
    assert (await polling.job()).reason is Reason.SOURCE_UNAVAILABLE
    polling.service.faults.clear()
    await polling.run_for(seconds=10)
    assert (await polling.state()).error is None
    assert polling.service.most_at_once == 1


async def test_an_unchanged_digest_is_answered_with_304_and_not_stored_again(
    polling: PollingFixture,
) -> None:
    put(polling)
    await polling.start(ARCHIVE)
    await polling.run_until_read()
    since = polling.files.count()
    before = await polling.state(name=ARCHIVE)
    assert before.etag
    version = await polling.database.content_version()
    await polling.run_for(minutes=16)
    asked = [each for each in polling.files.requests[since:] if f"{TODAY}" in each.path]
    assert asked
    assert all(each.headers.get("If-None-Match") for each in asked)
    after = await polling.state(name=ARCHIVE)
    assert after.checked_at == after.read_at != before.read_at
    assert (after.etag, after.body_hash) == (before.etag, before.body_hash)
    assert await polling.database.content_version() == version
    put(polling, votes=500)
    await polling.run_for(minutes=16)
    assert await polling.database.content_version() != version


async def test_garbage_at_an_address_removes_nothing_and_is_a_failure_of_that_day(
    polling: PollingFixture,
) -> None:
    put(polling)
    put(polling, TODAY - DAY)
    await polling.start(ARCHIVE)
    await polling.run_until_read()
    for body in (b"<html>Back soon</html>", b"", b"\xff\xfe\x00", b"# Notes\n"):
        polling.files.put(PATH.format(date=TODAY), body)
        await polling.run_for(minutes=16)
        assert "answered no digest" in ((await polling.state(name=ARCHIVE)).error or ""), body
        assert len(await polling.papers()) == 12, body
        assert (await polling.state(TODAY - DAY, ARCHIVE)).error is None, body
        polling.files.remove(PATH.format(date=TODAY))
        await polling.run_for(minutes=16)
        assert (await polling.state(name=ARCHIVE)).error is None, body
        assert len(await polling.papers()) == 12, body


# What posts are told


async def test_a_list_is_unavailable_only_if_it_failed_and_was_expected(
    informed: PollingFixture,
) -> None:
    holiday = TODAY + DAY
    informed.service.set_list(holiday, ())
    await informed.stop()
    await informed.start(HUGGINGFACE, ARCHIVE)
    await informed.run_until_read()
    noon = START + timedelta(days=1)
    assert not await informed.polling.is_unavailable(START)
    informed.now = noon
    await informed.run_until_read()
    assert not await informed.polling.is_unavailable(noon)
    # It fails in the afternoon of the holiday, and goes on into Saturday.
    informed.service.faults.put(LISTS, failing(503))
    await informed.run_for(minutes=20)
    assert (await informed.state(holiday)).error
    assert not await informed.polling.is_unavailable(informed.now)
    for days, expected in ((2, True), (3, True), (4, False), (5, False), (6, True)):
        informed.now = START + timedelta(days=days)
        await informed.settle()
        assert await informed.polling.is_unavailable(informed.now) is expected, days


async def test_one_source_that_fails_is_found_behind_one_that_does_not(
    polling: PollingFixture,
) -> None:
    polling.files.faults.put(".*", failing(503))
    await polling.start(HUGGINGFACE, ARCHIVE)
    await polling.run_for(seconds=5)
    assert await polling.polling.is_unavailable(START)
