"""The button Chart of `/top`, and Post to channel below what it shows and below searches."""

from typing import Any

from bot_fixture import BotFixture, shown
from posting_fixture import eventually
from private_answers import answer, link_to

from bot.sandbox import Interaction, Message, Permission

SHARE = "Post to channel"


async def chart_of(fixture: BotFixture, period: str = "week") -> Message:
    """Return the private answer to the button Chart."""
    ranking = shown(await fixture.member.slash("top", period=period))
    return await answer_of(await fixture.member.press(ranking, "Chart"))


async def answer_of(interaction: Interaction) -> Message:
    """Wait until a deferred answer is there, and return it."""
    await eventually(lambda: interaction.message is not None and not interaction.message.loading)
    message = shown(interaction)
    assert message.ephemeral
    return message


def labels(message: Message) -> list[str]:
    return [control["label"] for control in message.controls if "label" in control]


async def test_a_chart_is_shown_in_private_with_words_and_posted_once(fixture: BotFixture) -> None:
    message = await chart_of(fixture)
    (file,) = message.attachments
    assert file.filename == "daily-papers-week-2025-02-21.png"
    assert file.description is not None
    assert "34 papers" in file.description
    (embed,) = message.embeds
    assert embed["title"] == "Feb 15\u2009–\u200921, 2025"
    assert embed["description"].startswith("34 papers, ")
    assert "Most upvoted: [MLGym](https://arxiv.org/abs/2502.14499) ▲121" in embed["description"]
    assert labels(message) == [SHARE]
    assert not fixture.general.messages[1:]

    await fixture.restart()
    first = await answer(await fixture.member.press(message, SHARE))
    posted = fixture.general.messages[-1]
    assert first == f"Posted: [Feb 15 – 21, 2025]({link_to(posted)})"
    assert posted.content.startswith(f"Shared by {fixture.member.mention}: Feb 15")
    assert [each.description for each in posted.attachments] == [file.description]
    assert posted.embeds == message.embeds
    assert not posted.pings
    count = len(fixture.general.messages)
    assert "Already posted" in await answer(await fixture.member.press(message, SHARE))
    assert len(fixture.general.messages) == count


async def test_every_long_period_has_a_chart_and_a_day_has_none(fixture: BotFixture) -> None:
    assert "Chart" not in labels(shown(await fixture.member.slash("top")))
    for period in ("month", "year", "all"):
        message = await chart_of(fixture, period)
        assert len(message.attachments) == 1
        assert "34 papers" in message.embeds[0]["description"]
    ranking = shown(await fixture.korean.slash("순위", 기간="week"))
    message = await answer_of(await fixture.korean.press(ranking, "차트"))
    assert message.embeds[0]["description"].startswith("논문 34편, ")
    assert labels(message) == ["채널에 공유"]


async def test_posting_a_chart_takes_attach_files_of_both(fixture: BotFixture) -> None:
    message = await chart_of(fixture)
    fixture.guild.set_overwrite(
        fixture.general, fixture.guild.everyone, deny=Permission.ATTACH_FILES
    )
    refused = await answer(await fixture.member.press(message, SHARE))
    assert refused.startswith("You can't do that here. Missing: Attach Files.")


def without_title(results: Message) -> dict[str, Any]:
    """Return the embed of results as it is posted: the line above it says what was searched."""
    (embed,) = results.embeds
    return {name: value for name, value in embed.items() if name != "title"}


async def test_private_results_of_a_search_can_be_posted_once(fixture: BotFixture) -> None:
    public = shown(await fixture.member.slash("search", text="study"))
    assert SHARE not in labels(public)
    private = shown(await fixture.member.slash("search", text="study <@1>*", private=True))
    assert labels(private)[-1] == SHARE
    before = len(fixture.general.messages)
    await fixture.restart()
    first = await answer(await fixture.member.press(private, SHARE))
    posted = fixture.general.messages[-1]
    assert first == f"Posted: [Search: study \\<@1\\>\\*]({link_to(posted)})"
    assert posted.content == f"Shared by {fixture.member.mention}: Search: study ‹@\u20601›∗"
    assert not posted.pings
    assert posted.embeds == [without_title(private)]
    assert SHARE not in labels(posted)
    assert "Already posted" in await answer(await fixture.member.press(private, SHARE))
    assert len(fixture.general.messages) == before + 1


async def test_a_page_of_a_search_is_posted_with_buttons_for_who_posted_it(
    fixture: BotFixture,
) -> None:
    private = shown(await fixture.member.slash("search", text="model", private=True))
    await fixture.member.press(private, "Next")
    assert labels(private)[-1] == SHARE
    await answer(await fixture.member.press(private, SHARE))
    posted = fixture.general.messages[-1]
    assert posted.embeds == [without_title(private)]
    await fixture.member.press(posted, "Previous")
    assert posted.embeds[0]["footer"]["text"].startswith("Page 1 of")
    copy = shown(await fixture.korean.press(posted, "Next"))
    assert copy.ephemeral
    assert labels(copy)[-1] == "채널에 공유"


async def test_in_direct_messages_nothing_can_be_posted(fixture: BotFixture) -> None:
    place = fixture.sandbox.dm(fixture.member)
    found = shown(await fixture.member.slash("search", place, text="study", private=True))
    assert SHARE not in labels(found)
    ranking = shown(await fixture.member.slash("top", place, period="week"))
    assert not labels(await answer_of(await fixture.member.press(ranking, "Chart")))
