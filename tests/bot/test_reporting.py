"""Readers report errors of texts that a language model wrote."""

from datetime import timedelta

import pytest
from bot_fixture import READ_AT, BotFixture, shown
from written_samples import MODEL, written_text

from bot.sandbox import Interaction, Message, NotSentError, Person
from storage import reports, written_texts
from storage.reports import PER_DAY, Report
from storage.written_texts import Sentence, WrittenSection

FIELD = "What is wrong?"
BARE = "hep-th/9901001"
AGAIN = "You already reported this summary. Thank you!"
REWRITTEN = "This summary was rewritten in the meantime. Open the paper again to see the new one."
OTHER = (WrittenSection("What's New", (Sentence("Another sentence.", "Another quote"),)),)


async def write(fixture: BotFixture, arxiv_id: str = BARE, **fields: object) -> None:
    await written_texts.configure(fixture.database, MODEL)
    given = {"language": "en", "written_at": READ_AT - timedelta(hours=1)}
    text = written_text(arxiv_id, **(given | fields))
    await written_texts.store(fixture.database, text)


async def opened(fixture: BotFixture, arxiv_id: str = BARE) -> Message:
    return shown(await fixture.member.slash("paper", query=arxiv_id))


async def send(fixture: BotFixture, form: Interaction, reason: str = "It is.") -> str:
    sent = await fixture.member.submit(form, {FIELD: reason})
    assert sent.ephemeral
    return shown(sent).content


async def press_report(person: Person, card: Message) -> Interaction:
    """Choose Report from a card's menu, and press the button that this is answered with."""
    chosen = await person.choose(card, "Report")
    if not (buttons := shown(chosen).controls):
        return chosen
    return await person.press(shown(chosen), buttons[0]["label"])


async def report(fixture: BotFixture, message: Message, reason: str = "It is.") -> str:
    """Report a text; return what that is answered."""
    interaction = await press_report(fixture.member, message)
    return (
        await send(fixture, interaction, reason)
        if interaction.modal
        else shown(interaction).content
    )


async def stored(fixture: BotFixture) -> tuple[Report, ...]:
    return await reports.every(fixture.database)


async def test_a_reason_is_stored_with_the_person_and_the_text(own_bot: BotFixture) -> None:
    await write(own_bot)
    message = await opened(own_bot)
    form = await press_report(own_bot.member, message)
    assert form.modal is not None
    assert form.modal["title"] == "Report this summary"
    field = form.modal["components"][0]["component"]
    assert (field["max_length"], field.get("required", True)) == (500, True)
    answer = await send(own_bot, form, " 95% \u202ei\x07s wrong.\n@everyone ")
    assert answer == "Thank you! The bot's operator will look at it."
    (found,) = await stored(own_bot)
    assert (found.arxiv_id, found.language, found.model) == (BARE, "en", MODEL)
    assert found.user_id == own_bot.member.id
    assert timedelta(0) <= found.at - READ_AT < timedelta(minutes=1)
    assert found.reason == "95% is wrong.\n@everyone"
    assert own_bot.general.messages == [message]


async def test_the_same_text_is_reported_once_by_a_person(own_bot: BotFixture) -> None:
    await write(own_bot)
    message = await opened(own_bot)
    early = await press_report(own_bot.member, message)
    assert (await report(own_bot, message)).startswith("Thank you!")
    assert await send(own_bot, early) == AGAIN
    assert await report(own_bot, message) == AGAIN
    by_other = await press_report(own_bot.korean, message)
    sent = await own_bot.korean.submit(by_other, {"잘못된 내용": "숫자가 틀렸습니다."})
    assert shown(sent).content == "감사합니다. 봇 운영자가 확인하겠습니다."
    assert len(await stored(own_bot)) == 2


async def test_a_person_reports_five_texts_a_day(own_bot: BotFixture) -> None:
    others = ["2502.14846", "2502.14282", "2502.14372", "2502.14669", "2502.14258"]
    for arxiv_id in (BARE, *others):
        await write(own_bot, arxiv_id)
    early = await press_report(own_bot.member, await opened(own_bot, others[-1]))
    for number, arxiv_id in enumerate((BARE, *others)):
        answer = await report(own_bot, await opened(own_bot, arxiv_id))
        assert answer.startswith("Thank you!" if number < PER_DAY else "You reported 5 summaries")
    assert (await send(own_bot, early)).startswith("You reported 5 summaries")
    assert len(await stored(own_bot)) == PER_DAY
    await own_bot.app.move_clock(own_bot.clock.now() + timedelta(days=1, seconds=1))
    assert (await report(own_bot, await opened(own_bot, others[-1]))).startswith("Thank you!")


async def test_a_text_that_is_another_one_meanwhile_is_not_reported(own_bot: BotFixture) -> None:
    await write(own_bot)
    message = await opened(own_bot)
    form = await press_report(own_bot.member, message)
    await write(own_bot, sections=OTHER)
    assert await send(own_bot, form) == REWRITTEN
    assert await report(own_bot, message) == REWRITTEN
    form = await press_report(own_bot.member, await opened(own_bot))
    async with own_bot.database.transaction() as writer:
        await written_texts.delete(writer, BARE, "en")
    answer = await send(own_bot, form)
    assert answer.startswith("This summary was taken back or is being rewritten.")
    assert await stored(own_bot) == ()


async def test_a_blank_reason_is_refused(own_bot: BotFixture) -> None:
    await write(own_bot)
    form = await press_report(own_bot.member, await opened(own_bot))
    assert await send(own_bot, form, " \u3164 ") == "Write what is wrong, then send it again."
    assert await stored(own_bot) == ()
    with pytest.raises(NotSentError):
        await send(own_bot, await press_report(own_bot.member, await opened(own_bot)), "x" * 501)


async def test_from_the_menu_it_can_be_chosen_again_after_the_form_was_closed(
    own_bot: BotFixture,
) -> None:
    long = (WrittenSection("What's New", (Sentence("word " * 79 + "end.", "A quote"),) * 8),)
    await write(own_bot, sections=long)
    card = shown(await own_bot.member.slash("paper", query=BARE, private=True))
    for _ in range(2):
        interaction = await own_bot.member.choose(card, "Report")
        assert interaction.ephemeral
        assert shown(interaction).content.startswith("Tell the bot's operator")
        form = await own_bot.member.press(shown(interaction), "Report")
        own_bot.member.dismiss(form)
    form = await own_bot.member.press(shown(interaction), "Report")
    assert (await send(own_bot, form)).startswith("Thank you!")
    interaction = await own_bot.member.choose(card, "Report")
    assert shown(interaction).content == AGAIN
