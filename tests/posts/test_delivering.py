import asyncio
from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
from mornings import MORNING, Mornings, eventually, papers_in

from bot.posts.deliver import Sent
from bot.sandbox import ChannelType, Permission
from storage import deliveries, schedules
from storage.records import Delivery, Layout, Outcome, Part

POST = "POST", "/channels/*/messages"
FAULTS = [
    pytest.param({"status": 500}, id="500 before"),
    pytest.param({"status": 503}, id="503 before"),
    pytest.param({"status": 502, "after": True}, id="502 after"),
    pytest.param({"status": 503, "after": True}, id="503 after"),
    pytest.param({"broken": True}, id="broken before"),
    pytest.param({"broken": True, "after": True}, id="broken after"),
    pytest.param({"retry_after": 0.2}, id="429"),
    pytest.param({"retry_after": 0.2, "everywhere": True}, id="429 everywhere"),
]


@pytest.mark.parametrize("layout", [Layout.CARDS, Layout.THREAD])
@pytest.mark.parametrize("fault", FAULTS)
async def test_whatever_goes_wrong_each_part_comes_once_and_in_order(
    mornings: Mornings, fault: dict[str, object], layout: Layout
) -> None:
    await mornings.store()
    channel = mornings.channel()
    schedule = await mornings.schedule(channel, count=12, layout=layout)
    async with mornings.running():
        # The first part goes wrong, and the one after the next.
        mornings.sandbox.faults.add(*POST, times=1, **fault)  # type: ignore[arg-type]
        seen = count(1)
        mornings.sandbox.faults.add(
            *POST,
            when=lambda _: next(seen) > 1,
            times=1,
            **fault,  # type: ignore[arg-type]
        )
        mornings.bot.worker.move_to(MORNING)
        await mornings.until(schedule, Outcome.POSTED)
    messages = list(channel.messages)
    if layout is Layout.THREAD:
        assert messages[0].thread is not None
        messages += messages[0].thread.messages
    shown = papers_in(messages)
    assert shown == [f"2502.21{rank:03}" for rank in range(1, 13)]
    marks = Counter(message.nonce for message in messages)
    assert max(marks.values()) == 1
    assert len(messages) == (3 if layout is Layout.CARDS else 4)
    assert await mornings.outcomes(schedule) == [Outcome.POSTED]


@pytest.mark.parametrize("may_read", [True, False])
@pytest.mark.parametrize("noted", [0, 1, 2])
async def test_what_was_cut_off_is_completed_days_later_and_not_repeated(
    mornings: Mornings, noted: int, may_read: bool
) -> None:
    """A crash between a request and its note: the message is there, and nobody knows."""
    await mornings.store()
    channel = mornings.channel()
    if not may_read:
        mornings.guild.set_overwrite(
            channel, mornings.guild.everyone, deny=Permission.READ_MESSAGE_HISTORY
        )
    schedule = await mornings.schedule(channel, count=12, catch_up=168)
    async with mornings.running(lease=timedelta(seconds=0.8)):
        deliverer = mornings.bot.worker._deliverer
        note, noting = deliverer._note, asyncio.Event()

        # Stands in for a process that ends there: it is never gone on with.
        async def end(delivery: Delivery, part: Part, sent: Sent) -> None:
            if part.part <= noted:
                await note(delivery, part, sent)
                return
            noting.set()
            await asyncio.Event().wait()

        deliverer._note = end  # type: ignore[method-assign]
        mornings.bot.worker.move_to(MORNING)
        async with asyncio.timeout(10):
            await noting.wait()
        await mornings.kill()
    assert len(channel.messages) == noted + 1
    mornings.clock.move_to(MORNING + timedelta(days=2))
    async with mornings.running(lease=timedelta(seconds=0.8)):
        await mornings.until(schedule, Outcome.POSTED)
    assert papers_in(channel.messages) == [f"2502.21{rank:03}" for rank in range(1, 13)]
    (delivery,) = await deliveries.of_channel(mornings.database, channel.id, limit=5)
    ids = [part.message_id for part in delivery.parts]
    assert [i for i in ids if i is not None] == [m.id for m in channel.messages if m.id in ids]
    # What can't be read is told by the channel's newest message: it is later than the last note.
    assert ids.count(None) == (0 if may_read else 1)


async def test_a_forum_gets_one_post_whatever_goes_wrong(mornings: Mornings) -> None:
    await mornings.store()
    forum = mornings.channel("forum", type=ChannelType.FORUM)
    schedule = await mornings.schedule(forum, count=12)
    async with mornings.running():
        mornings.sandbox.faults.add("POST", "/channels/*/threads", status=502, after=True)
        mornings.bot.worker.move_to(MORNING)

        async def is_posted() -> bool:
            mornings.bot.worker._lanes.hurry(forum.id)
            return Outcome.POSTED in await mornings.outcomes(schedule)

        await eventually(is_posted)
    (thread,) = mornings.guild.threads.values()
    assert papers_in(thread.messages) == [f"2502.21{rank:03}" for rank in range(1, 13)]


async def test_a_required_tag_is_made_where_there_is_none(mornings: Mornings) -> None:
    await mornings.store()
    forum = mornings.channel("forum", type=ChannelType.FORUM, requires_tag=True)
    schedule = await mornings.schedule(forum)
    async with mornings.running():
        await mornings.wait_for(MORNING)
        assert await mornings.outcomes(schedule) == [Outcome.PAUSED]
        assert not mornings.sandbox.refusals
        (own,) = (role for role in mornings.guild.roles.values() if role.managed)
        mornings.guild.set_permissions(own, own.permissions | Permission.MANAGE_CHANNELS)
        await mornings.until(schedule, Outcome.POSTED)
    (thread,) = mornings.guild.threads.values()
    assert [tag.name for tag in forum.tags.values()] == ["Daily Papers"]
    assert thread.thread is not None
    assert list(thread.thread.applied_tags) == list(forum.tags)


async def test_parts_of_an_announcement_are_published_once(mornings: Mornings) -> None:
    await mornings.store()
    news = mornings.channel("news", type=ChannelType.ANNOUNCEMENT)
    await mornings.schedule(news, count=12, publish=True)
    mornings.sandbox.faults.add("POST", "/channels/*/messages/*/crosspost", status=503, after=True)
    async with mornings.running():
        await mornings.wait_for(MORNING)

        async def all_published() -> bool:
            return not await deliveries.to_publish(mornings.database)

        await eventually(all_published)
    assert [message.crossposted for message in news.messages] == [True] * 3


async def test_votes_are_brought_up_to_date_once_at_the_end_of_the_day(mornings: Mornings) -> None:
    await mornings.store()
    channel = mornings.channel()
    still = mornings.channel("still")
    await mornings.schedule(channel, count=12)
    await mornings.schedule(still, count=12, refresh=False)
    async with mornings.running():
        await mornings.wait_for(MORNING)
        before = [m.embeds[0]["author"]["name"] for m in channel.messages]
        await mornings.store(votes=300)
        await mornings.wait_for(MORNING + timedelta(hours=15))
        assert [m.embeds[0]["author"]["name"] for m in channel.messages] == before
        await mornings.wait_for(MORNING + timedelta(hours=16, minutes=1))
        assert "299" in channel.messages[0].embeds[0]["author"]["name"]
        edits = [r for r in mornings.sandbox.requests if r.method == "PATCH"]
        assert len(edits) == 3
        await mornings.store(votes=500)
        await mornings.wait_for(MORNING + timedelta(hours=40))
    assert len([r for r in mornings.sandbox.requests if r.method == "PATCH"]) == 3
    assert papers_in(still.messages) == papers_in(channel.messages)


async def test_a_role_is_mentioned_and_nobody_else(mornings: Mornings) -> None:
    await mornings.store()
    channel = mornings.channel()
    role = mornings.guild.add_role("readers", mentionable=True)
    await mornings.schedule(channel, mention=role.id, silent=True)
    async with mornings.running():
        await mornings.wait_for(MORNING)
    (message,) = channel.messages
    assert message.silent
    assert message.pings == {role.mention}


async def test_a_removed_schedule_made_anew_repeats_nothing(mornings: Mornings) -> None:
    await mornings.store()
    channel = mornings.channel()
    first = await mornings.schedule(channel)
    async with mornings.running():
        await mornings.wait_for(MORNING)
        await schedules.remove(mornings.database, first.id, guild_id=mornings.guild.id)
        await mornings.bot.worker.schedule_removed(first.id)
        again = await mornings.schedule(channel)
        await mornings.bot.worker.schedule_changed(again)
        await mornings.wait_for(MORNING + timedelta(days=1, hours=7))
    assert len(channel.messages) == 1
    assert await mornings.outcomes(again) == [Outcome.NOTHING_NEW]
