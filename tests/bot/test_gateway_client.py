"""Reconnects of shards, with discord.py and the sandbox's gateway."""

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

import discord
import pytest
from catalogue import CATALOGUE
from discord.gateway import DiscordWebSocket
from discord.shard import AutoShardedClient, EventItem, EventType, Shard

from bot.app import App
from bot.backoff import Backoff
from bot.client import ConnectionSettings
from bot.demo.scene import connected
from bot.discord_endpoint import point_at
from bot.gateway_client import QUEUE, SHARDS, GatewayClient, GatewayRefusedError
from bot.sandbox import ClosePoint, Sandbox
from storage.database import Database

QUICK = ConnectionSettings(
    backoff=Backoff(first=0.02, longest=0.2), ready_after=0.05, identify_every=0.05
)


@pytest.fixture
async def app(sandbox: Sandbox, database: Database) -> AsyncIterator[App]:
    await point_at(sandbox.url)
    yield App(database, catalogue=CATALOGUE, connection=QUICK)
    await point_at(None)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - the sandbox has no event for all of these
            await asyncio.sleep(0.01)


def delays(caplog: pytest.LogCaptureFixture, text: str) -> list[float]:
    """Return the delays in the log, in order."""
    return [
        float(record.getMessage().rsplit(" in ", 1)[1].removesuffix(" s"))
        for record in caplog.records
        if text in record.getMessage()
    ]


@asynccontextmanager
async def start(app: App, sandbox: Sandbox) -> AsyncIterator[asyncio.Task[None]]:
    """Start the bot; don't wait for it to be connected."""
    running = asyncio.create_task(app.run(sandbox.token))
    try:
        yield running
    finally:
        app.stop()
        await asyncio.wait({running})


@pytest.mark.parametrize("point", [ClosePoint.ACCEPTED, ClosePoint.IDENTIFIED, ClosePoint.READY])
async def test_reconnects_to_a_gateway_that_accepts_and_closes_wait_longer_each_time(
    app: App, sandbox: Sandbox, caplog: pytest.LogCaptureFixture, point: ClosePoint
) -> None:
    caplog.set_level(logging.INFO)
    async with connected(app, sandbox):
        resumed, accepted = sandbox.gateway.resumed, sandbox.gateway.accepted
        fault = sandbox.gateway.close_next(4000, at=point, times=3)
        await sandbox.gateway.drop(4000)
        await until(lambda: sandbox.gateway.accepted >= accepted + 4)
        await until(lambda: fault.left == 0 and bool(sandbox.gateway.connected))
        assert sandbox.gateway.resumed > resumed
        assert sandbox.gateway.accepted == accepted + 4
        waited = delays(caplog, "shard 0 lost its connection to the gateway (close code 4000)")
    assert len(waited) == 4
    for number, delay in enumerate(waited):
        assert 0.01 * 2**number <= delay + 0.005
        assert delay - 0.005 <= 0.02 * 2**number
    # No new session was started, so none of the daily session starts was used.
    assert sandbox.gateway.identified == 1


@pytest.mark.parametrize("point", [ClosePoint.ACCEPTED, ClosePoint.IDENTIFIED, ClosePoint.READY])
async def test_a_first_connection_that_is_closed_is_opened_again_after_a_wait(
    app: App, sandbox: Sandbox, caplog: pytest.LogCaptureFixture, point: ClosePoint
) -> None:
    caplog.set_level(logging.INFO)
    fault = sandbox.gateway.close_next(1000, at=point, times=1)
    async with start(app, sandbox):
        await until(lambda: sandbox.gateway.accepted >= 2)
        await until(lambda: fault.left == 0 and bool(sandbox.gateway.connected))
        assert sandbox.gateway.accepted == 2
    lost = "shard 0 lost its connection to the gateway" in caplog.text
    assert lost or "can't connect shard 0 to the gateway" in caplog.text


async def test_a_session_that_cannot_be_resumed_is_given_up_after_some_attempts(
    app: App, sandbox: Sandbox
) -> None:
    async with connected(app, sandbox):
        fault = sandbox.gateway.close_next(4000, times=6)
        await sandbox.gateway.drop(4000)
        await until(lambda: fault.left == 0 and bool(sandbox.gateway.connected))
    assert sandbox.gateway.resumed == 0
    assert sandbox.gateway.identified == 2


@pytest.mark.slow
async def test_no_session_is_started_while_the_session_start_limit_is_used_up(
    app: App, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.gateway.starts.exhaust(sandbox.world.clock(), reset_after=1.5)
    async with start(app, sandbox):
        await until(lambda: "session starts that Discord allows are used up" in caplog.text)
        assert sandbox.gateway.accepted == 0
        await until(lambda: bool(sandbox.gateway.connected))
    assert not sandbox.gateway.starts.exceeded


@pytest.mark.slow
async def test_a_shard_that_lost_its_session_respects_the_session_start_limit(
    app: App, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(app, sandbox):
        sandbox.gateway.starts.exhaust(sandbox.world.clock(), reset_after=1.5)
        sandbox.gateway.invalidate()
        await until(lambda: "session starts that Discord allows are used up" in caplog.text)
        await until(lambda: bool(sandbox.gateway.connected))
    assert sandbox.gateway.identified == 2
    assert not sandbox.gateway.starts.exceeded


async def test_sessions_are_not_started_faster_than_discord_wants() -> None:
    client = GatewayClient(intents=discord.Intents.none(), identify_every=0.1)
    began = monotonic()
    await asyncio.gather(
        *(client.before_identify_hook(shard, initial=not shard) for shard in (0, 1))
    )
    assert monotonic() - began >= 0.1
    await client.before_identify_hook(0)
    assert monotonic() - began >= 0.2


async def test_the_first_session_is_started_at_once() -> None:
    client = GatewayClient(intents=discord.Intents.none(), identify_every=3600)
    await asyncio.wait_for(client.before_identify_hook(0, initial=True), 30)


@pytest.mark.parametrize("point", list(ClosePoint))
@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (4010, "Start the bot again"),
        (4011, "Start the bot again"),
        (4012, "Install a newer version"),
        (4013, "Install a newer version"),
        (4014, "needs no privileged intents"),
    ],
)
async def test_a_fatal_close_ends_the_bot_and_says_what_to_do(
    app: App, sandbox: Sandbox, code: int, advice: str, point: ClosePoint
) -> None:
    fault = sandbox.gateway.close_next(code, at=point, times=None)
    async with start(app, sandbox) as running:
        with pytest.raises(GatewayRefusedError, match=f"{advice}.*{code}"):
            await asyncio.wait_for(running, 30)
    assert fault.hits == 1


@pytest.mark.parametrize("point", list(ClosePoint))
async def test_a_token_that_the_gateway_refuses_ends_the_bot(
    app: App, sandbox: Sandbox, point: ClosePoint
) -> None:
    sandbox.gateway.close_next(4004, at=point, times=None)
    async with start(app, sandbox) as running:
        with pytest.raises(discord.LoginFailure):
            await asyncio.wait_for(running, 30)


async def test_a_fatal_close_while_reconnecting_ends_the_bot(app: App, sandbox: Sandbox) -> None:
    async with start(app, sandbox) as running:
        await sandbox.wait_connected()
        sandbox.gateway.close_next(4000)
        sandbox.gateway.close_next(4014)
        await sandbox.gateway.drop(4000)
        with pytest.raises(GatewayRefusedError, match="4014"):
            await asyncio.wait_for(running, 30)


async def test_a_token_that_is_refused_while_connected_ends_the_bot(
    app: App, sandbox: Sandbox
) -> None:
    async with start(app, sandbox) as running:
        await sandbox.wait_connected()
        sandbox.faults.add("GET", "/users/*", status=401)
        with pytest.raises(discord.HTTPException):
            await app.client.fetch_user(1)
        with pytest.raises(discord.LoginFailure):
            await asyncio.wait_for(running, 30)


async def test_an_unreadable_frame_is_logged_and_the_session_continues(
    app: App, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(app, sandbox):
        await app.client.wait_until_ready()
        (session,) = sandbox.gateway.connected
        assert session.connection is not None
        session.connection.send_text("{")
        await until(lambda: sandbox.gateway.resumed == 1)
        joined = asyncio.create_task(app.client.wait_for("guild_join", timeout=30))
        await asyncio.sleep(0)
        sandbox.add_guild("Second")
        assert (await joined).name == "Second"
    assert "can't read an event" in caplog.text
    assert sandbox.gateway.identified == 1


async def test_a_bot_that_reconnects_can_be_closed(app: App, sandbox: Sandbox) -> None:
    async with start(app, sandbox) as running:
        await sandbox.wait_connected()
        fault = sandbox.gateway.close_next(4000, times=None)
        await sandbox.gateway.drop(4000)
        await until(lambda: fault.hits >= 2)
        app.stop()
        await asyncio.wait_for(running, 30)


async def test_a_bot_whose_start_is_retried_can_be_closed(app: App, sandbox: Sandbox) -> None:
    fault = sandbox.faults.add("GET", "/users/@me", status=503, times=None)
    async with start(app, sandbox) as running:
        await until(lambda: fault.hits >= 2)
        app.stop()
        await asyncio.wait_for(running, 30)


async def test_discord_py_still_has_the_private_parts_that_we_use(
    app: App, sandbox: Sandbox
) -> None:
    assert list(inspect.signature(Shard.__init__).parameters) == [
        "self",
        "ws",
        "client",
        "queue_put",
    ]
    assert list(inspect.signature(Shard._handle_disconnect).parameters) == ["self", "e"]  # noqa: SLF001 - this test guards it
    assert list(inspect.signature(AutoShardedClient.launch_shard).parameters) == [
        "self",
        "gateway",
        "shard_id",
        "initial",
    ]
    assert {"terminate", "resume", "identify", "reconnect"} <= set(vars(EventType))
    assert list(inspect.signature(EventItem.__init__).parameters)[1:] == ["etype", "shard", "error"]
    assert {"initial", "gateway", "shard_id"} <= set(
        inspect.signature(DiscordWebSocket.from_client).parameters
    )
    async with connected(app, sandbox):
        (shard,) = vars(app.client)[SHARDS].values()
        assert isinstance(shard, Shard)
        assert callable(shard._queue_put)  # noqa: SLF001 - the same
        assert isinstance(vars(app.client)[QUEUE], asyncio.PriorityQueue)
        (before,) = app.client.shard_states()
        keep_alive = shard.ws._keep_alive  # noqa: SLF001 - the same
        assert before.is_connected
        assert before.acknowledged is not None
        assert keep_alive is not None
        assert before.interval == keep_alive.interval
        keep_alive._last_ack -= 100  # noqa: SLF001 - the same
        (after,) = app.client.shard_states()
        assert after.acknowledged is not None
        assert after.acknowledged >= 100
        keep_alive.ack()
        (acknowledged,) = app.client.shard_states()
        assert acknowledged.acknowledged is not None
        assert acknowledged.acknowledged < after.acknowledged
