"""Messages that Discord refuses, and exceptions that nobody foresaw."""

from dataclasses import replace

import pytest
from posting_fixture import FRIDAY, MORNING, PostingFixture, digest, papers_in

from bot.sandbox import ChannelType
from storage import digests
from storage.records import Layout, Media, MediaKind, Outcome

REFUSED = "https://pictures.example/refused.png"
TAKEN = "https://pictures.example/taken.png"


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
        await posting.move_to(MORNING)
        await posting.until(schedule, Outcome.POSTED)
        assert await posting.outcomes(schedule) == [Outcome.FAILED, Outcome.POSTED]
    assert garbled.hits == 1
    assert len(channel.messages) == 2
    assert papers_in(channel.messages) == [f"2502.21{rank:03}" for rank in range(1, 8)]
