"""Only one process at a time holds the lock of a database; the kernel releases it."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from forked_process import ForkedProcess

from storage.database_file import wal_of
from storage.errors import LostLockError, UnwritableDatabaseError
from storage.process_lock import ProcessLock

HOLD = """
import asyncio, sys
from pathlib import Path
from storage.process_lock import ProcessLock

async def main():
    lock = ProcessLock(Path(sys.argv[1]))
    if await lock.acquire(asyncio.Event()):
        print("held", flush=True)
        await asyncio.sleep(3600)

asyncio.run(main())
"""


@asynccontextmanager
async def holding_process(path: Path) -> AsyncIterator[ForkedProcess]:
    """Run a process that holds the lock."""
    process = await ForkedProcess.start("-c", HOLD, str(path))
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            assert await process.stdout.readline() == b"held\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def is_free(path: Path) -> bool:
    """Return whether the lock can be taken."""
    lock = ProcessLock(path)
    is_taken = await lock.acquire_now()
    if is_taken:
        lock.release()
    return is_taken


async def test_others_can_ask_whether_it_is_held_without_taking_it(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    asking = ProcessLock(path)
    assert not asking.is_held_elsewhere()
    assert not asking.path.exists()
    async with holding_process(path) as process:
        assert asking.is_held_elsewhere()
        assert not asking.is_held
        process.kill()
        await process.wait()
    assert not asking.is_held_elsewhere()
    holder = ProcessLock(path)
    assert await holder.acquire(asyncio.Event())
    assert holder.is_held
    assert not holder.is_held_elsewhere()
    holder.release()
    assert not holder.is_held


async def test_a_second_process_stands_by_and_takes_over_after_kill_9(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lock = ProcessLock(path)
    async with holding_process(path) as holder:
        waiting = asyncio.create_task(lock.acquire(asyncio.Event()))
        await asyncio.wait({waiting}, timeout=0.7)  # the time of two attempts
        assert not waiting.done()
        assert caplog.messages == ["another process works with this database: this one stands by"]
        holder.send_signal(signal.SIGKILL)
        await holder.wait()
        async with asyncio.timeout(30):
            assert await waiting
    assert caplog.messages[1:] == ["the other process has ended: this one works from now on"]
    assert not await is_free(path)
    lock.release()
    assert await is_free(path)


async def test_a_process_that_stands_by_can_be_stopped(path: Path) -> None:
    stop = asyncio.Event()
    async with holding_process(path):
        waiting = asyncio.create_task(ProcessLock(path).acquire(stop))
        await asyncio.sleep(0)
        stop.set()
        async with asyncio.timeout(30):
            assert not await waiting


async def test_a_lock_is_not_taken_after_a_stop(path: Path) -> None:
    stop = asyncio.Event()
    stop.set()
    lock = ProcessLock(path)
    assert not await lock.acquire(stop)
    assert await is_free(path)


async def test_each_database_has_a_lock_of_its_own_that_only_its_user_can_open(
    path: Path,
) -> None:
    lock, other = ProcessLock(path), ProcessLock(path.with_name("other.db"))
    assert await lock.acquire(asyncio.Event())
    assert await other.acquire(asyncio.Event())
    assert lock.path == path.with_name("papers.db.lock")
    assert lock.path.stat().st_mode & 0o777 == 0o600
    lock.release()
    other.release()


async def test_a_database_has_one_lock_whichever_symbolic_link_leads_to_it(
    path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "link.db").symlink_to(path)
    lock = ProcessLock(path)
    assert await lock.acquire(asyncio.Event())
    assert not await is_free(folder / "link.db")
    lock.release()
    assert await is_free(folder / "link.db")


async def test_a_folder_that_cannot_be_written_is_named_in_the_error(
    path: Path, lock: Callable[[Path, int], None]
) -> None:
    lock(path.parent, 0o500)
    with pytest.raises(UnwritableDatabaseError, match=r"papers\.db\.lock cannot be written"):
        await ProcessLock(path).acquire(asyncio.Event())


async def test_a_deleted_lock_file_is_created_and_locked_anew(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lock = ProcessLock(path)
    assert await lock.acquire(asyncio.Event())
    await lock.keep()
    assert caplog.messages == []
    lock.path.unlink()
    await lock.keep()
    assert "held anew" in caplog.text
    assert not await is_free(path)
    lock.release()
    assert await is_free(path)


async def test_a_lock_that_another_process_has_taken_meanwhile_is_lost(path: Path) -> None:
    lock = ProcessLock(path)
    assert await lock.acquire(asyncio.Event())
    lock.path.unlink()
    async with holding_process(path):
        with pytest.raises(LostLockError, match="another process works with this database"):
            await lock.keep()


async def test_a_lock_is_held_until_it_is_released_as_often_as_it_was_acquired(path: Path) -> None:
    lock = ProcessLock(path)
    for _ in range(2):
        assert await lock.acquire(asyncio.Event())
    lock.release()
    assert not await is_free(path)
    lock.release()
    assert await is_free(path)


async def test_a_deleted_file_is_made_by_another_process_if_the_holder_does_not_in_time(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wal_of(path).touch()  # the database seems to be in use
    lock = ProcessLock(path, missing_seconds=0.1)
    async with asyncio.timeout(30):
        assert await lock.acquire(asyncio.Event())
    assert "papers.db.lock is missing, but the database may be in use" in caplog.text
    lock.release()
