"""Messages that Discord refuses, and unexpected exceptions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from posting_fixture import FRIDAY, MORNING, PostingFixture, digest, papers_in

from bot.sandbox import ChannelType, Sandbox
from bot.sandbox.rest.faults import Fault
from bot.sandbox.rest.recorder import RecordedRequest
from storage import digests
from storage.records import Layout, Media, MediaKind, Outcome

REFUSED = "https://pictures.example/refused.png"
TAKEN = "https://pictures.example/taken.png"


async def test_a_refused_message_is_sent_again_without_the_part_that_the_error_names(
    posting: PostingFixture,
) -> None:
    plain = digest(FRIDAY)
    pictures = tuple(
        replace(paper, media=Media(MediaKind.IMAGE, REFUSED if number == 1 else TAKEN))
        for number, paper in enumerate(plain.papers)
    )
    await digests.store(
        posting.database, replace(plain, papers=pictures), read_at=posting.clock.now()
    )
    channels = [
        (posting.channel("cards"), Layout.CARDS),
        (posting.channel("threads"), Layout.THREAD),
        (posting.channel("forum", type=ChannelType.FORUM), Layout.CARDS),
    ]
    schedules = [await posting.schedule(channel, layout=layout) for channel, layout in channels]
    posting.sandbox.faults.refuse_picture(REFUSED)
    async with posting.running():
        await posting.wait_for(MORNING)
    for (channel, _), schedule in zip(channels, schedules, strict=True):
        assert await posting.outcomes(schedule) == [Outcome.POSTED], channel.name
        threads = [each for each in posting.guild.threads.values() if each.parent is channel]
        there = [*channel.messages, *(message for thread in threads for message in thread.messages)]
        cards = [message for message in there if len(papers_in([message])) > 1]
        assert papers_in(cards) == [paper.arxiv_id for paper in plain.papers[:5]], channel.name
        (card,) = cards
        shown = [embed.get("image", {}).get("url") for embed in card.embeds]
        assert shown == [TAKEN, None, TAKEN, TAKEN, TAKEN], channel.name


async def test_pictures_that_discord_refuses_one_after_another_cost_no_paper(
    posting: PostingFixture,
) -> None:
    plain = digest(FRIDAY)
    addresses = [f"https://pictures.example/{number}.png" for number in range(len(plain.papers))]
    pictures = tuple(
        replace(paper, media=Media(MediaKind.IMAGE, address))
        for paper, address in zip(plain.papers, addresses, strict=True)
    )
    await digests.store(
        posting.database, replace(plain, papers=pictures), read_at=posting.clock.now()
    )
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    for address in addresses[1:4]:
        posting.sandbox.faults.refuse_picture(address)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await posting.outcomes(schedule) == [Outcome.POSTED]
    (card,) = channel.messages
    shown = [embed.get("image", {}).get("url") for embed in card.embeds]
    assert shown == [addresses[0], None, None, None, addresses[4]]


async def test_a_post_is_sent_without_its_name_content_or_buttons_if_discord_refuses_them(
    posting: PostingFixture,
) -> None:
    """One channel after the other gets its post, each with a part that is refused."""
    await posting.store()
    cases = (
        (ChannelType.TEXT, Layout.CARDS, ("content",)),
        (ChannelType.TEXT, Layout.CARDS, ("components",)),
        (ChannelType.TEXT, Layout.THREAD, ("name",)),
        (ChannelType.FORUM, Layout.CARDS, ("name",)),
        (ChannelType.FORUM, Layout.CARDS, ("message", "content")),
    )
    async with posting.running():
        for minute, (kind, layout, path) in enumerate(cases):
            schedule = await posting.schedule(
                posting.channel(type=kind), layout=layout, time=time(8, minute)
            )
            refused = refuse_field(
                posting.sandbox, path, lambda value: value not in (None, "Daily Papers")
            )
            await posting.wait_for(MORNING + timedelta(minutes=minute))
            assert await posting.outcomes(schedule) == [Outcome.POSTED], (kind, layout, path)
            assert refused.hits == 1, (kind, layout, path)
            refused.left = 0


async def test_embeds_that_discord_refuses_together_are_left_out_from_the_end(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channel = posting.channel()
    schedule = await posting.schedule(channel)
    refuse_field(posting.sandbox, ("embeds",), lambda embeds: len(embeds) > 3)
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await posting.outcomes(schedule) == [Outcome.POSTED]
    assert papers_in(channel.messages) == [f"2502.21{rank:03}" for rank in (1, 2, 3)]


async def test_a_brief_post_is_sent_without_the_embed_that_discord_refuses(
    posting: PostingFixture,
) -> None:
    await posting.store()
    channels = [posting.channel(f"c{refused}") for refused in (0, 1)]
    schedules = [await posting.schedule(channel, layout=Layout.BRIEF) for channel in channels]
    problem = {"_errors": [{"code": "BASE_TYPE_BAD", "message": "Not allowed."}]}
    for refused, channel in enumerate(channels):
        posting.sandbox.faults.add(
            "POST",
            f"/channels/{channel.id}/messages",
            status=400,
            code=50035,
            errors=lambda _, refused=refused: {"embeds": {str(refused): {"description": problem}}},  # type: ignore[misc]  # the default of a lambda
        )
    async with posting.running():
        await posting.wait_for(MORNING)
    for refused, (channel, schedule) in enumerate(zip(channels, schedules, strict=True)):
        assert await posting.outcomes(schedule) == [Outcome.POSTED]
        (message,) = channel.messages
        (embed,) = message.embeds
        assert ("url" in embed) == (refused == 1)
        assert message.content.startswith("Paper 1 of")
        assert message.controls


async def test_a_brief_post_is_sent_without_a_thumbnail_that_discord_refuses(
    posting: PostingFixture,
) -> None:
    plain = digest(FRIDAY)
    first = replace(plain.papers[0], media=Media(MediaKind.IMAGE, REFUSED))
    await digests.store(
        posting.database,
        replace(plain, papers=(first, *plain.papers[1:])),
        read_at=posting.clock.now(),
    )
    channel = posting.channel()
    schedule = await posting.schedule(channel, layout=Layout.BRIEF)
    problem = {"_errors": [{"code": "URL_TYPE_INVALID_URL", "message": "Not a well formed URL."}]}
    posting.sandbox.faults.add(
        "POST",
        "/channels/*/messages",
        status=400,
        code=50035,
        errors=lambda _: {"embeds": {"0": {"thumbnail": {"url": problem}}}},
    )
    async with posting.running():
        await posting.wait_for(MORNING)
        assert await posting.outcomes(schedule) == [Outcome.POSTED]
    (message,) = channel.messages
    lead, _ = message.embeds
    assert lead["title"].startswith("Paper 1 of")
    assert "thumbnail" not in lead


def refuse_field(sandbox: Sandbox, path: tuple[str, ...], when: Callable[[Any], bool]) -> Fault:
    """Refuse requests with such a value at a path, naming the path, until further notice."""
    problem: dict[str, Any] = {"_errors": [{"code": "BASE_TYPE_BAD", "message": "Not allowed."}]}
    for key in reversed(path):
        problem = {key: problem}

    def is_refused(request: RecordedRequest) -> bool:
        value: Any = request.body
        for key in path:
            if not isinstance(value, dict) or not value.get(key):
                return False
            value = value[key]
        return when(value)

    return sandbox.faults.add(
        "POST",
        "/channels/**",
        status=400,
        code=50035,
        errors=lambda _: problem,
        when=is_refused,
        times=None,
    )


async def test_a_post_is_retried_after_an_unforeseen_exception(posting: PostingFixture) -> None:
    await posting.store()
    channels = [posting.channel("before"), posting.channel("after")]
    schedules = [await posting.schedule(channel, count=7) for channel in channels]
    # discord.py raises `KeyError` for a message without an id.
    faults = [
        posting.sandbox.faults.add(
            "POST", f"/channels/{channel.id}/messages", garbled=True, after=channel.name == "after"
        )
        for channel in channels
    ]
    async with posting.running():
        await posting.move_to(MORNING)
        for schedule in schedules:
            await posting.until(schedule, Outcome.POSTED)
    for channel, schedule, garbled in zip(channels, schedules, faults, strict=True):
        assert await posting.outcomes(schedule) == [Outcome.FAILED, Outcome.POSTED], channel.name
        assert garbled.hits == 1, channel.name
        assert len(channel.messages) == 2, channel.name
        assert papers_in(channel.messages) == [f"2502.21{rank:03}" for rank in range(1, 8)]
