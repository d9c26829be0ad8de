"""The nearest spellings of words that nothing is found for."""

from collections.abc import Sequence

import pytest
from storage_samples import NOW, digest, paper

from storage import digests, search
from storage.database import Database
from storage.records import Section
from storage.search import Request

PAIRS = "확산 모델(Diffusion Model), 확산 모델(Diffusion Model)"


async def similar(database: Database, text: str, *, min_votes: int | None = None) -> Sequence[str]:
    """Return the queries that are offered in place of one that finds nothing."""
    found = await search.search(database, Request(text, min_votes=min_votes), limit=9)
    assert found.total == 0 or not found.similar
    return found.similar


async def test_nothing_found_suggests_the_nearest_spellings(database: Database) -> None:
    await digests.store(
        database,
        digest(paper(1, title="Agents Reason", sections=(Section(None, PAIRS),))),
        read_at=NOW,
    )

    assert (await similar(database, "agnets"))[0] == "agents"
    assert (await similar(database, "reason agnets -x"))[0] == "reason agents -x"
    assert await similar(database, "확산모텔") == ("확산모델",)
    assert await similar(database, "zzzzzz") == ()
    assert await similar(database, "agents") == ()


@pytest.fixture
async def shelf(database: Database) -> Database:
    await digests.store(
        database,
        digest(
            paper(1, title="Reinforcement Learning by 2021 Transformers"),
            paper(2, title="A Transformer Learns Reinforcements, Leaning", votes=9),
            paper(3, title="Large Models", sections=(Section(None, PAIRS),)),
            paper(4, authors=("Yann LeCun",)),
        ),
        read_at=NOW,
    )
    return database


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("reinforcment lerning", "reinforcement learning"),
        ('"reinforcment lerning"', '"reinforcement learning"'),
        ("reinforcment-lerning", "reinforcement-learning"),
        ("확산 모텔", "확산모델"),
        ("large 확산 모텔 -agent", "large 확산모델 -agent"),
        ("author:lecum", "author:lecun"),
        ("lerning " * 4, "learning learning learning learning"),
    ],
)
async def test_all_words_that_no_paper_has_are_corrected(
    shelf: Database, typed: str, best: str
) -> None:
    assert (await similar(shelf, typed))[0] == best


@pytest.mark.parametrize(
    "typed",
    [
        "large lerning",
        "learning qqqqqq",
        "2022.14499",
        # A form of a known word is spelled right.
        "large reinforcments",
        # These are no misspellings, and take long to look up.
        "lerning leerning learrning larning learningg",
    ],
)
async def test_only_queries_are_offered_that_find_papers(shelf: Database, typed: str) -> None:
    assert await similar(shelf, typed) == ()


async def test_queries_are_offered_that_find_papers_under_the_same_conditions(
    shelf: Database,
) -> None:
    assert await similar(shelf, "leaning trasformer", min_votes=9) == ("leaning transformer",)
    assert await similar(shelf, "leaning trasformer", min_votes=10) == ()


async def test_a_word_is_offered_in_one_form(shelf: Database) -> None:
    assert await similar(shelf, "trasformer") == ("transformer",)
