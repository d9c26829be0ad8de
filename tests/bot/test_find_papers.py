"""The message command Find papers, over real sockets."""

import asyncio

import pytest
from bot_fixture import BotFixture, actions_of, shown
from catalogue import CATALOGUE
from lookup_services import SmallService

from bot.sandbox import CallbackType, Interaction, Message, Person
from bot.sources.errors import SourceError
from storage.records import Details, Paper

FIND = "Find papers"
KNOWN, LONG, OLD = "2502.14499", "2502.00001", "hep-th/9901001"
UNLISTED = Paper(
    "2511.00001", "Not in a List", 3, ("Ann Lee",), details=Details(abstract="We do it.")
)
DOWN = SourceError("answered 503 Service Unavailable", is_unreachable=True)
EN = CATALOGUE.for_locale("en")


@pytest.fixture
def services() -> tuple[SmallService]:
    return (SmallService("arXiv"),)


async def find(
    fixture: BotFixture, message: Message | str, person: Person | None = None
) -> Interaction:
    """Use the command on a message, or on one that somebody else writes."""
    person = person or fixture.member
    target = fixture.admin.say(message) if isinstance(message, str) else message
    interaction = await person.context_menu(
        "논문 찾기" if person is fixture.korean else FIND, target
    )
    assert interaction.ephemeral
    return interaction


def answers_of(interaction: Interaction) -> list[Message]:
    messages = [shown(interaction), *interaction.followups]
    assert all(each.only_for == interaction.person.id for each in messages)
    return messages


def urls(interaction: Interaction) -> list[str]:
    embeds = [embed for each in answers_of(interaction) for embed in each.embeds]
    return [embed["url"].removeprefix("https://arxiv.org/abs/") for embed in embeds]


@pytest.mark.parametrize(
    "text",
    [
        f"look: https://arxiv.org/pdf/{KNOWN}v2!",
        f"<https://huggingface.co/papers/{KNOWN}>",
        f"[paper](https://hf.co/papers/{KNOWN}) and again {KNOWN}",
        f"arXiv:{KNOWN}",
    ],
)
async def test_the_paper_of_a_message_is_shown_in_private_with_its_actions(
    fixture: BotFixture, text: str
) -> None:
    interaction = await find(fixture, text)
    assert interaction.answer is CallbackType.MESSAGE
    assert urls(interaction) == [KNOWN]
    assert {"Save", "Post to channel", "Cite"} <= set(actions_of(shown(interaction)))
    assert len(fixture.general.messages) == 1


async def test_several_papers_are_short_cards_with_a_menu_that_opens_each(
    fixture: BotFixture,
) -> None:
    interaction = await find(fixture, f"{LONG}, {KNOWN} and {OLD}")
    assert urls(interaction) == [LONG, KNOWN, OLD]
    (message,) = answers_of(interaction)
    assert message.content == "Found 3 papers."
    opened = await fixture.member.choose(message, OLD)
    assert opened.ephemeral
    assert urls(opened) == [OLD]
    assert "Save" in actions_of(shown(opened))


async def test_ten_papers_of_a_message_are_shown_and_the_further_ones_are_said(
    fixture: BotFixture,
) -> None:
    ids = [choice["value"] for choice in await fixture.member.autocomplete("paper", "query", "")]
    interaction = await find(fixture, " ".join(ids[:12]))
    await interaction.until(lambda each: len(each.followups) == 1)
    assert urls(interaction) == ids[:10]
    first, last = answers_of(interaction)
    assert [len(first.embeds), len(last.embeds)] == [5, 5]
    assert first.content == "Found 10 papers.\n" + EN("found-more", most=10)
    assert not last.content
    (menu,) = last.controls
    assert [option["value"] for option in menu["options"]] == ids[:10]
    exactly = await find(fixture, " ".join(ids[:10]))
    assert "more papers" not in shown(exactly).content


async def test_papers_in_the_embeds_and_menus_of_a_message_are_found(fixture: BotFixture) -> None:
    card = shown(await fixture.admin.slash("paper", query=KNOWN))
    assert urls(await find(fixture, card)) == [KNOWN]
    top = shown(await fixture.admin.slash("top", count=3))
    assert len(urls(await find(fixture, top))) == 3


async def test_a_message_without_papers_is_said_to_have_none(fixture: BotFixture) -> None:
    for text in ("hello", "v1.2502.14498 https://example.org/2502.14499", "@everyone"):
        interaction = await find(fixture, text)
        assert shown(interaction).content == EN("found-none")
    wrong = await find(fixture, "arXiv:2513.12345")
    assert shown(wrong).content.startswith("**2513.12345** isn't an arXiv ID.")
    korean = await find(fixture, "안녕하세요", fixture.korean)
    assert shown(korean).content.startswith("이 메시지에는")


async def test_unknown_ids_are_looked_up_at_once_behind_one_deferred_answer(
    own_bot: BotFixture, services: tuple[SmallService]
) -> None:
    (service,) = services
    service.add(UNLISTED)
    other = Paper("2511.00002", "Another")
    service.add(other)
    interaction = await find(own_bot, f"{UNLISTED.url} {KNOWN} 2511.00009 {other.url}")
    assert interaction.answer is CallbackType.DEFERRED_MESSAGE
    await interaction.until(lambda each: bool(shown(each).embeds))
    assert urls(interaction) == [UNLISTED.arxiv_id, KNOWN, other.arxiv_id]
    (message,) = answers_of(interaction)
    first, second = message.content.splitlines()
    assert first == "Found 3 papers."
    assert second.startswith("Couldn't find **2511.00009** in Daily Papers or on arXiv.")
    assert sorted(service.asked) == [UNLISTED.arxiv_id, other.arxiv_id, "2511.00009"]
    again = await find(own_bot, UNLISTED.url)
    assert again.answer is CallbackType.MESSAGE
    assert urls(again) == [UNLISTED.arxiv_id]
    # The menu opens what no list has.
    opened = await own_bot.member.choose(message, "Another")
    assert urls(opened) == [other.arxiv_id]


async def test_one_unknown_id_is_explained_as_paper_does(
    own_bot: BotFixture, services: tuple[SmallService]
) -> None:
    (service,) = services
    service.error = DOWN
    interaction = await find(own_bot, "2502.14498")
    await interaction.until(lambda each: bool(shown(each).controls))
    message = shown(interaction)
    assert "arXiv can't be reached right now" in message.content
    assert "MLGym: A New Framework" in message.content
    assert message.controls[0]["url"] == "https://arxiv.org/abs/2502.14498"
    opened = await own_bot.member.choose(message, KNOWN)
    assert opened.ephemeral
    service.error = None
    several = await find(own_bot, "2502.14498 2502.14497")
    await several.until(lambda each: bool(shown(each).content))
    assert len(shown(several).content.splitlines()) == 2


async def test_it_works_in_direct_messages_and_in_servers_without_the_bot(
    fixture: BotFixture,
) -> None:
    stranger, channel = fixture.add_stranger()
    for place in (fixture.sandbox.dm(stranger), channel):
        interaction = await find(fixture, stranger.say(KNOWN, place), stranger)
        assert urls(interaction) == [KNOWN]
        assert actions_of(shown(interaction)) == ["Full summary", "Save", "Similar", "Cite"]


async def test_two_people_can_use_it_on_a_message_at_once(fixture: BotFixture) -> None:
    message = fixture.admin.say(f"{KNOWN} {LONG}")
    both = await asyncio.gather(find(fixture, message), find(fixture, message, fixture.korean))
    assert [urls(each) for each in both] == [[KNOWN, LONG]] * 2
    assert shown(both[1]).content == "논문 2편을 찾았습니다."


async def test_the_command_is_in_the_menu_of_messages_in_both_languages(
    fixture: BotFixture,
) -> None:
    (command,) = [each for each in fixture.member.commands() if each.type == 3]
    assert command.name == FIND
    assert command.body["name_localizations"] == {"ko": "논문 찾기"}
    assert set(command.body["contexts"]) == {0, 1, 2}
    assert set(command.body["integration_types"]) == {0, 1}
    assert "description" not in command.body
