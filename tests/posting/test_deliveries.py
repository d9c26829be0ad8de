from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from posting_fixture import MORNING, PostingFixture, eventually, papers_in

from bot.sandbox import Channel, ChannelType, Permission, RecordedRequest
from bot.sandbox.rest.faults import FaultOptions
from storage import history
from storage.records import Layout, Outcome

POST = "POST", "/channels/*/messages"
FAULTS: dict[str, FaultOptions] = {
    "500 before": {"status": 500},
    "503 before": {"status": 503},
    "502 after": {"status": 502, "after": True},
    "503 after": {"status": 503, "after": True},
    "broken before": {"broken": True},
    "broken after": {"broken": True, "after": True},
    "429": {"retry_after": 0.2},
    "429 everywhere": {"retry_after": 0.2, "everywhere": True},
}


def is_first_or_third(channel: Channel) -> Callable[[RecordedRequest], bool]:
    """Return what says whether a request is the first or the third to a channel and its threads."""
    seen = count(1)

    def is_wanted(request: RecordedRequest) -> bool:
        there = int(request.path.split("/")[2])
        # A thread has the id of the message that it begins with.
        return there in (channel.id, *channel.all_messages) and next(seen) in (1, 3)

    return is_wanted


@pytest.mark.slow
@pytest.mark.parametrize("layout", [Layout.CARDS, Layout.THREAD])
async def test_after_any_fault_each_part_is_sent_once_and_in_order(
    posting: PostingFixture, layout: Layout
) -> None:
    """Each channel gets its post at the same time, with a fault of its own."""
    await posting.store()
    channels = [posting.channel(name.replace(" ", "-")) for name in FAULTS]
    schedules = [await posting.schedule(each, count=12, layout=layout) for each in channels]
    for channel, fault in zip(channels, FAULTS.values(), strict=True):
        options: FaultOptions = {**fault, "when": is_first_or_third(channel), "times": 2}
        posting.sandbox.faults.add(*POST, **options)
    async with posting.running():
        await posting.move_to(MORNING)
        for schedule in schedules:
            await posting.until(schedule, Outcome.POSTED)
    for name, channel, schedule in zip(FAULTS, channels, schedules, strict=True):
        messages = list(channel.messages)
        if layout is Layout.THREAD:
            assert messages[0].thread is not None, name
            messages += messages[0].thread.messages
        shown = papers_in(messages[1:] if layout is Layout.THREAD else messages)
        assert shown == [f"2502.21{rank:03}" for rank in range(1, 13)], name
        marks = Counter(message.nonce for message in messages)
        assert max(marks.values()) == 1, name
        assert len(messages) == (3 if layout is Layout.CARDS else 4), name
        assert await posting.outcomes(schedule) == [Outcome.POSTED], name


@pytest.mark.parametrize("recorded", [0, 1, 2])
async def test_a_delivery_cut_off_between_request_and_record_is_completed_days_later(
    posting: PostingFixture, recorded: int
) -> None:
    """The messages are in their channels, but the process ended before they were recorded."""
    await posting.store()
    readable, other = posting.channel("readable"), posting.channel("other")
    posting.guild.set_overwrite(other, posting.guild.everyone, deny=Permission.READ_MESSAGE_HISTORY)
    channels = (readable, other)
    schedules = [await posting.schedule(each, count=12, catch_up=168) for each in channels]
    async with posting.running():
        await posting.cut_off(*channels, recorded=recorded)
    assert [len(channel.messages) for channel in channels] == [recorded + 1] * 2
    posting.clock.move_to(MORNING + timedelta(days=2))
    async with posting.running():
        for schedule in schedules:
            await posting.until(schedule, Outcome.POSTED)
    for channel, schedule in zip(channels, schedules, strict=True):
        assert papers_in(channel.messages) == [f"2502.21{rank:03}" for rank in range(1, 13)]
        (event, *_) = await history.of_guild(
            posting.database, posting.guild.id, schedule_id=schedule.id, limit=5
        )
        ids = [message_id for _, message_id in event.messages]
        assert ids == [message.id for message in channel.messages if message.id in ids]
        # Without Read Message History, the id of the channel's newest message shows that it was
        # sent.
        assert len(ids) == (3 if channel is readable else 2), channel.name


async def test_a_forum_gets_one_post_after_any_fault(posting: PostingFixture) -> None:
    await posting.store()
    forum = posting.channel("forum", type=ChannelType.FORUM)
    schedule = await posting.schedule(forum, count=12)
    async with posting.running():
        posting.sandbox.faults.add("POST", "/channels/*/threads", status=502, after=True)
        await posting.move_to(MORNING)
        await posting.until(schedule, Outcome.POSTED)
    (thread,) = posting.guild.threads.values()
    assert papers_in(thread.messages) == [f"2502.21{rank:03}" for rank in range(1, 13)]


async def test_a_required_forum_tag_is_created_if_missing(posting: PostingFixture) -> None:
    await posting.store()
    forum = posting.channel("forum", type=ChannelType.FORUM, requires_tag=True)
    schedule = await posting.schedule(forum)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await posting.outcomes(schedule) == [Outcome.PAUSED]
        assert not posting.sandbox.refusals
        (own,) = (role for role in posting.guild.roles.values() if role.managed)
        posting.guild.set_permissions(own, own.permissions | Permission.MANAGE_CHANNELS)
        await posting.until(schedule, Outcome.POSTED)
    (thread,) = posting.guild.threads.values()
    assert [tag.name for tag in forum.tags.values()] == ["Daily Papers"]
    assert thread.thread is not None
    assert list(thread.thread.applied_tags) == list(forum.tags)


async def test_parts_of_an_announcement_are_published_once(posting: PostingFixture) -> None:
    await posting.store()
    news = posting.channel("news", type=ChannelType.ANNOUNCEMENT)
    await posting.schedule(news, count=12, publish=True)
    posting.sandbox.faults.add("POST", "/channels/*/messages/*/crosspost", status=503, after=True)
    async with posting.running():
        await posting.wait_for(MORNING)
        await eventually(lambda: all(message.crossposted for message in news.messages))
    assert [message.crossposted for message in news.messages] == [True] * 3


async def test_votes_are_refreshed_once_at_the_end_of_the_day(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    still = posting.channel("still")
    await posting.schedule(channel, count=12)
    await posting.schedule(still, count=12, refresh=False)
    async with posting.running():
        await posting.wait_for(MORNING)
        before = [m.embeds[0]["author"]["name"] for m in channel.messages]
        await posting.store(votes=300)
        await posting.wait_for(MORNING + timedelta(hours=15))
        assert [m.embeds[0]["author"]["name"] for m in channel.messages] == before
        await posting.wait_for(MORNING + timedelta(hours=16, minutes=1))
        assert "299" in channel.messages[0].embeds[0]["author"]["name"]
        edits = [r for r in posting.sandbox.requests if r.method == "PATCH"]
        assert len(edits) == 3
        await posting.store(votes=500)
        await posting.wait_for(MORNING + timedelta(hours=40))
    assert len([r for r in posting.sandbox.requests if r.method == "PATCH"]) == 3
    assert papers_in(still.messages) == papers_in(channel.messages)


async def test_only_the_chosen_role_is_mentioned(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    role = posting.guild.add_role("readers", mentionable=True)
    await posting.schedule(channel, mention=role.id, silent=True)
    async with posting.running():
        await posting.wait_for(MORNING)
    (message,) = channel.messages
    assert message.silent
    assert message.pings == {role.mention}


async def test_a_new_schedule_does_not_repeat_posts_of_a_deleted_one(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    first = await posting.schedule(channel)
    async with posting.running() as app:
        await posting.wait_for(MORNING)
        assert await app.posting.delete(first.id, guild_id=posting.guild.id)
        again = await posting.schedule(channel)
        await posting.wait_for(MORNING + timedelta(days=1, hours=7))
    assert len(channel.messages) == 1
    assert await posting.outcomes(again) == [Outcome.NOTHING_NEW]
