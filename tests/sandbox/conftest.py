"""What the tests of the sandbox share."""

import json
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest
from contract import Contract
from small_bot import Ask, ManualClock, Place, SmallBot

from bot.sandbox import Sandbox


@pytest.fixture
def sandbox(sandbox: Sandbox, contract: Contract | None) -> Iterator[Sandbox]:
    """A Discord with nothing in it, whose responses are checked against Discord's document."""
    yield sandbox
    assert contract is None or not (problems := contract.answer_problems(sandbox)), problems


@pytest.fixture
def place(sandbox: Sandbox) -> Place:
    guild = sandbox.add_guild("Reading group", locale="ko")
    general = guild.add_channel("general")
    return Place(sandbox, guild, general, guild.add_member("Anna"), SmallBot())


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def ask(sandbox: Sandbox) -> AsyncIterator[Ask]:
    """Sends any request to the REST API, also what a library would not send."""
    async with aiohttp.ClientSession() as session:

        async def ask(
            method: str,
            path: str,
            *,
            token: str | None = sandbox.token,
            kind: str | None = None,
            **more: object,
        ) -> tuple[int, object]:
            headers = {"Authorization": f"Bot {token}"} if token else {}
            if kind:
                headers["Content-Type"] = kind
            url = sandbox.url + path
            async with session.request(method, url, headers=headers, **more) as response:  # type: ignore[arg-type]  # aiohttp's own options
                is_json = response.content_type == "application/json"
                text = await response.text()
                return response.status, json.loads(text) if is_json and text else text or None

        yield ask
