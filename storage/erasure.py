"""Make sure that what was deleted is not in the database's files any more.

SQLite marks deleted rows as free room. With `secure_delete`, which `Database.open` turns on, it
overwrites them with zeros. Two places are left: the write-ahead log, until it is emptied, and now
and then copies of rows that SQLite has moved to another page while it was making room. So the
tables with what people have typed are written anew.
See https://sqlite.org/pragma.html#pragma_secure_delete
"""

import sqlite3
from typing import Final

from storage.database import Database
from storage.database_file import size_of, wal_of

REWRITTEN: Final = ("saved_papers", "reports", "setup_drafts")
"""The tables that are written anew. No other table refers to them."""
MOST: Final = 50_000
"""Rows of a table up to which it is written anew: some tenths of a second, in which nobody else
writes."""


async def rewrite_tables(database: Database, *, most: int = MOST) -> None:
    """Write the tables with what people have typed anew, each unless it has too many rows.

    Args:
        database: Where they are.
        most: The most rows of a table.
    """
    for table in REWRITTEN:
        async with database.transaction(durable=True) as writer:
            await writer.run(_rewrite, table, most)


def _rewrite(connection: sqlite3.Connection, table: str, most: int) -> None:
    ((count,),) = connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a constant
    if count > most:
        return
    rows = [tuple(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608 - a constant
    # Without a condition, SQLite overwrites all pages of the table and its indexes.
    connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
    if rows:
        values = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({values})", rows)  # noqa: S608 - a constant


async def empty_log(database: Database) -> bool:
    """Move the write-ahead log into the file and empty it; return whether that was possible.

    It isn't while another connection reads what the log has.

    Raises:
        StorageError: As in `Database.transaction`.
    """
    await database.write("PRAGMA wal_checkpoint(TRUNCATE)")
    return not size_of(wal_of(database.path))
