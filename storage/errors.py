"""Errors of the database, each with a message that says what to do."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PRIMARY_CODE = 0xFF
"""SQLite's extended result codes carry the primary one in their lowest byte."""


class StorageError(Exception):
    """The database cannot be used; `str()` of it is a message for the operator."""

    def __init__(self, message: str, *, path: Path) -> None:
        super().__init__(message)
        self.path = path


class NotADatabaseError(StorageError):
    """The file holds something else, or is damaged."""


class OlderDatabaseError(StorageError):
    """An older version of this program wrote the file, which is to be left as it is."""


class NewerDatabaseError(StorageError):
    """The file was written by a newer version of this program."""


class UnwritableDatabaseError(StorageError):
    """The file or its folder cannot be written."""


class DiskFullError(StorageError):
    """The disk is full; the transaction was rolled back."""


class BusyDatabaseError(StorageError):
    """Another process kept the write lock for too long."""


class ReplacedDatabaseError(StorageError):
    """The file was deleted or replaced while it was open: what is written now would be lost."""


class BackupError(StorageError):
    """A copy of the database can't be made or put in place; what was there is as it was."""


class LostLockError(StorageError):
    """The lock file was deleted or replaced, and another process holds the lock now."""


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_KINDS: dict[int, type[StorageError]] = {
    sqlite3.SQLITE_NOTADB: NotADatabaseError,
    sqlite3.SQLITE_CORRUPT: NotADatabaseError,
    sqlite3.SQLITE_READONLY: UnwritableDatabaseError,
    sqlite3.SQLITE_CANTOPEN: UnwritableDatabaseError,
    sqlite3.SQLITE_PERM: UnwritableDatabaseError,
    sqlite3.SQLITE_FULL: DiskFullError,
    sqlite3.SQLITE_IOERR_SHMSIZE: DiskFullError,
    sqlite3.SQLITE_BUSY: BusyDatabaseError,
    sqlite3.SQLITE_LOCKED: BusyDatabaseError,
    sqlite3.SQLITE_PROTOCOL: BusyDatabaseError,
    sqlite3.SQLITE_IOERR: StorageError,
}
_SENTENCES: dict[type[StorageError], str] = {
    NotADatabaseError: (
        "{path} is not a database, or is damaged. Put a copy of it from an earlier day in its"
        " place, or move it away and ingest the digests again, or set `database` to another path."
    ),
    UnwritableDatabaseError: (
        "The database {path} cannot be written. Give this user the right to write it and its"
        " folder, or set `database` to another path."
    ),
    DiskFullError: (
        "There is no room left on the disk of {path}. Nothing of this was stored: make room, and"
        " do it again."
    ),
    BusyDatabaseError: (
        "Another process is writing to {path}, and has been for too long. Wait for it or stop it,"
        " and do it again."
    ),
    StorageError: (
        "The disk of {path} reports an error ({error}). Look whether it is full or failing."
    ),
}


def storage_error(error: sqlite3.Error, *, path: Path) -> StorageError | None:
    """Return the error for the operator that an error of SQLite stands for.

    `None` if it is a bug of the program: an SQL error, a violated constraint.

    Source of the codes: https://sqlite.org/rescode.html
    """
    code = getattr(error, "sqlite_errorcode", 0)
    kind = _KINDS.get(code) or _KINDS.get(code & _PRIMARY_CODE)
    if code & _PRIMARY_CODE == sqlite3.SQLITE_CANTOPEN and _has_no_room(path.parent):
        # SQLite doesn't say why it couldn't create the log.
        kind = DiskFullError
    return kind(_SENTENCES[kind].format(path=path, error=error), path=path) if kind else None


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Translate SQLite's errors that the operator can do something about."""
    try:
        yield
    except sqlite3.Error as error:
        explained = storage_error(error, path=path)
        if explained is None:
            raise
        raise explained from error


def _has_no_room(folder: Path) -> bool:
    """Return whether the disk of a folder has no block or no inode left."""
    try:
        found = os.statvfs(folder)
    except (AttributeError, OSError):
        return False  # Windows, or the folder was deleted
    return found.f_bavail == 0 or (found.f_files > 0 and found.f_favail == 0)


def os_error(error: OSError, *, path: Path) -> StorageError:
    """Return the error for the operator if the operating system can't create a database file."""
    kind = DiskFullError if error.errno in _NO_ROOM else UnwritableDatabaseError
    return kind(_SENTENCES[kind].format(path=path), path=path)


def is_busy(error: sqlite3.Error) -> bool:
    """Return whether another connection holds a lock, so that a retry may help."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & _PRIMARY_CODE == sqlite3.SQLITE_BUSY
