"""`App.run` ends in order, in time, and without failures in the history."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import discord
import pytest
from bot_fixture import BotFixture
from catalogue import CATALOGUE

from bot.app import App
from bot.backoff import Backoff
from bot.client import ConnectionSettings
from bot.demo.scene import connected
from bot.discord_endpoint import point_at
from bot.gateway_client import GatewayRefusedError
from bot.sandbox import Sandbox
from storage import history, schedules
from storage.database import Database
from storage.process_lock import ProcessLock
from storage.records import Outcome

LONGEST_SHUTDOWN = 10.0
QUICK = ConnectionSettings(backoff=Backoff(first=0.02, longest=0.2))


@asynccontextmanager
async def running(app: App, sandbox: Sandbox) -> AsyncIterator[asyncio.Task[None]]:
    """Run an app inside the context, and stop it at the end."""
    task = asyncio.create_task(app.run(sandbox.token))
    try:
        yield task
    finally:
        app.stop()
        await asyncio.wait({task})


async def hold_post(fixture: BotFixture) -> None:
    """Start a post whose request Discord answers only after half a minute."""
    await fixture.admin.slash("schedule add", timezone="UTC", channel=fixture.general)
    (schedule,) = await schedules.of_guild(fixture.database, fixture.guild.id)
    fault = fixture.sandbox.faults.add("POST", "/channels/*/messages", delay=30)
    due = fixture.app.posting.next_run(schedule)
    assert due is not None
    await fixture.app.move_clock(due)
    async with asyncio.timeout(20):
        while not fault.hits:  # noqa: ASYNC110 - the sandbox doesn't report it
            await asyncio.sleep(0.01)


async def outcomes(fixture: BotFixture) -> list[Outcome]:
    events = await history.of_guild(fixture.database, fixture.guild.id, limit=50)
    return [event.outcome for event in events]


async def test_stopping_during_a_post_records_no_failure_and_the_next_start_completes_it(
    own_bot: BotFixture, caplog: pytest.LogCaptureFixture
) -> None:
    await hold_post(own_bot)
    began = monotonic()
    await own_bot.stop()
    assert monotonic() - began < LONGEST_SHUTDOWN
    assert await outcomes(own_bot) == []
    assert "Session is closed" not in caplog.text
    await own_bot.restart()
    await own_bot.wait_until_idle()
    assert await outcomes(own_bot) == [Outcome.POSTED]
    assert len(own_bot.general.messages) == 1


@pytest.mark.parametrize("code", [4004, 4014])
async def test_a_fatal_close_during_a_post_records_no_failure(
    own_bot: BotFixture, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    await own_bot.stop()
    own_bot.app = App(own_bot.database, catalogue=CATALOGUE, clock=own_bot.clock, connection=QUICK)
    async with running(own_bot.app, own_bot.sandbox) as task:
        await own_bot.sandbox.wait_connected()
        await hold_post(own_bot)
        own_bot.sandbox.gateway.close_next(code)
        await own_bot.sandbox.gateway.drop(4000)
        with pytest.raises((discord.LoginFailure, GatewayRefusedError)):
            await asyncio.wait_for(task, 30)
    assert await outcomes(own_bot) == []
    assert "Session is closed" not in caplog.text


async def test_no_job_can_run_once_the_connection_is_closed(own_bot: BotFixture) -> None:
    """A job that starts a request on a closed session fails with an error that is recorded."""
    runner = own_bot.app.posting.runner
    async with asyncio.timeout(20):
        while not runner.is_running:  # noqa: ASYNC110 - the runner doesn't report its start
            await asyncio.sleep(0.01)
    await own_bot.app.client.close()
    assert not runner.is_running


async def test_a_refused_token_ends_the_run_and_frees_the_lock(
    sandbox: Sandbox, database: Database
) -> None:
    await point_at(sandbox.url)
    sandbox.faults.add("GET", "/users/@me", status=401, times=None)
    app = App(database, catalogue=CATALOGUE, connection=QUICK)
    with pytest.raises(discord.LoginFailure):
        await asyncio.wait_for(app.run(sandbox.token), 30)
    lock = ProcessLock(database.path, missing_seconds=0.0)
    assert await lock.acquire(asyncio.Event())
    lock.release()
    await point_at(None)


async def test_a_rate_limited_login_is_repeated(sandbox: Sandbox, database: Database) -> None:
    await point_at(sandbox.url)
    fault = sandbox.faults.add("GET", "/users/@me", retry_after=0.1, times=2)
    app = App(database, catalogue=CATALOGUE, connection=QUICK)
    async with connected(app, sandbox):
        assert fault.hits == 2
    await point_at(None)


async def test_an_app_stopped_before_it_runs_does_not_connect_and_holds_no_lock(
    sandbox: Sandbox, database: Database
) -> None:
    await point_at(sandbox.url)
    app = App(database, catalogue=CATALOGUE)
    app.stop()
    await asyncio.wait_for(app.run(sandbox.token), 10)
    assert sandbox.gateway.accepted == 0
    assert all("users" not in request.path for request in sandbox.requests)
    lock = ProcessLock(database.path, missing_seconds=0.0)
    assert await lock.acquire(asyncio.Event())
    lock.release()
    await point_at(None)


async def test_a_second_app_stands_by_until_the_first_has_ended(
    sandbox: Sandbox, database: Database
) -> None:
    await point_at(sandbox.url)
    first = App(database, catalogue=CATALOGUE, connection=QUICK)
    second = App(database, catalogue=CATALOGUE, connection=QUICK)
    async with running(first, sandbox) as task:
        await sandbox.wait_connected()
        async with running(second, sandbox):
            await asyncio.sleep(0)
            identified = sandbox.gateway.identified
            first.stop()
            await task
            async with asyncio.timeout(30):
                while sandbox.gateway.identified == identified:  # noqa: ASYNC110 - it sends no event
                    await asyncio.sleep(0.02)
    await point_at(None)
