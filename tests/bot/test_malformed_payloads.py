import asyncio
import gc
from typing import Any

import discord
import pytest
from bot_fixture import BotFixture, shown


async def send(fixture: BotFixture, name: str, data: object) -> None:
    """Make the sandbox's gateway send the bot an event with any data."""
    (session,) = fixture.sandbox.gateway.connected
    payload: Any = data
    session.dispatch(name, payload)


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        None,
        {"id": "x"},
        {"id": "1", "type": 2, "token": "t", "version": 1, "application_id": "1"},
        {
            "id": "1",
            "type": 3,
            "token": "t",
            "version": 1,
            "application_id": "1",
            "attachment_size_limit": 1,
            "data": {},
        },
    ],
)
async def test_an_interaction_that_cannot_be_parsed_is_skipped(
    fixture: BotFixture, data: object, caplog: pytest.LogCaptureFixture
) -> None:
    await send(fixture, "INTERACTION_CREATE", data)
    answer = await fixture.member.slash("paper", query="2502.00001")
    assert shown(answer).embeds
    assert caplog.text.count("can't be parsed and is skipped: INTERACTION_CREATE") == 1
    assert not fixture.app.client.is_closed()


@pytest.mark.parametrize(
    "data",
    [
        {"options": [{"name": "query", "type": 8, "value": "no snowflake"}]},
        {"options": [{"name": "query", "type": 8, "value": None}]},
        {"options": [{"name": "query", "type": 3}]},
        {"options": [{"value": "x"}]},
        {"options": ["x"]},
        {"options": None},
        {"resolved": {"roles": {"1": {}}}},
        {"resolved": {"channels": {"x": {"type": "y"}}}},
        {"resolved": []},
        {"name": ["paper"]},
    ],
    ids=str,
)
async def test_a_command_with_malformed_options_is_logged_and_answered_with_an_error_text(
    fixture: BotFixture, data: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    (session,) = fixture.sandbox.gateway.connected
    dispatch = session.dispatch

    def dispatch_malformed(name: str, payload: dict[str, Any]) -> None:
        if name == "INTERACTION_CREATE":
            payload = payload | {"data": payload["data"] | data}
        dispatch(name, payload)

    # The sandbox's people can't send what Discord wouldn't, so the event is changed on its way.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(session), "dispatch", lambda _, *event: dispatch_malformed(*event))
        answer = await fixture.member.slash("paper", query="2502.00001")
    assert shown(answer).content.startswith("Something went wrong")
    assert "application_command" in caplog.text
    gc.collect(1)  # what this test has left behind is young
    await asyncio.sleep(0)
    assert "never retrieved" not in caplog.text
    assert shown(await fixture.member.slash("paper", query="2502.00001")).embeds


async def test_another_event_that_cannot_be_parsed_is_skipped_as_well(
    fixture: BotFixture, caplog: pytest.LogCaptureFixture
) -> None:
    await send(fixture, "CHANNEL_UPDATE", {"type": "x"})
    assert shown(await fixture.member.slash("paper", query="2502.00001")).embeds
    assert "can't be parsed and is skipped: CHANNEL_UPDATE" in caplog.text


async def test_discord_py_still_has_the_parser_table_that_is_wrapped(fixture: BotFixture) -> None:
    """Fail when a release of discord.py looks its parsers up elsewhere, or needs no wrapping."""
    assert discord.version_info[:2] == (2, 7)
    parsers = fixture.app.client._connection.parsers  # noqa: SLF001 - this test guards it
    wrapped = {name for name, parse in parsers.items() if parse.__name__ == "parse_or_log"}
    assert wrapped == parsers.keys() - {"READY"}
    (shard,) = fixture.app.client.shards.values()
    assert shard._parent.ws._discord_parsers is parsers  # noqa: SLF001 - the same


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [("en-US", "I'm not in this server."), ("ko", "봇이 이 서버에 없습니다.")],
)
async def test_schedule_is_refused_in_a_server_that_the_bot_is_not_in(
    fixture: BotFixture, locale: str, sentence: str
) -> None:
    fixture.admin.locale = locale
    gone = asyncio.create_task(fixture.app.client.wait_for("guild_remove"))
    await asyncio.sleep(0)
    fixture.guild.remove_bot()
    await gone
    for command, options in (
        ("schedule add", {"channel": fixture.general}),
        ("schedule list", {}),
        ("schedule history", {}),
        ("schedule remove", {"schedule": "schedule:1"}),
    ):
        refused = await fixture.admin.slash(command, None, options, force=True)
        assert sentence in shown(refused).content, command
