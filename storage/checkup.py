"""Look at a database without changing it: whether it is whole, and how much room it takes.

The bot can keep running: all is read in one read transaction, and the full-text indexes, whose
check needs the right to write, are checked in a copy. All functions block.
"""

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage import migrations, search_index
from storage.backups import copy_for_reading, damages, open_for_reading
from storage.database_file import connect
from storage.errors import BackupError, translate_errors

_INCREMENTAL: Final = 2


@dataclass(frozen=True, slots=True)
class Checkup:
    """The findings of a look at a database."""

    version: int
    newest_version: int
    """The one that this program upgrades to."""
    damages: tuple[str, ...]
    """What is wrong in the structure; nothing more is looked at then."""
    orphans: tuple[str, ...]
    """Tables with rows that refer to nothing."""
    wrong_indexes: tuple[str, ...] | None
    """Full-text indexes that aren't in step with their tables; `None` if not looked at."""
    not_looked_at: str
    """Why the indexes were not looked at."""
    size: int
    """Bytes."""
    empty: int
    """Bytes of it that hold nothing."""
    shrinks: bool
    """Whether the bot can make the file smaller in steps."""


def sqlite_version() -> str:
    """Return the version of SQLite that is used."""
    return sqlite3.sqlite_version


def schema_version(path: Path) -> tuple[int, int]:
    """Return the version of a database's schema, and the one that this program upgrades it to.

    Raises:
        NotADatabaseError: It is none of this program's.
        NewerDatabaseError: A newer version of this program wrote it.
        StorageError: It can't be read.
    """
    newest = len(migrations.load())
    with translate_errors(path), closing(open_for_reading(path)) as connection:
        migrations.identify(connection, newest=newest, path=path)
        return int(connection.execute("PRAGMA user_version").fetchone()[0]), newest


def examine(path: Path) -> Checkup:
    """Look at a database.

    Raises:
        NotADatabaseError: It is none of this program's, or too damaged to be looked at.
        NewerDatabaseError: A newer version of this program wrote it.
        StorageError: It can't be read.
    """
    newest = len(migrations.load())
    with translate_errors(path), closing(open_for_reading(path)) as connection:
        migrations.identify(connection, newest=newest, path=path)
        connection.execute("BEGIN")
        version, page_size, pages, free, mode = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("user_version", "page_size", "page_count", "freelist_count", "auto_vacuum")
        )
        found = damages(connection)
        broken = () if found else connection.execute("PRAGMA foreign_key_check")
        orphans = tuple(sorted({row[0] for row in broken}))
    wrong: tuple[str, ...] | None = None
    why_not = "the database is damaged" if found else "the next start upgrades the database"
    if not found and version == newest:
        try:
            wrong, why_not = _wrong_indexes(path), ""
        except BackupError as error:
            why_not = str(error)
    return Checkup(
        version=version,
        newest_version=newest,
        damages=tuple(found),
        orphans=orphans,
        wrong_indexes=wrong,
        not_looked_at=why_not,
        size=pages * page_size,
        empty=free * page_size,
        shrinks=mode == _INCREMENTAL,
    )


def _wrong_indexes(path: Path) -> tuple[str, ...]:
    """Return the full-text indexes that aren't in step, as a copy shows.

    Raises:
        BackupError: There is no room for a copy.
    """
    try:
        folder = tempfile.TemporaryDirectory(dir=path.parent, prefix=".daily-papers-")
    except OSError as error:
        raise BackupError(
            f"{path.parent} can't be written: {error.strerror}.", path=path
        ) from error
    with folder:
        copy = copy_for_reading(path, Path(folder.name))
        with closing(connect(copy.absolute().as_uri(), 0.0)) as connection:
            return search_index.wrong_indexes(connection)
