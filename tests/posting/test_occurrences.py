import asyncio
from datetime import timedelta

import pytest
from posting_fixture import CATALOGUE, FRIDAY, MORNING, PostingFixture, eventually

from bot.client import DailyPapers
from bot.posting.outcomes import Nothing, Posted
from bot.posting.worker import Rules
from storage import deliveries, schedules
from storage.database import Database
from storage.records import Outcome, Frequency

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def test_a_digest_that_comes_late_is_posted_when_it_comes(posting: PostingFixture) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        await posting.wait_for(MORNING)
        assert channel.messages == []
        await posting.wait_for(MORNING + 5 * HOUR)
        await posting.store()
        bot.worker.digests_stored()
        await posting.settle()
        assert len(channel.messages) == 1
    assert await posting.outcomes(schedule) == [Outcome.POSTED]


async def test_it_is_waited_for_across_a_restart_and_not_for_ever(posting: PostingFixture) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
    posting.clock.move_to(MORNING + 5 * HOUR)
    async with posting.running():
        await posting.wait_for(MORNING + 6 * HOUR + timedelta(minutes=1))
        assert await posting.outcomes(schedule) == [Outcome.NOTHING_NEW]
        await posting.store()
        await posting.wait_for(MORNING + 7 * HOUR)
        assert channel.messages == []
        await posting.wait_for(MORNING + DAY)
    assert await posting.outcomes(schedule) == [Outcome.NOTHING_NEW, Outcome.POSTED]


async def test_what_is_too_old_is_no_news(posting: PostingFixture) -> None:
    await posting.store(FRIDAY - 4 * DAY)
    channel, strict = posting.channel(), posting.channel("strict")
    made = await posting.schedule(channel)
    async with posting.running(news_days=4):
        # Today is Saturday, and the digest Monday's.
        await posting.wait_for(MORNING + 7 * HOUR)
    assert await posting.outcomes(made) == [Outcome.NOTHING_NEW]
    other = await posting.schedule(strict)
    async with posting.running(news_days=6):
        await posting.wait_for(MORNING + DAY)
    assert await posting.outcomes(other) == [Outcome.POSTED]


async def test_three_weekdays_without_anything_new_are_told_once(posting: PostingFixture) -> None:
    channel = posting.channel()
    await posting.schedule(channel)
    private = posting.sandbox.dm(posting.sandbox.world.owner)
    told = []
    async with posting.running():
        # Saturday and Sunday do not count.
        for days in range(7):
            await posting.wait_for(MORNING + days * DAY + 7 * HOUR)
            told.append(len(private.messages))
    assert told == [0, 0, 0, 0, 1, 1, 1]
    assert channel.mention in private.messages[0].content


async def test_after_days_away_one_post_comes_and_names_those_passed_over(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
    for days in (3, 4, 5):
        await posting.store(FRIDAY + days * DAY)
    posting.clock.move_to(MORNING + 5 * DAY + 3 * HOUR)
    async with posting.running():
        await posting.settle()
    assert len(channel.messages) == 2
    text = channel.messages[1].content
    assert "February 26, 2025" in text
    assert "2025-02-24" in text
    assert "2025-02-25" in text
    assert "2025-02-21" not in text
    assert await posting.outcomes(schedule) == [Outcome.POSTED, Outcome.POSTED]


@pytest.mark.parametrize(("catch_up", "hours", "posted"), [(24, 23, 1), (2, 3, 0), (0, 1, 0)])
async def test_a_time_that_was_missed_is_made_up_for_as_long_as_is_wanted(
    posting: PostingFixture, catch_up: int, hours: int, posted: int
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, catch_up=catch_up)
    posting.clock.move_to(MORNING + hours * HOUR)
    async with posting.running():
        await posting.settle()
    assert len(channel.messages) == posted
    assert await posting.outcomes(schedule) == [Outcome.POSTED if posted else Outcome.MISSED]


@pytest.mark.parametrize("seconds", [-30, -1, 0, 1, 30, 59])
async def test_restarts_at_each_side_of_the_minute_post_once(
    posting: PostingFixture, seconds: int
) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel, catch_up=0)
    moment = MORNING + timedelta(seconds=seconds)
    posting.clock.move_to(moment)
    for _ in range(2):
        async with posting.running():
            await posting.settle()
    async with posting.running():
        await posting.wait_for(MORNING + timedelta(minutes=1))
    assert len(channel.messages) == 1


async def test_no_jump_of_the_clock_posts_a_digest_again(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    async with posting.running():
        for hours in (0, -20, 0, 30, -40, 5, 24, 3):
            await posting.wait_for(MORNING + hours * HOUR)
    assert len(channel.messages) == 1


async def test_a_changed_time_gives_no_second_turn_that_day(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        await posting.wait_for(MORNING)
        await posting.store(FRIDAY + DAY)
        given = await schedules.get(posting.database, schedule.id)
        assert given is not None
        for zone, hour in (("UTC", 9), ("Asia/Seoul", 20), ("America/New_York", 5)):
            wanted = type(given)(
                **{name: getattr(given, name) for name in type(given).__dataclass_fields__}
                | {"timezone": zone, "time": given.time.replace(hour=hour)}
            )
            changed = await schedules.change(posting.database, wanted, at=posting.clock.now())
            assert changed is not None
            await bot.worker.schedule_changed(changed)
            await posting.wait_for(posting.clock.now() + 2 * HOUR)
        assert len(channel.messages) == 1
        await posting.wait_for(MORNING + DAY + 12 * HOUR)
    assert len(channel.messages) == 2


async def test_a_week_and_a_month_are_posted_once_on_their_first_day(
    posting: PostingFixture,
) -> None:
    for days in range(5):
        await posting.store(FRIDAY - days * DAY)
    weekly, monthly = posting.channel("weekly"), posting.channel("monthly")
    await posting.schedule(weekly, period=Frequency.WEEK)
    await posting.schedule(monthly, period=Frequency.MONTH)
    async with posting.running():
        for days in range(10):
            await posting.wait_for(MORNING + days * DAY)
    assert len(weekly.messages) == 1
    assert len(monthly.messages) == 1
    (of_week,) = await deliveries.of_channel(posting.database, weekly.id, limit=9)
    (of_month,) = await deliveries.of_channel(posting.database, monthly.id, limit=9)
    assert (of_week.subject, of_month.subject) == ("week:2025-02-17", "month:2025-02")


async def test_what_the_filters_leave_nothing_of_is_in_the_history(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, include="zebra")
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.wait_for(MORNING + 5 * HOUR)
    assert channel.messages == []
    assert await posting.outcomes(schedule) == [Outcome.FILTERED_OUT]


async def test_a_post_by_hand_is_not_repeated_by_the_clock(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        posted = await bot.worker.post_now(schedule)
        assert isinstance(posted, Posted)
        assert posted.messages == ((channel.id, channel.messages[0].id),)
        assert await bot.worker.post_now(schedule) == Nothing("already")
        await posting.wait_for(MORNING)
        assert len(channel.messages) == 1
        assert isinstance(await bot.worker.post_now(schedule, again=True), Posted)
        assert isinstance(await bot.worker.post_now(schedule, again=True), Posted)
    assert len(channel.messages) == 3


async def test_of_two_processes_one_works_and_the_other_takes_over(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    lease = timedelta(seconds=4)
    async with await Database.open(posting.path) as second:
        rules = Rules()
        async with DailyPapers(
            database=second, catalogue=CATALOGUE, clock=posting.clock, rules=rules
        ) as other:
            async with posting.running() as first:
                standing_by = asyncio.create_task(other.start(posting.sandbox.token))
                await eventually(lambda: "stands by" in caplog.text)
                assert first.worker.is_working
                assert not other.worker.is_working
                await posting.wait_for(MORNING)
                assert len(channel.messages) == 1
            await eventually(other.is_ready)
            await posting.store(FRIDAY + DAY)
            other.worker.move_to(MORNING + DAY)
            await eventually(lambda: len(channel.messages) > 1)
            await other.worker.until_idle()
        await asyncio.gather(standing_by, return_exceptions=True)
    assert len(channel.messages) == 2


async def test_who_stands_by_can_be_stopped(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    async with posting.running(), await Database.open(posting.path) as second:
        async with DailyPapers(database=second, catalogue=CATALOGUE, clock=posting.clock) as other:
            standing_by = asyncio.create_task(other.start(posting.sandbox.token))
            await eventually(lambda: "stands by" in caplog.text)
        async with asyncio.timeout(5):
            await standing_by
        assert posting.app.worker.is_working


async def test_who_loses_the_lease_sends_nothing_any_more(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        async with posting.database.transaction() as writer:
            await writer.execute("UPDATE leases SET holder = 'another'")
        await posting.wait_for(MORNING)
        assert channel.messages == []
        assert await posting.outcomes(schedule) == []
