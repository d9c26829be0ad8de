"""Two processes on one database: one is connected, the other stands by and takes over."""

import asyncio
import signal
from datetime import timedelta

import pytest
from bot_processes import RUN, environment, leave_lock
from forked_process import ForkedProcess
from posting_fixture import FRIDAY, MORNING, PostingFixture, eventually

from storage.database import Database
from storage.process_lock import ProcessLock

DAY = timedelta(days=1)
LOOKS = 1.2
"""Seconds in which a process that stands by looks twice whether the lock is free."""
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def lock(posting: PostingFixture) -> ProcessLock:
    """The database's lock, whose file is there before the first process starts."""
    leave_lock(posting.path)
    return ProcessLock(posting.path)


async def start_process(posting: PostingFixture, name: str) -> ForkedProcess:
    """Start `daily-papers run`, which logs to a file of this name in the database's folder."""
    folder = posting.path.parent
    return await ForkedProcess.start(
        *RUN, env=environment(posting.sandbox, posting.path), cwd=folder, log=folder / name
    )


def logged(posting: PostingFixture, name: str) -> str:
    """Return what a process has logged to a file of this name."""
    return (posting.path.parent / name).read_text("utf-8")


async def test_a_standby_process_takes_over_at_once_after_kill_9(
    posting: PostingFixture,
) -> None:
    first = await start_process(posting, "first.log")
    await eventually(lambda: len(posting.sandbox.gateway.connected) == 1)
    second = await start_process(posting, "second.log")
    log = posting.path.parent / "second.log"
    try:
        await eventually(lambda: "stands by" in log.read_text("utf-8"))
        assert len(posting.sandbox.gateway.connected) == 1
        assert posting.sandbox.gateway.identified == 1
        first.send_signal(signal.SIGKILL)
        await first.wait()
        await eventually(lambda: posting.sandbox.gateway.identified == 2)
        assert len(posting.sandbox.gateway.connected) == 1
    finally:
        for process in (first, second):
            if process.returncode is None:
                process.kill()
            await process.wait()


async def test_a_suspended_process_keeps_the_lock_and_no_other_connects(
    posting: PostingFixture,
) -> None:
    first = await start_process(posting, "first.log")
    await eventually(lambda: len(posting.sandbox.gateway.connected) == 1)
    first.send_signal(signal.SIGSTOP)
    second = await start_process(posting, "second.log")
    try:
        await eventually(lambda: "stands by" in logged(posting, "second.log"))
        await asyncio.sleep(LOOKS)
        first.send_signal(signal.SIGCONT)
        await asyncio.sleep(LOOKS)
        assert posting.sandbox.gateway.identified == 1
        assert "works from now on" not in logged(posting, "second.log")
    finally:
        for process in (first, second):
            process.kill()
            await process.wait()


async def test_no_second_process_connects_when_the_locks_file_is_deleted(
    posting: PostingFixture, lock: ProcessLock
) -> None:
    processes = [await start_process(posting, "first.log")]
    await eventually(lambda: len(posting.sandbox.gateway.connected) == 1)
    try:
        processes.append(await start_process(posting, "second.log"))
        await eventually(lambda: "stands by" in logged(posting, "second.log"))
        lock.path.unlink()
        processes.append(await start_process(posting, "third.log"))
        await eventually(lambda: "the lock is held anew" in logged(posting, "first.log"))
        await eventually(lambda: "stands by" in logged(posting, "third.log"))
        await asyncio.sleep(LOOKS)
        assert posting.sandbox.gateway.identified == 1
        processes[0].send_signal(signal.SIGKILL)
        await processes[0].wait()
        await eventually(lambda: posting.sandbox.gateway.identified == 2)
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def test_a_process_ends_if_it_lost_the_lock_while_it_was_suspended(
    posting: PostingFixture, lock: ProcessLock
) -> None:
    process = await start_process(posting, "process.log")
    await eventually(lambda: len(posting.sandbox.gateway.connected) == 1)
    try:
        async with posting.database.transaction():  # it isn't within a transaction of its own
            process.send_signal(signal.SIGSTOP)
        lock.path.unlink()
        async with posting.running():
            await eventually(lambda: posting.sandbox.gateway.identified == 2)
            process.send_signal(signal.SIGCONT)
            assert await asyncio.wait_for(process.wait(), 60) == 1
            assert "another process works with this database now" in logged(posting, "process.log")
            await eventually(lambda: len(posting.sandbox.gateway.connected) == 1)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_of_two_bots_one_posts_and_the_other_takes_over(posting: PostingFixture) -> None:
    await posting.store()
    channel = posting.channel()
    await posting.schedule(channel)
    async with await Database.open(posting.path) as second_database:
        second = posting.new_app(second_database)
        async with posting.running() as first:
            standing_by = asyncio.create_task(second.run(posting.sandbox.token))
            await posting.wait_for(MORNING)
            assert len(channel.messages) == 1
            await eventually(first.client.is_ready)
            assert not second.client.is_ready()
        await eventually(second.client.is_ready)
        await posting.store(FRIDAY + DAY)
        await second.move_clock(MORNING + DAY)
        await eventually(lambda: len(channel.messages) == 2)
        second.stop()
        await standing_by


async def test_a_standby_bot_can_be_stopped(posting: PostingFixture) -> None:
    async with posting.running(), await Database.open(posting.path) as second_database:
        second = posting.new_app(second_database)
        standing_by = asyncio.create_task(second.run(posting.sandbox.token))
        await asyncio.sleep(0.2)
        second.stop()
        async with asyncio.timeout(20):
            await standing_by
        await eventually(posting.app.client.is_ready)
