"""Numbers out of range for SQLite or the texts, which only a modified client can send."""

from datetime import UTC, datetime

import discord
import pytest
from bot_fixture import BotFixture, shown

from bot.errors import UserError
from bot.sandbox import Interaction, Message

HUGE = (2**63, -(2**63) - 1, 10**30)


@pytest.fixture(autouse=True)
def clear_log(caplog: pytest.LogCaptureFixture) -> None:
    """Clear the log, so that a test sees only its own records."""
    caplog.clear()


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize("command", ["edit", "remove", "pause", "resume", "preview", "post"])
async def test_a_schedule_id_out_of_range_is_an_unknown_schedule(
    fixture: BotFixture, command: str, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await fixture.admin.slash(
        f"schedule {command}", schedule=f"schedule:{number}", force=True
    )
    unknown = await fixture.admin.slash(f"schedule {command}", schedule="schedule:999", force=True)
    assert shown(answer).content == shown(unknown).content
    assert "no longer exists" in shown(answer).content
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("number", HUGE)
async def test_the_history_of_a_schedule_id_out_of_range_is_unknown(
    fixture: BotFixture, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await fixture.admin.slash(
        "schedule history", schedule=f"schedule:{number}", force=True
    )
    unknown = await fixture.admin.slash("schedule history", schedule="schedule:999")
    assert shown(answer).embeds == shown(unknown).embeds
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize("locale", ["en-US", "ko"])
async def test_an_option_out_of_range_is_answered_with_its_range(
    fixture: BotFixture, number: int, locale: str, caplog: pytest.LogCaptureFixture
) -> None:
    fixture.admin.locale = locale
    for option, least in (("count", 0), ("min_votes", -1), ("catch_up", -1)):
        said = [
            shown(
                await fixture.admin.slash(
                    "schedule add",
                    None,
                    {"channel": fixture.general, "timezone": "UTC", option: value},
                    force=True,
                )
            ).content
            for value in (number, least)
        ]
        assert said[0] == said[1]
    outdated = await fixture.admin.slash("top", count=number, force=True)
    assert shown(outdated).ephemeral
    assert await fixture.admin.autocomplete("schedule edit", "schedule", number) == []
    assert not [record for record in caplog.records if record.exc_info]


async def press(fixture: BotFixture, custom_id: str) -> Interaction:
    """Press a button that carries any `custom_id`."""
    payload = {"type": 2, "style": 2, "label": "x", "custom_id": custom_id}
    message = Message(
        fixture.sandbox.world.new_id(),
        fixture.general,
        fixture.sandbox.world.bot,
        datetime.now(UTC),
        "x",
        components=[{"type": 1, "components": [payload]}],
    )
    fixture.sandbox.world.add_message(message)
    return await fixture.admin.press(message, custom_id)


@pytest.mark.parametrize(
    ("custom_id", "said"),
    [
        ("top:today:10:99999999999999999999999999:1:0", "older version"),
        ("top:today:10:0:1:0", "older version"),
        ("top:today:10:3652060:1:0", "older version"),
        ("top:today:99999999999999999999:739300:1:1", "older version"),
        ("top:today:10:739300:1:99999999999999999999", "older version"),
        ("again:999999999999999999", "no longer exists"),
        ("post:rest:week:9999-12-31:x", "older version"),
        ("rest:week:9999-12-27:0:0:4AAAA", "older version"),
        ("rest:day:2025-02-21:0:0:1A", "older version"),
    ],
)
async def test_a_button_out_of_range_is_answered_without_a_traceback(
    fixture: BotFixture, custom_id: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert said in shown(await press(fixture, custom_id)).content
    assert not [record for record in caplog.records if record.exc_info]


async def test_an_error_without_a_text_is_answered_with_the_general_text(
    fixture: BotFixture, caplog: pytest.LogCaptureFixture
) -> None:
    @fixture.app.tree.command()
    async def broken(_interaction: discord.Interaction[discord.Client]) -> None:
        """Fail with the key of a missing text."""
        raise UserError("no-such-text")

    answer = await fixture.member.slash("broken", force=True)
    assert answer.ephemeral
    assert shown(answer).content.startswith("Something went wrong.")
    assert "no-such-text" in caplog.text
