"""The databases of releases that upgrades are tested with are what these releases left."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from releases import VERSIONS, Release

from storage import migrations


def test_there_is_one_of_each_release_with_a_schema_of_its_own() -> None:
    assert VERSIONS == ("0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.6.0")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_dump_has_the_schema_of_its_release(version: str, tmp_path: Path) -> None:
    Release(version).load(path := tmp_path / "papers.db")
    with closing(sqlite3.connect(path)) as connection:
        ((landed,),) = connection.execute("PRAGMA user_version")
    new = tmp_path / "new.db"
    found = []
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        migrations.apply(connection, migrations.load()[:landed], path=new)
    for file in (path, new):
        with closing(sqlite3.connect(file)) as connection:
            schema = "SELECT type, name, replace(sql, '\"', '''') FROM sqlite_schema ORDER BY name"
            found.append(
                [
                    connection.execute("PRAGMA application_id").fetchall(),
                    connection.execute("PRAGMA user_version").fetchall(),
                    connection.execute(schema).fetchall(),
                    connection.execute("PRAGMA integrity_check").fetchall(),
                    connection.execute("PRAGMA foreign_key_check").fetchall(),
                ]
            )
    assert found[0] == found[1]
