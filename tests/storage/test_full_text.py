import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from full_text_check import assert_in_step
from hypothesis import example, given
from hypothesis import strategies as st
from storage_samples import DAY, NOW, digest, paper
from strategies import HOSTILE

from storage import digests, search
from storage.database import Database
from storage.records import Section
from storage.words import prefix_query

Rows = Callable[..., list[tuple[Any, ...]]]


async def _found(database: Database, text: str) -> list[str]:
    return [listed.paper.title for listed in await search.search(database, text, limit=10)]


@pytest.fixture
async def shelf(database: Database) -> Database:
    """A database with papers in two languages."""
    await digests.store(
        database,
        digest(
            paper(1, title="추론 모델", sections=(Section(None, "학습된 모델"),)),
            paper(2, title="Plain", sections=(Section(None, "거대 모델의 추론을, 빠르게 한다."),)),
            paper(3, title="GPT-4o and friends", authors=("Olivier Hénaff", "김철수")),
            paper(4, title="Four GPT models", sections=(Section("Heading", "「인용」、쉼표。"),)),
        ),
        read_at=NOW,
    )
    return database


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("추론", ["추론 모델", "Plain"]),
        ("추론을", ["Plain"]),
        ("모델", ["추론 모델", "Plain"]),
        ("모델 추론", ["추론 모델", "Plain"]),
        ("추론, 모델", ["추론 모델", "Plain"]),
        ("추론、모델", ["추론 모델", "Plain"]),
        ("「인용」", ["Four GPT models"]),
        ("쉼표", ["Four GPT models"]),
        ("김철", ["GPT-4o and friends"]),
        ("henaff", ["GPT-4o and friends"]),
        ("HÉNAFF olivier", ["GPT-4o and friends"]),
        ("gpt", ["Four GPT models", "GPT-4o and friends"]),
        ("gpt-4", ["GPT-4o and friends"]),
        ("\u110e\u116e\u1105\u1169\u11ab", ["추론 모델", "Plain"]),  # 추론, decomposed
        ("heading", []),
        ("론", []),
        ("nowhere", []),
    ],
)
async def test_words_are_found_by_their_beginnings(
    shelf: Database, text: str, titles: list[str]
) -> None:
    assert sorted(await _found(shelf, text)) == sorted(titles)


async def test_a_word_in_the_title_comes_before_one_in_the_text(shelf: Database) -> None:
    assert await _found(shelf, "추론") == ["추론 모델", "Plain"]


async def test_no_more_is_found_than_was_asked_for(shelf: Database) -> None:
    assert len(await search.search(shelf, "title OR gpt", limit=1)) == 0
    assert len(await search.search(shelf, "gpt", limit=1)) == 1


@pytest.mark.parametrize(
    "text",
    ["a AND b", "a OR b", "NOT a", "NEAR(a b)", "a*", "^a", "title:a", "a + b", "-a", "{a}:b"],
)
async def test_no_query_text_is_fts5_syntax(database: Database, text: str) -> None:
    await digests.store(database, digest(paper(1, title="a")), read_at=NOW)
    await digests.store(
        database, digest(paper(2, title=text), day=DAY + timedelta(days=1)), read_at=NOW
    )
    assert text in await _found(database, text)


@pytest.mark.parametrize(
    "text", ["", "   ", "-", '"', '""', "* ^ : ( )", "、。", "\0", "…", "👩‍🔬"]
)
async def test_a_text_without_words_finds_nothing(shelf: Database, text: str) -> None:
    assert prefix_query(text) is None
    assert await _found(shelf, text) == []


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5 ("
            " word, tokenize = 'unicode61 remove_diacritics 2')"
        )
        connection.execute("INSERT INTO words VALUES ('추론을 a')")
        yield connection


@given(text=st.text() | st.sampled_from(HOSTILE) | st.text("ab\"'*()-^:{}+, \0추론", max_size=30))
@example(text="a " * 1000)
@example(text='"' * 3)
@example(text="\U000e0100\u0301\u20dd\ue000")
@example(text="\u1c80 \U0001e900 a")  # letters that SQLite's tables of Unicode do not know
def test_no_text_is_an_error(index: sqlite3.Connection, text: str) -> None:
    query = prefix_query(text)
    if query is not None:
        index.execute("SELECT rowid FROM words (?)", (query,)).fetchall()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE papers SET title = 'Another 제목' WHERE id = 2",
        "UPDATE papers SET votes = 77, rank = 5",
        "UPDATE sections SET body = body || ' 더' WHERE text_id < 3",
        "UPDATE sections SET position = position + 10",
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
@pytest.mark.usefixtures("shelf")
async def test_the_index_is_kept_in_step_by_the_database_itself(
    outside: sqlite3.Connection, change: str
) -> None:
    assert_in_step(outside)
    outside.executescript(f"BEGIN; {change}; COMMIT")
    assert outside.execute("SELECT changes()").fetchone() != (0,)
    assert_in_step(outside)


async def test_the_index_is_in_step_after_a_text_was_replaced(
    shelf: Database, outside: sqlite3.Connection
) -> None:
    await digests.store(
        shelf, digest(paper(1, title="New", sections=(Section(None, "바뀐 글"),))), read_at=NOW
    )
    assert_in_step(outside)
    assert await _found(shelf, "추론") == ["Plain"]
    assert await _found(shelf, "바뀐") == ["New"]


@pytest.mark.usefixtures("shelf")
async def test_an_index_that_is_out_of_step_would_be_noticed(outside: sqlite3.Connection) -> None:
    outside.execute("DROP TRIGGER sections_index_before_update")
    outside.execute("DROP TRIGGER sections_index_after_update")
    outside.execute("UPDATE sections SET body = 'unseen' WHERE text_id = 1")
    with pytest.raises((AssertionError, sqlite3.DatabaseError)):
        assert_in_step(outside)
