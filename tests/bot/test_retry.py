"""Which errors are retried, and how often."""

from dataclasses import dataclass

import aiohttp
import discord
import pytest

from bot.backoff import Backoff
from bot.retry import Reconnects, is_transient, retry


@dataclass
class Response:
    """The attributes of a response that discord.py's errors read."""

    status: int
    reason: str = ""


def http_error(status: int, code: int = 0) -> discord.HTTPException:
    # A fake response: discord.py builds its errors from a response, and reads only this of it.
    return discord.HTTPException(Response(status), {"code": code, "message": ""})


def test_failures_are_counted_until_a_connection_has_lasted() -> None:
    reconnects = Reconnects(Backoff(first=1.0, longest=100.0), stable=60.0)
    assert reconnects.lost(at=0.0) <= 1
    assert 1 <= reconnects.lost(at=1.0) <= 2
    reconnects.connected(at=2.0)
    assert 2 <= reconnects.lost(at=61.9) <= 4
    reconnects.connected(at=70.0)
    assert reconnects.lost(at=130.0) <= 1
    # The attempts after it failed: the connection that lasted doesn't count again.
    assert 1 <= reconnects.lost(at=500.0) <= 2


@pytest.mark.parametrize(
    "error",
    [
        http_error(500),
        http_error(503),
        http_error(429),
        http_error(408),
        http_error(403),
        discord.RateLimited(40.0),
        discord.GatewayNotFound(),  # type: ignore[no-untyped-call]  # discord.py's
        aiohttp.ServerDisconnectedError(),
        ConnectionResetError(),
        TimeoutError(),
    ],
)
def test_temporary_network_and_server_errors_are_transient(error: Exception) -> None:
    assert is_transient(error)


@pytest.mark.parametrize(
    "error", [http_error(401), http_error(400, 50035), http_error(403, 50001), KeyError("x")]
)
def test_other_errors_are_not_transient(error: Exception) -> None:
    assert not is_transient(error)


async def test_an_attempt_is_repeated_until_it_succeeds_and_each_failure_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    errors = [ConnectionResetError("gone"), TimeoutError()]

    async def attempt() -> str:
        if errors:
            raise errors.pop(0)
        return "done"

    assert await retry("try it", attempt, backoff=Backoff(first=0.001)) == "done"
    first, second = caplog.messages
    assert first.startswith("can't try it: gone (ConnectionResetError); next attempt in ")
    assert second.startswith("can't try it: TimeoutError; next attempt in ")


async def test_a_permanent_error_is_raised() -> None:
    async def attempt() -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        await retry("try it", attempt, backoff=Backoff())
