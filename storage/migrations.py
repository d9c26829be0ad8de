"""Migrate a database to the newest schema, one numbered SQL file after another.

SQLite's `user_version`, a field of the file's header, counts the applied migrations. It is written
in the same transaction as the tables, so a migration and its record are atomic.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from storage.errors import NewerDatabaseError, NotADatabaseError

APPLICATION_ID = 0x44506170
"""`DPap`: marks a database of this program's. https://sqlite.org/pragma.html#pragma_application_id"""

_FILE_NAME = re.compile(r"(?P<number>\d{4})_\w+\.sql")
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a version of the schema to the next."""

    name: str
    """Of its file: `0001_papers_and_digests.sql`."""
    statements: tuple[str, ...]


def load(folder: Traversable | None = None) -> tuple[Migration, ...]:
    """Read the migrations of a folder, oldest first; without one, those of this program.

    Raises:
        ValueError: A number is missing or given twice, or a file ends within a statement.
    """
    return _load_own() if folder is None else _load(folder)


@cache
def _load_own() -> tuple[Migration, ...]:
    return _load(files("storage") / "schema")


def _load(folder: Traversable) -> tuple[Migration, ...]:
    found = sorted(
        (match["number"], entry)
        for entry in folder.iterdir()
        if (match := _FILE_NAME.fullmatch(entry.name))
    )
    for expected, (number, entry) in enumerate(found, start=1):
        if int(number) != expected:
            raise ValueError(f"{entry.name} stands where migration {expected:04} should")
    return tuple(
        Migration(entry.name, tuple(_statements(entry.name, entry.read_text("utf-8"))))
        for _, entry in found
    )


def _statements(name: str, script: str) -> Iterator[str]:
    """Split a script into statements: `executescript` would commit the open transaction."""
    statement = ""
    for piece in re.split(r"(?<=;)", script):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    if _COMMENT.sub("", statement).strip():
        raise ValueError(f"{name} ends within a statement: {statement.strip()!r}")


def identify(connection: sqlite3.Connection, *, newest: int, path: Path) -> int:
    """Check that a database is empty, or this program's and not too new; nothing is written.

    It returns the version of the database's schema, 0 where it is empty.

    Args:
        connection: An open connection; read-only is enough.
        newest: The newest version of the schema known here.
        path: The database's file, for the errors.

    Raises:
        NotADatabaseError: Another program wrote it.
        NewerDatabaseError: A newer version of this program wrote it.
        sqlite3.Error: It cannot be read.
    """
    ((application_id,),) = connection.execute("PRAGMA application_id")
    version = _version(connection)
    if application_id == APPLICATION_ID:
        _check_version(version, newest, path)
        return version
    ((tables,),) = connection.execute("SELECT count(*) FROM sqlite_schema")
    if application_id or version or tables:
        raise NotADatabaseError(
            f"{path} is a database of another program's. Set `database` to another path.",
            path=path,
        )
    return version


def apply(connection: sqlite3.Connection, migrations: Sequence[Migration], *, path: Path) -> None:
    """Apply the missing migrations, each in a transaction of its own.

    The connection must not begin transactions itself (`isolation_level=None`). Foreign keys must be
    off, as rebuilding a table requires; they are checked before each commit instead. See
    https://sqlite.org/lang_altertable.html#otheralter

    Raises:
        NewerDatabaseError: The database has more migrations than these.
        sqlite3.Error: One failed and was rolled back; those before it are kept.
    """
    while True:
        # Take the lock before reading the version: another process may be migrating as well.
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _version(connection)
            _check_version(version, len(migrations), path)
            if version == len(migrations):
                return
            for statement in migrations[version].statements:
                connection.execute(statement)
            _check_foreign_keys(connection, migrations[version])
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        finally:
            connection.rollback()


def _check_version(version: int, newest: int, path: Path) -> None:
    if version > newest:
        raise NewerDatabaseError(
            f"{path} was written by a newer version of this program (its schema is {version}, the"
            f" newest known here is {newest}). Update the program, or put a copy of the database"
            " from before the update in its place.",
            path=path,
        )


def _version(connection: sqlite3.Connection) -> int:
    ((version,),) = connection.execute("PRAGMA user_version")
    return int(version)


def _check_foreign_keys(connection: sqlite3.Connection, migration: Migration) -> None:
    broken = connection.execute("PRAGMA foreign_key_check")
    if tables := sorted({row[0] for row in broken}):
        raise sqlite3.IntegrityError(
            f"{migration.name} leaves rows of {', '.join(tables)} that belong to nothing"
        )
