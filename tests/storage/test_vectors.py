"""Which papers wait to be embedded, and what is stored of them."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storage_samples import DAY, NOW, digest, paper

from storage import digests, papers, search_index, vectors
from storage.database import Database
from storage.records import Details, Section, VectorCounts
from storage.vectors import embedded_text, text_of

Rows = Callable[..., list[tuple[Any, ...]]]
PAPERS = tuple(
    paper(number, details=Details(summary=f"Summary {number}.", abstract="All of it."))
    for number in range(1, 4)
)


@pytest.fixture
async def model(database: Database) -> int:
    """The id of a model, in a database with three papers that wait for it."""
    await digests.store(database, digest(*PAPERS), read_at=NOW)
    return await vectors.use_model(database, "one 1")


async def waiting(database: Database, model: int) -> list[str]:
    found = await vectors.waiting(database, model, limit=9)
    return [each.text.split("\n")[0] for each in found if each.text is not None]


async def embed_all(database: Database, model: int, vector: bytes = b"1234ab") -> None:
    found = await vectors.waiting(database, model, limit=9)
    await vectors.store(database, model, [(each, vector) for each in found])


async def test_new_papers_wait_those_added_last_first(database: Database, model: int) -> None:
    assert await waiting(database, model) == ["Title 3", "Title 2", "Title 1"]
    (first,) = await vectors.waiting(database, model, limit=1)
    assert first.text == "Title 3\nSummary 3.\nBody of 3\nAll of it."
    assert await vectors.counts(database) == VectorCounts("one 1", 0, 3)


async def test_what_is_embedded_waits_no_more(database: Database, model: int) -> None:
    await embed_all(database, model)
    assert await waiting(database, model) == []
    assert await vectors.counts(database) == VectorCounts("one 1", 3, 0)
    found = await vectors.chunk(database, model, below=None, limit=2)
    assert found == [(3, b"1234ab"), (2, b"1234ab")]
    assert await vectors.chunk(database, model, below=2, limit=2) == [(1, b"1234ab")]
    assert await vectors.of_paper(database, model, PAPERS[0].arxiv_id) == b"1234ab"
    assert await vectors.of_paper(database, model, "2502.99999") is None


async def test_votes_and_names_are_no_reason_to_embed_again_and_texts_are(
    database: Database, model: int
) -> None:
    await embed_all(database, model)
    changed = (
        replace(PAPERS[0], votes=999, authors=("Somebody Else",)),
        replace(PAPERS[1], sections=(Section(None, "Another body"),)),
        PAPERS[2],
    )
    await digests.store(database, digest(*changed), read_at=NOW + timedelta(hours=1))
    found = {
        each.paper_id: each.has_vector for each in await vectors.waiting(database, model, limit=9)
    }
    assert found == {1: True, 2: False}


async def test_an_index_that_is_made_anew_is_no_reason_to_embed_again(
    database: Database, model: int
) -> None:
    await embed_all(database, model)
    async with database.transaction() as writer:
        await writer.run(search_index.rebuild)
    found = await vectors.waiting(database, model, limit=9)
    assert [each.has_vector for each in found] == [True, True, True]
    await vectors.store(database, model, [(each, None) for each in found])
    assert await vectors.counts(database) == VectorCounts("one 1", 3, 0)


async def test_a_text_that_changes_while_it_is_embedded_still_waits(
    database: Database, model: int
) -> None:
    found = await vectors.waiting(database, model, limit=9)
    changed = replace(PAPERS[1], title="A New Title")
    await digests.store(database, digest(PAPERS[0], changed, PAPERS[2]), read_at=NOW)
    stored = await vectors.store(database, model, [(each, b"1234ab") for each in found])
    assert stored == {1, 3}
    assert await waiting(database, model) == ["A New Title"]


async def test_a_paper_whose_change_is_not_indexed_yet_is_indexed_first(
    database: Database, model: int, outside: sqlite3.Connection
) -> None:
    await embed_all(database, model)
    outside.execute("UPDATE papers SET title = 'Changed' WHERE id = 1")
    assert await waiting(database, model) == ["Changed"]
    assert await search_index.is_complete(database)


async def test_another_model_embeds_all_papers_and_an_earlier_one_again(
    database: Database, model: int
) -> None:
    await embed_all(database, model)
    assert await vectors.use_model(database, "one 1") == model
    assert await waiting(database, model) == []
    other = await vectors.use_model(database, "two 1")
    assert other != model
    assert len(await waiting(database, other)) == 3
    assert await vectors.chunk(database, other, below=None, limit=9) == []
    assert await vectors.of_paper(database, other, PAPERS[0].arxiv_id) is None
    await embed_all(database, other, b"1234cd")
    assert await vectors.chunk(database, model, below=None, limit=9) == []
    assert await vectors.use_model(database, "one 1") == model
    assert len(await waiting(database, model)) == 3


async def test_a_paper_that_is_gone_leaves_nothing(
    database: Database, model: int, outside: sqlite3.Connection, rows: Rows
) -> None:
    await embed_all(database, model)
    outside.execute("PRAGMA foreign_keys = OFF")
    outside.execute("DELETE FROM papers WHERE id = 2")
    await search_index.catch_up(database, pause=0)
    await embed_all(database, model)
    assert rows("SELECT paper_id FROM paper_vectors ORDER BY 1") == [(1,), (3,)]
    assert rows("SELECT * FROM papers_to_embed") == []


async def test_a_hidden_text_is_not_embedded(
    database: Database, model: int, outside: sqlite3.Connection
) -> None:
    outside.execute("UPDATE texts SET hidden_at = '2025-02-22' WHERE paper_id = 3")
    await search_index.catch_up(database, pause=0)
    (first,) = await vectors.waiting(database, model, limit=1)
    assert first.text == "Title 3\nSummary 3.\nAll of it."


async def test_a_stored_paper_and_its_record_have_the_same_text(
    database: Database, model: int
) -> None:
    listed = await papers.get(database, PAPERS[0].arxiv_id)
    assert listed is not None
    texts = [each.text for each in await vectors.waiting(database, model, limit=9)]
    assert text_of(listed.paper) == texts[-1]


async def test_papers_of_an_older_version_wait(database: Database) -> None:
    assert await vectors.counts(database) is None
    await digests.store(database, digest(*PAPERS, day=DAY), read_at=NOW)
    ((count,),) = await database.read("SELECT count(*) FROM papers_to_embed")
    assert count == 3


@given(st.text(), st.lists(st.none() | st.text(max_size=2_000), max_size=4))
def test_any_text_is_cut_where_a_model_still_takes_it(title: str, bodies: list[str | None]) -> None:
    text = embedded_text(title, bodies)
    assert len(text) <= 800
    korean = sum("가" <= character <= "힣" for character in text)
    assert len(text) + korean <= 800


def test_what_is_said_first_is_embedded() -> None:
    assert embedded_text("제목", ["문장 " * 1_000, "more"]).startswith("제목\n문장 문장")
    assert len(embedded_text("T", ["문" * 1_000])) == 401
    assert len(embedded_text("T", ["x" * 1_000])) == 800
