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


async def test_a_reason_is_stored_with_the_person_and_the_text(fixture: BotFixture) -> None:
    await write(fixture)
    message = await opened(fixture)
    form = await press_report(fixture.member, message)
    assert form.modal is not None
    assert form.modal["title"] == "Report this summary"
    field = form.modal["components"][0]["component"]
    assert (field["max_length"], field.get("required", True)) == (500, True)
    answer = await send(fixture, form, " 95% \u202ei\x07s wrong.\n@everyone ")
    assert answer == "Thank you! The bot's operator will look at it."
    (found,) = await stored(fixture)
    assert (found.arxiv_id, found.language, found.model) == (BARE, "en", MODEL)
    assert found.user_id == fixture.member.id
    assert timedelta(0) <= found.at - READ_AT < timedelta(minutes=1)
    assert found.reason == "95% is wrong.\n@everyone"
    assert fixture.general.messages == [message]


async def test_the_same_text_is_reported_once_by_a_person(fixture: BotFixture) -> None:
    await write(fixture)
    message = await opened(fixture)
    early = await press_report(fixture.member, message)
    assert (await report(fixture, message)).startswith("Thank you!")
    assert await send(fixture, early) == AGAIN
    assert await report(fixture, message) == AGAIN
    by_other = await press_report(fixture.korean, message)
    sent = await fixture.korean.submit(by_other, {"잘못된 내용": "숫자가 틀렸습니다."})
    assert shown(sent).content == "감사합니다. 봇 운영자가 확인하겠습니다."
    assert len(await stored(fixture)) == 2


async def test_a_person_reports_five_texts_a_day(fixture: BotFixture) -> None:
    others = ["2502.14846", "2502.14282", "2502.14372", "2502.14669", "2502.14258"]
    for arxiv_id in (BARE, *others):
        await write(fixture, arxiv_id)
    early = await press_report(fixture.member, await opened(fixture, others[-1]))
    for number, arxiv_id in enumerate((BARE, *others)):
        answer = await report(fixture, await opened(fixture, arxiv_id))
        assert answer.startswith("Thank you!" if number < PER_DAY else "You reported 5 summaries")
    assert (await send(fixture, early)).startswith("You reported 5 summaries")
    assert len(await stored(fixture)) == PER_DAY
    await fixture.app.move_clock(fixture.clock.now() + timedelta(days=1, seconds=1))
    assert (await report(fixture, await opened(fixture, others[-1]))).startswith("Thank you!")


async def test_a_text_that_is_another_one_meanwhile_is_not_reported(fixture: BotFixture) -> None:
    await write(fixture)
    message = await opened(fixture)
    form = await press_report(fixture.member, message)
    await write(fixture, sections=OTHER)
    assert await send(fixture, form) == REWRITTEN
    assert await report(fixture, message) == REWRITTEN
    form = await press_report(fixture.member, await opened(fixture))
    async with fixture.database.transaction() as writer:
        await written_texts.delete(writer, BARE, "en")
    answer = await send(fixture, form)
    assert answer.startswith("This summary was taken back or is being rewritten.")
    assert await stored(fixture) == ()


async def test_a_blank_reason_is_refused(fixture: BotFixture) -> None:
    await write(fixture)
    form = await press_report(fixture.member, await opened(fixture))
    assert await send(fixture, form, " \u3164 ") == "Write what is wrong, then send it again."
    assert await stored(fixture) == ()
    with pytest.raises(NotSentError):
        await send(fixture, await press_report(fixture.member, await opened(fixture)), "x" * 501)


async def test_from_the_menu_it_can_be_chosen_again_after_the_form_was_closed(
    fixture: BotFixture,
) -> None:
    long = (WrittenSection("What's New", (Sentence("word " * 79 + "end.", "A quote"),) * 8),)
    await write(fixture, sections=long)
    card = shown(await fixture.member.slash("paper", query=BARE, private=True))
    for _ in range(2):
        interaction = await fixture.member.choose(card, "Report")
        assert interaction.ephemeral
        assert shown(interaction).content.startswith("Tell the bot's operator")
        form = await fixture.member.press(shown(interaction), "Report")
        fixture.member.dismiss(form)
    form = await fixture.member.press(shown(interaction), "Report")
    assert (await send(fixture, form)).startswith("Thank you!")
    interaction = await fixture.member.choose(card, "Report")
    assert shown(interaction).content == AGAIN
