import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage import migrations
from storage.database import Database
from storage.errors import NewerDatabaseError

STEPS = {
    "0001_first.sql": """
        -- A comment; with a semicolon.
        CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT) STRICT;
        CREATE TABLE children (
            id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id)
        ) STRICT;
        INSERT INTO parents VALUES (1, 'a;b');
    """,
    "0002_second.sql": """
        CREATE TRIGGER named AFTER INSERT ON children BEGIN
            UPDATE parents SET name = 'has children' WHERE id = NEW.parent;
            UPDATE parents SET name = name || '; truly' WHERE id = NEW.parent;
        END;
        INSERT INTO children VALUES (1, 1);
    """,
    "0003_third.sql": "DROP TABLE children; /* nothing; more */",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "schema"
    folder.mkdir()
    for name, script in STEPS.items():
        (folder / name).write_text(script, "utf-8")
    (folder / "notes.txt").write_text("no migration", "utf-8")
    return folder


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def _ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as outside:
        return outside.execute(sql).fetchall()


def _version(path: Path) -> int:
    ((version,),) = _ask(path, "PRAGMA user_version")
    return int(version)


def _schema(path: Path) -> list[tuple[Any, ...]]:
    return _ask(path, "SELECT name, sql FROM sqlite_schema ORDER BY name")


def test_migrations_are_read_in_order_and_split_into_statements(folder: Path) -> None:
    read = migrations.load(folder)
    assert [migration.name for migration in read] == list(STEPS)
    assert [len(migration.statements) for migration in read] == [3, 2, 1]
    assert read[0].statements[2] == "INSERT INTO parents VALUES (1, 'a;b');"
    assert read[1].statements[0].endswith("END;")


def test_a_number_that_is_missing_is_refused(folder: Path) -> None:
    (folder / "0002_second.sql").unlink()
    with pytest.raises(ValueError, match=r"0003_third.sql stands where migration 0002 should"):
        migrations.load(folder)


def test_a_number_given_twice_is_refused(folder: Path) -> None:
    (folder / "0002_again.sql").write_text("SELECT 1;", "utf-8")
    with pytest.raises(ValueError, match="stands where migration 0003 should"):
        migrations.load(folder)


def test_a_file_that_ends_within_a_statement_is_refused(folder: Path) -> None:
    (folder / "0004_fourth.sql").write_text("SELECT 1;\nCREATE TABLE half (", "utf-8")
    with pytest.raises(ValueError, match=r"0004_fourth.sql ends within a statement"):
        migrations.load(folder)


@pytest.mark.parametrize("version", [0, 1, 2, 3])
def test_migrations_begin_where_a_database_stands(
    connection: sqlite3.Connection, path: Path, folder: Path, version: int
) -> None:
    steps = migrations.load(folder)
    migrations.apply(connection, steps[:version], path=path)
    assert _version(path) == version
    migrations.apply(connection, steps, path=path)
    assert _version(path) == 3
    assert _ask(path, "SELECT name FROM parents") == [("has children; truly",)]


def test_a_failing_migration_rolls_back(
    connection: sqlite3.Connection, path: Path, folder: Path
) -> None:
    (folder / "0003_third.sql").write_text(
        "CREATE TABLE half (id); INSERT INTO parents VALUES (2, 'x'); DROP TABLE nowhere;", "utf-8"
    )
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrations.apply(connection, migrations.load(folder), path=path)
    assert _version(path) == 2
    assert "half" not in {name for name, _ in _schema(path)}
    assert _ask(path, "SELECT id FROM parents") == [(1,)]


def test_a_migration_that_orphans_rows_rolls_back(
    connection: sqlite3.Connection, path: Path, folder: Path
) -> None:
    (folder / "0003_third.sql").write_text("DELETE FROM parents;", "utf-8")
    with pytest.raises(sqlite3.IntegrityError, match=r"0003_third.sql leaves rows of children"):
        migrations.apply(connection, migrations.load(folder), path=path)
    assert _version(path) == 2


def test_a_database_with_more_migrations_is_refused(
    connection: sqlite3.Connection, path: Path, folder: Path
) -> None:
    steps = migrations.load(folder)
    migrations.apply(connection, steps, path=path)
    with pytest.raises(NewerDatabaseError, match="its schema is 3, the newest known here is 2"):
        migrations.apply(connection, steps[:2], path=path)
    assert not connection.in_transaction


@pytest.mark.parametrize("version", range(1, len(migrations.load())))
async def test_a_database_of_each_older_version_is_brought_up_to_date(
    connection: sqlite3.Connection, path: Path, tmp_path: Path, version: int
) -> None:
    migrations.apply(connection, migrations.load()[:version], path=path)
    connection.close()
    async with await Database.open(path):
        pass
    async with await Database.open(tmp_path / "new.db"):
        pass
    assert _version(path) == _version(tmp_path / "new.db")
    assert _schema(path) == _schema(tmp_path / "new.db")


async def test_papers_stored_before_the_index_are_indexed_with_it(
    connection: sqlite3.Connection, path: Path
) -> None:
    migrations.apply(connection, migrations.load()[:1], path=path)
    for statement in (
        "INSERT INTO digests VALUES (1, '2025-02-21', '', '')",
        "INSERT INTO papers VALUES (1, '2502.1', '모델', NULL, NULL, '', 3, '', '2025-02-21', 1)",
        "INSERT INTO sections VALUES (1, 1, NULL, '추론을 배운다')",
    ):
        connection.execute(statement)
    connection.close()
    async with await Database.open(path) as database:
        for table, word in (("paper_words", "추론을"), ("title_words", "모델")):
            found = await database.read(f"SELECT rowid FROM {table} (?)", (word,))  # noqa: S608 - names of tables
            assert [row["rowid"] for row in found] == [1]
