"""`daily-papers status`: how the bot is, whether it runs or not, without changing anything."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from posting_fixture import eventually

from bot.cli.bot_process import run_until_stopped
from bot.cli.exit_codes import CommandError
from bot.cli.status_report import read_status
from bot.discord_endpoint import point_at
from bot.posting import job_factory
from bot.sandbox import Sandbox
from config.settings import Http, Settings
from storage import schedule_states, schedules, sources
from storage.database import Database
from storage.errors import OlderDatabaseError, StorageError
from storage.process_lock import ProcessLock
from storage.records import (
    EVERY_DAY,
    NewSchedule,
    Reason,
    Schedule,
    ScheduleSettings,
    SourceKind,
    Status,
)

Invoke = Callable[..., Any]
GUILD, CHANNEL = 187650000000000001, 187650000000000002


def files_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def settings_of(path: Path, **options: Any) -> Settings:  # noqa: ANN401 - passed on
    return Settings(database=path, sources=(), **options)


async def status_of(settings: Settings) -> Status:
    return await read_status(
        settings, now=datetime.now(UTC), has_database=settings.database.exists()
    )


def failed(status: Status) -> set[str]:
    return {check.name for check in status.checks if not check.is_ok}


async def add_schedule(database: Database) -> Schedule:
    now = datetime.now(UTC)
    wanted = ScheduleSettings(channel_id=CHANNEL, timezone="UTC", days=EVERY_DAY, language="en")
    return await schedules.add(
        database,
        NewSchedule(GUILD, 1, wanted),
        at=now,
        next_job=lambda each: job_factory.occurrence(each, now),
    )


@asynccontextmanager
async def running(settings: Settings, sandbox: Sandbox) -> AsyncIterator[None]:
    """Run the bot as `daily-papers run` does."""
    process = asyncio.create_task(run_until_stopped(settings, sandbox.token), name="run")
    await sandbox.wait_connected()
    yield
    process.cancel()
    with suppress(asyncio.CancelledError):
        await process
    await point_at(None)


async def test_a_stopped_bot_needs_attention_and_its_database_stays_as_it_is(
    tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path) as database:
        await add_schedule(database)
    before = path.read_bytes()
    status = await status_of(settings_of(path))
    assert not status.is_running
    assert failed(status) == {"lock"}
    assert status.stored.schedules == 1
    assert [post.channel_id for post in status.stored.next_posts] == [CHANNEL]
    assert status.database_bytes == len(before)
    assert path.read_bytes() == before
    assert files_in(tmp_path) == ["papers.db"]


async def test_a_running_bot_tells_what_only_it_knows(
    sandbox: Sandbox, tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    settings = settings_of(path, discord_url=sandbox.url, http=Http(port=free_port()))
    async with running(settings, sandbox):

        async def is_well() -> bool:
            return (await status_of(settings)).is_ok

        await eventually(is_well)
        status = await status_of(settings)
        assert status.is_running
        assert {check.name: check.detail for check in status.checks}["gateway"] == (
            "1 shard connected"
        )
        sandbox.gateway.close_next(4000, times=None)
        await sandbox.gateway.drop()

        async def lacks_gateway() -> bool:
            return failed(await status_of(settings)) == {"gateway"}

        await eventually(lacks_gateway)


async def test_a_bot_that_can_not_reach_discord_is_alive_and_not_ready(
    tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    nowhere = f"http://127.0.0.1:{free_port()}/api/v10"
    settings = settings_of(path, discord_url=nowhere, http=Http(port=free_port()))
    process = asyncio.create_task(run_until_stopped(settings, "t.o.k"), name="run")

    async def lacks_gateway() -> bool:
        return failed(await status_of(settings)) == {"gateway"}

    await eventually(lacks_gateway)
    process.cancel()
    with suppress(asyncio.CancelledError):
        await process
    assert not (await status_of(settings)).is_running


async def test_a_port_in_use_ends_run_with_status_2_and_says_what_to_do(
    sandbox: Sandbox, tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    settings = settings_of(path, discord_url=sandbox.url, http=Http(port=port))
    async with server:
        with pytest.raises(
            CommandError, match=rf"can't listen on 127\.0\.0\.1, port {port}"
        ) as end:
            await run_until_stopped(settings, sandbox.token)
        assert end.value.status == 2
        assert "address already in use" in str(end.value).lower()
        lock = ProcessLock(path)
        assert await lock.acquire(asyncio.Event())
        lock.release()
        # A program at that port that is no bot.
        async with await Database.open(path):
            other = ProcessLock(path)
            assert await other.acquire(asyncio.Event())
            status = await status_of(settings)
            other.release()
    await point_at(None)
    assert "http" in failed(status)


async def test_paused_schedules_and_failing_sources_are_named(
    tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    now = datetime.now(UTC)
    async with await Database.open(path) as database:
        schedule = await add_schedule(database)
        async with database.transaction() as writer:
            await schedule_states.pause(writer, schedule.id, reason=Reason.REFUSED, at=now)
        await sources.configure(database, [("huggingface", SourceKind.HUGGINGFACE)])
        await sources.succeeded(database, "huggingface", at=now - timedelta(hours=40))
        await sources.failed(database, "huggingface", error="answered 500", at=now)
    status = await status_of(Settings(database=path))
    assert [(each.schedule_id, each.reason) for each in status.stored.paused] == [
        (schedule.id, Reason.REFUSED)
    ]
    assert status.stored.next_posts == []
    assert [(each.name, each.error) for each in status.stored.sources] == [
        ("huggingface", "answered 500")
    ]
    assert failed(status) == {"lock", "sources"}


def test_json_has_everything_and_ids_as_text(
    invoke: Invoke, tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "daily-papers.db").write_bytes(new_file)

    async def store() -> None:
        async with await Database.open(path) as database:
            await add_schedule(database)

    asyncio.run(store())
    result = invoke("status", "--json")
    assert result.status == 1
    (line,) = result.out.splitlines()
    values = json.loads(line)
    assert values["ok"] is values["running"] is False
    assert values["next_posts"][0]["channel_id"] == str(CHANNEL)
    assert values["versions"]["daily-papers-bot"]
    assert values["database"]["bytes"] > 0
    plain = invoke("status")
    assert plain.status == 1
    assert "lock: ATTENTION" in plain.out
    assert "next post: " in plain.out


def test_a_bot_that_was_never_started_has_no_database(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("status")
    assert result.status == 1
    assert "file: ATTENTION, there is none yet" in result.out
    assert not list(tmp_path.iterdir())


async def test_a_database_of_an_older_version_is_not_upgraded(
    tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 3")
    before = path.read_bytes()
    with pytest.raises(OlderDatabaseError, match="older version"):
        await Database.open_read_only(path)
    assert failed(await status_of(settings_of(path))) == {"lock", "file"}
    assert path.read_bytes() == before


async def test_a_database_that_is_opened_to_look_at_can_not_be_written(
    tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open_read_only(path) as database:
        with pytest.raises(StorageError):
            await database.check_writable()
