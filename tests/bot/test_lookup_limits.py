"""A search that takes too long must not keep a person waiting."""

from datetime import date

import pytest
from bot_fixture import READ_AT

from bot import lookup
from storage import digests, search
from storage.database import Database
from storage.records import Digest, Paper


async def test_a_search_that_takes_too_long_gives_an_answer_without_suggestions(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await lookup.find(database, "Author 7")
    assert isinstance(found, lookup.Unknown)
    assert found.near
    monkeypatch.setattr(lookup, "PATIENCE", 0)
    assert await lookup.find(database, "Author 7") == lookup.Unknown("Author 7", None, ())


async def test_only_the_papers_added_last_are_compared_where_that_is_asked_for(
    database: Database,
) -> None:
    listed = tuple(
        Paper(f"2503.0000{number}", f"Paper {number}", 1, ("Zoe Quux",)) for number in range(5)
    )
    await digests.store(database, Digest(date(2025, 3, 1), listed), read_at=READ_AT)
    everything = await search.search(database, "quux", limit=9)
    assert len(everything) == 5
    newest = await search.search(database, "quux", limit=9, among=2)
    assert [each.paper.arxiv_id for each in newest] == ["2503.00004", "2503.00003"]
