"""Direct messages to the creators of schedules: each is sent once, and only while it is true."""

from datetime import timedelta

import pytest
from posting_fixture import MORNING, PostingFixture, eventually

from bot.sandbox import Channel, Message, Permission
from storage.records import Outcome

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def direct_messages(posting: PostingFixture) -> list[Message]:
    return posting.sandbox.dm(posting.sandbox.world.owner).messages


def sending(posting: PostingFixture) -> tuple[str, str]:
    return "POST", f"/channels/{posting.sandbox.dm(posting.sandbox.world.owner).id}/messages"


def deny(posting: PostingFixture, channel: Channel) -> None:
    posting.guild.set_overwrite(channel, posting.guild.everyone, deny=Permission.SEND_MESSAGES)


@pytest.mark.parametrize("status", [None, 503])
async def test_a_message_whose_answer_is_lost_is_not_sent_again(
    posting: PostingFixture, status: int | None
) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    deny(posting, channel)
    lost = posting.sandbox.faults.add(
        *sending(posting), broken=status is None, status=status, after=True, times=3
    )
    async with posting.running():
        await posting.wait_for(MORNING)
        for seconds in range(1, 10):
            await posting.wait_for(MORNING + timedelta(seconds=seconds))
    assert lost.hits == 3
    assert len(direct_messages(posting)) == 1


async def test_a_message_whose_answer_was_lost_is_looked_for_after_a_while(
    posting: PostingFixture,
) -> None:
    """Discord forgets nonces after some minutes."""
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    deny(posting, channel)
    lost = posting.sandbox.faults.add(*sending(posting), broken=True, after=True)
    async with posting.running(first_backoff=600.0):
        await posting.wait_for(MORNING)
        assert lost.hits == 1
    async with posting.running():
        await posting.wait_for(MORNING + 15 * MINUTE)
    assert len(direct_messages(posting)) == 1


async def test_failed_attempts_dont_count_for_the_hourly_limit(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    deny(posting, channel)
    outage = posting.sandbox.faults.add(*sending(posting), status=503, times=None)
    async with posting.running():
        await posting.wait_for(MORNING)
        for number in range(1, 21):
            await posting.wait_for(MORNING + number * MINUTE)
        assert outage.hits > 10
        outage.left = 0
        await posting.wait_for(MORNING + 31 * MINUTE)
    assert len(direct_messages(posting)) == 1


async def test_a_message_that_was_kept_back_is_not_sent_after_the_schedule_was_resumed(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channels = [posting.channel(f"c{number}") for number in range(11)]
    schedules = [await posting.schedule(channel, catch_up=0) for channel in channels]
    for channel in channels:
        deny(posting, channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert len(direct_messages(posting)) == 10
        await posting.move_to(MORNING + 10 * MINUTE)
        for channel in channels:
            posting.guild.set_overwrite(channel, posting.guild.everyone)
        for schedule in schedules:
            await posting.until(schedule, Outcome.RESUMED)
        await posting.wait_for(MORNING + 62 * MINUTE)
        assert len(direct_messages(posting)) == 10
        # Nothing was posted meanwhile, so only the creator who was not told yet is told.
        for channel in channels:
            deny(posting, channel)
        await posting.store(MORNING.date())
        await posting.wait_for(MORNING + DAY)
        await eventually(lambda: len(direct_messages(posting)) == 11)
    told = "".join(message.content for message in direct_messages(posting))
    assert all(channel.mention in told for channel in channels)
