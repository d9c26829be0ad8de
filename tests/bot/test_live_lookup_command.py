"""/paper with ids that no list has, over real sockets, with services whose answers are given."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from bot_fixture import EARLIER, READ_AT, BotFixture, shown
from catalogue import CATALOGUE
from lookup_services import SmallService

from bot.ingest.live_lookup import FOUND_FOR
from bot.sandbox import CallbackType, Interaction, Message
from bot.sources.errors import SourceError
from storage import digests
from storage.records import Details, Paper, Section

ID = "2511.00001"
ABSTRACT = "We do it. Then we *measure* it. Then comes a third sentence."
PAPER = Paper(
    ID, "A New Paper", 3, ("Ann", "Bo"), details=Details(abstract=ABSTRACT, summary="So.")
)
DOWN = SourceError("answered 503 Service Unavailable", is_unreachable=True)
EN = CATALOGUE.for_locale("en")


def private_answer(interaction: Interaction) -> Message:
    """Return the last answer, which only the person sees."""
    message = [shown(interaction), *interaction.followups][-1]
    assert message.only_for == interaction.person.id
    return message


@pytest.fixture
def services() -> tuple[SmallService, SmallService]:
    """The two services of a bot that looks up papers."""
    return SmallService("Hugging Face"), SmallService("arXiv")


@pytest.mark.parametrize("query", [ID, f"https://arxiv.org/abs/{ID}v2", f"arXiv:{ID}"])
async def test_a_paper_that_no_list_has_is_looked_up(
    own_bot: BotFixture, services: tuple[SmallService, SmallService], query: str
) -> None:
    services[0].add(PAPER)
    interaction = await own_bot.member.slash("paper", query=query)
    assert interaction.answer is CallbackType.DEFERRED_MESSAGE
    assert not interaction.ephemeral
    (embed,) = shown(interaction).embeds
    assert embed["url"] == PAPER.url
    assert embed["author"]["name"] == "▲ 3 · not in Daily Papers"
    assert {"AI summary": "So.", "Authors": "Ann, Bo"}.items() <= {
        field["name"]: field["value"] for field in embed["fields"]
    }.items()
    assert embed["footer"]["text"].startswith(f"arXiv {ID} · AI summary by Hugging Face")
    assert "Abstract" in [control.get("label") for control in shown(interaction).controls]


async def test_such_a_paper_is_answered_at_once_the_next_time_even_after_a_restart(
    own_bot: BotFixture, services: tuple[SmallService, SmallService]
) -> None:
    services[1].add(PAPER)
    await own_bot.member.slash("paper", query=ID)
    again = await own_bot.korean.slash("논문", 검색어=ID)
    assert again.answer is CallbackType.MESSAGE
    assert shown(again).embeds[0]["author"]["name"] == "▲ 3 · Daily Papers에 없는 논문"
    await own_bot.restart(SmallService(error=DOWN))
    again = await own_bot.member.slash("paper", query=ID)
    assert again.answer is CallbackType.MESSAGE
    assert shown(again).embeds[0]["url"] == PAPER.url
    assert services[1].asked == [ID]


async def test_a_paper_of_a_list_is_answered_at_once_without_the_services(
    own_bot: BotFixture, services: tuple[SmallService, SmallService]
) -> None:
    services[0].add(PAPER)
    await own_bot.member.slash("paper", query=ID)
    await digests.store(
        own_bot.database,
        replace(EARLIER, papers=(replace(PAPER, title="As the list has it", votes=9),)),
        read_at=READ_AT,
    )
    interaction = await own_bot.member.slash("paper", query=ID)
    assert interaction.answer is CallbackType.MESSAGE
    (embed,) = shown(interaction).embeds
    assert embed["title"] == "As the list has it"
    assert embed["author"]["name"] == "▲ 9 · #1 on Feb 19, 2025"
    abstract = await own_bot.member.press(shown(interaction), "Abstract")
    assert abstract.answer is CallbackType.MESSAGE
    assert abstract.ephemeral
    assert "third sentence" in shown(abstract).embeds[0]["description"]
    assert services[0].asked == [ID]


async def test_a_paper_that_was_looked_up_is_in_no_list(
    own_bot: BotFixture, services: tuple[SmallService, SmallService]
) -> None:
    services[0].add(replace(PAPER, title="Unmistakable", votes=10_000))
    await own_bot.member.slash("paper", query=ID)
    top = shown(await own_bot.member.slash("top", period="all", count=25))
    assert "Unmistakable" not in str(top.embeds)
    for typed in (ID, "Unmistak"):
        assert await own_bot.member.autocomplete("paper", "query", typed) == []
    words = await own_bot.member.slash("paper", query="Unmistakable")
    assert "No title or text matches" in shown(words).content
    await own_bot.admin.slash("schedule add", timezone="UTC", channel=own_bot.general)
    await own_bot.admin.slash("schedule post", schedule="schedule:1")
    post = own_bot.general.messages[-1]
    assert post.embeds[0]["title"] != "Unmistakable"
    assert "Unmistakable" not in str([post.embeds, post.controls])


@pytest.mark.parametrize(("typed", "has_near"), [("2502.14498", True), ("1901.00001", False)])
async def test_an_id_that_no_service_knows_is_answered_with_similar_ids_and_a_link(
    own_bot: BotFixture,
    services: tuple[SmallService, SmallService],
    typed: str,
    has_near: bool,
) -> None:
    for answer in (CallbackType.DEFERRED_MESSAGE, CallbackType.MESSAGE):
        interaction = await own_bot.member.slash("paper", query=typed)
        assert interaction.answer is answer
        message = private_answer(interaction)
        assert f"**{typed}**" in message.content
        assert "or on Hugging Face and arXiv" in message.content
        link, *menus = message.controls
        assert link["url"] == f"https://arxiv.org/abs/{typed}"
        assert bool(menus) == has_near
    assert not own_bot.general.messages
    assert services[0].asked == services[1].asked == [typed]


async def test_a_private_look_up_is_seen_by_nobody_else(
    own_bot: BotFixture, services: tuple[SmallService, SmallService]
) -> None:
    services[0].add(PAPER)
    for typed in (ID, "1901.00001"):
        interaction = await own_bot.member.slash("paper", query=typed, private=True)
        assert interaction.answer is CallbackType.DEFERRED_MESSAGE
        assert interaction.ephemeral
        assert typed in str([shown(interaction).content, shown(interaction).embeds])
    assert not own_bot.general.messages


async def test_a_look_up_that_fails_is_answered_in_private(
    own_bot: BotFixture, services: tuple[SmallService, SmallService]
) -> None:
    services[0].error = DOWN
    services[0].gate = asyncio.Event()
    interaction = await own_bot.member.slash("paper", query=ID, wait=False)
    await services[0].was_asked.wait()
    async with own_bot.database.transaction() as writer:
        await writer.execute("DROP TABLE lookups")
    services[0].gate.set()
    await interaction.result()
    assert private_answer(interaction).content == EN("error-unknown")
    assert not own_bot.general.messages


async def test_services_that_are_down_are_named(
    own_bot: BotFixture, services: tuple[SmallService, SmallService]
) -> None:
    services[0].error = services[1].error = DOWN
    message = private_answer(await own_bot.member.slash("paper", query=ID))
    assert "Hugging Face and arXiv can't be reached" in message.content
    assert message.controls[0]["url"] == PAPER.url
    services[0].error = None
    message = private_answer(await own_bot.korean.slash("논문", 검색어=ID))
    assert "지금은 arXiv에 연결할 수 없습니다" in message.content


async def test_people_who_ask_at_once_share_one_look_up(
    own_bot: BotFixture, services: tuple[SmallService, SmallService]
) -> None:
    services[0].gate = asyncio.Event()
    services[0].add(PAPER)
    one = await own_bot.member.slash("paper", query=ID, wait=False)
    two = await own_bot.korean.slash("논문", 검색어=ID, wait=False)
    for interaction in (one, two):
        await interaction.first()
        assert interaction.answer is CallbackType.DEFERRED_MESSAGE
    # A slow service keeps nobody else waiting.
    assert shown(await own_bot.admin.slash("paper", query="2502.14499")).embeds
    services[0].gate.set()
    for interaction in (one, two):
        await interaction.result()
        assert shown(interaction).embeds[0]["url"] == PAPER.url
    assert services[0].asked == [ID]


async def test_the_buttons_of_such_a_paper_work_after_a_restart_and_after_it_expired(
    own_bot: BotFixture, services: tuple[SmallService, SmallService]
) -> None:
    many = tuple(f"Author {number}" for number in range(200))
    services[0].add(replace(PAPER, authors=many))
    message = shown(await own_bot.member.slash("paper", query=ID))
    public = message
    in_menu = await own_bot.member.press(public, "Abstract")
    assert "third sentence" in shown(in_menu).embeds[0]["description"]
    private = await own_bot.member.slash("paper", own_bot.sandbox.dm(own_bot.member), query=ID)
    message = shown(private)
    for button, text in (("Abstract", "third sentence"), ("Full summary", "Author 199")):
        interaction = await own_bot.member.press(message, button)
        assert interaction.ephemeral
        assert text in shown(interaction).embeds[0]["description"]
    # Without look-ups.
    await own_bot.restart()
    interaction = await own_bot.korean.press(public, "Abstract")
    assert r"\*measure\*" in shown(interaction).embeds[0]["description"]
    assert "초록 (영어)" in shown(interaction).embeds[0]["description"]
    # Expired, and the service says something else now.
    service = SmallService()
    service.add(replace(PAPER, details=Details(abstract="Another version.")))
    await own_bot.restart(service)
    await own_bot.app.move_clock(READ_AT + FOUND_FOR + timedelta(minutes=1))
    interaction = await own_bot.member.press(message, "Abstract")
    assert interaction.ephemeral
    assert interaction.answer is CallbackType.DEFERRED_MESSAGE
    assert "Another version." in shown(interaction).embeds[0]["description"]


async def test_the_buttons_of_a_paper_that_is_gone_say_so(
    own_bot: BotFixture, services: tuple[SmallService, SmallService]
) -> None:
    services[0].add(PAPER)
    message = shown(await own_bot.member.slash("paper", query=ID))
    del services[0].papers[ID]
    await own_bot.app.move_clock(READ_AT + FOUND_FOR + timedelta(minutes=1))
    interaction = await own_bot.member.press(message, "Abstract")
    assert interaction.ephemeral
    assert shown(interaction).content == EN("paper-gone")
    # A digest lists it, without an abstract.
    without = replace(PAPER, details=Details())
    await digests.store(own_bot.database, replace(EARLIER, papers=(without,)), read_at=READ_AT)
    interaction = await own_bot.member.press(message, "Abstract")
    assert shown(interaction).content == EN("paper-abstract-gone")


async def test_a_long_text_of_such_a_paper_is_sent_as_a_file_after_a_deferred_answer(
    own_bot: BotFixture, services: tuple[SmallService, SmallService]
) -> None:
    long = replace(PAPER, sections=(Section(None, "word " * 20_000),), language="en")
    services[0].add(long)
    message = shown(await own_bot.member.slash("paper", query=ID))
    await own_bot.app.move_clock(READ_AT + FOUND_FOR + timedelta(minutes=1))
    interaction = await own_bot.member.press(message, "Full summary")
    assert interaction.ephemeral
    (file,) = shown(interaction).attachments
    assert file.content.decode().count("word") == 20_000


async def test_look_ups_that_are_under_way_do_not_keep_the_bot_from_stopping(
    own_bot: BotFixture,
    services: tuple[SmallService, SmallService],
    caplog: pytest.LogCaptureFixture,
) -> None:
    services[0].gate = asyncio.Event()
    interaction = await own_bot.member.slash("paper", query=ID, wait=False)
    await interaction.first()
    await own_bot.stop()
    # The bot gives each part some seconds to end, and then goes on without it.
    assert "took more than" not in caplog.text
