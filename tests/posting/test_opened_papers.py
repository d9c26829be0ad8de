"""A paper that is opened without a text in the reader's language: it is written meanwhile."""

import asyncio
import json

import pytest
from posting_fixture import PostingFixture, eventually
from writer_fixture import BARE, GYM, WINDOWS, WriterFixture

from bot.demo.services.chat import Behaviour
from bot.sandbox import Interaction, Message, Person
from storage import written_texts

WRITTEN = "Written by local-model, each sentence quotes the abstract"


@pytest.fixture
def reader(posting: PostingFixture) -> Person:
    person = posting.guild.add_member("Bo")
    person.channel = posting.channel("general")
    return person


def shown(interaction: Interaction) -> Message:
    assert interaction.message is not None
    return interaction.message


def footer(message: Message) -> str:
    return str(message.embeds[0]["footer"]["text"])


def labels(message: Message) -> list[str]:
    return [each["label"] for each in message.controls if each.get("label")]


async def test_it_is_shown_at_once_and_edited_when_its_text_is_there(
    posting: PostingFixture, writer: WriterFixture, reader: Person
) -> None:
    writer.chat.may_answer.clear()
    async with posting.running():
        interaction = await reader.slash("paper", query=GYM)
        message = shown(interaction)
        assert writer.chat.questions == []
        assert WRITTEN not in footer(message)
        assert "Quotes" not in labels(message)
        assert message.embeds[0]["fields"][0]["name"] == "Abstract"
        writer.chat.may_answer.set()
        await interaction.edited()
        assert WRITTEN in footer(message)
        assert {"Quotes", "Discuss"} <= {*labels(message)}
        assert message.content == ""
        quotes = await reader.press(message, "Quotes")
        assert "> We introduce a gym with 13 tasks" in shown(quotes).embeds[0]["description"]
        again = await reader.slash("paper", query=GYM)
        assert WRITTEN in footer(shown(again))
    assert len(writer.chat.questions) == 1


async def test_all_who_open_it_share_one_text_in_each_language(
    posting: PostingFixture, writer: WriterFixture, reader: Person
) -> None:
    writer.chat.may_answer.clear()
    korean = posting.guild.add_member("지민", locale="ko")
    korean.channel = reader.channel
    async with posting.running():
        opened = await asyncio.gather(
            *(reader.slash("paper", query=GYM) for _ in range(3)),
            *(reader.slash("paper", query=GYM, private=True) for _ in range(2)),
            korean.slash("paper", query=GYM),
        )
        writer.chat.may_answer.set()
        for interaction in opened:
            await interaction.edited()
        assert all("local-model" in footer(shown(interaction)) for interaction in opened)
        assert "근거 문장" in labels(shown(opened[-1]))
    assert len(writer.chat.questions) == 2


async def test_a_paper_chosen_from_a_menu_is_edited_as_well(
    posting: PostingFixture, writer: WriterFixture, reader: Person
) -> None:
    writer.chat.may_answer.clear()
    async with posting.running():
        for private, title in ((True, GYM), (False, WINDOWS)):
            found = await reader.slash("paper", query="Title of", private=private)
            chosen = await reader.choose(shown(found), title)
            card = shown(chosen) if private else await chosen.followup()
            assert WRITTEN not in footer(card)
            writer.chat.may_answer.set()
            await eventually(lambda card=card: WRITTEN in footer(card))  # type: ignore[misc]  # the default of a lambda
            assert card.ephemeral is private
            writer.chat.may_answer.clear()


@pytest.mark.parametrize("behaviour", [Behaviour.REFUSES, Behaviour.LIES])
async def test_if_nothing_is_written_the_abstract_stays_and_nothing_else(
    posting: PostingFixture,
    writer: WriterFixture,
    reader: Person,
    behaviour: Behaviour,
) -> None:
    writer.chat.behaviour = behaviour
    async with posting.running():
        opened = [await reader.slash("paper", query=each) for each in (GYM, BARE)]
        before = [json.dumps(shown(each).embeds) for each in opened]
        await eventually(lambda: bool(writer.chat.questions))
        await posting.settle()
        again = await reader.slash("paper", query=GYM)
        assert [json.dumps(shown(each).embeds) for each in opened] == before
        assert [each.edits for each in (*opened, again)] == [0, 0, 0]
        assert [each.followups for each in opened] == [[], []]
        assert "Abstract" in before[0]


async def test_a_card_that_was_deleted_or_changed_meanwhile_is_left_alone(
    posting: PostingFixture, writer: WriterFixture, reader: Person
) -> None:
    writer.chat.may_answer.clear()
    async with posting.running():
        deleted, changed, bare = [await reader.slash("paper", query=GYM) for _ in range(3)]
        posting.sandbox.world.remove_message(shown(deleted))
        shown(changed).edited_at = posting.clock.now()
        shown(bare).embeds.clear()
        before = json.dumps(shown(changed).embeds)
        last = await reader.slash("paper", query=GYM)
        writer.chat.may_answer.set()
        await last.edited()
        await posting.settle()
        assert WRITTEN in footer(shown(last))
        assert json.dumps(shown(changed).embeds) == before
        assert shown(bare).embeds == []
        assert not any(each.edits for each in (deleted, changed, bare))


async def test_a_card_of_a_paper_with_a_text_waits_for_nothing(
    posting: PostingFixture, writer: WriterFixture, reader: Person
) -> None:
    async with posting.running():
        first = await reader.slash("paper", query=GYM)
        await first.edited()
        writer.chat.requests.clear()
        assert await written_texts.has_text(posting.database, GYM, "en")
        second = await reader.slash("paper", query=GYM)
        await posting.settle()
        assert second.edits == 0
    assert writer.chat.requests == []


async def test_the_bot_stops_while_a_text_is_awaited(
    posting: PostingFixture, writer: WriterFixture, reader: Person
) -> None:
    writer.chat.may_answer.clear()
    async with posting.running():
        interaction = await reader.slash("paper", query=GYM)
        await writer.until_asked()
    assert interaction.edits == 0
    # What was asked for is not lost.
    writer.chat.may_answer.set()
    async with posting.running():
        await posting.settle()
        assert await written_texts.has_text(posting.database, GYM, "en")
