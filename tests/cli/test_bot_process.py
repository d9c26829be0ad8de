"""The process of `daily-papers run`, in the process of the tests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from posting_fixture import eventually
from published import made_digest, store

from bot.cli.bot_process import run_until_stopped
from bot.cli.exit_codes import CommandError
from bot.discord_endpoint import point_at
from bot.posting import job_factory
from bot.sandbox import Sandbox
from config.settings import Publish, Settings
from storage import jobs, schedules
from storage.database import Database
from storage.process_lock import ProcessLock
from storage.records import EVERY_DAY, Layout, NewSchedule, Reason, ScheduleSettings


@asynccontextmanager
async def running(settings: Settings, token: str) -> AsyncIterator[asyncio.Task[None]]:
    """Run the bot; it is cancelled at the end, unless it failed."""
    process = asyncio.create_task(run_until_stopped(settings, token), name="run")
    yield process
    process.cancel()
    with suppress(asyncio.CancelledError):
        await process
    await point_at(None)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/users/@me"),
        ("GET", "/oauth2/applications/@me"),
        ("PUT", "/applications/*/commands"),
        ("GET", "/gateway/bot"),
    ],
)
async def test_a_refused_token_exits_with_status_2_whichever_request_it_was(
    sandbox: Sandbox, tmp_path: Path, method: str, path: str
) -> None:
    fault = sandbox.faults.add(method, path, status=401, times=None)
    settings = Settings(database=tmp_path / "papers.db", discord_url=sandbox.url, sources=())
    with pytest.raises(CommandError, match="Discord does not know this token") as refused:
        await run_until_stopped(settings, sandbox.token)
    await point_at(None)
    assert refused.value.status == 2
    assert fault.hits == 1


async def test_without_a_source_a_post_waits_for_papers_of_the_command_line(
    sandbox: Sandbox, tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    ProcessLock(path).path.touch()  # else the bot waits whether another process makes it
    guild = sandbox.add_guild("Lab")
    due = datetime.now(UTC).replace(second=0, microsecond=0)
    before = due - timedelta(hours=1)
    async with await Database.open(path) as database:
        schedule = await schedules.add(
            database,
            NewSchedule(
                guild.id,
                sandbox.world.owner.id,
                ScheduleSettings(
                    channel_id=guild.add_channel("papers").id,
                    time=due.time(),
                    timezone="UTC",
                    layout=Layout.CARDS,
                    days=EVERY_DAY,
                    language="en",
                ),
            ),
            at=before,
            next_job=lambda each: job_factory.occurrence(each, before),
        )
        settings = Settings(database=path, discord_url=sandbox.url, sources=())
        async with running(settings, sandbox.token) as process:

            async def waits() -> bool:
                job = await jobs.get(database, f"occurrence:{schedule.id}")
                assert job is not None
                assert job.run_at == due
                return job.reason is Reason.NO_DIGEST or process.done()

            await eventually(waits)


async def test_the_archive_of_the_settings_is_written(
    sandbox: Sandbox, tmp_path: Path, new_file: bytes
) -> None:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    ProcessLock(path).path.touch()  # as above
    sandbox.add_guild("Lab")
    settings = Settings(
        database=path,
        discord_url=sandbox.url,
        sources=(),
        publish=Publish(folder=tmp_path / "out", url="https://example.org/papers"),
    )
    async with await Database.open(path) as database:
        await store(database, made_digest())
        async with running(settings, sandbox.token) as process:

            async def is_written() -> bool:
                # The job is due a minute after the start.
                await jobs.wake(database, ["archive:folder"], at=datetime.now(UTC))
                return (tmp_path / "out/en/feed.xml").exists() or process.done()

            await eventually(is_written)
    assert (tmp_path / "out/en/2025/02/21.md").exists()
