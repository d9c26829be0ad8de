"""Begin and end a transaction of the connection that writes, on the connection's own thread."""

import sqlite3
from typing import Final

from storage.errors import is_busy

_NOT_DURABLE: Final = "PRAGMA synchronous = NORMAL"
"""The setting of the connection outside of durable transactions."""


def begin(connection: sqlite3.Connection, *, durable: bool) -> sqlite3.OperationalError | None:
    """Begin a transaction; return SQLite's error if another process holds the write lock."""
    if durable:
        connection.execute("PRAGMA synchronous = FULL")
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if is_busy(error):
            connection.execute(_NOT_DURABLE)
            return error
        raise
    return None


def commit(connection: sqlite3.Connection) -> None:
    """Commit a transaction."""
    connection.execute("COMMIT")
    connection.execute(_NOT_DURABLE)


def roll_back(connection: sqlite3.Connection) -> None:
    """Roll a transaction back; without one it does nothing."""
    connection.rollback()
    connection.execute(_NOT_DURABLE)
