"""Write a database's file anew without empty room, so that it can be made smaller in steps later.

SQLite copies the database to a temporary file and from there through the write-ahead log, so that
it takes twice its size on the disk meanwhile. An interruption changes nothing.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from storage import migrations, search_index
from storage.backups import readable_size
from storage.database_file import connect, uri_of
from storage.errors import DiskFullError, translate_errors

_TIMES: Final = 2
_ROOM: Final = 16 * 1024 * 1024
"""Bytes that stay free beside the copy."""
_BUSY_SECONDS: Final = 5.0


def compact(path: Path) -> tuple[int, int]:
    """Compact a database that no process uses, and make its full-text indexes anew.

    The indexes of an older version of the schema are left: the next start upgrades it.

    It blocks, and is to be called in a thread. The caller holds the database's `ProcessLock`.

    Returns:
        The size in bytes before and after.

    Raises:
        DiskFullError: There is too little room for it; nothing was changed.
        BusyDatabaseError: Another process has the database open.
        NotADatabaseError: It is damaged, or none of this program's.
        NewerDatabaseError: A newer version of this program wrote it.
        StorageError: It can't be written.
    """
    path = path.resolve()
    before = path.stat().st_size
    needed, free = _TIMES * before + _ROOM, shutil.disk_usage(path.parent).free
    if free < needed:
        raise DiskFullError(
            f"Compacting {path} takes {readable_size(needed)} for a while, and"
            f" {readable_size(free)} are free. Make room on its disk.",
            path=path,
        )
    with (
        translate_errors(path),
        _temporary_files_in(path.parent),
        closing(connect(f"{uri_of(path)}?mode=rw", _BUSY_SECONDS)) as connection,
    ):
        newest = len(migrations.load())
        migrations.identify(connection, newest=newest, path=path)
        if connection.execute("PRAGMA user_version").fetchone() == (newest,):
            connection.execute("BEGIN IMMEDIATE")
            search_index.rebuild(connection)
            connection.execute("COMMIT")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return before, path.stat().st_size


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Let SQLite put its temporary files on the disk whose room was looked at."""
    before = os.environ.get("SQLITE_TMPDIR")
    os.environ["SQLITE_TMPDIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SQLITE_TMPDIR"]
        else:
            os.environ["SQLITE_TMPDIR"] = before
