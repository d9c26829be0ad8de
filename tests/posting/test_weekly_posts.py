"""Posts of weeks and months: their chart, its words, and marks of papers posted before."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from posting_fixture import PostingFixture, eventually, locked

import bot.charts.drawing
from bot.sandbox import Channel, ChannelType, Message, Permission
from storage import messages
from storage.records import Frequency, Layout, Outcome

SATURDAY = datetime(2025, 2, 22, 8, 0, tzinfo=UTC)
MONDAY = datetime(2025, 2, 24, 8, 0, tzinfo=UTC)
MARCH = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)
PICTURE = "daily-papers-week-2025-02-17.png"
POST = "POST", "/channels/*/messages"


@pytest.fixture
async def weeks(posting: PostingFixture) -> PostingFixture:
    """A database with the lists of two weeks, five papers a day, the newer with more votes."""
    for back in range(12):
        await posting.store(date(2025, 2, 21) - timedelta(back), papers=5, votes=100 - back)
    return posting


def pictures(channel: Channel) -> list[str]:
    return [file.filename for message in channel.messages for file in message.attachments]


def texts_of(channel: Channel) -> str:
    return json.dumps([each.embeds for each in channel.messages], ensure_ascii=False)


def has_file(request: Any) -> bool:  # noqa: ANN401 - a recorded request
    return bool(request.files)


async def test_each_style_has_the_picture_once_with_a_description_and_the_words(
    weeks: PostingFixture,
) -> None:
    channels: dict[str, Channel] = {}
    for layout in Layout:
        channels[layout] = weeks.channel(layout)
        await weeks.schedule(channels[layout], period=Frequency.WEEK, count=10, layout=layout)
    forum = weeks.channel("forum", type=ChannelType.FORUM)
    await weeks.schedule(forum, period=Frequency.WEEK, language="ko")
    daily = weeks.channel("daily")
    await weeks.schedule(daily)
    async with weeks.running():
        await weeks.wait_for(MONDAY)
    (thread,) = (each for each in weeks.guild.threads.values() if each.parent is forum)
    for channel in (*channels.values(), thread):
        assert pictures(channel) == [PICTURE]
        (file,) = channel.messages[0].attachments
        assert file.content.startswith(b"\x89PNG")
        assert file.description is not None
        assert "25" in file.description
    assert not pictures(daily)
    for channel in channels.values():
        said = texts_of(channel)
        assert "2,375 upvotes · Most upvotes: Fri, Feb 21 (485)" in said
        assert "top 10 of 25" in said
        assert "25 papers" not in said
    assert "추천 2,375개" in texts_of(thread)
    assert "논문 25편" not in texts_of(thread)


@pytest.mark.usefixtures("quick_drawing")
async def test_papers_that_the_channel_has_had_say_when(weeks: PostingFixture) -> None:
    had, other = weeks.channel("had"), weeks.channel("other")
    await weeks.schedule(had, count=2)
    for channel in (had, other):
        await weeks.schedule(channel, period=Frequency.WEEK, layout=Layout.BRIEF)
    await weeks.schedule(had, period=Frequency.MONTH, layout=Layout.CARDS, language="ko")
    async with weeks.running():
        await weeks.wait_for(SATURDAY)
        await weeks.wait_for(MONDAY)
        lead, listed = had.messages[-1].embeds[:2]
        assert lead["description"].endswith("*posted Sat*")
        lines = listed["description"].splitlines()
        assert [line.endswith(" · *posted Sat*") for line in lines[:4]] == [
            *(False, True, False, False),
        ]
        assert "posted" not in texts_of(other)
        await weeks.wait_for(MARCH)
    names = [embed["author"]["name"] for embed in had.messages[-1].embeds[:5]]
    assert [name.split(" · ")[1:2] for name in names] == [
        ["2월 22일 게시"],
        ["2월 24일 게시"],
        ["2월 22일 게시"],
        *([["2월 24일 게시"]] * 2),
    ]


@pytest.mark.usefixtures("quick_drawing")
async def test_the_chart_is_of_the_papers_that_the_filter_keeps(weeks: PostingFixture) -> None:
    every, few = weeks.channel("every"), weeks.channel("few")
    for channel, count in ((every, 5), (few, 3)):
        await weeks.schedule(channel, period=Frequency.WEEK, include='"2025-02-20"', count=count)
    async with weeks.running():
        await weeks.wait_for(MONDAY)
    assert "5 matches in 25" in texts_of(every)
    assert "480 upvotes" in texts_of(every)
    assert "5 papers" not in texts_of(every)
    assert "5 papers, 480 upvotes" in texts_of(few)


@pytest.mark.usefixtures("quick_drawing")
async def test_after_a_crash_there_is_one_post_with_its_picture(weeks: PostingFixture) -> None:
    """The process ends after Discord answered a post with an error, before it records another."""
    unsent, sent = weeks.channel("unsent"), weeks.channel("sent")
    options: dict[str, Any] = {"period": Frequency.WEEK, "layout": Layout.BRIEF}
    schedules = [await weeks.schedule(channel, **options) for channel in (unsent, sent)]
    failing = weeks.sandbox.faults.add(
        "POST", f"/channels/{unsent.id}/messages", status=503, times=None
    )
    is_locked = asyncio.Event()
    slow = weeks.sandbox.faults.add("POST", f"/channels/{sent.id}/messages", until=is_locked)
    async with weeks.running():
        await weeks.move_to(MONDAY)
        await eventually(lambda: failing.hits > 0 and slow.hits > 0)
        async with locked(weeks.path):
            is_locked.set()
            await eventually(lambda: bool(sent.messages))
            await weeks.app.posting.stop()
    weeks.sandbox.faults.clear()
    assert len(unsent.messages) == 0
    assert len(sent.messages) == 1
    assert await weeks.outcomes(schedules[1]) == []
    async with weeks.running():
        for schedule in schedules:
            await weeks.until(schedule, Outcome.POSTED)
    for channel in (unsent, sent):
        assert pictures(channel) == [PICTURE]
        assert len(channel.messages) == 1


async def test_without_attach_files_it_is_posted_and_stored_without_the_picture(
    weeks: PostingFixture,
) -> None:
    channel = weeks.channel()
    weeks.guild.set_overwrite(channel, weeks.guild.everyone, deny=Permission.ATTACH_FILES)
    await weeks.schedule(channel, period=Frequency.WEEK)
    async with weeks.running():
        await weeks.wait_for(MONDAY)
    assert not pictures(channel)
    assert "2,375 upvotes" in texts_of(channel)
    assert not weeks.sandbox.refusals
    (stored,) = (await messages.of_delivery(weeks.database, 1)).values()
    assert "chart" not in json.loads(stored.body)


@pytest.mark.usefixtures("quick_drawing")
async def test_if_discord_refuses_files_it_is_posted_without(weeks: PostingFixture) -> None:
    """The permission was taken away, and the bot doesn't know it yet."""
    channel = weeks.channel()
    schedule = await weeks.schedule(channel, period=Frequency.WEEK)
    weeks.sandbox.faults.add(*POST, status=403, code=50013, when=has_file, times=None)
    async with weeks.running():
        await weeks.wait_for(MONDAY)
        assert await weeks.outcomes(schedule) == [Outcome.POSTED]
    assert len(channel.messages) == 1
    assert not pictures(channel)


@pytest.mark.parametrize("broken", ["draw", "place"])
async def test_if_the_picture_cannot_be_drawn_it_is_posted_without(
    weeks: PostingFixture,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: str,
) -> None:
    def fail(*_: object) -> bytes:
        raise ZeroDivisionError("no room")

    # Replaced, because no chart is known for which the real ones fail.
    monkeypatch.setattr(bot.charts.drawing, broken, fail)
    channel = weeks.channel()
    await weeks.schedule(channel, period=Frequency.WEEK)
    async with weeks.running():
        await weeks.wait_for(MONDAY)
    assert len(channel.messages) == 1
    assert not pictures(channel)
    assert "ZeroDivisionError: no room" in caplog.text


@pytest.mark.usefixtures("quick_drawing")
async def test_a_refresh_changes_votes_and_keeps_picture_words_and_marks(
    weeks: PostingFixture,
) -> None:
    channel = weeks.channel()
    await weeks.schedule(channel, count=2)
    await weeks.schedule(channel, period=Frequency.WEEK, layout=Layout.BRIEF)
    async with weeks.running():
        await weeks.wait_for(SATURDAY)
        await weeks.wait_for(MONDAY)
        message = channel.messages[-1]
        before, files = texts_of(channel), list(message.attachments)
        await weeks.store(papers=5, votes=300)
        await weeks.wait_for(MONDAY + timedelta(hours=17))
    assert message.edited_at is not None
    assert message.attachments == files
    after = message_text(message)
    assert "▲299" in after
    assert "2,375 upvotes" in after
    assert "*posted Sat*" in after
    assert before != after


def message_text(message: Message) -> str:
    return json.dumps([message.content, message.embeds], ensure_ascii=False)


async def test_a_preview_shows_the_picture(weeks: PostingFixture) -> None:
    channel = weeks.channel()
    schedule = await weeks.schedule(channel, period=Frequency.WEEK)
    weeks.clock.move_to(MONDAY)
    async with weeks.running():
        asked = await weeks.sandbox.world.owner.slash(
            "schedule preview", channel, schedule=f"schedule:{schedule.id}"
        )
        shown = await asked.followup()
    assert [file.filename for file in shown.attachments] == [PICTURE]
