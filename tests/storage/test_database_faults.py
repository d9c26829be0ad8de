"""Real faults of the database's file: permissions, disks, locks, and files that go away."""

import asyncio
import os
import shutil
import socket
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import disks
import pytest

from storage import key_value
from storage.database import Database
from storage.errors import (
    BusyDatabaseError,
    DiskFullError,
    NewerDatabaseError,
    NotADatabaseError,
    ReplacedDatabaseError,
    UnwritableDatabaseError,
)
from storage.patience import set_write_timeout


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


async def make(path: Path) -> None:
    async with await Database.open(path) as database:
        await key_value.put(database, "key", "value")


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


# Permissions


@pytest.mark.usefixtures("no_umask")
async def test_new_files_are_readable_by_their_owner_alone(path: Path) -> None:
    async with await Database.open(path) as database:
        await key_value.put(database, "key", "value")
        assert modes(path.parent) == {
            path.name: 0o600,
            f"{path.name}-wal": 0o600,
            f"{path.name}-shm": 0o600,
        }


@pytest.mark.usefixtures("no_umask", "existing")
async def test_a_file_that_exists_keeps_its_mode(path: Path) -> None:
    await make(path)
    os.chmod(path, 0o640)  # noqa: PTH101 - of a moment
    await make(path)
    assert modes(path.parent) == {path.name: 0o640}


# Files that are no database


async def open_fails_as_no_file(path: Path) -> None:
    with pytest.raises(NotADatabaseError, match="is not a database file"):
        await Database.open(path)


async def test_a_pipe_is_not_a_database_file(path: Path) -> None:
    os.mkfifo(path)
    await open_fails_as_no_file(path)
    assert list(path.parent.iterdir()) == [path]


async def test_a_socket_is_not_a_database_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The path of a socket may not be long.
    monkeypatch.chdir(path.parent)
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(path.name)
        await open_fails_as_no_file(path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="these are devices of Linux")
@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/full"])
async def test_a_device_is_not_a_database_file(device: str) -> None:
    await open_fails_as_no_file(Path(device))


# A newer schema


@pytest.mark.parametrize("journal_mode", ["delete", "truncate", "persist", "wal"])
@pytest.mark.usefixtures("existing")
async def test_a_newer_schema_is_refused_before_anything_changes(
    path: Path, journal_mode: str
) -> None:
    await make(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        ((mode,),) = newer.execute(f"PRAGMA journal_mode = {journal_mode}")
        assert mode == journal_mode
        newer.execute("PRAGMA user_version = 999")
    before = contents(path.parent)
    with pytest.raises(NewerDatabaseError, match="its schema is 999"):
        await Database.open(path)
    assert contents(path.parent) == before


@pytest.mark.usefixtures("existing")
async def test_a_newer_schema_that_is_still_in_the_log_stays_there(
    path: Path, tmp_path: Path
) -> None:
    await make(path)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute("PRAGMA user_version = 999")
        # What is on the disk when the program that wrote it is killed at this moment.
        for name in (path.name, f"{path.name}-wal"):
            (crashed / name).write_bytes((path.parent / name).read_bytes())
    before = contents(crashed)
    with pytest.raises(NewerDatabaseError, match="its schema is 999"):
        await Database.open(crashed / path.name)
    after = contents(crashed)
    assert {name: after[name] for name in before} == before


# Disks


async def test_a_disk_without_room_is_told_from_one_that_cannot_be_written(
    small_disk: disks.SmallDisk,
) -> None:
    path = small_disk.folder / "papers.db"
    small_disk.fill()
    with pytest.raises(DiskFullError, match="make room"):
        await Database.open(path)
    small_disk.make_room()
    await make(path)


async def test_a_disk_without_inodes_is_full(small_disk: disks.SmallDisk) -> None:
    path = small_disk.folder / "papers.db"
    await make(path)
    small_disk.use_up_inodes()
    for each in (path, small_disk.folder / "new.db"):
        with pytest.raises(DiskFullError):
            await Database.open(each)


async def test_a_disk_that_fills_up_rolls_back_the_transaction_and_reads_still_work(
    small_disk: disks.SmallDisk,
) -> None:
    async with await Database.open(small_disk.folder / "papers.db") as database:
        await key_value.put(database, "before", "value")
        small_disk.fill()
        with pytest.raises(DiskFullError):
            await key_value.put(database, "large", "x" * 100_000)
        with pytest.raises(DiskFullError):
            await database.check_writable()
        assert await key_value.get(database, "before") == "value"
        assert await key_value.get(database, "large") is None
        small_disk.make_room()
        await key_value.put(database, "large", "x" * 100_000)
        await database.check_writable()


async def test_a_disk_that_is_read_only_is_refused(small_disk: disks.SmallDisk) -> None:
    path = small_disk.folder / "papers.db"
    await make(path)
    small_disk.make_read_only()
    with pytest.raises(UnwritableDatabaseError):
        async with await Database.open(path) as database:
            await database.check_writable()
    with pytest.raises(UnwritableDatabaseError):
        await Database.open(small_disk.folder / "new.db")


@pytest.mark.parametrize("journal_mode", ["wal", "delete"])
@pytest.mark.usefixtures("existing")
async def test_a_file_without_the_right_to_write_is_refused(
    path: Path, lock: Callable[[Path, int], None], journal_mode: str
) -> None:
    await make(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal_mode}")
    lock(path, 0o400)
    with pytest.raises(UnwritableDatabaseError, match="cannot be written"):
        async with await Database.open(path) as database:
            await database.check_writable()


async def test_check_writable_changes_nothing(database: Database) -> None:
    (before,) = await database.read("PRAGMA user_version")
    await database.check_writable()
    (after,) = await database.read("PRAGMA user_version")
    assert tuple(before) == tuple(after)


# Files that go away


def delete(path: Path) -> None:
    path.unlink()


def delete_all(path: Path) -> None:
    for file in path.parent.iterdir():
        file.unlink()


def delete_log(path: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


def replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    os.replace(other, path)  # noqa: PTH105 - what programs do that replace a file


def move(path: Path) -> None:
    path.rename(path.with_name("moved"))


def empty(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize("take_away", [delete, delete_all, delete_log, replace, move, empty])
@pytest.mark.usefixtures("existing")
async def test_a_file_that_was_taken_away_is_noticed_and_not_written(
    path: Path, take_away: Callable[[Path], None]
) -> None:
    async with await Database.open(path) as database:
        await key_value.put(database, "key", "value")
        database.check_in_place()
        take_away(path)
        with pytest.raises(ReplacedDatabaseError, match="deleted or replaced"):
            database.check_in_place()
        with pytest.raises(ReplacedDatabaseError):
            await key_value.put(database, "key", "lost")


@pytest.mark.usefixtures("existing")
async def test_a_file_that_grows_and_whose_log_is_emptied_is_still_in_place(path: Path) -> None:
    async with await Database.open(path) as database:
        await key_value.put(database, "key", "x" * 1_000_000)
        with closing(sqlite3.connect(path)) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert not path.with_name(f"{path.name}-wal").stat().st_size
        database.check_in_place()
        await key_value.put(database, "key", "value")


@pytest.mark.usefixtures("existing")
async def test_the_log_of_a_moved_file_is_written_into_that_file(path: Path) -> None:
    """The log that is left does not damage another file at the same path."""
    backup = path.with_name("backup.db")
    async with await Database.open(backup) as database:
        await key_value.put(database, "whose", "the backup's")
    moved = path.with_name("moved.db")
    async with await Database.open(path) as database:
        await key_value.put(database, "whose", "the first's")
        shutil.move(path, moved)
        shutil.move(backup, path)
    for file, expected in ((moved, "the first's"), (path, "the backup's")):
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("SELECT value FROM key_value").fetchall() == [(expected,)]


# Locks


async def impatiently(database: Database, key: str) -> None:
    set_write_timeout(0.05)
    await key_value.put(database, key, "")


@pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
@pytest.mark.usefixtures("existing")
async def test_a_short_time_out_is_not_held_up_by_tasks_with_a_long_one(
    path: Path, begin: str
) -> None:
    async with await Database.open(path, busy_timeout=600) as database:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute(begin)
            patient = [
                asyncio.create_task(key_value.put(database, f"patient {number}", ""))
                for number in range(20)
            ]
            for number in range(3):
                with pytest.raises(BusyDatabaseError):
                    await asyncio.create_task(impatiently(database, f"impatient {number}"))
            assert not any(task.done() for task in patient)
            other.execute("ROLLBACK")
        await asyncio.gather(*patient)
        await asyncio.create_task(impatiently(database, "impatient"))
        ((count,),) = await database.read("SELECT count(*) FROM key_value")
        assert count == 21


async def test_a_short_time_out_ends_the_wait_for_other_tasks(database: Database) -> None:
    async with database.transaction():
        with pytest.raises(BusyDatabaseError, match="other tasks"):
            await asyncio.create_task(impatiently(database, "key"))
    await asyncio.create_task(impatiently(database, "key"))


@pytest.mark.usefixtures("existing")
async def test_a_task_with_a_long_time_out_waits_for_its_turn_however_long_that_takes(
    path: Path,
) -> None:
    async with await Database.open(path, busy_timeout=0) as database:
        async with database.transaction():
            waiting = asyncio.create_task(key_value.put(database, "key", ""))
            await asyncio.sleep(0.05)
            assert not waiting.done()
        await waiting


async def test_writing_for_a_command_does_not_change_the_version_while_it_waits(
    database: Database, outside: sqlite3.Connection
) -> None:
    before = await database.content_version()
    outside.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyDatabaseError):
        await asyncio.create_task(impatiently(database, "key"))
    assert await database.content_version() == before
