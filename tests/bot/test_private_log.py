"""The log has neither ids nor names of people, nor anything that they typed."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import pytest
from bot_fixture import BotFixture, shown
from posting_fixture import eventually
from screens import open_screen

from bot.sandbox import Person
from config.logs import JsonFormatter, SafeFormatter

TYPED: Final = "quokka"
"""In everything that is typed."""
NAME: Final = "Numbat"
_SUB, _STRING, _BOOLEAN, _CHANNEL, _ROLE = 1, 3, 5, 7, 8
VALID: Final = {"timezone": "Seoul", "time": "9:00", "schedule": "schedule:1"}
"""Without these a command ends with the first wrong option."""


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


@pytest.fixture
def person(own_bot: BotFixture) -> Person:
    """Return somebody with an unmistakable name who may do everything."""
    return own_bot.guild.add_member(NAME, roles=(own_bot.guild.add_role("Boss", 8),))


def check(log: pytest.LogCaptureFixture, *people: Person) -> None:
    """Check what each handler would write, tracebacks included."""
    logging.getLogger("bot").info("the end")
    formatters = (SafeFormatter(()), JsonFormatter(()))
    text = "\n".join(form.format(record) for record in log.records for form in formatters).lower()
    assert "the end" in text
    for wanted in (TYPED, NAME, *(str(each.id) for each in people)):
        assert wanted.lower() not in text, [x for x in text.splitlines() if wanted.lower() in x]


def times(text: str, log: pytest.LogCaptureFixture) -> int:
    """Return how many messages of the log have a text."""
    return sum(text in each for each in log.messages)


def commands(fixture: BotFixture) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each slash command with its options."""
    for command in fixture.sandbox.world.commands.values():
        options = command.body.get("options") or []
        if command.type == 1 and any(each["type"] == _SUB for each in options):
            for each in options:
                yield f"{command.name} {each['name']}", each.get("options") or []
        elif command.type == 1:
            yield command.name, options


def value_of(option: dict[str, Any], fixture: BotFixture, *, is_valid: bool) -> Any:  # noqa: ANN401 - of any type
    if option.get("choices"):
        return option["choices"][0]["value"]
    if is_valid and option["name"] in VALID:
        return VALID[option["name"]]
    values = {
        _STRING: f"{TYPED} {option['name']}",
        _BOOLEAN: True,
        _CHANNEL: fixture.general,
        _ROLE: fixture.guild.everyone,
    }
    return values.get(option["type"], option.get("min_value", 3))


async def test_no_command_writes_about_people(
    own_bot: BotFixture, log: pytest.LogCaptureFixture, person: Person
) -> None:
    await own_bot.admin.slash("schedule add", channel=own_bot.general, timezone="Seoul")
    used = []
    for command, options in commands(own_bot):
        for is_valid in (False, True):
            values = {
                each["name"]: value_of(each, own_bot, is_valid=is_valid)
                for each in options
                if is_valid or each.get("required") or each["type"] == _STRING
            }
            interaction = await person.slash(command, own_bot.general, force=True, **values)
            assert interaction.failed is None
            used.append(command)
        for option in options:
            if option.get("autocomplete"):
                await person.autocomplete(command, option["name"], f"{TYPED} 1", own_bot.general)
    assert len(set(used)) > 15
    await person.context_menu("Find papers", person.say(f"{TYPED} arxiv.org/abs/2502.14499"))
    check(log, person, own_bot.admin)


async def test_no_form_button_or_message_writes_about_people(
    own_bot: BotFixture, log: pytest.LogCaptureFixture, person: Person
) -> None:
    card = shown(await person.slash("paper", query="2502.14499"))
    await person.press(card, "Save")
    entry = shown(await person.press(card, "Save"))
    form = await person.press(entry, "Note")
    await person.submit(form, {"Your note on this paper": TYPED})
    screen = await open_screen(person)
    await screen.fill_in("Keywords…", words=TYPED)
    for button, field in (("Other time…", "time"), ("Other zone…", "zone")):
        form = await screen.press(button)
        assert (await person.submit(form, {f"2:setup:{field}": TYPED})).failed is None
    page = shown(await person.slash("top", count=25))
    await own_bot.member.press(page, "Next")
    place = own_bot.sandbox.dm(person)
    person.say(f"{TYPED} https://arxiv.org/abs/2502.14499", place)
    bot = own_bot.sandbox.world.bot
    person.say(f"<@{bot.id}> {TYPED} 2502.14499", own_bot.general)
    await eventually(lambda: any(each.author is bot for each in place.messages))
    question = shown(await person.slash("mydata forget"))
    await person.press(question, "Delete everything")
    await own_bot.wait_until_idle()
    check(log, person, own_bot.member)


async def test_no_failure_writes_about_people(
    own_bot: BotFixture, log: pytest.LogCaptureFixture, person: Person
) -> None:
    page = shown(await person.slash("top", count=25))
    # The answer comes too late, or can't be sent; nor can the sentence that says so.
    for code, status, requests, logged in ((10062, 404, 2, "deadline"), (50035, 400, 4, "failed")):
        fault = own_bot.sandbox.faults.add(
            "POST", "/interactions/**", status=status, code=code, times=requests
        )
        waiting = asyncio.gather(
            person.press(page, "Next"), person.slash("paper", query=f"{TYPED} paper")
        )
        await eventually(lambda: fault.left == 0 and times(logged, log) == 2)  # noqa: B023 - awaited here
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
    # An error that nobody foresaw.
    async with own_bot.database.transaction() as writer:
        await writer.execute("DROP TABLE saved_papers")
    await person.slash("saved")
    await person.press(shown(await person.slash("paper", query="2502.14499")), "Save")
    check(log, person)
    own_bot.sandbox.refusals.clear()
