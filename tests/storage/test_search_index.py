"""The full-text index follows the papers, and catches up after an upgrade."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from full_text_check import assert_in_step
from storage_samples import NOW, digest, paper

from storage import digests, names, search, search_index, suggestions
from storage.database import Database
from storage.query import Field
from storage.records import Section

PAPERS = (
    paper(1, title="추론 모델", sections=(Section(None, "학습된 모델"),)),
    paper(2, title="Plain", sections=(Section(None, "거대 모델의 추론을, 빠르게 한다."),)),
    paper(3, title="GPT-4o and friends", authors=("Olivier Hénaff", "김철수")),
    paper(4, title="Four GPT models", sections=(Section("Heading", "「인용」、쉼표。"),)),
)


@pytest.fixture(scope="module")
def shelf_file(tmp_path_factory: pytest.TempPathFactory, new_file: bytes) -> bytes:
    """A database's file with papers in two languages, which are indexed."""
    path = tmp_path_factory.mktemp("shelf") / "papers.db"
    path.write_bytes(new_file)

    async def store() -> None:
        async with await Database.open(path) as database:
            await digests.store(database, digest(*PAPERS), read_at=NOW)
            assert await search_index.catch_up(database, pause=0) == len(PAPERS)

    asyncio.run(store())
    return path.read_bytes()


@pytest.fixture
def path(path: Path, shelf_file: bytes) -> Path:
    path.write_bytes(shelf_file)
    return path


@pytest.fixture
async def shelf(path: Path) -> AsyncIterator[Database]:
    async with await Database.open(path, busy_timeout=0.1) as database:
        yield database


@pytest.fixture
def outside(path: Path) -> Iterator[sqlite3.Connection]:
    """Another connection to the shelf, or the only one."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


async def _found(database: Database, text: str) -> list[str]:
    hits = (await search.search(database, search.Request(text), limit=10)).hits
    return [hit.listed.paper.title for hit in hits]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE papers SET title = 'Another 제목' WHERE id = 2",
        "UPDATE sections SET body = body || ' 더' WHERE text_id < 3",
        "UPDATE sections SET position = 12 - position",
        "UPDATE sections SET text_id = 4, position = 9 WHERE text_id = 1",
        "INSERT INTO sections VALUES (1, 7, NULL, '새로운 추론')",
        "INSERT OR REPLACE INTO sections VALUES (1, 1, NULL, '다른 본문')",
        "INSERT INTO sections VALUES (1, 1, NULL, 'x') ON CONFLICT DO UPDATE SET body = 'y'",
        "DELETE FROM sections WHERE text_id IN (1, 2)",
        "DELETE FROM texts WHERE id IN (1, 2)",
        "UPDATE texts SET paper_id = 4, language = 'xx' WHERE id = 1",
        """
        INSERT INTO texts (id, paper_id, language, source_id, written_at)
        VALUES (99, 1, 'fr', 1, '');
        INSERT INTO sections VALUES (99, 1, NULL, 'mot')
        """,
        "UPDATE texts SET hidden_at = '2025-02-22' WHERE id < 3",
        "UPDATE papers SET abstract = '새 초록' WHERE id = 1",
        "UPDATE papers SET summary = 'one' WHERE id = 2",
        "UPDATE papers SET keywords = '[\"agents\"]', organization = 'Lab' WHERE id = 2",
        "INSERT INTO authors VALUES (99, '새 사람'); INSERT INTO paper_authors VALUES (2, 9, 99)",
        "UPDATE authors SET name = '다른 이름' WHERE name = 'Ada Lovelace'",
        "UPDATE paper_authors SET author_id = 1 WHERE paper_id = 3",
        "UPDATE paper_authors SET paper_id = 4, position = position + 10 WHERE paper_id = 3",
        "DELETE FROM paper_authors WHERE author_id = 1",
        """
        UPDATE papers SET id = 40 WHERE id = 4;
        UPDATE texts SET paper_id = 40 WHERE paper_id = 4;
        UPDATE source_papers SET paper_id = 40 WHERE paper_id = 4;
        UPDATE paper_authors SET paper_id = 40 WHERE paper_id = 4;
        UPDATE digest_papers SET paper_id = 40 WHERE paper_id = 4;
        UPDATE vote_readings SET paper_id = 40 WHERE paper_id = 4
        """,
        """
        DELETE FROM papers WHERE id = 1;
        DELETE FROM texts WHERE paper_id = 1;
        DELETE FROM source_papers WHERE paper_id = 1;
        DELETE FROM paper_authors WHERE paper_id = 1;
        DELETE FROM digest_papers WHERE paper_id = 1;
        DELETE FROM vote_readings WHERE paper_id = 1
        """,
    ],
)
def test_each_change_of_a_text_is_noticed_and_indexed(
    outside: sqlite3.Connection, change: str
) -> None:
    assert_in_step(outside)
    outside.executescript(f"BEGIN; {change}; COMMIT")
    with pytest.raises(AssertionError):
        assert_in_step(outside)
    assert search_index.index_stale(outside, limit=100) > 0
    assert_in_step(outside)


def test_new_votes_leave_the_index_alone(outside: sqlite3.Connection) -> None:
    outside.execute("UPDATE papers SET votes = 77, rank = 5")
    assert_in_step(outside)


async def test_the_index_is_in_step_after_a_text_was_replaced(
    shelf: Database, outside: sqlite3.Connection
) -> None:
    await digests.store(
        shelf, digest(paper(1, title="New", sections=(Section(None, "바뀐 글"),))), read_at=NOW
    )
    assert await _found(shelf, "추론") == ["Plain"]
    assert await _found(shelf, "바뀐") == ["New"]
    assert_in_step(outside)


async def test_indexing_twice_or_by_two_processes_at_once_changes_nothing(
    shelf: Database, outside: sqlite3.Connection
) -> None:
    outside.execute("UPDATE papers SET title = title || ' again'")
    async with shelf.transaction() as writer:
        assert await writer.run(search_index.index_stale, limit=2) == 2
    assert search_index.index_stale(outside, limit=1) == 1
    assert await search_index.catch_up(shelf, pause=0) == 1
    assert await search_index.catch_up(shelf, pause=0) == 0
    outside.execute("INSERT INTO stale_papers VALUES (1), (2), (999)")
    assert await search_index.catch_up(shelf, pause=0) == 3
    assert_in_step(outside)


async def _store_many(database: Database) -> None:
    """Store more papers than are indexed while a person waits."""
    papers = [paper(n, title=f"Many {n}", authors=("Ann",), sections=()) for n in range(10, 320)]
    await digests.store(database, digest(*papers), read_at=NOW)


READERS = [
    pytest.param(lambda db: search.search(db, search.Request("plainly"), limit=9), id="search"),
    pytest.param(lambda db: suggestions.suggest(db, "plainly"), id="titles"),
    pytest.param(lambda db: names.suggest(db, Field.AUTHOR, "New Name"), id="names"),
]


@pytest.mark.parametrize("read", READERS)
async def test_whoever_reads_the_index_indexes_few_papers_first(
    shelf: Database,
    outside: sqlite3.Connection,
    read: Callable[[Database], Awaitable[search.SearchPage | tuple[object, ...]]],
) -> None:
    await digests.store(
        shelf, digest(paper(5, title="Plainly", authors=("A New Name",))), read_at=NOW
    )
    assert not await search_index.is_complete(shelf)
    found = await read(shelf)
    assert found.hits if isinstance(found, search.SearchPage) else found
    assert_in_step(outside)


async def test_few_papers_are_indexed_once_however_many_search_at_once(
    shelf: Database, outside: sqlite3.Connection
) -> None:
    await digests.store(shelf, digest(paper(5, title="Plainly")), read_at=NOW)
    found = await asyncio.gather(*(_found(shelf, "plainly") for _ in range(20)))
    assert found == [["Plainly"]] * 20
    assert_in_step(outside)


async def test_a_search_does_not_wait_for_many_papers_and_says_that_some_are_missing(
    shelf: Database,
) -> None:
    request = search.Request("many")
    await _store_many(shelf)
    found = await search.search(shelf, request, limit=9)
    assert (found.total, found.is_indexing) == (0, True)
    assert await search_index.catch_up(shelf, pause=0) == 310
    found = await search.search(shelf, request, limit=9)
    assert (found.total, found.is_indexing) == (310, False)


@pytest.mark.slow
async def test_a_search_does_not_wait_long_for_another_process_that_writes(
    shelf: Database, outside: sqlite3.Connection
) -> None:
    await digests.store(shelf, digest(paper(5, title="Plainly")), read_at=NOW)
    outside.execute("BEGIN IMMEDIATE")
    found = await search.search(shelf, search.Request("plain"), limit=9)
    assert (found.total, found.is_indexing) == (1, True)
    outside.execute("ROLLBACK")


async def test_a_store_that_fails_leaves_the_index_as_it_was(
    shelf: Database, outside: sqlite3.Connection
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await _store_half(shelf)
    assert_in_step(outside)


async def _store_half(database: Database) -> None:
    async with database.transaction() as writer:
        await writer.execute("UPDATE papers SET title = 'Gone'")
        await writer.run(search_index.index_stale, limit=9)
        await writer.execute("UPDATE papers SET rank = 0")
