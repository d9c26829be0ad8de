"""Lists are read in time, gently, and through restarts: real jobs, sockets and database."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from polling_fixture import ARCHIVE, HUGGINGFACE, PAPERS, START, TODAY, PollingFixture
from posting_fixture import locked

from bot.demo.services.faults import failing, html_page, slow
from bot.demo.services.made_papers import made_papers
from storage import jobs

pytestmark = pytest.mark.xdist_group("polling")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FRIDAY = TODAY - 4 * DAY


# The first start


async def test_the_newest_list_is_the_first_request_and_the_29_days_before_it_follow(
    polling: PollingFixture,
) -> None:
    await polling.start()
    await polling.settle()
    assert polling.asked() == [TODAY]
    assert len(await polling.papers()) == PAPERS
    await polling.run_until_read()
    assert polling.asked() == [TODAY - back * DAY for back in range(30)]
    assert polling.service.most_at_once == 1
    assert await polling.papers(FRIDAY - DAY)
    assert not await polling.papers(FRIDAY + DAY)
    # Empty days are no failure.
    assert all(state.error is None and state.read_at for state in (await polling.days()).values())
    spent = polling.now - START
    assert timedelta(seconds=29) <= spent <= timedelta(seconds=40)


async def test_a_stop_or_kill_in_the_middle_of_the_first_readings_repeats_nothing(
    polling: PollingFixture,
) -> None:
    await polling.start()
    for _ in range(9):
        await polling.settle()
        polling.now += timedelta(seconds=1)
    polling.service.faults.put(".*", slow(3600), times=1)
    await polling.begin_reading()
    await polling.stop()  # in the middle of the tenth
    polling.now += 10 * MINUTE
    await polling.start()
    await polling.run_until_read()
    asked = Counter(polling.asked())
    again = TODAY - 9 * DAY
    assert asked.pop(again) == 2
    assert set(asked.values()) == {1}
    assert len(asked) == 29
    assert len(await polling.days()) == 30


# An ordinary day


async def test_the_open_list_is_read_every_15_minutes_and_a_new_one_when_it_opens(
    informed: PollingFixture,
) -> None:
    opening = START.replace(day=17, hour=1, minute=30)
    informed.now = opening - timedelta(hours=2)
    await informed.run_until_read()
    since = len(informed.service.requests)
    await informed.run_until(opening + timedelta(hours=1, minutes=30))
    today = informed.asked_at(TODAY, since)
    pauses = [second - first for first, second in pairwise(today)]
    assert max(pauses[:7]) <= 15 * MINUTE + timedelta(seconds=1)
    assert min(pauses) >= 15 * MINUTE
    assert [at for at in today if at >= opening]
    tomorrow = informed.asked_at(TODAY + DAY, since)
    assert tomorrow[0] == opening
    assert len(tomorrow) == 7
    assert await informed.papers(TODAY + DAY)


async def test_a_reading_is_stored_only_where_something_has_changed(
    informed: PollingFixture,
) -> None:
    quiet = [replace(paper, final_votes=0) for paper in made_papers(TODAY, PAPERS)]
    informed.service.set_list(TODAY, quiet)
    await informed.run_for(minutes=16)
    papers, before = await informed.papers(), await informed.readings()
    version = await informed.database.content_version()
    await informed.run_for(minutes=16)
    assert (await informed.state()).checked_at == START + 30 * MINUTE
    assert await informed.database.content_version() == version
    informed.service.set_list(TODAY, [*quiet[:-1], replace(quiet[-1], final_votes=100)])
    await informed.run_for(minutes=15)
    assert await informed.readings() == before + 1
    assert await informed.papers() == [papers[-1], *papers[:-1]]


async def test_one_reading_in_the_10_minutes_before_serves_all_posts(
    informed: PollingFixture,
) -> None:
    moments = [START + number * MINUTE for number in (20, 21, 22, 25, 60)]
    await informed.add_posts(moments)
    since = len(informed.service.requests)
    await informed.run_until(moments[-1])
    assert informed.posts == moments
    asked = informed.asked_at(TODAY, since)
    assert asked == [START + number * MINUTE for number in (15, 30, 45, 55)]


async def test_a_schedule_that_is_added_six_minutes_before_its_post_gets_a_new_reading(
    informed: PollingFixture,
) -> None:
    await informed.run_until(START + 16 * MINUTE)
    since = len(informed.service.requests)
    due = START + 25 * MINUTE + timedelta(seconds=59)
    informed.now = due - 6 * MINUTE
    await informed.add_posts([due])
    await informed.run_until(due)
    assert len(informed.asked_at(TODAY, since)) == 1


async def test_a_schedule_that_is_added_just_before_its_post_gets_a_new_reading(
    informed: PollingFixture,
) -> None:
    await informed.run_until(START + 11 * MINUTE)
    since = len(informed.service.requests)
    due = START + 12 * MINUTE
    await informed.add_posts([due])
    await informed.polling.look_again()
    await informed.run_until(due)
    assert len(informed.asked_at(TODAY, since)) == 1


async def test_mondays_post_has_a_new_reading_of_fridays_list(polling: PollingFixture) -> None:
    polling.now = START.replace(day=14, hour=22)  # Sunday, 07:00 in Seoul
    await polling.start()
    await polling.run_until_read()
    due = polling.now.replace(hour=23, minute=0)
    await polling.add_posts([due])
    since = len(polling.service.requests)
    await polling.run_until(due)
    (at,) = polling.asked_at(FRIDAY, since)
    assert timedelta(0) < due - at <= 10 * MINUTE


async def test_a_sunday_list_that_monday_repeats_is_stored_twice(polling: PollingFixture) -> None:
    sunday = TODAY - 2 * DAY
    polling.service.set_list(sunday, made_papers(sunday, 4))
    polling.service.repeat_list(sunday, TODAY - DAY)
    await polling.start()
    await polling.run_until_read()
    assert len(await polling.papers(sunday)) == 4
    assert set(await polling.papers(sunday)) < set(await polling.papers(TODAY - DAY))


async def test_readings_are_put_off_at_random_but_not_those_of_the_start(
    polling: PollingFixture,
) -> None:
    await polling.start(jitter=2 * MINUTE)
    await polling.run_until_read()
    assert polling.asked_at(TODAY) == [START]
    await polling.run_for(hours=2)
    pauses = [second - first for first, second in pairwise(polling.asked_at(TODAY))]
    assert all(15 * MINUTE <= pause <= 17 * MINUTE for pause in pauses)
    assert max(pauses) > 15 * MINUTE + timedelta(seconds=10)
    assert len(set(pauses)) == len(pauses)


# After a restart


async def test_a_post_waits_for_the_first_readings_after_the_start_but_not_for_long(
    polling: PollingFixture,
) -> None:
    await polling.start()
    assert polling.polling.is_reading(START)
    assert polling.polling.is_reading(START - 5 * MINUTE)  # a late post
    assert not polling.polling.is_reading(START + 11 * MINUTE)
    await polling.run_for(seconds=3)
    assert not polling.polling.is_reading(START)
    await polling.stop()
    polling.service.faults.put(".*", slow(3600))
    polling.now += timedelta(hours=1)
    await polling.start()
    await polling.begin_reading()
    assert polling.polling.is_reading(polling.now)
    polling.now += timedelta(seconds=60)
    assert not polling.polling.is_reading(polling.now)


async def test_a_clock_that_is_set_back_after_the_start_keeps_no_post_waiting(
    polling: PollingFixture,
) -> None:
    await polling.start()
    polling.now -= timedelta(hours=3)
    assert not polling.polling.is_reading(polling.now)


async def test_one_wrong_answer_does_not_end_the_wait_for_the_other_lists(
    polling: PollingFixture,
) -> None:
    polling.service.faults.put(".*", html_page(), times=1)
    await polling.start()
    await polling.settle()
    assert polling.polling.is_reading(START)
    await polling.run_for(seconds=4)
    assert not polling.polling.is_reading(START)


async def test_the_job_of_a_source_that_the_settings_no_longer_have_is_deleted(
    informed: PollingFixture,
) -> None:
    await informed.stop()
    await informed.start(HUGGINGFACE, ARCHIVE)
    await informed.run_until_read()
    await informed.stop()
    await informed.start(HUGGINGFACE)
    (job,) = await jobs.of_kind(informed.database, "read")
    assert job.key == "read:huggingface"
    since = informed.files.count()
    await informed.run_for(hours=1)
    assert informed.files.count() == since
    assert await informed.papers(FRIDAY)


async def test_missing_jobs_are_written_again(informed: PollingFixture) -> None:
    async with informed.database.transaction() as writer:
        await jobs.remove(writer, "read:huggingface")
    await informed.polling.check()
    await informed.run_for(minutes=20)
    assert informed.asked_at(TODAY)[-1] > START


# The clock and the database


async def test_a_clock_that_was_ahead_for_a_while_stops_no_reading(
    informed: PollingFixture,
) -> None:
    informed.skew = timedelta(days=-400)  # the services' clock is right
    informed.now += timedelta(days=400)
    await informed.run_until_read()
    assert (await informed.state(informed.now.date())).error == "answered 400 Bad Request"
    informed.skew = timedelta(0)
    informed.now = START + 20 * MINUTE
    await informed.polling.check()
    since = len(informed.service.requests)
    await informed.run_until_read()
    assert informed.asked(since)[0] == TODAY
    assert (await informed.state()).checked_at == START + 20 * MINUTE
    await informed.run_for(minutes=16)
    assert len(informed.asked_at(TODAY, since)) == 2


async def test_a_retry_planned_by_a_clock_that_was_ahead_does_not_wait_for_years(
    polling: PollingFixture,
) -> None:
    polling.service.faults.put(".*", failing(), times=3)
    await polling.start()
    job = await polling.job()
    polling.now += timedelta(days=400)
    await polling.settle()
    assert (await polling.job()).not_before
    polling.now = START
    await jobs.wake(polling.database, [job.key], at=START)  # as if it had been due long before
    await polling.polling.check()
    await polling.settle()
    assert polling.asked()[-1] == TODAY


async def test_readings_made_while_the_clock_was_ahead_are_made_again(
    informed: PollingFixture,
) -> None:
    informed.now -= 20 * DAY
    await informed.polling.check()
    await informed.run_until_read()
    assert informed.asked() == [TODAY - back * DAY for back in range(20, 50)]


async def test_nothing_is_asked_for_while_the_database_is_locked(polling: PollingFixture) -> None:
    await polling.start()
    async with locked(polling.path):
        await polling.settle()
        assert not polling.service.requests
    polling.now += timedelta(seconds=6)
    await polling.run_until_read()
    assert len(await polling.papers()) == PAPERS
    assert len(polling.service.requests) == 30
