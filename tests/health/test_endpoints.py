"""`/healthz` and `/readyz` say what is wrong: each thing that they watch is broken once."""

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import disks
import pytest
from health_questions import ask, failing
from posting_fixture import EVENING, PostingFixture, eventually, locked

from bot.app import App
from bot.gateway_client import ShardState
from bot.health.checks import LATE_AFTER, QUEUED_KINDS, WantedSources, check_gateway, judge_jobs
from bot.writer.service import WRITE
from storage import jobs, sources
from storage.jobs import DueJobs
from storage.process_lock import ProcessLock
from storage.records import Job, SourceKind

HUGGINGFACE = ("huggingface", SourceKind.HUGGINGFACE)


@pytest.fixture
async def app(posting: PostingFixture) -> AsyncIterator[App]:
    async with posting.running() as app:
        yield app


def fails(app: App, path: str, *names: str) -> Callable[[], Awaitable[bool]]:
    """Return whether just these checks fail."""

    async def is_so() -> bool:
        return set(await failing(app, path)) == set(names)

    return is_so


async def test_each_check_has_its_own_entry_while_all_is_well(app: App) -> None:
    await eventually(fails(app, "/readyz"))
    status, text = await ask(app, "/readyz")
    assert status == 200
    checks = json.loads(text)["checks"]
    assert [*checks] == ["event_loop", "database", "gateway", "lock", "sources", "jobs"]
    assert checks["gateway"]["detail"] == "1 shard connected"
    assert [*json.loads((await ask(app, "/healthz"))[1])["checks"]] == ["event_loop", "database"]


async def test_nothing_else_is_served(app: App) -> None:
    assert (await ask(app, "/"))[0] == 404


async def test_readyz_fails_while_the_gateway_is_closed(app: App, posting: PostingFixture) -> None:
    posting.sandbox.gateway.close_next(4000, times=None)
    await posting.sandbox.gateway.drop()
    await eventually(fails(app, "/readyz", "gateway"))
    assert (await failing(app, "/readyz"))["gateway"]["connected"] == 0
    assert not await failing(app, "/healthz")  # the process itself is well: restarting it is no use
    posting.sandbox.gateway.clear_faults()
    await eventually(fails(app, "/readyz"))


async def test_readyz_fails_while_heartbeats_are_not_acknowledged(posting: PostingFixture) -> None:
    gateway = posting.sandbox.gateway
    # The bot is told how often to send one; Discord's 41 seconds would take too long here.
    gateway.heartbeat_interval = 100
    async with posting.running() as app:
        await eventually(fails(app, "/readyz"))
        gateway.acknowledges = False
        await eventually(fails(app, "/readyz", "gateway"))
        gate = (await failing(app, "/readyz"))["gateway"]
        assert (gate["connected"], gate["unacknowledged"]) == (1, 1)
        assert gate["detail"] == "1 of 1 shards get no answer to their heartbeats"
        assert not await failing(app, "/healthz")
        gateway.clear_faults()
        await eventually(fails(app, "/readyz"))


def test_a_shard_without_acknowledged_heartbeats_is_not_well() -> None:
    beating = ShardState(0, is_connected=True, acknowledged=60.0, interval=41.25)
    silent = replace(beating, id=1, acknowledged=83.0)
    assert check_gateway([beating], 1).is_ok
    assert not check_gateway([beating, silent], 2).is_ok
    assert not check_gateway([beating], 2).is_ok
    assert not check_gateway([], None).is_ok


async def test_both_fail_while_the_database_can_not_be_written(
    app: App, posting: PostingFixture
) -> None:
    async with locked(posting.path):
        failed = await failing(app, "/healthz")
        assert set(failed) == {"database"}
        assert "papers.db" in failed["database"]["detail"]
        assert "database" in await failing(app, "/readyz")
    await eventually(fails(app, "/readyz"))


class TestOnASmallDisk:
    """Tests with the database on a small disk."""

    @pytest.fixture
    def folder(self, small_disk: disks.SmallDisk) -> Path:
        return small_disk.folder

    async def test_both_fail_while_the_disk_is_full(
        self, app: App, posting: PostingFixture, small_disk: disks.SmallDisk
    ) -> None:
        assert not await failing(app, "/healthz")
        # SQLite reuses free space inside the WAL file even on a full disk, so leave none there.
        with closing(sqlite3.connect(posting.path)) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        small_disk.fill()
        assert "database" in await failing(app, "/healthz")
        assert "database" in await failing(app, "/readyz")
        assert 'check_ok{check="database"} 0' in (await ask(app, "/metrics"))[1]
        small_disk.make_room()
        await eventually(fails(app, "/readyz"))


async def test_many_who_ask_at_once_share_one_write(app: App, posting: PostingFixture) -> None:
    async with locked(posting.path):
        answers = await asyncio.gather(*(failing(app, "/healthz") for _ in range(20)))
    assert all(set(answer) == {"database"} for answer in answers)


async def test_readyz_fails_while_a_job_is_late(app: App, posting: PostingFixture) -> None:
    # The runner leaves jobs of unknown kinds alone, as it would one of a newer version.
    at = posting.clock.now() - LATE_AFTER
    job = Job(key="future:1", kind="future", lane="future", priority=1, run_at=at)
    await jobs.enqueue(posting.database, [replace(job, run_at=at + timedelta(minutes=1))])
    assert not await failing(app, "/readyz")
    await jobs.enqueue(posting.database, [replace(job, run_at=at - timedelta(minutes=1))])
    late = (await failing(app, "/readyz"))["jobs"]
    assert late["late"] == {"future": 1}
    assert late["detail"] == "late: 1 future; the oldest by 11 minutes"
    async with posting.database.transaction() as writer:
        await jobs.remove(writer, job.key)
    assert not await failing(app, "/readyz")


def test_texts_to_write_wait_for_each_other_and_are_not_late() -> None:
    assert {WRITE} == QUEUED_KINDS
    writing = DueJobs(WRITE, 50, 49, oldest=EVENING - timedelta(hours=3))
    assert judge_jobs([writing], now=EVENING).is_ok
    assert not judge_jobs([replace(writing, kind="delivery")], now=EVENING).is_ok


async def test_readyz_fails_once_no_source_was_read_for_too_long(posting: PostingFixture) -> None:
    posting.wanted = WantedSources(("huggingface",), (), timedelta(hours=36))
    async with posting.running() as app:
        assert (await failing(app, "/readyz"))["sources"]["detail"] == "none has been read yet"
        await sources.configure(posting.database, [HUGGINGFACE])
        await sources.succeeded(posting.database, "huggingface", at=posting.clock.now())
        assert not await failing(app, "/readyz")
        await posting.wait_for(posting.clock.now() + timedelta(hours=37))
        failed = (await failing(app, "/readyz"))["sources"]
        assert failed["detail"].endswith("UTC, more than 36 hours ago")
        await sources.succeeded(posting.database, "huggingface", at=posting.clock.now())
        assert not await failing(app, "/readyz")


async def test_folders_may_be_without_files_at_a_weekend(posting: PostingFixture) -> None:
    posting.wanted = WantedSources((), ("files",), timedelta(hours=36))
    await posting.store()  # that of a Friday
    async with posting.running() as app:
        assert not await failing(app, "/readyz")
        await posting.wait_for(posting.clock.now() + timedelta(days=3))
        assert not await failing(app, "/readyz")
        await posting.wait_for(posting.clock.now() + timedelta(days=3))
        failed = (await failing(app, "/readyz"))["sources"]
        assert failed["detail"] == "no file has papers since 2025-02-24"


async def test_both_fail_after_the_event_loop_stood_still(app: App) -> None:
    assert not await failing(app, "/healthz")
    time.sleep(1.2)  # noqa: ASYNC251 - just this is the fault
    assert "stood still" in (await failing(app, "/healthz"))["event_loop"]["detail"]
    assert "event_loop" in await failing(app, "/readyz")


async def test_a_process_that_stands_by_is_alive_and_not_ready(posting: PostingFixture) -> None:
    other = ProcessLock(posting.path, missing_seconds=0.0)
    assert await other.acquire(asyncio.Event())
    app = posting.new_app(posting.database)
    running = asyncio.create_task(app.run(posting.sandbox.token), name="bot")
    try:
        await eventually(lambda: app.monitor is not None and app.monitor.is_listening)
        assert not await failing(app, "/healthz")
        assert {"lock", "gateway"} <= set(await failing(app, "/readyz"))
        other.release()
        await eventually(fails(app, "/readyz"))
    finally:
        app.stop()
        with suppress(asyncio.CancelledError):
            await running
    assert app.monitor is not None
    assert not app.monitor.is_listening
