"""What readers see of a text that a language model wrote: whose it is, and its quotes."""

import re

import pytest
from bot_fixture import BotFixture, shown
from written_samples import MODEL, WRITTEN_AT, written_text

from bot.sandbox import Message
from storage import papers, reports, written_texts
from storage.database import Database
from storage.records import Basis
from storage.written_texts import Sentence, WrittenSection, WrittenText

BARE = "hep-th/9901001"
"""A paper without sections."""
DIGEST = "2502.14499"
"""A paper whose sections are from a digest."""
MARKUP = (
    "@everyone <@1> <#2> [click](https://example.org) **bold** __under__ ||spoiler|| `code` "
    "> quote # head - item <t:1:R> \u202e\x07"
)
ACTIVE = re.compile(r"(?<!\\)(?:\*\*|\|\||`|<[@#t]|\[|__)|@(?:everyone|here)|[\u202e\x07]")
"""Markup and mentions that have an effect; the bot's own headings are taken out before."""


async def store(fixture: BotFixture, text: WrittenText) -> None:
    await written_texts.configure(fixture.database, MODEL)
    await written_texts.store(fixture.database, text)


async def card(fixture: BotFixture, arxiv_id: str = BARE) -> Message:
    return shown(await fixture.member.slash("paper", query=arxiv_id))


def labels(message: Message) -> list[str]:
    """Return the labels of the buttons below a message, and of the options of its menu."""
    found = [each["label"] for each in message.controls if each.get("label")]
    options = [each for control in message.controls for each in control.get("options", ())]
    return found + [each["label"] for each in options]


async def test_a_card_says_who_wrote_it_and_each_sentence_is_listed_with_its_quote(
    own_bot: BotFixture,
) -> None:
    await store(own_bot, written_text(BARE, language="en"))
    message = await card(own_bot)
    footer = message.embeds[0]["footer"]["text"]
    assert "Written by small-model, each sentence quotes the abstract" in footer
    assert labels(message) == ["Quotes", "Discuss", "Save", "Similar", "Cite", "Report"]
    interaction = await own_bot.member.press(message, "Quotes")
    (embed,) = shown(interaction).embeds
    assert interaction.ephemeral
    assert embed["description"] == (
        "**What's New**\n"
        "새로운 방법을 제안합니다.\n> We propose a new method\n\n"
        "과제 13개로 평가합니다.\n> evaluate it on 13 tasks\n\n"
        "**Performance Highlights**\n"
        "정확도는 95%입니다.\n> reaches 95% accuracy"
    )
    assert embed["footer"]["text"] == footer.split(" · ")[1]
    assert labels(shown(interaction)) == ["Report"]


async def test_a_korean_reader_is_told_in_korean(own_bot: BotFixture) -> None:
    await store(own_bot, written_text(BARE, basis=Basis.FULL_TEXT))
    message = shown(await own_bot.korean.slash("논문", 검색어=BARE))
    assert "AI 요약: small-model · 모든 문장에 본문 인용" in message.embeds[0]["footer"]["text"]
    assert labels(message)[0] == "근거 문장"
    interaction = await own_bot.korean.press(message, "근거 문장")
    assert shown(interaction).embeds[0]["description"].startswith("**새로운 점**\n")


async def test_a_text_from_a_digest_has_neither_quotes_nor_reports(own_bot: BotFixture) -> None:
    for query in (DIGEST, BARE):
        message = await card(own_bot, query)
        assert not {"Quotes", "Report"} & {*labels(message)}


async def test_many_quotes_are_on_pages_and_none_is_left_out(own_bot: BotFixture) -> None:
    sentences = tuple(
        Sentence(f"Sentence {number} {'*' * 150}", f"Quote {number} {'word ' * 80}")
        for number in range(24)
    )
    sections = tuple(
        WrittenSection(heading, sentences[start : start + 8])
        for heading, start in (("What's New", 0), ("Technical Details", 8), ("Other", 16))
    )
    await store(own_bot, written_text(BARE, language="en", sections=sections))
    message = shown(await own_bot.member.press(await card(own_bot), "Quotes"))
    texts = []
    while True:
        embed = message.embeds[0]
        texts.append(embed["description"])
        (following,) = [each for each in message.controls if each["label"] == "Next"]
        if following.get("disabled"):
            break
        await own_bot.member.press(message, "Next")
    assert len(texts) > 2
    assert f"Page {len(texts)} of {len(texts)}" in message.embeds[0]["footer"]["text"]
    assert all(text.startswith("**") for text in texts)
    for kind, mark in (("Sentence", ""), ("Quote", "> ")):
        found = re.findall(rf"^{mark}{kind} (\d+) ", "\n".join(texts), re.MULTILINE)
        assert found == [str(number) for number in range(24)]


async def test_markup_of_a_model_is_shown_as_it_is_written(own_bot: BotFixture) -> None:
    section = WrittenSection(f"New {MARKUP}", (Sentence(f"A. {MARKUP}", f"B. {MARKUP}"),))
    text = written_text(BARE, language="en", sections=(section,) * 2, model=MARKUP)
    await written_texts.configure(own_bot.database, MARKUP)
    await written_texts.store(own_bot.database, text)
    message = await card(own_bot)
    fields = [each for each in message.embeds[0]["fields"] if each["name"].startswith("New")]
    assert len(fields) == 2
    quotes = shown(await own_bot.member.press(message, "Quotes")).embeds[0]["description"]
    for line in ("\nA.", "\n> B."):
        assert line in quotes
    seen = [each[part] for each in fields for part in ("name", "value")]
    seen += [line.removeprefix("**").removesuffix("**") for line in quotes.splitlines()]
    for each in seen:
        assert not ACTIVE.search(each), each
    footer = message.embeds[0]["footer"]["text"]
    assert "\u202e" not in footer
    assert "\x07" not in footer


async def test_the_whole_text_has_the_same_buttons_and_shows_markup_as_it_is_written(
    own_bot: BotFixture,
) -> None:
    long = tuple(Sentence(f"{number} {MARKUP}" + "word " * 40, "A quote") for number in range(6))
    sections = (WrittenSection("What's New", long),)
    await store(own_bot, written_text(BARE, language="en", sections=sections))
    message = await card(own_bot)
    assert labels(message)[:2] == ["Full summary", "Quotes"]
    interaction = await own_bot.member.press(message, "Full summary")
    whole = shown(interaction)
    body = whole.embeds[0]["description"].partition("**What's New**\n")[2].partition("\n\n**")[0]
    assert "word" in body
    assert not ACTIVE.search(body)
    assert labels(whole) == ["Quotes", "Report"]
    assert whole.embeds[0]["footer"]["text"].startswith(f"arXiv {BARE} · Written by small-model")
    quotes = await own_bot.member.press(whole, "Quotes")
    assert "> A quote" in shown(quotes).embeds[0]["description"]


async def test_a_text_that_was_hidden_by_another_process_is_shown_nowhere(
    own_bot: BotFixture,
) -> None:
    own_bot.database.check_every = 0.0
    await store(own_bot, written_text(BARE, language="en"))
    before = await card(own_bot)
    assert "새로운 방법을" in str(before.embeds)
    async with await Database.open(own_bot.database.path) as other:
        text = await written_texts.get(other, BARE, "en")
        assert text is not None
        report_id = await reports.add(other, text, user_id=1, reason="wrong", at=WRITTEN_AT)
        found = await reports.get(other, report_id)
        assert found is not None
        await reports.hide(other, found, at=WRITTEN_AT)
    after = await card(own_bot)
    assert "새로운 방법을" not in str(after.embeds)
    assert labels(after) == ["Discuss", "Save", "Similar", "Cite"]
    for interaction in (
        await own_bot.member.press(before, "Quotes"),
        await own_bot.member.choose(before, "Report"),
    ):
        assert interaction.ephemeral
        assert shown(interaction).content.startswith("This summary was taken back")
    listed = await papers.get(own_bot.database, BARE)
    assert listed is not None
    assert listed.paper.sections == ()
    search = shown(await own_bot.member.slash("paper", query="제안합니다"))
    assert BARE not in str(search.controls)


@pytest.mark.parametrize("custom_id", ["2:quotes:2502.14499:en", "2:quotes:2502.99999:ko:3"])
async def test_there_are_no_quotes_of_other_texts(own_bot: BotFixture, custom_id: str) -> None:
    await store(own_bot, written_text(BARE, language="en"))
    message = await card(own_bot)
    control = next(each for each in message.controls if each.get("label") == "Quotes")
    control["custom_id"] = custom_id
    interaction = await own_bot.member.press(message, custom_id)
    assert shown(interaction).content.startswith("This summary was taken back")
