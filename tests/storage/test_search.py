"""What a search finds, in which order, and what it says of it."""

import sqlite3
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from examples import scaled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_samples import DAY, NOW, digest, paper
from strategies import HOSTILE

from storage import digests, names, search, search_index, searches
from storage.database import Database
from storage.matching import SearchablePaper
from storage.query import Field, parse
from storage.records import Details, Paper, Section
from storage.search import Request, SearchPage, Sort

PAPERS = (
    paper(1, title="추론 모델", sections=(Section(None, "강화 학습된 모델을 쓴다."),)),
    paper(2, title="Plain", sections=(Section(None, "거대 모델의 추론을, 빠르게 한다."),)),
    paper(
        3,
        title="GPT-4o and Friends",
        authors=(
            *("Olivier Hénaff", "김철수", "Yann LeCun", "Felice Dell'Orletta"),
            "Hasan Abed Al Kader Hammoud",
        ),
    ),
    paper(
        4, title="Four GPT Models", sections=(Section("Heading", "「인용」、쉼표。 화학 반응."),)
    ),
    paper(5, title="Self-Attention at Scale", sections=(Section(None, "Pre-training of agents."),)),
    paper(6, title="Agents", details=Details(keywords=("Policies",), organization="Deep Lab")),
    paper(
        7,
        title="Attention by oneself",
        authors=("Y. LeCun", "Ann Yann"),
        sections=(Section(None, "Multimodal, and the reader's own."),),
    ),
)


async def found(database: Database, text: str, **conditions: object) -> list[int]:
    """Return the numbers of the papers that are found, best first."""
    request = Request(text, **conditions)  # type: ignore[arg-type]  # a test's
    hits = (await search.search(database, request, limit=50)).hits
    return [int(hit.listed.paper.arxiv_id[-5:]) for hit in hits]


@pytest.fixture
async def shelf(database: Database) -> Database:
    await digests.store(database, digest(*PAPERS), read_at=NOW)
    return database


FINDINGS = {
    "추론": [1, 2],
    "모델 추론": [1, 2],
    "추론、모델": [1, 2],
    "학습": [1],
    "강화학습": [1],
    "강화 학습": [1],
    "강화학습의": [1],
    "추론에서 모델을": [1, 2],
    '"추론에서"': [],
    "GPT로": [3, 4],
    "학습된모델": [1],
    "거대모델": [2],
    "화학": [4, 1],
    "된": [1],
    "쓴": [1],
    "「인용」": [4],
    unicodedata.normalize("NFD", "추론"): [1, 2],
    "gpt": [3, 4],
    "ＧＰＴ-4": [3],
    "gpt4o": [3],
    "agent": [5, 6],
    "AGENTS": [5, 6],
    "policy": [6],
    "self attention": [5],
    "self-attention": [5],
    "selfattention": [5],
    "pretraining": [5],
    "multi-modal": [7],
    "multi modal": [7],
    "multi modal -attention": [],
    "reader's": [7],
    '"reader’s own"': [7],
    "pre-trained": [5],
    "atten": [5, 7],
    '"attention at"': [5],
    '"at attention"': [],
    '"agent"': [],
    "attention -scale": [7],
    "attention -author:lecun": [5],
    "henaff": [3],
    "author:HÉNAFF": [3],
    'author:"Henaff Olivier"': [3],
    'author:"Hénaff, O."': [3],
    'author:"Yann LeCun"': [3, 7],
    "author:yann": [3, 7],
    'author:"Ann LeCun"': [],
    'author:"Felice Dell\'Orletta"': [3],
    'author:"Hammoud, Hasan"': [3],
    'author:"Orletta Hasan"': [],
    'author:"철수 김"': [3],
    'gpt -author:"Hasan Hammoud"': [4],
    'gpt -author:"LeCun Felice"': [3, 4],
    "저자:철수": [3],
    "author:attention": [],
    "org:deep": [6],
    "org:lab agents": [6],
    "deep lab": [6],
    "heading": [],
    "nowhere": [],
}
"""Typed texts, and the papers that they find in any order."""


async def test_words_are_found(shelf: Database) -> None:
    shown = {text: sorted(await found(shelf, text)) for text in FINDINGS}
    assert shown == {text: sorted(numbers) for text, numbers in FINDINGS.items()}


async def test_no_query_text_is_fts5_syntax(database: Database) -> None:
    texts = [
        *("a AND b", "a OR b", "NEAR(a b)", "a*", "^a", "title:a", "a + b", "{a}:b", "a' b"),
        "a; b--",
    ]
    papers = [paper(number, title=text) for number, text in enumerate(texts, start=1)]
    await digests.store(database, digest(*papers, paper(99, title="a")), read_at=NOW)
    for number, text in enumerate(texts, start=1):
        assert number in await found(database, text), text


async def test_a_text_without_a_required_word_finds_nothing(shelf: Database) -> None:
    for text in ("", "  ", "-", '"', '""', "* ^ : ( )", "、。", "…", "👩‍🔬", "-a"):
        assert not Request(text).query().required, text
        assert await found(shelf, text) == [], text


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text()
    | st.sampled_from(HOSTILE)
    | st.text("ab\"'*()-^:{}+, \0추론author:org:", max_size=40),
    st.text(max_size=20),
    st.sampled_from(Sort),
)
async def test_any_text_is_answered(shelf: Database, text: str, name: str, sort: Sort) -> None:
    result = await search.search(shelf, Request(text, name, name, sort=sort), limit=3)
    assert len(result.hits) <= min(3, result.total)
    for hit in result.hits:
        assert hit.snippet == () or any(piece.is_match for piece in hit.snippet)


WORDS = (
    "추론",
    "추론을",
    "모델",
    "강화",
    "학습",
    "agents",
    "agent",
    "self-attention",
    "GPT-4",
    "a",
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
TYPED = st.lists(
    st.sampled_from(WORDS) | st.sampled_from(('"추론 모델"', '"self attention"', "강화학습", "at")),
    min_size=1,
    max_size=3,
).map(" ".join)


@settings(
    deadline=None,
    max_examples=scaled(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), TYPED, st.booleans())
async def test_the_index_finds_what_a_single_paper_matches(
    database: Database, texts: list[tuple[str, str]], typed: str, exact: bool
) -> None:
    papers = [
        paper(number, title=title or "-", authors=(), sections=(Section(None, body or "-"),))
        for number, (title, body) in enumerate(texts, start=1)
    ]
    await digests.store(database, digest(*papers), read_at=NOW)
    query = f'"{typed.replace(chr(34), "")}"' if exact else typed
    matching = {
        number
        for number, each in enumerate(papers, start=1)
        if all(SearchablePaper.of(each).has(term) for term in parse(query).terms)
    }
    numbers = set(await found(database, query))
    assert matching <= {each for each in numbers if each <= len(papers)}
    if not any(character >= "\uac00" for character in query):
        assert {each for each in numbers if each <= len(papers)} == matching


async def test_titles_come_before_keywords_and_these_before_texts(database: Database) -> None:
    await digests.store(
        database,
        digest(
            paper(1, title="One", votes=99, sections=(Section(None, "A graph."),)),
            paper(2, title="Two", votes=50, details=Details(keywords=("graph",))),
            paper(3, title="Graph", votes=1),
            paper(4, title="Four", votes=100, sections=(Section(None, "A graph."),)),
        ),
        read_at=NOW,
    )
    assert await found(database, "graph") == [3, 2, 4, 1]
    assert await found(database, "graph", sort=Sort.VOTES) == [4, 1, 2, 3]


async def test_the_typed_word_comes_before_longer_ones_and_each_word_of_a_term_counts(
    database: Database,
) -> None:
    stored = (
        paper(1, title="Airports", sections=(Section(None, "One air."),)),
        paper(2, title="Plain", sections=(Section(None, "AI, and AI again."),)),
        paper(3, title="Learning", sections=(Section(None, "강화 학습(Reinforced Learning)."),)),
        paper(4, title="Other", sections=(Section(None, "강화 학습(Reinforced Learning)."),)),
    )
    await digests.store(database, digest(*stored), read_at=NOW)
    assert await found(database, "ai") == [2, 1]
    assert await found(database, "reinforced learning") == [3, 4]


async def test_korean_at_the_beginning_of_a_word_comes_first(shelf: Database) -> None:
    assert await found(shelf, "화학") == [4, 1]


async def test_days_and_votes_are_conditions(database: Database) -> None:
    for number in range(1, 4):
        day = DAY + timedelta(days=number)
        await digests.store(database, digest(paper(number, title="Graph"), day=day), read_at=NOW)
    assert await found(database, "graph", sort=Sort.DATE) == [3, 2, 1]
    assert await found(database, "graph", since=DAY + timedelta(days=2), sort=Sort.DATE) == [3, 2]
    assert await found(database, "graph", until=DAY + timedelta(days=2)) == [2, 1]
    assert await found(database, "graph", since=DAY + timedelta(days=9)) == []
    assert await found(database, "graph", min_votes=20) == [3, 2]


async def test_a_suggested_name_is_the_whole_name(database: Database) -> None:
    people = (("Jian Yang",), ("Jian Yangming",), ("Yang Jian",))
    await digests.store(
        database,
        digest(*(paper(n, authors=names) for n, names in enumerate(people, start=1))),
        read_at=NOW,
    )
    assert sorted(await found(database, "", author="Jian Yang")) == [1, 3]
    assert sorted(await found(database, "", author="jian yang")) == [1, 2, 3]


async def test_pages_have_each_paper_once(database: Database) -> None:
    papers = [paper(number, title="Graph", votes=7) for number in range(1, 24)]
    await digests.store(database, digest(*papers), read_at=NOW)
    ids: list[str] = []
    for offset in range(0, 30, 5):
        page = await search.search(database, Request("graph"), limit=5, offset=offset)
        assert page.total == 23
        ids += [hit.listed.paper.arxiv_id for hit in page.hits]
    assert sorted(ids) == sorted(each.arxiv_id for each in papers)


PAIR = "우리는 확산 모델(Diffusion Models)을 쓴다."


async def test_terms_are_searched_in_the_other_language_unless_turned_off(
    database: Database,
) -> None:
    await digests.store(
        database,
        digest(
            paper(1, title="One", sections=(Section(None, PAIR),)),
            paper(2, title="A Diffusion Model of Ink", sections=(Section(None, "None."),)),
            paper(3, title="Three", sections=(Section(None, "확산모델을 본다."),)),
            paper(4, title="Four", sections=(Section(None, "확산하는 다른 모델."),)),
            paper(5, title="Five", sections=(Section(None, "다른 확산 모델(diffusion models)."),)),
        ),
        read_at=NOW,
    )

    async def both(text: str, *, two_languages: bool = True) -> tuple[list[int], Sequence[str]]:
        result: SearchPage = await search.search(
            database, Request(text), limit=9, two_languages=two_languages
        )
        numbers = [int(hit.listed.paper.arxiv_id[-5:]) for hit in result.hits]
        return sorted(numbers), result.also

    for text in ("확산 모델", "확산모델"):
        assert await both(text) == ([1, 2, 3, 5], ("Diffusion Models",))
    for text in ("diffusion model", "Diffusion-Models"):
        assert await both(text) == ([1, 2, 3, 5], ("확산 모델",))
    assert await both("diffusion model", two_languages=False) == ([1, 2, 5], ())
    assert await both("확산 모델", two_languages=False) == ([1, 3, 5], ())
    assert await both('"diffusion model"') == ([2], ())


async def test_a_passage_has_the_words_as_they_are_written(database: Database) -> None:
    body = f"{'Filler words come first. ' * 20}Then **Self**-Attention helps. {'More. ' * 40}"
    await digests.store(
        database,
        digest(paper(1, sections=(Section(None, "No."), Section(None, body)))),
        read_at=NOW,
    )
    (hit,) = (await search.search(database, Request("self attention"), limit=1)).hits
    assert [piece.text for piece in hit.snippet if piece.is_match] == ["Self-Attention"]
    whole = "".join(piece.text for piece in hit.snippet)
    assert whole.startswith("… Then Self-Attention helps.")
    assert whole.endswith(" …")
    assert len(whole) < 200


async def test_names_are_suggested_most_papers_first(database: Database) -> None:
    people = (("Ann Yang", "Bo Li"), ("Ann Yang",), ("Zoë Yang", "김민수"), ("Yang Ann",))
    await digests.store(
        database,
        digest(*(paper(n, authors=each) for n, each in enumerate(people, start=1))),
        read_at=NOW,
    )

    async def suggested(text: str) -> Sequence[str]:
        return await names.suggest(database, Field.AUTHOR, text)

    assert await suggested("yan") == ("Ann Yang", "Yang Ann", "Zoë Yang")
    assert await suggested("YANG zo") == ("Zoë Yang",)
    assert await suggested("Z. Yang") == ("Zoë Yang",)
    assert await suggested("o'nobody") == ()
    assert (await suggested(""))[0] == "Ann Yang"
    assert await suggested("yang nobody") == ()
    assert await suggested("민수 김") == ("김민수",)
    assert await names.suggest(database, Field.ORGANIZATION, "yang") == ()


REQUESTS = (
    Request("graph"),
    Request("", "Zoë", "Lab", date(2025, 1, 2), date(2025, 2, 3), 7, Sort.DATE),
    Request('"그래프" -x', min_votes=0),
)


@pytest.mark.parametrize("request_", REQUESTS)
async def test_a_stored_search_is_read_back(database: Database, request_: Request) -> None:
    search_id = await searches.keep(database, request_, today=DAY)
    assert await searches.keep(database, request_, today=DAY + timedelta(days=1)) == search_id
    assert await searches.get(database, search_id) == request_
    assert await searches.get(database, search_id + 1) is None


async def test_a_search_is_deleted_when_nobody_has_used_it_for_long(
    database: Database, outside: sqlite3.Connection
) -> None:
    for days, request_ in enumerate(REQUESTS):
        await searches.keep(database, request_, today=DAY + timedelta(days=days))
    async with database.transaction() as writer:
        await searches.delete_unused(writer, today=DAY + searches.KEPT + timedelta(days=1))
    assert outside.execute("SELECT count(*) FROM searches").fetchone() == (2,)


async def test_a_paper_of_many_texts_is_searched_in_all(database: Database) -> None:
    details = Details(abstract="An abstract on walks.", summary="A summary of paths.")
    await digests.store(database, digest(paper(1, details=details)), read_at=NOW)
    for text in ("walk", "path", "body"):
        assert await found(database, text) == [1]
    assert SearchablePaper.of(Paper("2502.00001", "T", details=details)).has(
        parse("walks").terms[0]
    )


@pytest.mark.parametrize("sort", Sort)
async def test_of_very_many_papers_all_are_found_and_none_that_is_excluded(
    database: Database, sort: Sort
) -> None:
    left_out = (3, 200, 331)
    papers = [
        paper(
            number,
            title="Graph" if number % 2 else "Other",
            votes=number,
            sections=(Section(None, "A graph with moss." if number in left_out else "A graph."),),
        )
        for number in range(1, 340)
    ]
    await digests.store(database, digest(*papers), read_at=NOW)
    await search_index.catch_up(database, pause=0)
    result = await search.search(database, Request("graph -moss", sort=sort), limit=400)
    numbers = [int(hit.listed.paper.arxiv_id[-5:]) for hit in result.hits]
    assert sorted(numbers) == sorted(set(range(1, 340)) - set(left_out))
    assert (result.total, result.has_more) == (336, False)
    assert result.is_partial == (sort is Sort.RELEVANCE)
    if sort is Sort.RELEVANCE:
        assert all(number % 2 for number in numbers[:168])


async def test_of_too_many_papers_the_most_voted_and_the_newest_are_found_first(
    database: Database,
) -> None:
    papers = [
        paper(number, title="Graph", votes=3_000 - number, authors=(), sections=())
        for number in range(1, 2_041)
    ]
    old = paper(2_041, title="Graph", votes=0, authors=(), sections=())
    await digests.store(database, digest(*papers), read_at=NOW)
    await digests.store(database, digest(old, day=DAY - timedelta(days=9)), read_at=NOW)
    await search_index.catch_up(database, pause=0)
    for sort, first in ((Sort.VOTES, [1, 2, 3]), (Sort.DATE, [1, 2, 3])):
        result = await search.search(database, Request("graph", sort=sort), limit=3)
        assert [int(hit.listed.paper.arxiv_id[-5:]) for hit in result.hits] == first
        assert (result.total, result.has_more, result.is_partial) == (2_000, True, True)
    result = await search.search(database, Request("graph", min_votes=2_999), limit=3)
    assert [int(hit.listed.paper.arxiv_id[-5:]) for hit in result.hits] == [1]
