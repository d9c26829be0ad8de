"""Refreshes of posts, and direct messages to the creators of schedules."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from posting_fixture import FRIDAY, MORNING, PostingFixture, digest, eventually

from bot.posting import job_factory
from bot.posting.job_factory import JobKind, Priority
from bot.sandbox import Message, Permission
from bot.sandbox.model import MessageFlag
from storage import digests, jobs
from storage.records import Layout, Media, MediaKind, Outcome, Reason, Section

MIDNIGHT = MORNING.replace(hour=0) + timedelta(days=1)
EDIT = "PATCH", "/channels/*/messages/*"
HOUR = timedelta(hours=1)


def edits(posting: PostingFixture) -> int:
    return sum(request.method == "PATCH" for request in posting.sandbox.requests)


def direct_messages(posting: PostingFixture) -> list[Message]:
    return posting.sandbox.dm(posting.sandbox.world.owner).messages


async def test_refreshes_are_spread_over_an_hour_and_have_the_lowest_priority(
    posting: PostingFixture,
) -> None:
    await posting.store()
    for number in range(12):
        await posting.schedule(posting.channel(f"c{number}"))
    async with posting.running(refresh_jitter=HOUR):
        await posting.wait_for(MORNING)
    planned = await jobs.of_kind(posting.database, JobKind.REFRESH)
    times: set[datetime] = {job.run_at for job in planned}
    assert len(times) == 12
    assert all(MIDNIGHT <= each <= MIDNIGHT + HOUR for each in times)
    assert {job.priority for job in planned} == {max(Priority)}


async def test_a_refresh_changes_votes_and_total_but_not_the_choice_or_order(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel, layout=Layout.BRIEF)
    async with posting.running():
        await posting.wait_for(MORNING)
        (message,) = channel.messages
        before = json.dumps([message.content, message.embeds], ensure_ascii=False)
        await posting.store(papers=30, votes=300)
        await posting.wait_for(MIDNIGHT + HOUR)
        after = json.dumps([message.content, message.embeds], ensure_ascii=False)
    assert re.findall(r"▲(\d+)", before) == ["99", "98", "97", "96", "95"]
    assert re.findall(r"▲(\d+)", after) == ["299", "298", "297", "296", "295"]
    links = [re.findall(r"arxiv\.org/abs/([\d.]+)", text) for text in (before, after)]
    assert links[0] == links[1]
    assert "+11" in before
    assert message.content.endswith("+29")
    assert "top 5 of 30" in after
    assert "All 30" in [control.get("label") for control in message.controls]


async def test_a_refresh_changes_no_text_picture_or_flag(posting: PostingFixture) -> None:
    await posting.store()
    channels = {layout: posting.channel(layout) for layout in Layout}
    for layout, channel in channels.items():
        await posting.schedule(channel, layout=layout)
    async with posting.running():
        await posting.wait_for(MORNING)
        for channel in channels.values():
            (message,) = channel.messages
            message.flags |= MessageFlag.SUPPRESS_EMBEDS  # as a moderator does
        await posting.store(votes=300)
        plain = digest(FRIDAY, votes=300)
        renamed = tuple(
            replace(
                paper,
                title=f"Renamed: {paper.title}",
                media=Media(MediaKind.IMAGE, "https://pictures.example/1.png"),
                sections=(Section("What's New", "Something else."),),
            )
            for paper in plain.papers
        )
        await digests.store(
            posting.database, replace(plain, papers=renamed), read_at=posting.clock.now()
        )
        await posting.wait_for(MIDNIGHT + HOUR)
    for layout, channel in channels.items():
        (message,) = channel.messages
        assert "▲299" in str(message.embeds) + message.content, layout
        for text in ("Renamed", "Something else", "pictures.example"):
            assert text not in str(message.embeds), layout
        assert message.flags & MessageFlag.SUPPRESS_EMBEDS, layout
        path = f"/channels/{channel.id}/messages/{message.id}"
        edited = [
            each for each in posting.sandbox.requests if (each.method, each.path) == ("PATCH", path)
        ]
        assert edited, layout
        assert all(isinstance(each.body, dict) and "flags" not in each.body for each in edited)


async def test_a_message_whose_votes_did_not_change_is_not_edited(
    posting: PostingFixture,
) -> None:
    await posting.store()
    await posting.schedule(posting.channel())
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.wait_for(MIDNIGHT + HOUR)
        assert not await jobs.of_kind(posting.database, JobKind.REFRESH)
    assert edits(posting) == 0


async def test_a_message_of_another_format_is_never_edited(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        async with posting.database.transaction() as writer:
            await writer.execute("UPDATE messages SET format = 99")
        await posting.store(votes=300)
        await posting.wait_for(MIDNIGHT + HOUR)
        assert not await jobs.of_kind(posting.database, JobKind.REFRESH)
    assert edits(posting) == 0


async def test_an_edit_that_discord_refuses_as_too_frequent_ends_a_refresh_silently(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, count=12)
    refused = posting.sandbox.faults.add(*EDIT, status=400, code=30046, times=None)
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.store(votes=300)
        await posting.wait_for(MIDNIGHT + HOUR)

        async def is_over() -> bool:
            return not await jobs.of_kind(posting.database, JobKind.REFRESH)

        await eventually(is_over)
    assert refused.hits >= 1
    assert await posting.outcomes(schedule) == [Outcome.POSTED]
    assert direct_messages(posting) == []
    # The scheduler may notice that the test has moved the clock.
    records = [each for each in caplog.records if each.name != "bot.jobs.scheduler"]
    assert not [each for each in records if each.levelname in {"WARNING", "ERROR"}]


async def test_the_creator_is_notified_once_when_the_bot_pauses_a_schedule(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    posting.guild.set_overwrite(channel, posting.guild.everyone, deny=Permission.SEND_MESSAGES)
    async with posting.running():
        await posting.wait_for(MORNING)
        for hours in range(1, 5):
            await posting.wait_for(MORNING + hours * HOUR)
    (message,) = direct_messages(posting)
    assert channel.mention in message.content


async def test_the_creator_is_notified_of_an_internal_error_after_an_hour(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, catch_up=1)
    posting.sandbox.faults.add("POST", f"/channels/{channel.id}/messages", garbled=True, times=None)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await posting.outcomes(schedule) == [Outcome.FAILED]
        await posting.wait_for(MORNING + timedelta(minutes=59))
        assert direct_messages(posting) == []
        await posting.wait_for(MORNING + timedelta(minutes=61))
        await eventually(lambda: len(direct_messages(posting)) == 1)
        await posting.wait_for(MORNING + 5 * HOUR)
        assert await posting.outcomes(schedule) == [Outcome.FAILED]
        assert (await posting.get(schedule)).paused_at is None
    assert len(direct_messages(posting)) == 1
    assert channel.messages == []


async def test_the_creator_is_notified_of_an_internal_error_that_a_rate_limit_came_between(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    path = f"/channels/{channel.id}/messages"
    posting.sandbox.faults.add("POST", path, garbled=True)
    limit = posting.sandbox.faults.add("POST", path, retry_after=3000)
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.wait_for(MORNING + timedelta(minutes=10))
        assert limit.hits == 1
        posting.sandbox.faults.add("POST", path, garbled=True, times=None)
        await posting.wait_for(MORNING + timedelta(minutes=61))
        await eventually(lambda: len(direct_messages(posting)) == 1)
        assert await posting.outcomes(schedule) == [Outcome.FAILED]


async def test_an_internal_error_gives_a_post_time_whatever_delays_it_afterwards(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, catch_up=1)
    path = f"/channels/{channel.id}/messages"
    garbled = posting.sandbox.faults.add("POST", path, garbled=True, times=None)
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.wait_for(MORNING + HOUR)
        garbled.left = 0
        outage = posting.sandbox.faults.add("POST", path, status=503)
        await posting.wait_for(MORNING + 2 * HOUR)
        await posting.until(schedule, Outcome.POSTED)
    assert outage.hits == 1
    assert await posting.outcomes(schedule) == [Outcome.FAILED, Outcome.POSTED]
    assert len(channel.messages) == 1


async def test_a_post_whose_search_fails_each_time_is_given_up_at_the_next_occurrence(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    for method in ("POST", "GET"):
        posting.sandbox.faults.add(
            method, f"/channels/{channel.id}/messages", garbled=True, times=None
        )
    async with posting.running():
        await posting.wait_for(MORNING)
        await posting.wait_for(MORNING + 23 * HOUR)
        assert await posting.outcomes(schedule) == [Outcome.FAILED]
        await posting.wait_for(MORNING + 25 * HOUR)
        outcomes = await posting.outcomes(schedule)
    assert Outcome.GIVEN_UP in outcomes
    assert channel.messages == []


async def test_no_message_is_sent_for_an_outage_of_discord_or_a_missing_digest(
    posting: PostingFixture,
) -> None:
    channel = posting.channel()
    await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(MORNING + 7 * HOUR)
        await posting.store(FRIDAY + timedelta(days=1))
        posting.sandbox.faults.add("POST", f"/channels/{channel.id}/**", status=503, times=None)
        for hours in (24, 26, 30):
            await posting.wait_for(MORNING + hours * HOUR)
    assert direct_messages(posting) == []


async def test_a_digest_that_never_came_is_logged_once_for_all_schedules(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    schedules = [await posting.schedule(posting.channel(f"c{number}")) for number in range(3)]
    async with posting.running():
        await posting.wait_for(MORNING + HOUR)
        assert "no new digest" not in caplog.text
        await posting.wait_for(MORNING + 7 * HOUR)
    assert caplog.text.count("no new digest") == 1
    for schedule in schedules:
        assert await posting.outcomes(schedule) == [Outcome.NOTHING_NEW]


async def test_at_most_ten_direct_messages_are_sent_in_an_hour(posting: PostingFixture) -> None:
    await posting.store()
    for number in range(13):
        channel = posting.channel(f"c{number}")
        posting.guild.set_overwrite(channel, posting.guild.everyone, deny=Permission.SEND_MESSAGES)
        await posting.schedule(channel)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert len(direct_messages(posting)) == 10
    async with posting.running():  # the hourly limit survives a restart
        await posting.wait_for(MORNING + timedelta(minutes=59))
        assert len(direct_messages(posting)) == 10
        await posting.wait_for(MORNING + timedelta(minutes=62))
        assert len(direct_messages(posting)) == 13


async def test_nobody_is_notified_that_the_bot_was_removed_after_it_was_added_again(
    posting: PostingFixture, caplog: pytest.LogCaptureFixture
) -> None:
    schedule = await posting.schedule(posting.channel())
    async with posting.running():
        job = job_factory.notify(schedule, Reason.LEFT, posting.clock.now())
        await jobs.enqueue(posting.database, [job])
        await posting.settle()
    assert await jobs.get(posting.database, job.key) is None
    assert direct_messages(posting) == []
    assert not [each for each in caplog.records if each.levelname == "ERROR"]
