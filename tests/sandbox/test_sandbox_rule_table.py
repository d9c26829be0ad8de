"""Each rule in the table of docs/sandbox.md is kept: a request that breaks it is refused so."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest
from contract import Contract
from error_codes import codes
from small_bot import Ask, ManualClock, Place
from violation_builders import Scene
from violations import VIOLATIONS

from bot.sandbox import Limits, Sandbox

MANUAL: Final = Path(__file__).parents[2] / "docs" / "sandbox.md"
RULES: Final = {
    rule: (answer.replace("`", ""), source)
    for rule, answer, source in re.findall(
        r"^\| (\S[^|]*\.) \| (\d{3}[^|]*) \| ([^|]+) \|$",
        MANUAL.read_text("utf-8"),
        re.MULTILINE,
    )
}
"""Answer and source of each rule of the manual."""


@pytest.fixture
async def sandbox(clock: ManualClock) -> AsyncIterator[Sandbox]:
    """A Discord whose clock the requests move."""
    async with Sandbox(clock=clock, limits=Limits.off()) as sandbox:
        yield sandbox


def summary(status: int, body: Any) -> str:  # noqa: ANN401 - any JSON
    """Return an answer as the table has it: status, code, and codes of fields."""
    if not isinstance(body, dict):
        return str(status)
    words = [str(status), str(body.get("code", "")), *codes(body.get("errors") or {}).values()]
    return " ".join(dict.fromkeys(filter(None, words)))


def test_each_rule_has_a_request_that_breaks_it() -> None:
    assert RULES.keys() == VIOLATIONS.keys()


@pytest.mark.parametrize("rule", VIOLATIONS)
async def test_a_request_that_breaks_a_rule_is_refused(
    rule: str, place: Place, ask: Ask, clock: ManualClock
) -> None:
    answer = await VIOLATIONS[rule](Scene(place, ask, clock))
    assert summary(*answer) == RULES[rule][0]


def test_figures_from_discords_openapi_document_are_those_that_it_has(
    contract: Contract | None,
) -> None:
    if contract is None:
        pytest.skip("DAILY_PAPERS_TEST_OPENAPI names no file: figures were not compared")
    sources = {rule: source for rule, (_, source) in RULES.items() if source.startswith("OpenAPI")}
    assert len(sources) > 40
    for rule, source in sources.items():
        schema, *keys = re.findall(r"`([\w.]+)`", source)[0].split(".")
        found: Any = contract.schema(schema)["properties"]
        for key in keys:
            found = found[key]
        assert str(found) in re.findall(r"\d+", rule.replace(",", "")), (rule, found)


FRAMES: Final[dict[str, list[str]]] = {
    "A frame is JSON with an op.": ["{"],
    "The first frame is IDENTIFY, RESUME or a heartbeat.": ['{"op": 8, "d": {"guild_id": "1"}}'],
    "The token is the bot's.": ['{"op": 2, "d": {"token": "wrong", "intents": 0}}'],
    "A connection identifies once.": ['{"op": 2, "d": {"token": "TOKEN", "intents": 0}}'] * 2,
    "A shard is one of its number of shards.": [
        '{"op": 2, "d": {"token": "TOKEN", "intents": 0, "shard": [2, 2]}}'
    ],
    "Intents are bits that Discord knows.": ['{"op": 2, "d": {"token": "TOKEN", "intents": -1}}'],
    "Privileged intents are granted to the bot.": [
        '{"op": 2, "d": {"token": "TOKEN", "intents": 32768}}'
    ],
}
"""Frames that break each rule of the gateway; TOKEN stands for the bot's token."""
CLOSE_CODES: Final = dict(
    re.findall(r"^\| (\S[^|]*\.) \| (4\d{3}) \|$", MANUAL.read_text("utf-8"), re.MULTILINE)
)


def test_each_rule_of_the_gateway_has_frames_that_break_it() -> None:
    assert CLOSE_CODES.keys() == FRAMES.keys()


@pytest.mark.parametrize("rule", FRAMES)
async def test_frames_that_break_a_rule_close_the_connection(rule: str, sandbox: Sandbox) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(sandbox.gateway_url) as socket,
    ):
        for frame in FRAMES[rule]:
            await socket.send_str(frame.replace("TOKEN", sandbox.token))
        async for _ in socket:
            pass
        assert str(socket.close_code) == CLOSE_CODES[rule]
