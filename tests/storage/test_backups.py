"""Backups are whole, of one moment, and never half there; a restore loses nothing."""

import errno
import os
import shutil
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import disks
import pytest
from forked_process import ForkedProcess

from storage import backups, digests
from storage.database import Database
from storage.errors import (
    BackupError,
    BusyDatabaseError,
    NewerDatabaseError,
    NotADatabaseError,
    StorageError,
)
from storage.records import Digest, Paper

NOW: Final = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
KILLED: Final = """
import os, signal, sys, time
from pathlib import Path
from storage import backups
steps = 0
def pause(_):
    global steps
    steps += 1
    if steps == 3:
        os.kill(os.getpid(), signal.SIGKILL)
backups.time.sleep = pause
backups.PAGES = 8
backups.back_up(Path(sys.argv[1]), Path(sys.argv[2]), replace=True)
"""
KILLED_RESTORE: Final = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from storage import backups
source, database, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
before = database.stat().st_ino
do = getattr(os, moment)
def watched(descriptor):
    # "fsync": before the file takes its place; "close": after it has.
    if moment == "fsync" or database.stat().st_ino != before:
        os.kill(os.getpid(), signal.SIGKILL)
    return do(descriptor)
setattr(os, moment, watched)
backups.restore(source, database, at=datetime.fromtimestamp(moment == "close", UTC))
"""


def digest(day: int, title: str) -> Digest:
    papers = tuple(Paper(f"2602.{day:02}{n:03}", f"{title} {n} " * 20, n) for n in range(30))
    return Digest(date(2026, 2, day), papers)


@pytest.fixture
async def filled(path: Path, new_file: bytes) -> Path:
    """A closed database with papers."""
    path.write_bytes(new_file)  # noqa: ASYNC240 - of a moment
    async with await Database.open(path) as database:
        for day in range(1, 11):
            await digests.store(database, digest(day, "First"), read_at=NOW)
    return path


def papers_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM papers")
        return int(count)


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_a_backup_of_an_open_database_has_what_was_committed_before(
    filled: Path, tmp_path: Path
) -> None:
    (folder := tmp_path / "backups").mkdir()
    async with await Database.open(filled) as database:
        await digests.store(database, digest(20, "Late"), read_at=NOW)
        async with database.transaction() as writer:
            await writer.execute("DELETE FROM schedules")
            size = backups.back_up(filled, folder / "copy.db")
    assert files_in(folder) == {"copy.db"}
    assert papers_in(folder / "copy.db") == 330
    assert (folder / "copy.db").stat().st_size == size
    assert (folder / "copy.db").stat().st_mode & 0o777 == 0o600


def test_what_is_written_meanwhile_is_not_in_it_and_delays_nothing(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = 0
    # Small steps, so that a small database takes several.
    monkeypatch.setattr(backups, "PAGES", 8)

    def write(_seconds: float) -> None:
        nonlocal steps
        steps += 1
        with closing(sqlite3.connect(filled, isolation_level=None, timeout=0)) as other:
            other.execute("INSERT INTO key_value VALUES (?, 'written meanwhile')", (f"{steps}",))

    # Runs between two steps, as another process would.
    monkeypatch.setattr("storage.backups.time.sleep", write)
    backups.back_up(filled, tmp_path / "copy.db")
    assert steps > 3
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        found = copy.execute("SELECT count(*) FROM key_value WHERE value = 'written meanwhile'")
        assert found.fetchall() == [(0,)]


@pytest.mark.parametrize("is_there", [True, False])
async def test_killed_during_a_backup_the_target_is_as_it_was(
    filled: Path, tmp_path: Path, is_there: bool
) -> None:
    (folder := tmp_path / "backups").mkdir()
    target = folder / "copy.db"
    if is_there:
        target.write_bytes(b"before")
    process = await ForkedProcess.start("-c", KILLED, str(filled), str(target))
    assert await process.wait() == -signal.SIGKILL
    assert target.exists() == is_there
    assert not is_there or target.read_bytes() == b"before"
    (left,) = files_in(folder) - {"copy.db"}
    # The next one an hour later clears up.
    os.utime(folder / left, (0, 0))
    backups.back_up(filled, target, replace=True)
    assert files_in(folder) == {"copy.db"}
    assert papers_in(target) == 300


def test_a_backup_can_be_stopped(filled: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "backups").mkdir()
    stop = threading.Event()
    stop.set()
    with pytest.raises(backups.StoppedError):
        backups.back_up(filled, folder / "copy.db", stop=stop)
    assert files_in(folder) == set()


def test_an_existing_file_is_only_replaced_if_wanted(filled: Path, tmp_path: Path) -> None:
    (target := tmp_path / "copy.db").write_bytes(b"mine")
    with pytest.raises(BackupError, match="exists already"):
        backups.back_up(filled, target)
    assert target.read_bytes() == b"mine"
    backups.back_up(filled, target, replace=True)
    assert papers_in(target) == 300


@pytest.mark.parametrize("name", ["papers.db", "papers.db-wal", "papers.db-shm", "link.db"])
def test_the_database_is_never_its_own_backup(filled: Path, name: str) -> None:
    filled.with_name("link.db").symlink_to(filled)
    before = filled.read_bytes()
    with pytest.raises(BackupError, match="belongs to the database itself"):
        backups.back_up(filled, filled.with_name(name), replace=True)
    assert filled.read_bytes() == before


def test_without_room_nothing_of_it_is_left(
    filled: Path, small_disk: disks.SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = small_disk.folder / "copy.db"
    small_disk.fill()
    with pytest.raises(BackupError, match=f"no room for {target}"):
        backups.back_up(filled, target)
    # The same if it is used up by others while the copy is written; nothing else could use up just
    # that room between the check and the copy.
    disks.look_empty(monkeypatch)
    with pytest.raises(BackupError, match=f"no room left on the disk of {target}"):
        backups.back_up(filled, target)
    assert files_in(small_disk.folder) == {"filler"}


def test_a_read_only_disk_is_named(filled: Path, small_disk: disks.SmallDisk) -> None:
    small_disk.make_read_only()
    target = small_disk.folder / "copy.db"
    with pytest.raises(BackupError, match=f"{target} can't be written: Read-only file system"):
        backups.back_up(filled, target)


def damage(path: Path) -> None:
    """Overwrite pages in the middle of a file."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 8 * 4096)


def test_a_damaged_database_gives_no_backup(filled: Path, tmp_path: Path) -> None:
    damage(filled)
    with pytest.raises(NotADatabaseError, match=f"{filled} is "):
        backups.back_up(filled, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


# Restore


def test_a_restore_puts_the_copy_in_place_and_keeps_the_old_file(
    filled: Path, tmp_path: Path
) -> None:
    backups.back_up(filled, tmp_path / "copy.db")
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("INSERT INTO key_value VALUES ('after', '1')")
        connection.commit()
        # Copied while it is open: the log isn't in the file yet.
        for ending in ("", "-wal"):
            shutil.copy(f"{filled}{ending}", tmp_path / f"killed.db{ending}")
    killed = tmp_path / "killed.db"
    kept = backups.restore(tmp_path / "copy.db", killed, at=NOW)
    assert kept == tmp_path / "killed.db.20260301T203000Z"
    assert not {"killed.db-wal", "killed.db-shm"} & files_in(tmp_path)
    for file, rows in ((killed, 0), (kept, 1)):
        with closing(sqlite3.connect(file)) as connection:
            found = connection.execute("SELECT count(*) FROM key_value WHERE key = 'after'")
            assert found.fetchall() == [(rows,)]
    assert papers_in(killed) == 300


async def test_a_restored_database_can_be_opened_where_there_was_none(
    filled: Path, tmp_path: Path
) -> None:
    backups.back_up(filled, tmp_path / "copy.db")
    new = tmp_path / "new.db"
    (tmp_path / "new.db-wal").write_bytes(b"of a file that was deleted")
    assert backups.restore(tmp_path / "copy.db", new, at=NOW) is None
    async with await Database.open(new) as database:
        ((count,),) = await database.read("SELECT count(*) FROM papers")
    assert count == 300


def test_a_damaged_database_is_kept_with_its_log(filled: Path, tmp_path: Path) -> None:
    backups.back_up(filled, tmp_path / "copy.db")
    filled.write_bytes(b"no database any more" * 1000)
    filled.with_name("papers.db-wal").write_bytes(b"its log")
    kept = backups.restore(tmp_path / "copy.db", filled, at=NOW)
    assert kept is not None
    assert kept.read_bytes().startswith(b"no database")
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"its log"
    assert papers_in(filled) == 300


async def test_a_database_that_another_connection_has_open_is_left_alone(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The other connection stays open: to wait for it takes only time.
    monkeypatch.setattr(backups, "BUSY_SECONDS", 0.05)
    backups.back_up(filled, tmp_path / "copy.db")
    async with await Database.open(filled) as database:
        with pytest.raises(BusyDatabaseError):
            backups.restore(tmp_path / "copy.db", filled, at=NOW)
        await database.check_writable()
    assert papers_in(filled) == 300
    assert files_in(tmp_path) == {"papers.db", "copy.db"}


@pytest.mark.parametrize("has_links", [True, False])
def test_a_restore_that_fails_at_the_end_leaves_the_database_in_place(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    backups.back_up(filled, tmp_path / "copy.db")
    before = filled.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    # A disk that fails at this moment, and one without hard links, can't be had.
    monkeypatch.setattr("storage.backups.os.fsync", fail)
    if not has_links:
        monkeypatch.setattr("storage.backups.os.link", fail)
    with pytest.raises(BackupError, match=f"{filled} can't be written: Input/output error"):
        backups.restore(tmp_path / "copy.db", filled, at=NOW)
    assert papers_in(filled) == 300
    assert len(filled.read_bytes()) == len(before)
    assert files_in(tmp_path) == {"papers.db", "copy.db"}


async def test_killed_during_a_restore_the_database_is_the_old_one_or_the_new_one(
    filled: Path, tmp_path: Path
) -> None:
    backups.back_up(filled, tmp_path / "copy.db")
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("INSERT INTO key_value VALUES ('after', '1')")
        connection.commit()
    for moment, is_new in (("fsync", False), ("close", True)):
        copy = str(tmp_path / "copy.db")
        process = await ForkedProcess.start("-c", KILLED_RESTORE, copy, str(filled), moment)
        assert await process.wait() == -signal.SIGKILL
        with closing(sqlite3.connect(filled)) as connection:
            found = connection.execute("SELECT count(*) FROM key_value WHERE key = 'after'")
            assert found.fetchall() == [(0 if is_new else 1,)]
        assert papers_in(filled) == 300
    # The name that the first one left is gone, and the second one's is the old file.
    (kept,) = tmp_path.glob("papers.db.*Z")  # noqa: ASYNC240 - of a moment
    assert not kept.samefile(filled)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_bytes(b"Dear diary, " * 1000)


@pytest.mark.parametrize(
    ("spoil", "error", "words"),
    [
        (newer, NewerDatabaseError, "newer version"),
        (of_another_program, NotADatabaseError, "another program"),
        (empty, NotADatabaseError, "empty"),
        (text, NotADatabaseError, "not a database"),
        (damage, NotADatabaseError, "damaged"),
        (Path.unlink, BackupError, "There is no file"),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_changes(
    filled: Path,
    tmp_path: Path,
    spoil: Callable[[Path], None],
    error: type[StorageError],
    words: str,
) -> None:
    backups.back_up(filled, tmp_path / "copy.db")
    spoil(tmp_path / "copy.db")
    before = filled.read_bytes()
    there = files_in(tmp_path)
    with pytest.raises(error, match=words):
        backups.restore(tmp_path / "copy.db", filled, at=NOW)
    assert filled.read_bytes() == before
    assert files_in(tmp_path) == there


def test_a_restore_without_room_changes_nothing(
    filled: Path, small_disk: disks.SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_disk.folder / "papers.db"
    shutil.copy(filled, path)
    small_disk.fill()
    disks.look_empty(monkeypatch)
    with pytest.raises(BackupError, match="no room left"):
        backups.restore(filled, path, at=NOW)
    assert files_in(small_disk.folder) == {"papers.db", "filler"}
    assert path.read_bytes() == filled.read_bytes()


@pytest.fixture(autouse=True)
def no_connection_is_left_open(tmp_path: Path) -> Iterator[None]:
    """Check that each test leaves its files to nobody."""
    yield
    if Path("/proc/self/fd").exists():
        opened = {os.path.realpath(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")}  # noqa: PTH208 - descriptors
        assert not {each for each in opened if each.startswith(str(tmp_path))}
