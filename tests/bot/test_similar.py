"""The action that shows papers similar to one, in private."""

from dataclasses import replace
from datetime import date

import pytest
from bot_fixture import READ_AT, BotFixture, shown
from lookup_services import SmallService
from private_answers import answer, link_to

from bot.sandbox import Permission
from storage import digests
from storage.records import Details, Digest, Paper

HOSTILE = "||Lattice|| **Walks** [x](https://example.org) @everyone <@1>"
HOSTILE_ID = "2502.39999"
PAPERS = (
    *(
        Paper(
            f"2502.3{number:04}",
            f"Lattice Walks {number}",
            100 - number,
            details=Details(abstract="Walks on a `QuuxNet`, a QuuxNet of 격자를 걷는다, 격자의"),
        )
        for number in range(11)
    ),
    Paper(HOSTILE_ID, HOSTILE, 1, details=Details(abstract="Lattice walks on a lattice")),
)
LAST = PAPERS[10]


@pytest.fixture(scope="module")
def more_digests() -> tuple[Digest, ...]:
    """Papers that are similar to each other."""
    return (Digest(date(2025, 2, 22), PAPERS),)


@pytest.fixture
def services() -> tuple[SmallService]:
    service = SmallService()
    service.add(Paper("2511.00001", "Walks of a QuuxNet", details=Details(abstract="A lattice.")))
    return (service,)


async def test_similar_papers_are_listed_in_private_with_what_they_share(
    fixture: BotFixture,
) -> None:
    card = shown(await fixture.member.slash("paper", query=LAST.arxiv_id))
    interaction = await fixture.member.press(card, "Similar")
    assert interaction.ephemeral
    message = shown(interaction)
    (embed,) = message.embeds
    assert embed["title"] == "Similar to: Lattice Walks 10"
    first, *_ = embed["description"].split("\n\n")
    title, shares = first.split("\n")
    assert title.startswith("1\\. [Lattice Walks ")
    assert "QuuxNet" in shares
    assert "격자" in shares
    assert embed["footer"]["text"].startswith("Page 1 of 3")
    menu, *_ = message.controls
    opened = await fixture.member.choose(message, menu["options"][0]["value"])
    assert opened.ephemeral
    assert shown(opened).embeds[0]["title"] in title


async def test_pages_are_turned_after_a_restart(own_bot: BotFixture) -> None:
    card = shown(await own_bot.member.slash("paper", query=LAST.arxiv_id))
    message = shown(await own_bot.member.press(card, "Similar"))
    await own_bot.restart()
    await own_bot.member.press(message, "Next")
    assert message.embeds[0]["footer"]["text"].startswith("Page 2 of 3")
    assert message.embeds[0]["description"].startswith("6\\. ")
    # Meanwhile most of them are gone.
    few = Digest(
        date(2025, 2, 22),
        (
            PAPERS[0],
            *(replace(each, title="?", details=Details(abstract="?")) for each in PAPERS[1:10]),
            LAST,
        ),
    )
    await digests.store(own_bot.database, few, read_at=READ_AT)
    await own_bot.member.press(message, "Next")
    assert message.embeds[0]["description"].startswith("1\\. ")
    assert [each["type"] for each in message.controls] == [3, 2]


async def test_a_page_can_be_posted_once_and_shows_all_in_private(fixture: BotFixture) -> None:
    card = shown(await fixture.member.slash("paper", query=HOSTILE_ID))
    message = shown(await fixture.member.press(card, "Similar"))
    await fixture.member.press(message, "Next")
    assert message.controls[-1]["label"] == "Post to channel"
    await fixture.restart()
    first = await answer(await fixture.member.press(message, "Post to channel"))
    posted = fixture.general.messages[-1]
    assert first.endswith(f"]({link_to(posted)})")
    assert posted.content.startswith(f"Shared by {fixture.member.mention}: Similar to: ")
    assert posted.embeds == message.embeds
    assert not posted.pings
    count = len(fixture.general.messages)
    assert "Already posted" in await answer(await fixture.member.press(message, "Post to channel"))
    assert len(fixture.general.messages) == count
    assert [each.get("label") for each in posted.controls] == [None, "Similar"]
    own = await fixture.korean.press(posted, "Similar")
    assert own.ephemeral
    assert shown(own).embeds[0]["title"].startswith("비슷한 논문: ")


async def test_posting_a_page_takes_the_permission_to_write(fixture: BotFixture) -> None:
    card = shown(await fixture.member.slash("paper", query=LAST.arxiv_id))
    message = shown(await fixture.member.press(card, "Similar"))
    fixture.guild.set_overwrite(
        fixture.general, fixture.guild.everyone, deny=Permission.SEND_MESSAGES
    )
    refused = await answer(await fixture.member.press(message, "Post to channel"))
    assert refused.startswith("You can't do that here. Missing: Send Messages")


async def test_it_is_answered_in_korean_in_a_direct_message(fixture: BotFixture) -> None:
    place = fixture.sandbox.dm(fixture.korean)
    card = shown(await fixture.korean.slash("논문", place, 검색어=LAST.arxiv_id))
    message = shown(await fixture.korean.press(card, "비슷한 논문"))
    assert "채널에 공유" not in [each.get("label") for each in message.controls]
    (embed,) = message.embeds
    assert embed["title"] == "비슷한 논문: Lattice Walks 10"
    assert "\n공통 단어: " in embed["description"]


async def test_a_paper_that_nothing_is_similar_to_is_answered_with_a_sentence(
    fixture: BotFixture,
) -> None:
    card = shown(await fixture.member.slash("paper", query="hep-th/9901001"))
    interaction = await fixture.member.press(card, "Similar")
    assert interaction.ephemeral
    assert shown(interaction).content.startswith("No other paper shares enough")


async def test_a_paper_that_no_list_has_is_compared_too(own_bot: BotFixture) -> None:
    card = shown(await own_bot.member.slash("paper", query="2511.00001"))
    (embed,) = shown(await own_bot.member.press(card, "Similar")).embeds
    assert "Lattice Walks" in embed["description"]


async def test_a_hostile_title_is_shown_as_it_is_and_notifies_nobody(fixture: BotFixture) -> None:
    card = shown(await fixture.member.slash("paper", query=HOSTILE_ID))
    message = shown(await fixture.member.press(card, "Similar"))
    assert not message.pings
    assert "](https://example.org" not in message.embeds[0]["title"]
