"""What searches and similar papers gain by meaning."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from semantic_samples import PAPERS
from small_models import MISSING, SMALL, needs_numpy
from storage_samples import DAY

from bot.semantic.opening import connect_meanings
from storage import search, similar
from storage.database import Database
from storage.meaning import Meanings
from storage.records import Paper, Section
from storage.search import Request, SearchPage, Sort

pytestmark = [needs_numpy, pytest.mark.asyncio(loop_scope="module")]
CATS = {1, 2, 5}


def numbers(papers: list[Paper]) -> list[int]:
    return [int(each.arxiv_id[-5:]) for each in papers]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def database(
    tmp_path_factory: pytest.TempPathFactory, embedded_file: bytes
) -> AsyncIterator[Database]:
    """One database for all tests here, which only read."""
    path = tmp_path_factory.mktemp("searched") / "papers.db"
    path.write_bytes(embedded_file)
    async with await Database.open(path) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def meanings(database: Database) -> AsyncIterator[Meanings]:
    async with connect_meanings(database, SMALL) as found:
        assert found is not None
        yield found


async def find(
    database: Database, meanings: Meanings | None, text: str, **more: object
) -> SearchPage:
    request = Request(text, **more)  # type: ignore[arg-type]  # a test's
    return await search.search(database, request, limit=9, meanings=meanings)


def found(result: SearchPage) -> list[int]:
    return numbers([hit.listed.paper for hit in result.hits])


async def test_what_no_word_finds_is_found_by_meaning_in_any_language(
    database: Database, meanings: Meanings
) -> None:
    for text in ("kittens kitten", "고양이"):
        result = await find(database, meanings, text)
        assert set(found(result)[:3]) == CATS
        assert result.is_by_meaning
        assert not result.has_more
        assert result.total == len(result.hits)
        assert (await find(database, None, text)).hits == ()


async def test_papers_with_the_words_are_not_joined_by_others(
    database: Database, meanings: Meanings
) -> None:
    result = await find(database, meanings, "cat")
    assert set(found(result)) == {1, 5}
    assert not result.is_by_meaning


async def test_conditions_hold_for_what_is_found_by_meaning(
    database: Database, meanings: Meanings
) -> None:
    assert set(found(await find(database, meanings, "고양이 -ship"))[:2]) == {1, 2}
    assert 5 not in found(await find(database, meanings, "고양이 -ship"))
    assert found(await find(database, meanings, "고양이", min_votes=9)) == [2]
    assert found(await find(database, meanings, "고양이", author="Author 2")) == [2]
    assert found(await find(database, meanings, "고양이 author:nobody")) == []
    assert found(await find(database, meanings, "고양이", since=DAY + timedelta(days=1))) == []
    by_votes = found(await find(database, meanings, "고양이", sort=Sort.VOTES))
    assert by_votes[:2] == [2, 1]


async def test_names_alone_are_not_searched_by_meaning(
    database: Database, meanings: Meanings
) -> None:
    result = await find(database, meanings, "", author="Kitten")
    assert (found(result), result.is_by_meaning) == ([], False)


async def test_meaning_changes_the_order_of_what_words_find(
    database: Database, meanings: Meanings
) -> None:
    assert found(await find(database, None, "ship")) == [5, 4]
    assert found(await find(database, meanings, "ship")) == [4, 5]


async def test_similar_papers_are_found_by_meaning_too(
    database: Database, meanings: Meanings
) -> None:
    by_words = await similar.find(database, PAPERS[1], limit=9)
    assert by_words.papers == ()
    result = await similar.find(database, PAPERS[1], limit=9, meanings=meanings)
    assert set(numbers([each.listed.paper for each in result.papers])[:2]) == {1, 5}
    assert result.papers[0].shares == ()
    unlisted = Paper("2511.00001", "고양이", sections=(Section(None, "kitten"),))
    result = await similar.find(database, unlisted, limit=3, meanings=meanings)
    assert set(numbers([each.listed.paper for each in result.papers])) == CATS


async def test_a_model_whose_vectors_are_not_there_finds_nothing(database: Database) -> None:
    for model in (None, MISSING):
        async with connect_meanings(database, model) as none:
            assert none is None
