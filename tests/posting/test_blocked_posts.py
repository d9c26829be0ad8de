import asyncio
from datetime import timedelta

import discord
import pytest
from posting_fixture import MORNING, PostingFixture

from bot.sandbox import Channel, ChannelType, Message, Permission
from storage.records import Layout, Outcome, Reason, Schedule

SENDING = "POST", "/channels/*/messages"


def private(posting: PostingFixture) -> list[Message]:
    return posting.sandbox.dm(posting.sandbox.world.owner).messages


async def reason(posting: PostingFixture, schedule: Schedule) -> Reason | None:
    return (await posting.get(schedule)).paused_reason


async def test_a_missing_permission_pauses_a_schedule_until_it_is_granted(
    posting: PostingFixture,
) -> None:
    await posting.store()
    guild, other = posting.guild, posting.channel("other")
    well = await posting.schedule(other)
    needed = (Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES, Permission.EMBED_LINKS)
    channels = {denied: posting.channel(str(denied.name)) for denied in needed}
    schedules = {denied: await posting.schedule(channels[denied]) for denied in needed}
    for denied, channel in channels.items():
        guild.set_overwrite(channel, guild.everyone, deny=denied)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await posting.outcomes(well) == [Outcome.POSTED]
        for denied in needed:
            assert await reason(posting, schedules[denied]) == "lacks_permission", denied
        assert len(private(posting)) == len(needed)
        for channel in channels.values():
            assert sum(channel.mention in each.content for each in private(posting)) == 1
        assert not posting.sandbox.refusals
        for denied in needed:
            guild.set_overwrite(channels[denied], guild.everyone)
            await posting.until(schedules[denied], Outcome.POSTED)
    assert {len(channel.messages) for channel in (other, *channels.values())} == {1}
    assert len(private(posting)) == len(needed)


REFUSALS = (
    (403, 50013, "lacks_permission"),
    (403, 50001, "lacks_permission"),
    (404, 10003, "channel_gone"),
    (400, 160006, "too_many_threads"),
    (400, 40001, "refused"),
)
"""Status and code of errors that the bot can't predict and that the sandbox never gives by itself,
and why a schedule pauses then."""


async def test_a_request_that_discord_refuses_is_not_repeated_by_events(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channels = [posting.channel(f"c{code}") for _, code, _ in REFUSALS]
    schedules = [await posting.schedule(channel) for channel in channels]
    faults = [
        posting.sandbox.faults.add(
            "POST", f"/channels/{channel.id}/messages", status=status, code=code, times=None
        )
        for channel, (status, code, _) in zip(channels, REFUSALS, strict=True)
    ]
    async with posting.running():
        await posting.wait_for(MORNING)
        for schedule, (_, code, expected) in zip(schedules, REFUSALS, strict=True):
            assert await reason(posting, schedule) == expected, code
        for _ in range(3):
            await posting.app.posting.guild_events.recheck(posting.guild.id)
            await posting.settle()
    for fault, (_, code, _) in zip(faults, REFUSALS, strict=True):
        assert 1 <= fault.hits <= 2, code
    assert not any(channel.messages for channel in channels)


async def test_deleting_a_channel_pauses_its_schedules_at_once(posting: PostingFixture) -> None:
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        posting.guild.remove_channel(channel)
        await posting.until(schedule, Outcome.PAUSED)
        assert await reason(posting, schedule) == "channel_gone"


async def test_a_channel_deleted_while_the_bot_was_away_pauses_its_schedule_when_due(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    posting.guild.remove_channel(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await reason(posting, schedule) == "channel_gone"


async def test_schedules_of_a_server_that_removed_the_bot_pause_until_it_returns(
    posting: PostingFixture,
) -> None:
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


async def test_posts_wait_for_an_unavailable_server(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running():
        posting.guild.set_available(False)
        await posting.wait_for(MORNING)
        posting.guild.set_available(True)
        await posting.until(schedule, Outcome.POSTED)
    assert await posting.outcomes(schedule) == [Outcome.POSTED]


async def test_too_many_threads_pause_a_schedule_and_the_list_is_not_repeated(
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
        assert await posting.app.posting.resume(schedule.id) is not None
        await posting.until(schedule, Outcome.POSTED)
    (message,) = channel.messages
    assert message.thread is not None
    assert len(message.thread.messages) == 1


async def test_a_creator_who_accepts_no_messages_is_notified_in_the_server(
    posting: PostingFixture,
) -> None:
    await posting.store()
    posting.sandbox.world.owner.accepts_dms = False
    system = posting.channel("system")
    channel = posting.channel()
    posting.guild.set_overwrite(channel, posting.guild.everyone, deny=Permission.SEND_MESSAGES)
    await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
    (message,) = system.messages
    assert channel.mention in message.content


async def test_an_outage_of_hours_causes_no_lost_or_duplicate_posts(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channels = [posting.channel(f"c{number}") for number in range(5)]
    made = [await posting.schedule(channel) for channel in channels]
    async with posting.running():
        outage = posting.sandbox.faults.add(*SENDING, status=503, times=None)
        await posting.wait_for(MORNING)
        await posting.wait_for(MORNING + timedelta(hours=5))
        assert not any(channel.messages for channel in channels)
        outage.left = 0
        await posting.move_to(MORNING + timedelta(hours=6))
        for schedule in made:
            await posting.until(schedule, Outcome.POSTED)
    assert [len(channel.messages) for channel in channels] == [1] * 5


async def test_a_refusal_without_a_code_of_discord_is_retried(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    refusals = [posting.sandbox.faults.add(*SENDING, status=status) for status in (400, 403, 404)]
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.until(schedule, Outcome.POSTED)
    assert [refusal.hits for refusal in refusals] == [1, 1, 1]
    assert await posting.outcomes(schedule) == [Outcome.POSTED]
    assert len(channel.messages) == 1
    assert private(posting) == []


async def test_a_token_that_became_invalid_ends_the_bot_with_an_explanation(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    app = posting.new_app(posting.database)
    running = asyncio.create_task(app.run(posting.sandbox.token))
    await posting.sandbox.wait_connected()
    posting.sandbox.faults.add(*SENDING, status=401, times=None)
    await app.move_clock(MORNING)
    async with asyncio.timeout(30):
        with pytest.raises(discord.LoginFailure, match="no longer takes the bot's token"):
            await running
    assert len([r for r in posting.sandbox.requests if r.status == 401]) == 1


async def test_a_locked_thread_pauses_its_schedule(posting: PostingFixture) -> None:
    await posting.store()
    schedules = []
    for kind in (ChannelType.TEXT, ChannelType.ANNOUNCEMENT):
        parent = posting.channel("parent", type=kind)
        thread: Channel = posting.guild.add_thread(parent, "papers", posting.sandbox.world.owner)
        schedules.append(await posting.schedule(thread))
        assert thread.thread is not None
        thread.thread.locked = True
    async with posting.running():
        await posting.wait_for(MORNING)
        assert [await reason(posting, each) for each in schedules] == ["archived", "archived"]
