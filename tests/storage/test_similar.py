"""Which papers are similar to one, in which order, and what they are said to share."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_samples import DAY, NOW, digest, paper
from strategies import HOSTILE

from storage import digests, similar
from storage.database import Database
from storage.records import Details, Paper, Section
from storage.similar import SimilarPapers


def korean(number: int, title: str, *sentences: str) -> Paper:
    return paper(number, title=title, authors=(), sections=(Section(None, " ".join(sentences)),))


def english(number: int, title: str, abstract: str = "") -> Paper:
    details = Details(abstract=abstract or None)
    return paper(number, title=title, authors=(), sections=(), details=details)


PAPERS = (
    english(1, "Distilling Video Diffusion", "Distillation of GigaDiT makes videos quickly."),
    english(2, "A Video of GigaDiT", "Diffusion of a video, distilled."),
    english(3, "Diffusion in Porous Rock", "Water flows."),
    english(4, "Video Calls", "They are tiring."),
    english(5, "Of Whales and their Songs", "They sing."),
    korean(6, "Quiet Boats", "양자화를 배운다.", "배우는 양자화의 오차.", "희소성은 희소성이다."),
    korean(7, "Loud Planes", "오차가 큰 양자화,", "양자화는 빠르다.", "희소성을 본다. 희소성!"),
    korean(8, "Slow Trains", "그는 기차를 탄다.", "기차는 느리다."),
)


def numbers(found: SimilarPapers) -> list[int]:
    return [int(each.listed.paper.arxiv_id[-5:]) for each in found.papers]


@pytest.fixture
async def shelf(database: Database) -> Database:
    await digests.store(database, digest(*PAPERS), read_at=NOW)
    return database


async def test_papers_that_share_the_most_distinctive_words_come_first(shelf: Database) -> None:
    found = await similar.find(shelf, PAPERS[0], limit=10)
    assert numbers(found) == [2]
    assert set(found.papers[0].shares) == {"video", "diffusion", "distilling", "GigaDiT"}
    assert found.total == 1
    assert not found.is_indexing


async def test_korean_words_are_shared_whatever_their_particles(shelf: Database) -> None:
    found = await similar.find(shelf, PAPERS[5], limit=10)
    assert numbers(found) == [7]
    assert set(found.papers[0].shares) == {"양자화", "희소성"}


async def test_one_shared_word_is_not_enough_nor_are_words_that_many_have(
    shelf: Database,
) -> None:
    assert (await similar.find(shelf, PAPERS[4], limit=10)).papers == ()
    assert (await similar.find(shelf, PAPERS[7], limit=10)).papers == ()
    usual = tuple(english(100 + n, "Usual Things", f"Usual things {n}.") for n in range(60))
    await digests.store(shelf, digest(*usual, day=DAY + timedelta(days=1)), read_at=NOW)
    assert (await similar.find(shelf, usual[0], limit=10)).total == 0


async def test_words_that_say_little_are_not_named_and_make_no_papers_similar(
    shelf: Database,
) -> None:
    vague = (
        english(310, "The Best Preview of Real Time Generation"),
        english(311, "Time of Generation: a Preview of the Best"),
        english(312, "Time of Generation in Cellar Moss"),
        english(313, "Cellar Moss Generation"),
    )
    await digests.store(shelf, digest(*vague, day=DAY + timedelta(days=1)), read_at=NOW)
    assert (await similar.find(shelf, vague[0], limit=10)).papers == ()
    found = await similar.find(shelf, vague[2], limit=10)
    assert numbers(found) == [313]
    assert set(found.papers[0].shares) == {"cellar", "moss"}


async def test_a_word_that_a_long_text_has_once_is_not_named(shelf: Database) -> None:
    filler = " ".join(f"filler{number}" for number in range(900))
    long = english(320, "Cellar Ferns", f"{filler} Some moss grows.")
    moss = english(321, "Cellar Moss", "Moss is moss.")
    await digests.store(shelf, digest(long, moss, day=DAY + timedelta(days=1)), read_at=NOW)
    found = await similar.find(shelf, moss, limit=10)
    assert [(each.listed.paper.arxiv_id[-3:], each.shares) for each in found.papers] == [
        ("320", ("cellar",))
    ]


async def test_a_paper_that_is_not_stored_can_be_compared(shelf: Database) -> None:
    unlisted = english(99, "Whales of Porous Rock", "Whale songs.")
    found = await similar.find(shelf, unlisted, limit=10)
    shares = {
        number: set(each.shares) for number, each in zip(numbers(found), found.papers, strict=True)
    }
    assert shares == {3: {"porous", "rock"}, 5: {"whales", "songs"}}


async def test_names_of_people_share_nothing_with_texts(shelf: Database) -> None:
    named = paper(300, title="Something Else", authors=("Distilling Video", "GigaDiT Diffusion"))
    await digests.store(shelf, digest(named, day=DAY + timedelta(days=1)), read_at=NOW)
    assert numbers(await similar.find(shelf, PAPERS[0], limit=10)) == [2]


async def test_pages_follow_each_other_without_gaps_and_leave_the_paper_out(
    shelf: Database,
) -> None:
    alike = tuple(english(200 + n, f"Lattice Walks {n}") for n in range(12))
    await digests.store(shelf, digest(*alike, day=DAY + timedelta(days=1)), read_at=NOW)
    pages = [
        await similar.find(shelf, alike[3], limit=5, offset=offset) for offset in (0, 5, 10, 15)
    ]
    assert [len(page.papers) for page in pages] == [5, 5, 1, 0]
    assert {page.total for page in pages} == {11}
    listed = [number for page in pages for number in numbers(page)]
    assert sorted(listed) == [each for each in range(200, 212) if each != 203]


async def test_a_changed_paper_is_compared_as_it_is_now(shelf: Database) -> None:
    changed = english(4, "Distilling GigaDiT", "Diffusion is distilled.")
    await digests.store(shelf, digest(*PAPERS[:3], changed, *PAPERS[4:]), read_at=NOW)
    assert 4 in numbers(await similar.find(shelf, PAPERS[0], limit=10))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text()), max_size=4))
async def test_any_text_is_compared_without_an_error(shelf: Database, texts: Sequence[str]) -> None:
    title, *bodies = [*texts, "x"]
    sections = tuple(Section(None, f"{body} 양자화 video") for body in bodies)
    found = await similar.find(shelf, Paper("2511.00001", title, sections=sections), limit=5)
    assert found.total >= len(found.papers)
