"""Texts of language models: stored with their quotes, chosen after digests' texts, hidden."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from full_text_check import assert_in_step
from storage_samples import NOW, digest, paper
from written_samples import MODEL, written_text

from storage import digests, papers, search, sources, written_texts
from storage.database import Database
from storage.records import Basis, Section, SourceKind, SourceList, Text
from storage.written_texts import Sentence, UnknownPaperError, WrittenSection

Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
async def listed(database: Database) -> None:
    """Two papers: one without a text, and one with a text in English."""
    await digests.store(database, digest(paper(1, sections=()), paper(2)), read_at=NOW)
    await written_texts.configure(database, MODEL)


async def sections_of(database: Database, arxiv_id: str = "2502.00001") -> tuple[Section, ...]:
    found = await papers.get(database, arxiv_id)
    assert found is not None
    return found.paper.sections


async def test_a_text_is_stored_with_the_passages_that_it_rests_on(database: Database) -> None:
    text = written_text(basis=Basis.FULL_TEXT)
    version = await database.content_version()
    await written_texts.store(database, text)
    assert await written_texts.get(database, "2502.00001", "ko") == text
    assert await written_texts.get(database, "2502.00001", "en") is None
    assert await database.content_version() > version
    found = await papers.get(database, "2502.00001")
    assert found is not None
    assert found.paper.sections == (
        Section("What's New", "새로운 방법을 제안합니다. 과제 13개로 평가합니다."),
        Section("Performance Highlights", "정확도는 95%입니다."),
    )
    assert (found.paper.language, found.paper.source, found.paper.basis) == (
        "ko",
        "writer:small-model",
        Basis.FULL_TEXT,
    )


async def test_storing_it_twice_is_the_same_as_once(database: Database, rows: Rows) -> None:
    for _ in range(2):
        await written_texts.store(database, written_text())
    assert rows("SELECT count(*) FROM texts WHERE language = 'ko'") == [(1,)]
    assert rows("SELECT count(*) FROM receipts") == [(3,)]


async def test_a_text_of_a_paper_that_no_list_has_is_refused(database: Database) -> None:
    with pytest.raises(UnknownPaperError):
        await written_texts.store(database, written_text("2502.09999"))


async def test_another_model_s_text_replaces_it(database: Database, rows: Rows) -> None:
    await written_texts.store(database, written_text())
    await written_texts.configure(database, "large")
    await written_texts.store(database, written_text(model="large"))
    text = await written_texts.get(database, "2502.00001", "ko")
    assert text is not None
    assert text.model == "large"
    assert rows("SELECT name FROM sources WHERE kind = 'writer' ORDER BY precedence") == [
        ("writer:large",),
        ("writer:small-model",),
    ]


async def test_a_digest_s_own_text_comes_first_whenever_it_is_stored(database: Database) -> None:
    await written_texts.store(database, written_text())
    own = (Section("What's New", "사람이 쓴 글입니다."),)
    later = digest(paper(1, sections=own))
    await digests.store(database, later, read_at=NOW + timedelta(hours=1))
    # The sources of the settings are recorded at each start.
    await sources.configure(database, [("ours", SourceKind.FOLDER)])
    found = await papers.get(database, "2502.00001")
    assert found is not None
    assert found.paper.sections == own
    assert [(text.source, text.language) for text in found.paper.other_texts] == [
        ("writer:small-model", "ko")
    ]


async def test_a_written_text_is_one_more_of_a_paper_that_has_another_language(
    database: Database,
) -> None:
    await written_texts.store(database, written_text("2502.00002"))
    found = await papers.get(database, "2502.00002")
    assert found is not None
    assert found.paper.language == "en"
    (other,) = found.paper.other_texts
    assert isinstance(other, Text)
    assert (other.language, other.basis) == ("ko", Basis.ABSTRACT)


async def test_reading_lists_again_keeps_it(database: Database) -> None:
    await written_texts.store(database, written_text())
    before = await sections_of(database)
    changed = replace(paper(1, sections=()), title="Another title", votes=99)
    await sources.configure(database, [("live", SourceKind.HUGGINGFACE)])
    for source in ("files", "live"):
        await digests.store_lists(
            database,
            [
                SourceList(
                    date=digest().date, papers=(changed,), read_at=NOW, source=source, is_live=True
                )
            ],
        )
    assert await sections_of(database) == before


async def test_the_index_finds_written_texts(
    database: Database, outside: sqlite3.Connection
) -> None:
    await written_texts.store(database, written_text())
    await written_texts.store(
        database,
        written_text(
            sections=(WrittenSection("What's New", (Sentence("다른 글입니다.", "a quote here"),)),)
        ),
    )
    found = await search.search(database, search.Request("다른"), limit=9)
    assert [hit.listed.paper.arxiv_id for hit in found.hits] == ["2502.00001"]
    assert (await search.search(database, search.Request("제안합니다"), limit=9)).hits == ()
    assert_in_step(outside)


async def test_papers_without_a_text_in_a_language_are_found(
    database: Database, outside: sqlite3.Connection
) -> None:
    ids = ("2502.00002", "2502.00001", "2502.09999")
    assert await written_texts.without_text(database, ids, "en") == ("2502.00001",)
    assert await written_texts.without_text(database, ids, "ko") == ids[:2]
    assert await written_texts.newest_without_text(database, "ko", limit=9) == (
        "2502.00002",
        "2502.00001",
    )
    await written_texts.store(database, written_text())
    assert await written_texts.without_text(database, ids, "ko") == ("2502.00002",)
    outside.execute("UPDATE texts SET hidden_at = 'now', language = 'en-GB' WHERE paper_id = 1")
    assert await written_texts.newest_without_text(database, "en", limit=9) == ()
    outside.execute("UPDATE papers SET withdrawn_at = 'now'")
    assert await written_texts.newest_without_text(database, "ko", limit=9) == ()
