"""A database from before there were written texts has the same content after the upgrade."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from full_text_check import assert_in_step
from releases import Release
from written_samples import MODEL, written_text

from storage import migrations, papers, search, search_index, terms, written_texts
from storage.database import Database

BEFORE = range(5, 8)
"""The versions of the schema between that of release 0.1.0 and this one."""


@pytest.mark.parametrize("version", BEFORE)
async def test_papers_and_index_are_kept_and_texts_can_be_written(path: Path, version: int) -> None:
    Release("0.1.0").load(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrations.apply(connection, migrations.load()[:version], path=path)
        ids = [row[0] for row in connection.execute("SELECT arxiv_id FROM papers ORDER BY id")]
        bodies = "SELECT body FROM sections ORDER BY 1"
        before = connection.execute(bodies).fetchall()
    async with await Database.open(path) as database:
        found = [await papers.get(database, each) for each in ids]
        assert all(found)
        assert [tuple(row) for row in await database.read(bodies)] == before
        await terms.count_older(database)
        await written_texts.configure(database, MODEL)
        await written_texts.store(database, written_text(ids[0], language="fr"))
        text = await written_texts.get(database, ids[0], "fr")
        assert text is not None
        (hit,) = (await search.search(database, search.Request("제안합니다"), limit=5)).hits
        assert hit.listed.paper.arxiv_id == ids[0]
        await search_index.catch_up(database, pause=0)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert_in_step(connection)


def test_an_upgrade_that_fails_changes_nothing(path: Path) -> None:
    Release("0.1.0").load(path)
    steps = migrations.load()
    last = steps[7]
    broken = migrations.Migration(last.name, (*last.statements, "DROP TABLE nowhere"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrations.apply(connection, steps[:7], path=path)
        schema = "SELECT name, sql FROM sqlite_schema ORDER BY name"
        before = connection.execute(schema).fetchall()
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            migrations.apply(connection, (*steps[:7], broken), path=path)
        assert connection.execute(schema).fetchall() == before
