"""Looking up the paper that a person means."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.ingest import lookup
from storage import digests, papers, search
from storage.database import Database, Parameters
from storage.records import Digest, ListedPaper, Paper

READ_AT = datetime(2025, 2, 21, 22, 0, tzinfo=UTC)
DIGEST = Digest(
    date(2025, 2, 21),
    (
        Paper("2502.14499", "MLGym: A New Framework", 121, ("Author 7",)),
        Paper("2502.14739", "A New Framework", 78),
        Paper("2502.14786", "A New Framework for Agents", 70),
    ),
)


class CountingDatabase(Database):
    """A database that counts reads."""

    reads = 0

    async def read(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        self.reads += 1
        return await super().read(sql, parameters)


@pytest.fixture
async def database(tmp_path: Path, new_file: bytes) -> AsyncIterator[CountingDatabase]:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await CountingDatabase.open(path) as database:
        await digests.store(database, DIGEST, read_at=READ_AT)
        yield database


async def find(
    database: CountingDatabase, text: str
) -> tuple[ListedPaper | lookup.Several | lookup.Unknown, Sequence[str]]:
    """Return what is found, and the ids of the papers that were read."""
    ids: list[str] = []

    async def get(arxiv_id: str) -> ListedPaper | None:
        ids.append(arxiv_id)
        return await papers.get(database, arxiv_id)

    database.reads = 0
    return await lookup.find(database, text, get), ids


@pytest.mark.parametrize(
    "text", ["2502.14499", "https://arxiv.org/abs/2502.14499v2", "arXiv:2502.14499"]
)
async def test_known_paper_is_found_by_its_id_with_one_read(
    database: CountingDatabase, text: str
) -> None:
    found, ids = await find(database, text)
    assert isinstance(found, ListedPaper)
    assert found.paper == DIGEST.papers[0]
    assert (ids, database.reads) == (["2502.14499"], 1)


async def test_paper_that_is_not_found_is_read_once_and_its_neighbours_once(
    database: CountingDatabase,
) -> None:
    found, ids = await find(database, "https://arxiv.org/abs/2502.14498v1")
    assert isinstance(found, lookup.Unknown)
    assert found.arxiv_id == "2502.14498"
    assert found.suggestions[0].arxiv_id == "2502.14499"
    assert (ids, database.reads) == (["2502.14498"], 2)


async def test_whole_title_is_preferred_to_titles_that_contain_it(
    database: CountingDatabase,
) -> None:
    found, ids = await find(database, " a  new framework ")
    assert isinstance(found, ListedPaper)
    assert (found.paper, ids) == (DIGEST.papers[1], ["2502.14739"])


async def test_only_title_with_the_words_is_found(database: CountingDatabase) -> None:
    found, ids = await find(database, "mlgym")
    assert isinstance(found, ListedPaper)
    assert (found.paper, ids) == (DIGEST.papers[0], ["2502.14499"])


async def test_several_titles_with_the_words_are_offered(database: CountingDatabase) -> None:
    found, ids = await find(database, "new frame")
    assert isinstance(found, lookup.Several)
    assert {name.arxiv_id for name in found.names} == {paper.arxiv_id for paper in DIGEST.papers}
    assert not found.has_more
    assert ids == []


async def test_blank_text_reads_nothing(database: CountingDatabase) -> None:
    assert await find(database, " ") == (lookup.Unknown(" ", None, ()), [])
    assert database.reads == 0


async def test_search_that_takes_too_long_gives_no_suggestions(
    database: CountingDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = await find(database, "Author 7")
    assert isinstance(found, lookup.Unknown)
    assert found.suggestions

    # In place of a search of seconds, which would need a large database.
    async def hang(*_: object, **__: object) -> tuple[ListedPaper, ...]:
        await asyncio.Event().wait()
        return ()

    monkeypatch.setattr(search, "search", hang)
    # So that the test doesn't wait for the real one.
    monkeypatch.setattr(lookup, "SEARCH_TIMEOUT", 0.01)
    assert await find(database, "Author 7") == (lookup.Unknown("Author 7", None, ()), [])
