from datetime import datetime, time, timedelta

import pytest
from posting_fixture import FRIDAY, MORNING, PostingFixture, eventually, papers_in

from bot.posting.manual_posts import NotPosted, Posted
from bot.sandbox import Channel
from storage import history
from storage.records import Frequency, Outcome, Reason

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def test_a_late_digest_is_posted_when_it_is_stored(posting: PostingFixture) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        await posting.wait_for(MORNING)
        assert channel.messages == []
        await posting.wait_for(MORNING + 5 * HOUR)
        await posting.store()
        app.posting.digests_stored()
        await posting.settle()
        assert len(channel.messages) == 1
    assert await posting.outcomes(schedule) == [Outcome.POSTED]


async def test_waiting_for_a_late_digest_survives_a_restart_and_ends_at_a_limit(
    posting: PostingFixture,
) -> None:
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


async def test_neither_an_edit_nor_an_outage_of_discord_shortens_the_wait_for_a_digest(
    posting: PostingFixture,
) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel, catch_up=1)
    async with posting.running() as app:
        await posting.wait_for(MORNING)
        await posting.wait_for(MORNING + 2 * HOUR)
        await posting.edit(schedule, count=3)
        await posting.settle()
        posting.guild.set_available(False)
        await eventually(lambda: all(each.unavailable for each in app.client.guilds))
        await posting.store()
        app.posting.digests_stored()
        await posting.settle()
        assert await posting.outcomes(schedule) == []
        posting.guild.set_available(True)
        await posting.until(schedule, Outcome.POSTED)
    assert await posting.outcomes(schedule) == [Outcome.POSTED]
    assert len(papers_in(channel.messages)) == 3


async def test_a_post_that_comes_too_late_for_a_changed_time_is_missed(
    posting: PostingFixture,
) -> None:
    """The wait for a digest belongs to the occurrence, and not to the schedule."""
    channel = posting.channel()
    schedule = await posting.schedule(channel, catch_up=1)
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.edit(schedule, time=time(9))
    posting.clock.move_to(MORNING + 3 * HOUR)
    await posting.store()
    async with posting.running():
        await posting.settle()
    assert await posting.outcomes(schedule) == [Outcome.MISSED]
    assert channel.messages == []


async def test_a_digest_older_than_the_limit_is_not_posted(posting: PostingFixture) -> None:
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


async def test_days_without_a_digest_are_recorded_and_send_no_message(
    posting: PostingFixture,
) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    private = posting.sandbox.dm(posting.sandbox.world.owner)
    async with posting.running():
        for days in range(7):
            await posting.wait_for(MORNING + days * DAY + 7 * HOUR)
    assert await posting.outcomes(schedule) == [Outcome.NOTHING_NEW] * 7
    assert private.messages == []
    assert channel.messages == []


async def test_after_days_of_outage_one_post_lists_the_missed_days(
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
    text = str(channel.messages[1].embeds)
    assert "Wednesday, February 26" in text
    assert "[Feb 24](" in text
    assert "[Feb 25](" in text
    assert "Feb 21" not in text
    assert await posting.outcomes(schedule) == [Outcome.POSTED, Outcome.POSTED]


@pytest.mark.parametrize(("catch_up", "hours", "posted"), [(24, 23, 1), (2, 3, 0), (0, 1, 0)])
async def test_a_missed_occurrence_is_posted_late_within_catch_up(
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


async def test_restarts_just_before_or_after_the_due_time_post_once(
    posting: PostingFixture,
) -> None:
    """Minute by minute a post is due, and the bot starts twice so many seconds before or after."""
    await posting.store()
    channels: dict[int, Channel] = {}
    moments: dict[int, datetime] = {}
    for minute, seconds in enumerate((-30, -1, 0, 1, 30, 59)):
        channels[seconds] = posting.channel(f"c{minute}")
        await posting.schedule(channels[seconds], time=time(8, 2 * minute), catch_up=0)
        moments[seconds] = MORNING + timedelta(minutes=2 * minute, seconds=seconds)
    for seconds, moment in moments.items():
        posting.clock.move_to(moment)
        for _ in range(2):
            async with posting.running():
                await posting.settle()
        assert len(channels[seconds].messages) == (seconds >= 0), seconds
    async with posting.running():
        await posting.wait_for(MORNING + timedelta(minutes=15))
    for seconds, channel in channels.items():
        assert len(channel.messages) == 1, seconds


async def test_clock_steps_never_post_a_digest_twice(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    async with posting.running():
        for hours in (0, -20, 0, 30, -40, 5, 24, 3):
            await posting.wait_for(MORNING + hours * HOUR)
    assert len(channel.messages) == 1


async def test_a_changed_time_gives_no_second_occurrence_that_day(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.store(FRIDAY + DAY)
        for zone, hour in (("UTC", 9), ("Asia/Seoul", 20), ("America/New_York", 5)):
            await posting.edit(schedule, timezone=zone, time=time(hour))
            await posting.wait_for(posting.clock.now() + 2 * HOUR)
        assert len(channel.messages) == 1
        await posting.wait_for(MORNING + DAY + 12 * HOUR)
    assert len(channel.messages) == 2


@pytest.mark.usefixtures("quick_drawing")
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
    lines = await history.of_guild(posting.database, posting.guild.id, limit=9)
    posted = [line.coverage for line in lines if line.outcome is Outcome.POSTED]
    assert sorted(filter(None, posted)) == ["month:2025-02", "week:2025-02-17"]


async def test_a_digest_without_matching_papers_is_recorded_in_the_history(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, include="zebra")
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.wait_for(MORNING + 5 * HOUR)
    assert channel.messages == []
    assert await posting.outcomes(schedule) == [Outcome.FILTERED_OUT]


async def test_a_digest_posted_by_hand_is_not_posted_again_when_due(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        posted = await app.posting.post_now(schedule)
        assert isinstance(posted, Posted)
        assert posted.messages == ((channel.id, channel.messages[0].id),)
        assert await app.posting.post_now(schedule) == NotPosted(Reason.ALREADY)
        await posting.wait_for(MORNING)
        assert len(channel.messages) == 1
        assert isinstance(await app.posting.post_now(schedule, again=True), Posted)
        assert isinstance(await app.posting.post_now(schedule, again=True), Posted)
    assert len(channel.messages) == 3
