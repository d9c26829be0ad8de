from datetime import timedelta

import pytest
from mornings import MORNING, Mornings, eventually

from bot.sandbox import Channel, ChannelType, Message, Permission
from storage import schedules
from storage.records import Layout, Outcome, Schedule

SENDING = "POST", "/channels/*/messages"


def private(mornings: Mornings) -> list[Message]:
    return mornings.sandbox.dm(mornings.sandbox.world.owner).messages


async def reason(mornings: Mornings, schedule: Schedule) -> str | None:
    now = await schedules.get(mornings.database, schedule.id)
    assert now is not None
    return now.paused_reason


@pytest.mark.parametrize(
    "denied", [Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES, Permission.EMBED_LINKS]
)
async def test_without_permission_it_rests_and_goes_on_by_itself(
    mornings: Mornings, denied: Permission
) -> None:
    await mornings.store()
    channel, other = mornings.channel(), mornings.channel("other")
    schedule, well = await mornings.schedule(channel), await mornings.schedule(other)
    guild = mornings.guild
    guild.set_overwrite(channel, guild.everyone, deny=denied)
    async with mornings.running():
        await mornings.wait_for(MORNING)
        assert await reason(mornings, schedule) == "lacks_permission"
        assert await mornings.outcomes(well) == [Outcome.POSTED]
        (told,) = private(mornings)
        assert channel.mention in told.content
        assert not mornings.sandbox.refusals
        guild.set_overwrite(channel, guild.everyone)
        await mornings.until(schedule, Outcome.POSTED)
    assert len(channel.messages) == len(other.messages) == 1
    assert len(private(mornings)) == 1


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
    mornings: Mornings, status: int, code: int, expected: str
) -> None:
    await mornings.store()
    channel = mornings.channel()
    schedule = await mornings.schedule(channel)
    # Refusals that nothing lets foresee, and that the sandbox has no reason of its own to give.
    refused = mornings.sandbox.faults.add(
        "POST", f"/channels/{channel.id}/messages", status=status, code=code, times=None
    )
    async with mornings.running():
        await mornings.wait_for(MORNING)
        assert await reason(mornings, schedule) == expected
        for _ in range(3):
            await mornings.bot.worker.place_changed(mornings.guild.id)
            await mornings.settle()
    assert 1 <= refused.hits <= 2
    assert channel.messages == []


async def test_a_deleted_channel_rests_at_once(mornings: Mornings) -> None:
    channel = mornings.channel()
    schedule = await mornings.schedule(channel)
    async with mornings.running():
        mornings.guild.remove_channel(channel)
        await mornings.until(schedule, Outcome.PAUSED)
        assert await reason(mornings, schedule) == "channel_gone"


async def test_a_channel_that_went_while_nobody_was_there_rests_at_its_time(
    mornings: Mornings,
) -> None:
    await mornings.store()
    channel = mornings.channel()
    schedule = await mornings.schedule(channel)
    mornings.guild.remove_channel(channel)
    async with mornings.running():
        await mornings.wait_for(MORNING)
        assert await reason(mornings, schedule) == "channel_gone"


async def test_a_server_that_was_left_rests_until_the_bot_is_back(mornings: Mornings) -> None:
    await mornings.store()
    channel = mornings.channel()
    schedule = await mornings.schedule(channel)
    async with mornings.running():
        mornings.guild.remove_bot()
        await mornings.until(schedule, Outcome.PAUSED)
        assert await reason(mornings, schedule) == "left"
        await mornings.wait_for(MORNING)
        mornings.guild.add_bot()
        await mornings.until(schedule, Outcome.POSTED)
    assert len(channel.messages) == 1


async def test_a_server_that_is_not_to_be_seen_is_waited_for(mornings: Mornings) -> None:
    await mornings.store()
    channel = mornings.channel()
    schedule = await mornings.schedule(channel)
    async with mornings.running():
        mornings.guild.set_available(False)
        await mornings.wait_for(MORNING)
        mornings.guild.set_available(True)
        await mornings.until(schedule, Outcome.POSTED)
    assert await mornings.outcomes(schedule) == [Outcome.POSTED]


async def test_too_many_threads_are_told_and_the_list_is_not_repeated(mornings: Mornings) -> None:
    await mornings.store()
    channel = mornings.channel()
    schedule = await mornings.schedule(channel, layout=Layout.THREAD)
    mornings.guild.active_thread_limit = 0
    async with mornings.running():
        await mornings.wait_for(MORNING)
        assert await reason(mornings, schedule) == "too_many_threads"
        mornings.guild.active_thread_limit = 10
        resumed = await schedules.resume(mornings.database, schedule.id, at=mornings.clock.now())
        assert resumed is not None
        await mornings.bot.worker.schedule_changed(resumed)
        await mornings.until(schedule, Outcome.POSTED)
    (message,) = channel.messages
    assert message.thread is not None
    assert len(message.thread.messages) == 1


async def test_who_takes_no_messages_is_told_in_the_server(mornings: Mornings) -> None:
    await mornings.store()
    mornings.sandbox.world.owner.accepts_dms = False
    system = mornings.channel("system")
    channel = mornings.channel()
    mornings.guild.set_overwrite(channel, mornings.guild.everyone, deny=Permission.SEND_MESSAGES)
    await mornings.schedule(channel)
    async with mornings.running():
        await mornings.wait_for(MORNING)
    (told,) = system.messages
    assert channel.mention in told.content


async def test_hours_of_outage_lose_and_double_nothing(mornings: Mornings) -> None:
    await mornings.store()
    channels = [mornings.channel(f"c{number}") for number in range(5)]
    made = [await mornings.schedule(channel) for channel in channels]
    async with mornings.running():
        outage = mornings.sandbox.faults.add(*SENDING, status=503, times=None)
        mornings.bot.worker.move_to(MORNING)
        await mornings.settle()
        mornings.clock.move_to(MORNING + timedelta(hours=5))
        assert not any(channel.messages for channel in channels)
        outage.left = 0
        for schedule in made:
            mornings.bot.worker._lanes.hurry(schedule.channel_id)
            await mornings.until(schedule, Outcome.POSTED)
    assert [len(channel.messages) for channel in channels] == [1] * 5


async def test_a_token_that_is_not_good_any_more_ends_the_bot_with_a_sentence(
    mornings: Mornings,
) -> None:
    await mornings.store()
    channel = mornings.channel()
    await mornings.schedule(channel)
    async with mornings.running() as bot:
        mornings.sandbox.faults.add(*SENDING, status=401, times=None)
        bot.worker.move_to(MORNING)
        await eventually(bot.is_closed)
        assert "no longer takes the bot's token" in str(bot.ended_by)
    assert len([r for r in mornings.sandbox.requests if r.status == 401]) == 1


@pytest.mark.parametrize("kind", [ChannelType.TEXT, ChannelType.ANNOUNCEMENT])
async def test_a_locked_thread_rests_until_it_is_opened(
    mornings: Mornings, kind: ChannelType
) -> None:
    await mornings.store()
    parent = mornings.channel("parent", type=kind)
    thread: Channel = mornings.guild.add_thread(parent, "papers", mornings.sandbox.world.owner)
    schedule = await mornings.schedule(thread)
    assert thread.thread is not None
    thread.thread.locked = True
    async with mornings.running():
        await mornings.wait_for(MORNING)
        assert await reason(mornings, schedule) == "archived"
