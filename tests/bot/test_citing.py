"""The action that cites a paper, in private."""

import json
import re

import pytest
import rispy
from bot_fixture import BotFixture, shown
from catalogue import CATALOGUE
from lookup_services import SmallService
from pybtex.database import parse_string

from bot.sandbox import Interaction, Message
from storage.records import Paper

KNOWN = "2502.14499"
LONG = "2502.00001"
ORDERED = Paper(
    "2511.00001",
    "`Quotes` ```and``` 100% of {Braces} & Co",
    authors=("José van der Berg", "Qwen Team"),
    authors_ordered=True,
)
MANY = Paper(
    "2511.00002",
    "Many",
    authors=tuple(f"Given{n} Family{n}" for n in range(600)),
    authors_ordered=True,
)
EN = CATALOGUE.for_locale("en")


@pytest.fixture
def services() -> tuple[SmallService]:
    service = SmallService()
    service.add(ORDERED)
    service.add(MANY)
    return (service,)


async def cited(fixture: BotFixture, arxiv_id: str) -> Message:
    """Open a paper in a direct message, and press Cite."""
    place = fixture.sandbox.dm(fixture.member)
    card = shown(await fixture.member.slash("paper", place, query=arxiv_id))
    interaction = await fixture.member.press(card, "Cite")
    assert interaction.ephemeral
    return shown(interaction)


def block_of(message: Message) -> str:
    (source,) = re.findall(r"```bibtex\n(.*?)```", message.content, re.DOTALL)
    return str(source)


def file_of(interaction: Interaction) -> tuple[str, str]:
    assert interaction.ephemeral
    (file,) = shown(interaction).attachments
    return file.filename, file.content.decode()


async def test_bibtex_is_shown_to_copy_with_buttons_to_files(own_bot: BotFixture) -> None:
    message = await cited(own_bot, ORDERED.arxiv_id)
    ((key, entry),) = parse_string(block_of(message), "bibtex").entries.items()
    assert key == "berg2025quotes"
    assert [str(each) for each in entry.persons["author"]] == [
        "van der Berg, Jos{\\'e}",
        "{Qwen Team}",
    ]
    assert message.content.count("```") == 2
    assert EN("cite-authors-unknown", link=ORDERED.url) not in message.content
    await own_bot.restart()
    name, text = file_of(await own_bot.member.press(message, "RIS"))
    assert name == "2511.00001.ris"
    assert rispy.loads(text)[0]["title"] == ORDERED.title
    name, text = file_of(await own_bot.member.press(message, "CSL-JSON"))
    assert name == "2511.00001.json"
    assert json.loads(text)[0]["id"] == key


async def test_authors_without_an_order_are_left_out_and_this_is_said(fixture: BotFixture) -> None:
    message = await cited(fixture, KNOWN)
    assert EN("cite-authors-unordered", link=f"https://arxiv.org/abs/{KNOWN}") in message.content
    (entry,) = parse_string(block_of(message), "bibtex").entries.values()
    assert "author" not in entry.persons
    for name in ("Nathani", "Madaan"):
        assert name not in message.content
    card = shown(
        await fixture.korean.slash("논문", fixture.sandbox.dm(fixture.korean), 검색어=KNOWN)
    )
    korean = shown(await fixture.korean.press(card, "인용"))
    assert "저자 순서를 알 수 없어" in korean.content


async def test_a_long_citation_is_a_file(own_bot: BotFixture) -> None:
    message = await cited(own_bot, MANY.arxiv_id)
    assert message.content.endswith(EN("cite-file"))
    (file,) = message.attachments
    assert file.filename == "2511.00002.bib"
    (entry,) = parse_string(file.content.decode(), "bibtex").entries.values()
    assert len(entry.persons["author"]) == 600
    assert "CSL-JSON" in [each.get("label") for each in message.controls]


async def test_a_hostile_title_stays_in_its_block_and_notifies_nobody(fixture: BotFixture) -> None:
    message = await cited(fixture, "2502.00003")
    assert not message.pings
    sentence, _, _ = message.content.partition("```")
    assert "@everyone" not in sentence
    assert "](https://example.org" not in sentence
    (entry,) = parse_string(block_of(message), "bibtex").entries.values()
    assert "\u202e" not in entry.fields["title"]


async def test_a_paper_of_an_old_id_has_a_file_name_without_a_slash(fixture: BotFixture) -> None:
    message = await cited(fixture, "hep-th/9901001")
    name, text = file_of(await fixture.member.press(message, "RIS"))
    assert name == "hep-th-9901001.ris"
    assert "10.48550/arXiv.hep-th/9901001" in text
