import asyncio
from typing import Any

import discord
import pytest
from stage import Stage, shown

from bot.client import DailyPapers


async def send(stage: Stage, name: str, data: object) -> None:
    """Let the sandbox's gateway send the bot an event, whatever it holds."""
    (session,) = stage.sandbox.gateway.connected
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
    stage: Stage, data: object, caplog: pytest.LogCaptureFixture
) -> None:
    await send(stage, "INTERACTION_CREATE", data)
    answer = await stage.member.slash("paper", query="2502.00001")
    assert shown(answer).embeds
    assert caplog.text.count("can't be parsed and is skipped: INTERACTION_CREATE") == 1
    assert not stage.bot.is_closed()


async def test_another_event_that_cannot_be_parsed_is_skipped_as_well(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await send(stage, "CHANNEL_UPDATE", {"type": "x"})
    assert shown(await stage.member.slash("paper", query="2502.00001")).embeds
    assert "can't be parsed and is skipped: CHANNEL_UPDATE" in caplog.text


def test_discord_py_still_keeps_its_parsers_where_they_are_wrapped(stage: Stage) -> None:
    """Fail when a release of discord.py looks its parsers up elsewhere, or needs no wrapping."""
    assert discord.version_info[:2] == (2, 7)
    assert isinstance(stage.bot, DailyPapers)
    parsers = stage.bot._connection.parsers
    wrapped = {name for name, parse in parsers.items() if parse.__name__ == "parse_or_log"}
    assert wrapped == parsers.keys() - {"READY"}
    (shard,) = stage.bot.shards.values()
    assert shard._parent.ws._discord_parsers is parsers


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [("en-US", "I'm not in this server."), ("ko", "봇이 이 서버에 없습니다.")],
)
async def test_schedule_is_refused_in_a_server_that_the_bot_is_not_in(
    stage: Stage, locale: str, sentence: str
) -> None:
    stage.admin.locale = locale
    gone = asyncio.create_task(stage.bot.wait_for("guild_remove"))
    await asyncio.sleep(0)
    stage.guild.remove_bot()
    await gone
    for command, options in (
        ("schedule add", {"channel": stage.general}),
        ("schedule list", {}),
        ("schedule history", {}),
        ("schedule remove", {"schedule": 1}),
    ):
        refused = await stage.admin.slash(command, None, options, force=True)
        assert sentence in shown(refused).content, command
