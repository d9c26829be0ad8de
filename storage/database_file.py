"""The database file on the disk: where it is, what it is, and how it is opened and migrated."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from storage import migrations
from storage.errors import (
    NotADatabaseError,
    OlderDatabaseError,
    UnwritableDatabaseError,
    os_error,
)

_NEW_FILE_MODE: Final = 0o600
"""SQLite gives `-wal` and `-shm` the mode of the database file."""


def uri_of(path: Path) -> str:
    """Return the URI of a database file.

    Raises:
        NotADatabaseError: The path is a device or a pipe.
        UnwritableDatabaseError: Its folder is missing, or the path is a folder.
    """
    try:
        if path.is_dir():
            problem = f"{path} is a folder. Name a file in it as `database`."
        elif not path.parent.is_dir():
            problem = f"The folder {path.parent} is not there. Make it, or set `database` to"
            problem += " a path in one that is."
        elif path.exists() and not path.is_file():
            raise NotADatabaseError(
                f"{path} is not a database file, but a device or a pipe. Set `database` to another"
                " path.",
                path=path,
            )
        else:
            return path.absolute().as_uri()
    except OSError as error:
        problem = f"{path} cannot be opened ({error}). Set `database` to another path."
    raise UnwritableDatabaseError(problem, path=path)


def wal_of(path: Path) -> Path:
    """Return the path of a database's write-ahead log."""
    return path.with_name(f"{path.name}-wal")


def file_id(path: Path) -> tuple[int, int, bool] | None:
    """Return what tells a file from another at the same path; `None` if there is none."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    # The database itself is never empty; its log is from time to time.
    return found.st_dev, found.st_ino, found.st_size == 0 and not path.name.endswith("-wal")


def size_of(path: Path) -> int:
    """Return the size of a file in bytes; 0 if there is none, or its size can't be read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def open_writer(path: Path, uri: str, busy_timeout: float) -> sqlite3.Connection:
    """Open a database to write it; make a file where there is none, and apply migrations.

    The connection has opened the write-ahead log, so that this is there.

    Raises:
        NotADatabaseError: The file is something else.
        NewerDatabaseError: A newer version of this program wrote it.
        StorageError: The file can't be made.
        sqlite3.Error: It can't be read or written.
    """
    steps = migrations.load()
    if not path.exists():
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, _NEW_FILE_MODE))
        except OSError as error:
            raise os_error(error, path=path) from error
    elif size_of(wal_of(path)):
        # Whoever may write and closes last moves the log into the file: a file that is to stay as
        # it is must be looked at without the right to write.
        with closing(connect(f"{uri}?mode=ro", busy_timeout)) as connection:
            migrations.identify(connection, newest=len(steps), path=path)
    connection = connect(f"{uri}?mode=rw", busy_timeout)
    try:
        _bring_up_to_date(connection, steps, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(
    connection: sqlite3.Connection, steps: Sequence[migrations.Migration], path: Path
) -> None:
    version = migrations.identify(connection, newest=len(steps), path=path)
    ((pages,),) = connection.execute("PRAGMA page_count")
    if not pages:
        # A new file can be made smaller in steps; another one only once it was compacted.
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    ((mode,),) = connection.execute("PRAGMA journal_mode = WAL")
    if mode != "wal":
        raise UnwritableDatabaseError(
            f"The disk of {path} cannot hold a write-ahead log, as network folders often can't."
            " Set `database` to a path on a local disk.",
            path=path,
        )
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = OFF")
    migrations.apply(connection, steps, path=path)
    if version < len(steps):
        # An upgrade can make the log as large as the file, and the log does not shrink by itself.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def read_only_uri(path: Path, busy_timeout: float) -> str:
    """Return the URI with which a database is opened to look at it.

    Raises:
        UnwritableDatabaseError: Its folder is missing, or the path is a folder.
        NotADatabaseError: The file is something else.
        NewerDatabaseError: A newer version of this program wrote it.
        OlderDatabaseError: An older version of this program wrote it.
        sqlite3.Error: It can't be read.
    """
    uri = f"{uri_of(path)}?mode=ro"
    if not wal_of(path).exists():
        # Nobody has it open. Without this, SQLite would make a log and leave it there.
        uri += "&immutable=1"
    newest = len(migrations.load())
    with closing(connect(uri, busy_timeout)) as connection:
        version = migrations.identify(connection, newest=newest, path=path)
    if version != newest:
        raise OlderDatabaseError(
            f"{path} was written by an older version of this program. Start this version of the"
            " bot once, which upgrades it.",
            path=path,
        )
    return uri


def connect(uri: str, busy_timeout: float) -> sqlite3.Connection:
    """Open a connection that leaves transactions to its user."""
    return sqlite3.connect(
        uri, uri=True, isolation_level=None, timeout=busy_timeout, cached_statements=256
    )
