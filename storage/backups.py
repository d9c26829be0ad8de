"""Copies of a database: made while it is in use, checked, and put back in its place.

A copy is made by SQLite's backup API from a connection of its own, within one read transaction:
it has the state of one moment, however much is written meanwhile. It is written next to its target
under a temporary name, checked, synchronized and renamed, so that there is never half a copy.

All functions block and are to be called in a thread.
"""

import glob
import os
import re
import secrets
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from storage import migrations
from storage.database_file import connect, uri_of, wal_of
from storage.errors import BackupError, NotADatabaseError, is_busy, storage_error, translate_errors

PAGES: Final = 256
"""How many pages one step copies, 1 MB. Between two steps others get the disk, and a stop is
noticed."""
_PAUSE: Final = 0.002
_STEPS: Final = 100_000
"""Instructions of SQLite's virtual machine between two looks whether a check is to stop."""
BUSY_SECONDS: Final = 5.0
"""How long to wait for a database that another connection locks."""
_ROOM: Final = 1024 * 1024
"""Bytes that stay free beside a copy."""
_MODE: Final = 0o600
_TEMPORARY: Final = ".daily-papers-"
_ENDING: Final = ".tmp"
_LEFT_OVER_AFTER: Final = 3_600.0
"""Seconds after which a temporary file belongs to a process that was killed."""
_GIGABYTE: Final = 10**9
_PROBLEMS: Final = 3
"""How many of SQLite's findings in a damaged file are shown."""
_SIDE_FILES: Final = ("-wal", "-shm", "-journal")


class StoppedError(Exception):
    """The copy was given up, since the caller wants to stop."""


def back_up(
    database: Path, target: Path, *, replace: bool = False, stop: threading.Event | None = None
) -> int:
    """Write a checked copy of a database, which may be in use; return its size in bytes.

    Args:
        database: The database's file; it is not changed, nor upgraded.
        target: The copy. Its folder must exist.
        replace: Whether a file that is there already may be replaced.
        stop: Set by another thread to give the copy up.

    Raises:
        BackupError: The copy can't be written, or is there already; nothing of it is left.
        NotADatabaseError: The database is damaged, or none of this program's.
        NewerDatabaseError: A newer version of this program wrote it.
        StoppedError: `stop` was set.
        StorageError: The database can't be read.
    """
    _check_target(database, target, replace=replace)
    remove_left_over(target.parent)
    with _temporary_beside(target) as temporary:
        _copy(database, temporary, target, stop)
        check(temporary, name=database, stop=stop)
        if not replace and target.exists():
            raise _exists(target)
        size = temporary.stat().st_size
        _put_in_place(temporary, target)
    return size


def restore(backup: Path, database: Path, *, at: datetime) -> Path | None:
    """Put a checked copy of a backup in the place of a database that no process uses.

    The caller holds the database's `ProcessLock`.

    Args:
        backup: A database of this program's; it stays as it is.
        database: The database's file; it need not exist.
        at: Now, for the name under which the old file is kept.

    Returns:
        Where the old file is now; `None` if there was none.

    Raises:
        BackupError: It can't be written; the database is as it was.
        BusyDatabaseError: Another process has the database open; it is as it was.
        NotADatabaseError: The backup is damaged, or none of this program's.
        NewerDatabaseError: A newer version of this program wrote the backup.
        StorageError: The backup can't be read.
    """
    database = database.resolve()
    uri_of(database)
    if backup.exists() and database.exists() and backup.samefile(database):
        raise BackupError(f"{backup} is the database itself.", path=backup)
    remove_left_over(database.parent)
    with _temporary_beside(database) as temporary:
        _copy(backup, temporary, database, None)
        check(temporary, name=backup)
        _forget_second_names(database)
        kept = _keep_old(database, temporary, at) if database.exists() else None
        try:
            for ending in _SIDE_FILES:
                # Of a database that is gone: SQLite would apply its log to the one that comes now.
                database.with_name(database.name + ending).unlink(missing_ok=True)
            _put_in_place(temporary, database)
        except BaseException:
            if kept is not None and not database.exists():
                kept.rename(database)
            _forget_second_names(database)
            raise
    return kept


def check(path: Path, *, name: Path, stop: threading.Event | None = None) -> None:
    """Check that a file that nobody else uses is a whole database of this program's.

    Args:
        path: The file.
        name: What errors call it.
        stop: See `back_up`.

    Raises:
        NotADatabaseError: It is damaged, or none of this program's.
        NewerDatabaseError: A newer version of this program wrote it.
        StoppedError: `stop` was set.
    """
    with translate_errors(name), closing(connect(uri_of(path), BUSY_SECONDS)) as connection:
        migrations.identify(connection, newest=len(migrations.load()), path=name)
        ((application_id,),) = connection.execute("PRAGMA application_id")
        if application_id != migrations.APPLICATION_ID:
            raise NotADatabaseError(f"{name} is empty: no database of Daily Papers.", path=name)
        try:
            if stop is not None:
                connection.set_progress_handler(stop.is_set, _STEPS)
            if problems := damages(connection):
                raise NotADatabaseError(f"{name} is damaged: {'; '.join(problems)}", path=name)
        except sqlite3.OperationalError:
            if stop is not None and stop.is_set():
                raise StoppedError from None
            raise


def damages(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong in the structure of a database, at most a few findings.

    Raises:
        sqlite3.Error: It can't be read.
    """
    found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_PROBLEMS})")]
    return [] if found == ["ok"] else found


def remove_oldest(folder: Path, pattern: re.Pattern[str], *, keep: int) -> None:
    """Delete all but the newest files whose names match; names sort by time.

    Raises:
        BackupError: One can't be deleted.
    """
    try:
        found = sorted(path for path in folder.iterdir() if pattern.fullmatch(path.name))
        for path in found[:-keep]:
            path.unlink()
    except OSError as error:
        raise BackupError(
            f"{error.filename or folder} can't be deleted: {error.strerror}.", path=folder
        ) from error


def copy_for_reading(database: Path, folder: Path) -> Path:
    """Copy a database into an empty folder, to look at it without being in anyone's way.

    Raises:
        BackupError: It can't be written.
        StorageError: The database can't be read.
    """
    target = folder / "copy.db"
    _copy(database, target, target, None)
    return target


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open a database for reading, with what its write-ahead log holds.

    Raises:
        StorageError: There is no such file, or it can't be read.
    """
    if not path.exists():
        raise BackupError(f"There is no file {path}.", path=path)
    uri = uri_of(path)
    # Only who may write can read a database in WAL mode whose log nobody has opened. Where nothing
    # can be written, a file without a log is read as it stands.
    is_fixed = not os.access(path.parent, os.W_OK) and not wal_of(path).exists()
    mode = "mode=ro&immutable=1" if is_fixed else "mode=rw"
    with translate_errors(path):
        connection = connect(f"{uri}?{mode}", BUSY_SECONDS)
        connection.execute("PRAGMA query_only = ON")
    return connection


def remove_left_over(folder: Path) -> None:
    """Delete temporary files of processes that were killed while they wrote a copy."""
    before = time.time() - _LEFT_OVER_AFTER
    with suppress(OSError):
        for path in folder.glob(f"{_TEMPORARY}*{_ENDING}*"):
            if path.stat().st_mtime < before:
                path.unlink()


def _check_target(database: Path, target: Path, *, replace: bool) -> None:
    try:
        if target.is_dir():
            raise BackupError(f"{target} is a folder. Name a file in it.", path=target)
        if not target.parent.is_dir():
            raise BackupError(f"The folder {target.parent} is not there.", path=target)
        own = [database, *(database.with_name(database.name + each) for each in _SIDE_FILES)]
        if any(path.resolve() == target.resolve() for path in own):
            raise BackupError(f"{target} belongs to the database itself.", path=target)
        if target.exists() and not target.is_file():
            raise BackupError(f"{target} is a device or a pipe.", path=target)
        if target.exists() and not replace:
            raise _exists(target)
    except OSError as error:
        raise _unwritable(target, error) from error


def _exists(target: Path) -> BackupError:
    return BackupError(
        f"{target} exists already. Name another file, or replace it with --force.", path=target
    )


@contextmanager
def _temporary_beside(target: Path) -> Iterator[Path]:
    """Yield the path of an empty file beside a target; delete what is left there at the end."""
    path = target.with_name(f"{_TEMPORARY}{secrets.token_hex(8)}{_ENDING}")
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _MODE))
        yield path
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        for ending in ("", *_SIDE_FILES):
            with suppress(OSError):
                path.with_name(path.name + ending).unlink()


def _copy(source: Path, temporary: Path, target: Path, stop: threading.Event | None) -> None:
    """Copy the state of a database at one moment.

    Args:
        source: The database.
        temporary: An empty file or none, which is written.
        target: What errors call it.
        stop: See `back_up`.
    """

    def step(_status: int, _left: int, _pages: int) -> None:
        if stop is not None and stop.is_set():
            raise StoppedError
        time.sleep(_PAUSE)

    with closing(open_for_reading(source)) as reading:
        with translate_errors(source):
            migrations.identify(reading, newest=len(migrations.load()), path=source)
            # While it lasts, what others write doesn't make the copy begin anew.
            reading.execute("BEGIN")
            ((pages,),) = reading.execute("PRAGMA page_count")
            ((size,),) = reading.execute("PRAGMA page_size")
        _check_room(target, pages * size)
        with closing(connect(f"{temporary.absolute().as_uri()}?mode=rwc", 0.0)) as writing:
            try:
                # A copy that isn't completed is deleted: it needs no journal.
                writing.execute("PRAGMA journal_mode = OFF")
                writing.execute("PRAGMA synchronous = OFF")
                reading.backup(writing, pages=PAGES, progress=step)
                # One file, which can also be read where nothing can be written.
                writing.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.Error as error:
                raise _copy_error(error, source, target) from error


def _check_room(target: Path, size: int) -> None:
    """Check the room before a copy uses up what is left of a disk that others need, too."""
    free = shutil.disk_usage(target.parent).free
    if free < size + _ROOM:
        raise BackupError(
            f"There is no room for {target}: it takes {readable_size(size + _ROOM)}, and"
            f" {readable_size(free)} are free.",
            path=target,
        )


def readable_size(size: int) -> str:
    """Return a size as people read it.

    >>> readable_size(12_345_678)
    '12.3 MB'
    >>> readable_size(80_724_900_000)
    '80.7 GB'
    """
    return f"{size / 1e9:,.1f} GB" if size >= _GIGABYTE else f"{size / 1e6:,.1f} MB"


def _keep_old(database: Path, temporary: Path, at: datetime) -> Path:
    """Give the old file a second, dated name; its place is taken in one step later."""
    found = database.stat()
    with suppress(PermissionError, AttributeError):
        os.chown(temporary, found.st_uid, found.st_gid)
    temporary.chmod(found.st_mode & 0o777)
    kept = database.with_name(f"{database.name}.{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    if kept.exists():
        raise BackupError(f"{kept} exists already. Try again in a second.", path=kept)
    _fold_log(database, kept)
    try:
        os.link(database, kept)
    except OSError:
        database.rename(kept)  # a disk without hard links
    return kept


def _forget_second_names(database: Path) -> None:
    """Delete dated names of the file that is still the database, as a failed restore leaves them.

    Whoever opened it by such a name would use another write-ahead log.
    """
    if not database.exists():
        return
    for path in database.parent.glob(f"{glob.escape(database.name)}.*Z"):
        if path.samefile(database):
            path.unlink()


def _fold_log(database: Path, kept: Path) -> None:
    """Move the write-ahead log of the old file into it; a damaged file keeps its log beside it."""
    log, kept_log = wal_of(database), wal_of(kept)
    if log.exists():
        # SQLite deletes a log that it can't use.
        shutil.copyfile(log, kept_log)
    try:
        with (
            translate_errors(database),
            closing(connect(f"{uri_of(database)}?mode=rw", BUSY_SECONDS)) as old,
        ):
            # Only the last one to have it open can do that.
            old.execute("PRAGMA journal_mode = DELETE")
    except NotADatabaseError:
        return
    except BaseException:
        kept_log.unlink(missing_ok=True)
        raise
    kept_log.unlink(missing_ok=True)


def _put_in_place(temporary: Path, target: Path) -> None:
    descriptor = os.open(temporary, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    temporary.replace(target)
    if os.name != "posix":
        return
    descriptor = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy_error(error: sqlite3.Error, source: Path, target: Path) -> Exception:
    """Return the error of a copy: of what is read if that is damaged, else of what is written."""
    explained = storage_error(error, path=source)
    if isinstance(explained, NotADatabaseError) or is_busy(error):
        return explained or error
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
        return BackupError(f"There is no room left on the disk of {target}.", path=target)
    return BackupError(f"{target} can't be written: {error}.", path=target)


def _unwritable(target: Path, error: OSError) -> BackupError:
    return BackupError(f"{target} can't be written: {error.strerror or error}.", path=target)
