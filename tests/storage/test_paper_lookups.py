import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from examples import scaled
from hypothesis import given, settings
from hypothesis import strategies as st
from storage_samples import DAY, NOW, digest, paper

from storage import digests, papers, suggestions
from storage.database import Database
from storage.records import Digest, Paper, PaperName


def _ids(found: Sequence[PaperName]) -> list[str]:
    return [name.arxiv_id for name in found]


async def _store_ids(database: Database, *arxiv_ids: str) -> None:
    await digests.store(
        database,
        digest(*(Paper(arxiv_id, f"On {arxiv_id}") for arxiv_id in arxiv_ids)),
        read_at=NOW,
    )


async def test_a_paper_that_no_digest_has_listed_is_not_there(database: Database) -> None:
    assert await papers.get(database, "2502.00001") is None
    assert await papers.readings(database, "2502.00001") == ()
    assert await papers.count(database) == 0


async def test_names_come_in_the_order_that_was_asked_for(database: Database) -> None:
    await digests.store(database, digest(*map(paper, (1, 2, 3))), read_at=NOW)
    found = await papers.names(database, ["2502.00003", "2502.99999", "2502.00001"])
    assert found == (
        PaperName("2502.00003", "Title 3", 30, DAY),
        PaperName("2502.00001", "Title 1", 10, DAY),
    )
    assert await papers.names(database, []) == ()


@pytest.mark.parametrize(
    "mistyped",
    [
        "2502.14498",  # one digit wrong
        "2502.1449",  # one missing
        "2502.41499",  # two swapped
        "2503.14499",  # the month wrong
        "5202.14499",
    ],
)
async def test_a_slip_of_the_fingers_comes_first(database: Database, mistyped: str) -> None:
    neighbours = [f"{mistyped[:5]}{number}" for number in ("14401", "14402", "41498")]
    await _store_ids(database, "2502.14499", "2401.00001", *neighbours)
    found = _ids(await suggestions.near(database, mistyped, limit=3))
    assert "2502.14499" in found[:2]
    assert "2401.00001" not in found


async def test_neighbours_are_of_the_same_month_and_the_nearest_first(database: Database) -> None:
    await _store_ids(
        database, "2502.00100", "2502.00290", "2502.00450", "2502.00900", "2501.00299", "2503.00301"
    )
    found = await suggestions.near(database, "2502.00311", limit=3)
    assert _ids(found) == ["2502.00290", "2502.00450", "2502.00100"]


async def test_old_ids_have_neighbours_too(database: Database) -> None:
    await _store_ids(database, "hep-th/9901001", "hep-th/9901007", "hep-ph/9901003", "math/9901003")
    assert _ids(await suggestions.near(database, "hep-th/9901003")) == [
        "hep-th/9901001",
        "hep-th/9901007",
    ]
    assert _ids(await suggestions.near(database, "hep-th/9901010")) == [
        "hep-th/9901001",
        "hep-th/9901007",
    ]


async def test_near_papers_exclude_the_paper_itself_and_duplicates(database: Database) -> None:
    await _store_ids(database, "2502.00001", "2502.00002", "2502.00003")
    assert _ids(await suggestions.near(database, "2502.00002")) == ["2502.00001", "2502.00003"]


async def test_a_text_that_is_no_id_has_no_near_papers(database: Database) -> None:
    await _store_ids(database, "2502.00001")
    assert await suggestions.near(database, "attention") == ()


@pytest.fixture
async def shelf(database: Database) -> Database:
    """Three digests, some papers in two of them."""
    for day, listed in (
        (0, (paper(1, title="Large Language Models", votes=5), paper(2, title="추론 모델"))),
        (
            1,
            (
                paper(3, title="Language of Bees", votes=None),
                paper(4, title="Small language models", votes=50),
            ),
        ),
        (
            2,
            (
                paper(5, title="3D Vision", votes=7),
                paper(1, title="Large Language Models", votes=9),
            ),
        ),
    ):
        await digests.store(database, digest(*listed, day=DAY + timedelta(days=day)), read_at=NOW)
    return database


async def test_suggestions_are_newest_first_then_most_voted(shelf: Database) -> None:
    expected: dict[str, list[int]] = {
        "": [1, 5],
        "  ": [1, 5],
        "language": [1, 4, 3],
        "LANG mod": [1, 4],
        "lang bees": [3],
        "l": [1, 4, 3],
        "추": [2],
        "모델": [2],
        "3d": [5],
        "250": [1, 5, 4, 3, 2],
        "2502.0000": [1, 5, 4, 3, 2],
        "2502.00003": [3],
        "2503": [],
        "Ada": [],
        "-": [],
        "%": [],
        "guage": [],
    }
    for text, numbers in expected.items():
        found = await suggestions.suggest(shelf, text)
        assert _ids(found) == [f"2502.{number:05}" for number in numbers], text


async def test_a_text_that_begins_no_id_is_searched_in_titles(database: Database) -> None:
    await digests.store(database, digest(paper(1, title="A plan for 2030")), read_at=NOW)
    assert _ids(await suggestions.suggest(database, "2030")) == ["2502.00001"]


async def test_old_ids_are_suggested_by_their_beginning(database: Database) -> None:
    await _store_ids(database, "hep-th/9901001", "hep-ph/9901002")
    assert _ids(await suggestions.suggest(database, "HEP-TH/99")) == ["hep-th/9901001"]


async def test_no_more_is_suggested_than_was_asked_for(shelf: Database) -> None:
    for text in ("", "language", "2502"):
        assert len(await suggestions.suggest(shelf, text, limit=1)) == 1


async def _top(
    database: Database, first: int | None, last: int | None, limit: int = 10, offset: int = 0
) -> list[int]:
    ranking = await papers.top(
        database,
        first=None if first is None else DAY + timedelta(days=first),
        last=None if last is None else DAY + timedelta(days=last),
        limit=limit,
        offset=offset,
    )
    return [int(listed.paper.arxiv_id[-1]) for listed in ranking.papers]


async def test_the_most_voted_papers_of_some_days(shelf: Database) -> None:
    expected: dict[tuple[int | None, int | None], list[int]] = {
        (None, None): [4, 2, 1, 5, 3],
        (2, 2): [1, 5],
        (1, 2): [4, 1, 5, 3],
        (1, None): [4, 1, 5, 3],
        (0, 0): [2, 1],
        (None, 1): [4, 2, 1, 3],
        (None, 0): [2, 1],
        (1, 1): [4, 3],
        (3, None): [],
        (2, 1): [],
    }
    for days, numbers in expected.items():
        assert await _top(shelf, *days) == numbers, days
        assert [
            number
            for offset in range(6)
            for number in await _top(shelf, *days, limit=1, offset=offset)
        ] == numbers, days


async def test_a_ranking_has_the_first_and_last_day_that_it_covers(shelf: Database) -> None:
    day = timedelta(days=1)
    ranking = await papers.top(shelf, first=DAY - 9 * day, last=DAY + day, limit=2)
    assert (ranking.total, ranking.first, ranking.last) == (4, DAY, DAY + day)
    assert ranking.votes_read_at == NOW
    (_, second) = ranking.papers
    assert (second.paper.votes, second.rank, second.digest_date) == (20, 2, DAY)
    beyond = await papers.top(shelf, first=DAY, last=None, limit=5, offset=100)
    assert (beyond.papers, beyond.total, beyond.votes_read_at) == ((), 5, None)
    nothing = await papers.top(shelf, first=DAY + 9 * day, last=None, limit=5)
    assert (nothing.papers, nothing.total, nothing.first, nothing.last) == ((), 0, None, None)


async def test_the_same_votes_are_ranked_by_place_then_id(database: Database) -> None:
    for day, numbers in ((0, (7, 3, 5)), (1, (4, 2))):
        same = (paper(number, votes=1) for number in numbers)
        await digests.store(database, digest(*same, day=DAY + timedelta(days=day)), read_at=NOW)
    assert await _top(database, None, None) == [4, 7, 2, 3, 5]
    assert await _top(database, 0, 0) == [7, 3, 5]


days = st.none() | st.integers(-1, 8)


@settings(max_examples=scaled(30))
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(1, 9), st.none() | st.integers(0, 4)),
            max_size=5,
            unique_by=lambda listed: listed[0],
        ),
        max_size=8,
    ),
    st.lists(st.tuples(days, days, st.integers(0, 6), st.integers(0, 4)), min_size=1, max_size=12),
)
def test_a_ranking_equals_sorting_all_papers(
    new_file: bytes,
    listings: list[list[tuple[int, int | None]]],
    questions: list[tuple[int | None, int | None, int, int]],
) -> None:
    listed_by_day = [
        Digest(
            DAY + timedelta(days=day), tuple(paper(number, votes=votes) for number, votes in listed)
        )
        for day, listed in enumerate(listings)
    ]

    async def ask() -> None:
        with TemporaryDirectory() as folder:
            (path := Path(folder) / "papers.db").write_bytes(new_file)
            async with await Database.open(path) as database:
                for each in listed_by_day:
                    await digests.store(database, each, read_at=NOW)
                for first, last, limit, offset in questions:
                    assert (
                        await _top(database, first, last, limit=limit, offset=offset)
                        == (_sorted(listed_by_day, first, last)[offset : offset + limit])
                    )
                    ranking = await papers.top(
                        database,
                        first=None if first is None else DAY + timedelta(days=first),
                        last=None if last is None else DAY + timedelta(days=last),
                        limit=1,
                    )
                    assert ranking.total == len(_sorted(listed_by_day, first, last))

    asyncio.run(ask())


def _sorted(listed_by_day: list[Digest], first: int | None, last: int | None) -> list[int]:
    votes: dict[int, int | None] = {}
    ranks: dict[int, int] = {}
    covered: set[int] = set()
    for day, each in enumerate(listed_by_day):
        for rank, listed in enumerate(each.papers, start=1):
            number = int(listed.arxiv_id[-1])
            ranks[number] = rank
            if listed.votes is not None or number not in votes:
                votes[number] = listed.votes
            if (first is None or day >= first) and (last is None or day <= last):
                covered.add(number)

    def order(number: int) -> tuple[bool, int, int, int]:
        known = votes[number]
        return known is None, -(known or 0), ranks[number], number

    return sorted(covered, key=order)


async def test_the_newest_votes_count_of_a_paper_listed_before(shelf: Database) -> None:
    day: date = DAY
    ranking = await papers.top(shelf, first=day, last=day, limit=10)
    (_, first_listed) = ranking.papers
    assert first_listed.paper.votes == 9
    assert first_listed.digest_date == DAY + timedelta(days=2)


async def test_a_lookup_takes_at_most_two_queries(shelf: Database) -> None:
    asked: list[str] = []
    for reader in shelf.readers:
        await reader.set_trace_callback(asked.append)
    await papers.get(shelf, "2502.00001")
    assert len(asked) == 1
    asked.clear()
    await papers.top(shelf, first=None, last=None, limit=10)
    assert len(asked) == 2
    asked.clear()
    await digests.get(shelf, DAY)
    assert len(asked) == 1
