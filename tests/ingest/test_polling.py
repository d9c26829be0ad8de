"""Lists are read in time, gently, and through restarts: real jobs, sockets and database."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from polling_fixture import ARCHIVE, HUGGINGFACE, PAPERS, START, TODAY, PollingFixture
from posting_fixture import locked

from bot.demo.services.faults import failing, html_page, slow
from bot.demo.services.made_papers import made_papers
from storage import jobs

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
    polling: PollingFixture,
) -> None:
    await polling.start()
    await polling.run_until_read()
    since = len(polling.service.requests)
    await polling.run_until(START + timedelta(hours=15))
    today = [START, *polling.asked_at(TODAY, since)]
    opening = START.replace(day=17, hour=1, minute=30)
    pauses = [second - first for first, second in pairwise(today)]
    assert max(pauses[:50]) <= 15 * MINUTE + timedelta(seconds=1)
    assert min(pauses) >= 15 * MINUTE
    assert [at for at in today if at >= opening]
    tomorrow = polling.asked_at(TODAY + DAY, since)
    assert tomorrow[0] == opening
    assert len(tomorrow) == 7
    assert await polling.papers(TODAY + DAY)


async def test_a_reading_is_stored_only_where_something_has_changed(
    polling: PollingFixture,
) -> None:
    quiet = [replace(paper, final_votes=0) for paper in made_papers(TODAY, 10)]
    polling.service.set_list(TODAY, quiet)
    await polling.start()
    await polling.run_until_read()
    papers, before = await polling.papers(), await polling.readings()
    version = await polling.database.content_version()
    await polling.run_for(minutes=16)
    assert (await polling.state()).checked_at == START + 15 * MINUTE
    assert await polling.database.content_version() == version
    polling.service.set_list(TODAY, [*quiet[:-1], replace(quiet[-1], final_votes=100)])
    await polling.run_for(minutes=15)
    assert await polling.readings() == before + 1
    assert await polling.papers() == [papers[-1], *papers[:-1]]


async def test_one_reading_in_the_10_minutes_before_serves_all_posts(
    polling: PollingFixture,
) -> None:
    await polling.start()
    await polling.run_until_read()
    moments = [START + number * MINUTE for number in (20, 21, 22, 25, 60)]
    await polling.add_posts(moments)
    since = len(polling.service.requests)
    await polling.run_until(moments[-1])
    assert polling.posts == moments
    asked = polling.asked_at(TODAY, since)
    assert asked == [START + number * MINUTE for number in (15, 30, 45, 55)]


async def test_a_schedule_that_is_added_six_minutes_before_its_post_gets_a_new_reading(
    polling: PollingFixture,
) -> None:
    await polling.start()
    await polling.run_until_read()
    await polling.run_until(START + 16 * MINUTE)
    since = len(polling.service.requests)
    due = START + 25 * MINUTE + timedelta(seconds=59)
    polling.now = due - 6 * MINUTE
    await polling.add_posts([due])
    await polling.run_until(due)
    assert len(polling.asked_at(TODAY, since)) == 1


async def test_a_schedule_that_is_added_just_before_its_post_gets_a_new_reading(
    polling: PollingFixture,
) -> None:
    await polling.start()
    await polling.run_until_read()
    await polling.run_until(START + 11 * MINUTE)
    since = len(polling.service.requests)
    due = START + 12 * MINUTE
    await polling.add_posts([due])
    await polling.polling.look_again()
    await polling.run_until(due)
    assert len(polling.asked_at(TODAY, since)) == 1


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
    polling: PollingFixture,
) -> None:
    await polling.start(HUGGINGFACE, ARCHIVE)
    await polling.run_until_read()
    await polling.stop()
    await polling.start(HUGGINGFACE)
    assert [job.key for job in await jobs.of_kind(polling.database, "read")] == ["read:huggingface"]
    since = polling.files.count()
    await polling.run_for(hours=1)
    assert polling.files.count() == since
    assert await polling.papers(FRIDAY)


async def test_missing_jobs_are_written_again(polling: PollingFixture) -> None:
    await polling.start()
    await polling.run_until_read()
    async with polling.database.transaction() as writer:
        await jobs.remove(writer, "read:huggingface")
    await polling.polling.check()
    await polling.run_for(minutes=20)
    assert polling.asked_at(TODAY)[-1] > START


# The clock and the database


async def test_a_clock_that_was_ahead_for_a_while_stops_no_reading(
    polling: PollingFixture,
) -> None:
    await polling.start()
    await polling.run_until_read()
    polling.skew = timedelta(days=-400)  # the services' clock is right
    polling.now += timedelta(days=400)
    await polling.run_until_read()
    assert (await polling.state(polling.now.date())).error == "answered 400 Bad Request"
    polling.skew = timedelta(0)
    polling.now = START + 20 * MINUTE
    await polling.polling.check()
    since = len(polling.service.requests)
    await polling.run_until_read()
    assert polling.asked(since)[0] == TODAY
    assert (await polling.state()).checked_at == START + 20 * MINUTE
    await polling.run_for(minutes=16)
    assert len(polling.asked_at(TODAY, since)) == 2


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
    polling: PollingFixture,
) -> None:
    polling.now += timedelta(days=20)
    await polling.start()
    await polling.run_until_read()
    polling.now = START
    await polling.polling.check()
    since = len(polling.service.requests)
    await polling.run_until_read()
    assert polling.asked(since) == [TODAY - back * DAY for back in range(30)]


async def test_nothing_is_asked_for_while_the_database_is_locked(polling: PollingFixture) -> None:
    await polling.start()
    async with locked(polling.path):
        await polling.settle()
        assert not polling.service.requests
    polling.now += timedelta(seconds=6)
    await polling.run_until_read()
    assert len(await polling.papers()) == PAPERS
    assert len(polling.service.requests) == 30
