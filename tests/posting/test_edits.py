"""Edits of a schedule between planning and sending."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
import pytest
from posting_fixture import FRIDAY, MORNING, PostingFixture, digest, eventually, papers_in

from bot.posting import occurrences
from bot.posting.channels import FoundChannel
from bot.posting.pausing import find_usable_channel
from bot.sandbox import Channel, Permission
from storage import deliveries, digests
from storage.records import Digest, Layout, Outcome, Schedule

SENDING = "POST", "/channels/*/messages"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def test_planning_restarts_if_the_schedule_was_edited_since_it_was_read(
    posting: PostingFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    looks = 0

    # The real function is wrapped: the edit must come while the channel is looked up, and no timing
    # ensures that.
    async def edit_and_find(client: discord.Client, read: Schedule) -> FoundChannel:
        nonlocal looks
        looks += 1
        if looks == 1:
            await posting.edit(schedule, count=2)
        return await find_usable_channel(client, read)

    monkeypatch.setattr(occurrences, "find_usable_channel", edit_and_find)
    async with posting.running():
        await posting.wait_for(MORNING)
    assert looks == 2
    assert papers_in(channel.messages) == ["2502.21001", "2502.21002"]


async def test_an_unsent_post_is_replanned_after_an_edit(posting: PostingFixture) -> None:
    await posting.store()
    old, new, same = (posting.channel(name) for name in ("old", "new", "same"))
    moved, kept = await posting.schedule(old), await posting.schedule(same)
    # With a long pause, no attempt that began before the edit ends after the outage.
    async with posting.running(first_backoff=60.0, settling=0.0):
        outage = posting.sandbox.faults.add(*SENDING, status=503, times=None)
        await posting.wait_for(MORNING)
        await posting.edit(moved, count=2, channel_id=new.id)
        await posting.edit(kept, count=2)
        outage.left = 0
        await posting.move_to(MORNING + HOUR)
        for schedule in (moved, kept):
            await posting.until(schedule, Outcome.POSTED)
    for channel in (new, same):
        assert papers_in(channel.messages) == ["2502.21001", "2502.21002"]
    assert old.messages == []
    for schedule in (moved, kept):
        assert await posting.outcomes(schedule) == [Outcome.POSTED]


async def test_a_post_is_replanned_only_after_discord_had_time_to_send_its_first_message(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    fault = posting.sandbox.faults.add(*SENDING, status=503, times=None)
    async with posting.running(settling=600.0):
        await posting.wait_for(MORNING)
        attempts = fault.hits
        await posting.edit(schedule, count=2)
        fault.left = 0
        for minute in range(1, 4):  # it is tried again after each step of the clock
            await posting.wait_for(MORNING + timedelta(minutes=minute))
        (delivery,) = await deliveries.open_ones(posting.database)
    assert attempts == fault.hits
    assert (delivery.replan, channel.messages) == (True, [])


async def test_a_replanned_post_shows_what_it_would_have_shown_without_the_edit(
    posting: PostingFixture,
) -> None:
    """It leaves out papers that the channel has had, and names the list that was missed."""
    await posting.store()
    kept, edited = posting.channel("kept"), posting.channel("edited")
    schedules = [await posting.schedule(channel) for channel in (kept, edited)]
    async with posting.running():
        await posting.wait_for(MORNING)
    await posting.store(FRIDAY + DAY)
    sunday, friday = digest(FRIDAY + 2 * DAY, votes=50), digest(FRIDAY)
    known = tuple(replace(paper, votes=500) for paper in friday.papers[:5])
    again = Digest(sunday.date, (*known, *sunday.papers))
    async with posting.running(first_backoff=60.0, settling=0.0):
        outage = posting.sandbox.faults.add(*SENDING, status=503, times=None)
        posting.clock.move_to(MORNING + 2 * DAY - HOUR)
        await digests.store(posting.database, again, read_at=posting.clock.now())
        await posting.wait_for(MORNING + 2 * DAY)
        await posting.edit(schedules[1], refresh=False)
        outage.left = 0
        await posting.move_to(MORNING + 2 * DAY + HOUR)
        await eventually(lambda: len(kept.messages) == len(edited.messages) == 2)
    assert papers_in(edited.messages[1:]) == [paper.arxiv_id for paper in sunday.papers[:5]]
    assert "2025-02-22" in str(kept.messages[1].embeds)
    for before, after in zip(kept.messages, edited.messages, strict=True):
        assert (after.content, after.embeds) == (before.content, before.embeds)


async def test_an_edit_during_a_global_rate_limit_changes_the_post(
    posting: PostingFixture,
) -> None:
    """The planned post waits in memory during the limit and must be planned again."""
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running() as app:
        posting.sandbox.faults.add("POST", "**", retry_after=600, everywhere=True)
        await posting.move_to(MORNING)
        await eventually(lambda: app.rate_limiter.is_limited)
        await posting.settle()
        await posting.edit(schedule, count=2)
        posting.seconds.skip(600)
        await posting.until(schedule, Outcome.POSTED)
    assert papers_in(channel.messages) == ["2502.21001", "2502.21002"]


async def test_a_pause_during_a_global_rate_limit_keeps_the_post_back(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running(tick=0.1) as app:
        posting.sandbox.faults.add("POST", "**", retry_after=600, everywhere=True)
        await posting.move_to(MORNING)
        await eventually(lambda: app.rate_limiter.is_limited)
        await posting.settle()
        await app.posting.pause(schedule.id, actor_id=1)
        posting.seconds.skip(600)
        await eventually(lambda: not app.rate_limiter.is_limited)
        await asyncio.sleep(0.2)
        await posting.settle()
        assert channel.messages == []
        await app.posting.resume(schedule.id, actor_id=1)
        await posting.until(schedule, Outcome.POSTED)
    assert len(channel.messages) == 1


async def test_a_partly_sent_post_is_completed_as_planned_without_pinging_a_removed_role(
    posting: PostingFixture,
) -> None:
    await posting.store()
    old, new = posting.channel("old"), posting.channel("new")
    role = posting.guild.add_role("readers", mentionable=True)
    schedule = await posting.schedule(old, count=12, mention=role.id)
    async with posting.running():
        outage = posting.sandbox.faults.add(
            *SENDING, status=503, times=None, when=lambda _: bool(old.messages)
        )
        await posting.move_to(MORNING)
        await eventually(lambda: len(old.messages) == 1)
        await posting.settle()
        await posting.edit(schedule, channel_id=new.id, count=2, mention=None)
        outage.left = 0
        await posting.move_to(MORNING + HOUR)
        await posting.until(schedule, Outcome.POSTED)
    assert papers_in(old.messages) == [f"2502.21{rank:03}" for rank in range(1, 13)]
    assert [message.pings for message in old.messages] == [{role.mention}, set(), set()]
    assert new.messages == []


async def test_an_edit_moves_an_unsent_post_out_of_a_deleted_channel(
    posting: PostingFixture,
) -> None:
    await posting.store()
    old, new = posting.channel("old"), posting.channel("new")
    schedule = await posting.schedule(old)
    async with posting.running():
        outage = posting.sandbox.faults.add(*SENDING, status=503, times=None)
        await posting.wait_for(MORNING)
        posting.guild.remove_channel(old)
        await posting.until(schedule, Outcome.PAUSED)
        outage.left = 0
        await posting.edit(schedule, channel_id=new.id)
        await posting.until(schedule, Outcome.POSTED)
    assert len(new.messages) == 1
    assert (await posting.get(schedule)).paused_at is None


async def test_an_edit_while_a_post_finds_its_channel_unusable_is_not_undone_by_a_pause(
    posting: PostingFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await posting.store()
    old, new = posting.channel("old"), posting.channel("new")
    schedule = await posting.schedule(old)
    posting.guild.set_overwrite(old, posting.guild.everyone, deny=Permission.SEND_MESSAGES)

    # The real function is wrapped: the edit must come while the old channel is looked up.
    async def edit_and_find(client: discord.Client, read: Schedule) -> FoundChannel:
        if read.settings.channel_id == old.id:
            await posting.edit(schedule, channel_id=new.id)
        return await find_usable_channel(client, read)

    monkeypatch.setattr(occurrences, "find_usable_channel", edit_and_find)
    async with posting.running():
        await posting.wait_for(MORNING)
    assert await posting.outcomes(schedule) == [Outcome.POSTED]
    assert len(new.messages) == 1


async def test_a_post_partly_sent_before_an_edit_does_not_pause_the_schedule(
    posting: PostingFixture,
) -> None:
    await posting.store()
    old, new = posting.channel("old"), posting.channel("new")
    schedule = await posting.schedule(old, count=12)
    async with posting.running():
        # The second message fails; it is retried after the edit, where the bot may not write.
        outage = posting.sandbox.faults.add(
            *SENDING, status=503, times=None, when=lambda _: bool(old.messages)
        )
        await posting.move_to(MORNING)
        await eventually(lambda: len(old.messages) == 1)
        await posting.settle()
        await posting.edit(schedule, channel_id=new.id)
        posting.guild.set_overwrite(old, posting.guild.everyone, deny=Permission.SEND_MESSAGES)
        outage.left = 0
        await posting.wait_for(MORNING + HOUR)
        await posting.until(schedule, Outcome.GIVEN_UP)
    assert (await posting.get(schedule)).paused_at is None
    assert Outcome.PAUSED not in await posting.outcomes(schedule)


async def edit_in_outage(posting: PostingFixture, outcome: Outcome, **options: Any) -> Channel:  # noqa: ANN401 - passed on
    """Edit a schedule while its post can't be sent; return its channel after the outcome."""
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    async with posting.running(settling=0.0):
        outage = posting.sandbox.faults.add(*SENDING, status=503, times=None)
        await posting.wait_for(MORNING)
        await posting.edit(schedule, **options)
        outage.left = 0
        await posting.move_to(MORNING + HOUR)
        await posting.until(schedule, outcome)
    assert (await posting.get(schedule)).paused_at is None
    return channel


async def test_a_new_layout_applies_to_a_replanned_post(
    posting: PostingFixture,
) -> None:
    channel = await edit_in_outage(posting, Outcome.POSTED, layout=Layout.THREAD)
    (message,) = channel.messages
    assert message.thread is not None
    assert len(papers_in(message.thread.messages)) == 5


async def test_a_replanned_post_without_matching_papers_is_not_sent(
    posting: PostingFixture,
) -> None:
    channel = await edit_in_outage(posting, Outcome.GIVEN_UP, include="zebra")
    assert channel.messages == []
