"""Channels without Read Message History, in which the bot can't search for its messages."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from posting_fixture import MORNING, PostingFixture, eventually, papers_in

from bot.sandbox import Channel, ChannelType, Permission
from storage.records import Layout, Outcome


def unreadable(posting: PostingFixture, kind: ChannelType = ChannelType.TEXT) -> Channel:
    """Add a channel whose history the bot can't read."""
    channel = posting.channel(type=kind)
    posting.guild.set_overwrite(
        channel, posting.guild.everyone, deny=Permission.READ_MESSAGE_HISTORY
    )
    return channel


async def test_missing_thread_is_started_after_the_nonce_expired(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = unreadable(posting)
    schedule = await posting.schedule(channel, count=12, layout=Layout.THREAD)
    begin = posting.sandbox.faults.add(
        "POST", "/channels/*/messages/*/threads", status=503, times=None
    )
    async with posting.running():
        await posting.move_to(MORNING)
        await eventually(lambda: begin.hits > 0)
    posting.sandbox.faults.clear()
    posting.clock.move_to(MORNING + timedelta(hours=1))
    async with posting.running():
        await posting.until(schedule, Outcome.POSTED)
    (first,) = channel.messages
    assert first.thread is not None
    assert len(papers_in(first.thread.messages)) == 12
    assert await posting.outcomes(schedule) == [Outcome.POSTED]


async def test_edited_schedule_is_not_replanned_while_an_unreadable_post_may_exist(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = unreadable(posting)
    schedule = await posting.schedule(channel, count=12)
    async with posting.running():
        await posting.cut_off(channel, recorded=0)
        assert len(channel.messages) == 1
    await posting.edit(schedule, count=6)
    async with posting.running():
        await posting.until(schedule, Outcome.POSTED)
    assert papers_in(channel.messages) == [f"2502.21{rank:03}" for rank in range(1, 13)]


async def test_archived_forum_post_that_the_bot_can_not_see_is_not_sent_again(
    posting: PostingFixture,
) -> None:
    await posting.store()
    forum = unreadable(posting, ChannelType.FORUM)
    await posting.schedule(forum, count=12)
    begin = posting.sandbox.faults.add("POST", "/channels/*/threads", status=503, after=True)
    async with posting.running():
        with posting.sandbox.subscribe() as events:
            await posting.move_to(MORNING)
            thread = (await events.next("THREAD_CREATE")).subject
            assert isinstance(thread, Channel)
            assert thread.thread is not None
            thread.thread.archived = True
            posting.sandbox.world.publish("THREAD_UPDATE", thread, thread)
        await eventually(lambda: begin.hits == 1)
        await eventually(posting_is_over(posting))
    assert len(posting.guild.threads) == 1


def posting_is_over(posting: PostingFixture) -> Callable[[], Awaitable[bool]]:
    """Return whether no delivery is open any more."""

    async def is_over() -> bool:
        rows = await posting.database.read("SELECT 1 FROM deliveries WHERE completed_at IS NULL")
        return not rows

    return is_over
