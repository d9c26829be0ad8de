from datetime import timedelta

import pytest
from posting_fixture import MORNING, PostingFixture, eventually

from bot.sandbox import Channel, ChannelType, Message, Permission
from storage import schedules
from storage.records import Layout, Outcome, Schedule

SENDING = "POST", "/channels/*/messages"


def private(posting: PostingFixture) -> list[Message]:
    return posting.sandbox.dm(posting.sandbox.world.owner).messages


async def reason(posting: PostingFixture, schedule: Schedule) -> str | None:
    now = await schedules.get(posting.database, schedule.id)
    assert now is not None
    return now.paused_reason


@pytest.mark.parametrize(
    "denied", [Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES, Permission.EMBED_LINKS]
)
async def test_without_permission_it_rests_and_goes_on_by_itself(
    posting: PostingFixture, denied: Permission
) -> None:
    await posting.store()
    channel, other = posting.channel(), posting.channel("other")
    schedule, well = await posting.schedule(channel), await posting.schedule(other)
    guild = posting.guild
    guild.set_overwrite(channel, guild.everyone, deny=denied)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await reason(posting, schedule) == "lacks_permission"
        assert await posting.outcomes(well) == [Outcome.POSTED]
        (told,) = private(posting)
        assert channel.mention in told.content
        assert not posting.sandbox.refusals
        guild.set_overwrite(channel, guild.everyone)
        await posting.until(schedule, Outcome.POSTED)
    assert len(channel.messages) == len(other.messages) == 1
    assert len(private(posting)) == 1


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (403, 50013, "lacks_permission"),
        (403, 50001, "lacks_permission"),
        (404, 10003, "channel_gone"),
        (400, 160006, "too_many_threads"),
        (400, 50035, "refused"),
    ],
)
async def test_what_discord_refuses_is_asked_once_and_not_hammered(
    posting: PostingFixture, status: int, code: int, expected: str
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    # Refusals that nothing lets foresee, and that the sandbox has no reason of its own to give.
    refused = posting.sandbox.faults.add(
        "POST", f"/channels/{channel.id}/messages", status=status, code=code, times=None
    )
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await reason(posting, schedule) == expected
        for _ in range(3):
            await posting.app.worker.place_changed(posting.guild.id)
            await posting.settle()
    assert 1 <= refused.hits <= 2
    assert channel.messages == []


async def test_a_deleted_channel_rests_at_once(posting: PostingFixture) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        posting.guild.remove_channel(channel)
        await posting.until(schedule, Outcome.PAUSED)
        assert await reason(posting, schedule) == "channel_gone"


async def test_a_channel_that_went_while_nobody_was_there_rests_at_its_time(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    posting.guild.remove_channel(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await reason(posting, schedule) == "channel_gone"


async def test_a_server_that_was_left_rests_until_the_bot_is_back(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        posting.guild.remove_bot()
        await posting.until(schedule, Outcome.PAUSED)
        assert await reason(posting, schedule) == "left"
        await posting.wait_for(MORNING)
        posting.guild.add_bot()
        await posting.until(schedule, Outcome.POSTED)
    assert len(channel.messages) == 1


async def test_a_server_that_is_not_to_be_seen_is_waited_for(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        posting.guild.set_available(False)
        await posting.wait_for(MORNING)
        posting.guild.set_available(True)
        await posting.until(schedule, Outcome.POSTED)
    assert await posting.outcomes(schedule) == [Outcome.POSTED]


async def test_too_many_threads_are_told_and_the_list_is_not_repeated(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, layout=Layout.THREAD)
    posting.guild.active_thread_limit = 0
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await reason(posting, schedule) == "too_many_threads"
        posting.guild.active_thread_limit = 10
        resumed = await schedules.resume(posting.database, schedule.id, at=posting.clock.now())
        assert resumed is not None
        await posting.app.worker.schedule_changed(resumed)
        await posting.until(schedule, Outcome.POSTED)
    (message,) = channel.messages
    assert message.thread is not None
    assert len(message.thread.messages) == 1


async def test_who_takes_no_messages_is_told_in_the_server(posting: PostingFixture) -> None:
    await posting.store()
    posting.sandbox.world.owner.accepts_dms = False
    system = posting.channel("system")
    channel = posting.channel()
    posting.guild.set_overwrite(channel, posting.guild.everyone, deny=Permission.SEND_MESSAGES)
    await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
    (told,) = system.messages
    assert channel.mention in told.content


async def test_hours_of_outage_lose_and_double_nothing(posting: PostingFixture) -> None:
    await posting.store()
    channels = [posting.channel(f"c{number}") for number in range(5)]
    made = [await posting.schedule(channel) for channel in channels]
    async with posting.running():
        outage = posting.sandbox.faults.add(*SENDING, status=503, times=None)
        posting.app.move_clock(MORNING)
        await posting.settle()
        posting.clock.move_to(MORNING + timedelta(hours=5))
        assert not any(channel.messages for channel in channels)
        outage.left = 0
        for schedule in made:
            posting.app.worker._lanes.hurry(schedule.channel_id)
            await posting.until(schedule, Outcome.POSTED)
    assert [len(channel.messages) for channel in channels] == [1] * 5


async def test_a_token_that_is_not_good_any_more_ends_the_bot_with_a_sentence(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    async with posting.running() as app:
        posting.sandbox.faults.add(*SENDING, status=401, times=None)
        app.move_clock(MORNING)
        await eventually(bot.is_closed)
        assert "no longer takes the bot's token" in str(bot.ended_by)
    assert len([r for r in posting.sandbox.requests if r.status == 401]) == 1


@pytest.mark.parametrize("kind", [ChannelType.TEXT, ChannelType.ANNOUNCEMENT])
async def test_a_locked_thread_rests_until_it_is_opened(
    posting: PostingFixture, kind: ChannelType
) -> None:
    await posting.store()
    parent = posting.channel("parent", type=kind)
    thread: Channel = posting.guild.add_thread(parent, "papers", posting.sandbox.world.owner)
    schedule = await posting.schedule(thread)
    assert thread.thread is not None
    thread.thread.locked = True
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await reason(posting, schedule) == "archived"
