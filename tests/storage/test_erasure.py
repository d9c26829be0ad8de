"""What was deleted is in no file of the database any more."""

import random
import sqlite3
from pathlib import Path

import pytest
from personal_samples import ME, OTHER, fill

from storage import erasure, personal_data
from storage.database import Database
from storage.database_file import wal_of


def files_have(path: Path, *wanted: bytes) -> bool:
    content = path.read_bytes() + wal_of(path).read_bytes()
    return any(each in content for each in wanted)


def stored(number: int) -> bytes:
    """Return the bytes of a number as SQLite stores it."""
    return number.to_bytes(8, "big", signed=True)


async def test_what_a_person_typed_and_their_id_are_overwritten(
    database: Database, outside: sqlite3.Connection
) -> None:
    fill(outside)
    outside.close()
    mine = (f"{ME.typed} note".encode(), f"{ME.typed} draft".encode(), stored(ME.user))
    assert files_have(database.path, *mine)
    async with database.transaction(durable=True) as writer:
        await personal_data.forget(writer, ME.user)
    await erasure.rewrite_tables(database)
    assert await erasure.empty_log(database)
    assert not files_have(database.path, *mine)
    assert files_have(database.path, f"{OTHER.typed} note".encode(), stored(OTHER.user))


# With these, SQLite 3.40 leaves a copy of a row where it has moved it.
@pytest.mark.parametrize("seed", [15, 31, 68])
async def test_rows_that_were_moved_between_pages_leave_no_copy(
    database: Database, seed: int
) -> None:
    numbers = random.Random(seed)
    people = [ME.user + 1000 * n for n in range(30)]

    def live(connection: sqlite3.Connection) -> None:
        for _ in range(3000):
            user, what = numbers.choice(people), numbers.random()
            if what < 0.6:
                connection.execute(
                    "INSERT OR IGNORE INTO saved_papers (user_id, arxiv_id, title, saved_at)"
                    " VALUES (?, ?, ?, '')",
                    (user, str(numbers.randrange(5000)), "T" * numbers.randrange(5, 120)),
                )
            elif what < 0.85:
                connection.execute(
                    "UPDATE saved_papers SET note = ? WHERE id ="
                    " (SELECT id FROM saved_papers WHERE user_id = ? LIMIT 1 OFFSET ?)",
                    (f"note{user}." + "x" * numbers.randrange(180), user, numbers.randrange(40)),
                )
            else:
                connection.execute(
                    "DELETE FROM saved_papers WHERE id ="
                    " (SELECT id FROM saved_papers WHERE user_id = ? LIMIT 1 OFFSET ?)",
                    (user, numbers.randrange(40)),
                )

    async with database.transaction() as writer:
        await writer.run(live)
    before = await database.read("SELECT * FROM saved_papers WHERE user_id <> ?", (ME.user,))
    async with database.transaction(durable=True) as writer:
        await personal_data.forget(writer, ME.user)
    await erasure.rewrite_tables(database)
    assert await erasure.empty_log(database)
    assert not files_have(database.path, f"note{ME.user}.".encode(), stored(ME.user))
    assert await database.read("SELECT * FROM saved_papers") == before
    assert [*map(tuple, await database.read("PRAGMA integrity_check"))] == [("ok",)]


async def test_ids_of_rewritten_tables_go_on_and_large_tables_are_left(
    database: Database, outside: sqlite3.Connection
) -> None:
    fill(outside)
    outside.execute("DELETE FROM setup_drafts")
    for most in (10, erasure.MOST):
        await erasure.rewrite_tables(database, most=most)
        assert len(await database.read("SELECT id FROM saved_papers")) == 80
    outside.execute(
        "INSERT INTO setup_drafts (guild_id, user_id, draft, updated_at) VALUES (1, 1, '{}', '')"
    )
    ((number,),) = outside.execute("SELECT id FROM setup_drafts")
    assert number == 3, "an id is never given twice"


async def test_the_log_is_emptied_as_soon_as_nobody_reads_it(
    database: Database, outside: sqlite3.Connection
) -> None:
    await database.write("INSERT INTO key_value VALUES ('a', 'b')")
    outside.execute("BEGIN")
    outside.execute("SELECT * FROM key_value").fetchall()
    await database.write("INSERT INTO key_value VALUES ('c', 'd')")
    assert not await erasure.empty_log(database)
    outside.execute("COMMIT")
    assert await erasure.empty_log(database)
    assert len(await database.read("SELECT * FROM key_value")) == 2
