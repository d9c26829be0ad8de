"""Searches find what a scan of real digests finds, and terms find more across languages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from examples import is_thorough
from search_quality import Scan, Way, load, measure, measure_all_pairs, store

from storage.database import Database
from storage.records import Digest

LEAST_QUERIES = 40
LEAST_PAIRS = 100
PAIRS = 100 if is_thorough() else 25
"""How many pairs of terms are tried."""

# The digests are stored and scanned once.
pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("search_quality"),
]


@pytest.fixture(scope="module")
def stored(digests_folder: Path) -> list[Digest]:
    return load(digests_folder)


@pytest.fixture(scope="module")
def scan(stored: list[Digest]) -> Scan:
    return Scan(stored)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def archive(
    tmp_path_factory: pytest.TempPathFactory, new_file: bytes, stored: list[Digest]
) -> AsyncIterator[Database]:
    path = tmp_path_factory.mktemp("archive") / "papers.db"
    path.write_bytes(new_file)
    async with await Database.open(path) as database:
        await store(database, stored)
        yield database


async def test_searches_find_nearly_all_that_a_scan_finds(archive: Database, scan: Scan) -> None:
    for language in ("ko", "en"):
        measured = await measure(archive, scan, language)
        assert measured.queries >= LEAST_QUERIES
        assert measured.recall >= 0.99, measured


async def test_terms_find_papers_in_the_other_language(
    archive: Database, stored: list[Digest], scan: Scan
) -> None:
    across = await measure_all_pairs(archive, archive.path, stored, scan, most=PAIRS)
    assert across.pairs >= min(PAIRS, LEAST_PAIRS)
    without, with_terms = Way(two_languages=False), Way(two_languages=True)
    assert across.recall[with_terms] > across.recall[without] + 0.1, across
    assert across.recall_at_10[with_terms] > across.recall_at_10[without], across
