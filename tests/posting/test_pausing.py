"""Pauses, rechecks, occurrences after a pause, posts by hand, deletion and restoration."""

import asyncio
from datetime import timedelta

import pytest
from posting_fixture import FRIDAY, MORNING, PostingFixture

from bot.posting.manual_posts import NotPosted, Posted
from bot.sandbox import Channel, Permission
from storage import schedules
from storage.records import Outcome, Reason, Schedule

SENDING = "POST", "/channels/*/messages"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def forbid(posting: PostingFixture, channel: Channel) -> None:
    posting.guild.set_overwrite(channel, posting.guild.everyone, deny=Permission.SEND_MESSAGES)


def allow(posting: PostingFixture, channel: Channel) -> None:
    posting.guild.set_overwrite(channel, posting.guild.everyone)


async def is_paused(posting: PostingFixture, schedule: Schedule) -> bool:
    return (await posting.get(schedule)).paused_at is not None


async def test_an_occurrence_during_a_pause_is_posted_after_it_within_catch_up(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channels = {24: posting.channel("c24"), 2: posting.channel("c2")}
    schedules = {
        hours: await posting.schedule(channels[hours], catch_up=hours) for hours in (24, 2)
    }
    for channel in channels.values():
        forbid(posting, channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        for schedule in schedules.values():
            assert await is_paused(posting, schedule)
        await posting.wait_for(MORNING + 3 * HOUR)
        for hours, last in ((24, Outcome.POSTED), (2, Outcome.MISSED)):
            allow(posting, channels[hours])
            await posting.until(schedules[hours], last)
    for hours, last in ((24, Outcome.POSTED), (2, Outcome.MISSED)):
        outcomes = await posting.outcomes(schedules[hours])
        assert outcomes == [Outcome.PAUSED, Outcome.RESUMED, last], hours
        assert len(channels[hours].messages) == (last is Outcome.POSTED), hours


async def test_without_an_event_a_paused_schedule_is_checked_every_ten_minutes(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    forbid(posting, channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await is_paused(posting, schedule)
    allow(posting, channel)  # the bot is offline and gets no event
    posting.clock.move_to(MORNING + 9 * MINUTE)
    async with posting.running(), asyncio.timeout(30):
        await posting.wait_for(MORNING + 11 * MINUTE)
        await posting.until(schedule, Outcome.POSTED)


async def test_an_event_never_wakes_a_recheck_before_its_time(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    path = f"/channels/{channel.id}/messages"
    refused = posting.sandbox.faults.add("POST", path, status=400, code=40001, times=None)
    async with posting.running() as app:
        await posting.wait_for(MORNING)
        assert (await posting.get(schedule)).paused_reason is Reason.REFUSED
        for minutes in range(1, 60, 10):
            await posting.wait_for(MORNING + minutes * MINUTE)
            await app.posting.guild_events.recheck(posting.guild.id)
            await posting.settle()
        assert refused.hits == 1
        assert await is_paused(posting, schedule)
        refused.left = 0
        await posting.wait_for(MORNING + 61 * MINUTE)
        await posting.until(schedule, Outcome.POSTED)


async def test_a_pause_by_a_person_is_not_ended_by_events(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        assert await app.posting.pause(schedule.id, actor_id=5) is not None
        await app.posting.guild_events.recheck(posting.guild.id)
        await posting.wait_for(MORNING)
        assert await posting.outcomes(schedule) == [Outcome.PAUSED, Outcome.NOT_POSTED]
        await app.posting.resume(schedule.id, actor_id=5)
        await posting.settle()
        assert channel.messages == []  # an occurrence during a pause by a person is not missed
        await posting.wait_for(MORNING + DAY)
    assert len(channel.messages) == 1


async def test_a_post_by_hand_ignores_a_pause_and_goes_first(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        await app.posting.pause(schedule.id, actor_id=5)
        posted = await app.posting.post_now(await posting.get(schedule))
        assert isinstance(posted, Posted)
        assert await is_paused(posting, schedule)
    assert len(channel.messages) == 1


async def test_a_post_by_hand_never_pauses_and_says_why_it_failed(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        posting.sandbox.faults.add(*SENDING, status=403, code=50013)
        answer = await app.posting.post_now(schedule)
        assert answer == NotPosted(Reason.LACKS_PERMISSION)
        assert not await is_paused(posting, schedule)


async def test_a_post_by_hand_before_the_bot_has_started_says_so(posting: PostingFixture) -> None:
    await posting.store()
    schedule = await posting.schedule(posting.channel())
    app = posting.new_app(posting.database)
    answer = await app.posting.post_now(schedule)
    assert answer == NotPosted(Reason.STARTING)
    text = app.catalogue.for_locale("en")(f"reason-{Reason.STARTING}")
    assert "starting" in text


async def test_a_post_by_hand_expires_after_a_quarter_of_an_hour(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        outage = posting.sandbox.faults.add(*SENDING, status=503, times=None)
        answer = await app.posting.post_now(schedule)
        assert answer == NotPosted(Reason.UNDER_WAY)
        outage.left = 0
        posting.sandbox.faults.add(*SENDING, status=503, times=1)
        await posting.wait_for(posting.clock.now() + 16 * MINUTE)
        await posting.until(schedule, Outcome.GIVEN_UP)
    assert channel.messages == []


async def test_a_deleted_schedule_posts_nothing_and_is_purged_after_a_quarter_of_an_hour(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        await posting.move_to(MORNING - 10 * MINUTE)
        assert await app.posting.delete(schedule.id, guild_id=posting.guild.id)
        await posting.wait_for(MORNING + MINUTE)
        assert channel.messages == []
        await posting.wait_for(MORNING + 6 * MINUTE)
        assert await app.posting.restore(schedule.id, guild_id=posting.guild.id) is None
    rows = await posting.database.read("SELECT * FROM schedules")
    assert rows == []


async def test_a_restored_schedule_posts_again_and_has_missed_nothing(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        await posting.move_to(MORNING - 10 * MINUTE)
        await app.posting.delete(schedule.id, guild_id=posting.guild.id)
        assert await schedules.get(posting.database, schedule.id) is None
        await posting.wait_for(MORNING + MINUTE)
        assert await app.posting.restore(schedule.id, guild_id=posting.guild.id) is not None
        await posting.wait_for(MORNING + HOUR)
        assert channel.messages == []
        await posting.store(FRIDAY + DAY)
        await posting.wait_for(MORNING + DAY)
        assert len(channel.messages) == 1
        await app.posting.check()
    assert not [each for each in caplog.records if each.levelname == "ERROR"]


async def test_a_post_that_was_open_when_its_schedule_was_deleted_goes_on_when_restored(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        outage = posting.sandbox.faults.add(*SENDING, status=503, times=None)
        await posting.wait_for(MORNING)
        await app.posting.delete(schedule.id, guild_id=posting.guild.id)
        outage.left = 0
        await posting.wait_for(MORNING + 5 * MINUTE)
        assert channel.messages == []
        await app.posting.restore(schedule.id, guild_id=posting.guild.id)
        await posting.until(schedule, Outcome.POSTED)
    assert len(channel.messages) == 1
    assert not [each for each in caplog.records if each.levelname == "ERROR"]
