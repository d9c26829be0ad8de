"""What the posting must do and does not do yet: each test fails until it does."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from crew import Crew
from posting_fixture import EVENING, FRIDAY, MORNING, PostingFixture, digest, eventually, papers_in

from bot.posting.clock import Clock
from bot.sandbox import ChannelType, Limits, Sandbox
from storage import digests, schedules
from storage.database import Database
from storage.records import Layout, Media, MediaKind, Outcome

SOON = 5.0
"""Seconds in which a retry, or a process that lost the lease, has long been done."""
REFUSED = "https://pictures.example/refused.png"
TAKEN = "https://pictures.example/taken.png"


@pytest.mark.xfail(reason="a refused message pauses the schedule", strict=True)
@pytest.mark.parametrize(
    ("kind", "layout"),
    [
        (ChannelType.TEXT, Layout.CARDS),
        (ChannelType.TEXT, Layout.THREAD),
        (ChannelType.FORUM, Layout.CARDS),
    ],
)
async def test_a_refused_message_is_sent_again_without_the_part_that_the_error_names(
    posting: PostingFixture, kind: ChannelType, layout: Layout
) -> None:
    plain = digest(FRIDAY)
    pictures = tuple(
        replace(paper, media=Media(MediaKind.IMAGE, REFUSED if number == 1 else TAKEN))
        for number, paper in enumerate(plain.papers)
    )
    await digests.store(
        posting.database, replace(plain, papers=pictures), read_at=posting.clock.now()
    )
    channel = posting.channel(type=kind)
    schedule = await posting.schedule(channel, layout=layout)
    posting.sandbox.faults.refuse_picture(REFUSED)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await posting.outcomes(schedule) == [Outcome.POSTED]
    threads = posting.guild.threads.values()
    there = [*channel.messages, *(message for thread in threads for message in thread.messages)]
    cards = [message for message in there if papers_in([message])]
    assert papers_in(cards) == [paper.arxiv_id for paper in plain.papers[:5]]
    (card,) = cards
    shown = [embed.get("image", {}).get("url") for embed in card.embeds]
    assert shown == [TAKEN, None, TAKEN, TAKEN, TAKEN]


@pytest.mark.xfail(reason="a job that raises is dropped", strict=True)
@pytest.mark.parametrize("after", [False, True])
async def test_a_post_is_retried_after_an_unforeseen_exception(
    posting: PostingFixture, after: bool
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel, count=7)
    # discord.py raises `KeyError`: a message without an id is nothing that it foresees.
    garbled = posting.sandbox.faults.add("POST", "/channels/*/messages", garbled=True, after=after)
    async with posting.running():
        posting.app.move_clock(MORNING)
        async with asyncio.timeout(SOON):
            await posting.until(schedule, Outcome.POSTED)
    assert garbled.hits == 1
    assert len(channel.messages) == 2
    assert papers_in(channel.messages) == [f"2502.21{rank:03}" for rank in range(1, 8)]


@pytest.mark.xfail(reason="a process that lost the lease stays connected", strict=True)
async def test_a_process_that_was_suspended_does_not_stay_connected_beside_its_successor(
    tmp_path: Path,
) -> None:
    clock = Clock()
    clock.move_to(EVENING)
    async with (
        await Database.open(tmp_path / "papers.db") as database,
        Sandbox(clock=clock.now, limits=Limits.off()) as sandbox,
        Crew(sandbox, clock, tmp_path) as crew,
    ):
        guild = sandbox.add_guild("Lab")
        channel = guild.add_channel("papers")
        crew.wanted = 1
        await sandbox.wait_connected()
        crew.wanted = 2
        log = tmp_path / "bot-2.log"
        await eventually(lambda: log.exists() and "stands by" in log.read_text("utf-8"))
        wake_up = crew.freeze()
        await eventually(lambda: sandbox.gateway.identified == 2)
        wake_up()
        async with asyncio.timeout(SOON):
            await eventually(lambda: len(sandbox.gateway.connected) == 1)
        for _ in range(3):
            await sandbox.world.owner.slash("schedule add", channel, channel=channel)
        assert len(await schedules.of_guild(database, guild.id)) == 3
