from datetime import UTC, date, datetime

import pytest
from examples import scaled
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import arxiv_ids, detailed_papers, lines, papers

from bot.errors import UserError
from bot.posting.filters import LONGEST, Filter, check_typed, rank_by_votes
from storage.records import ListedPaper, Paper, Section

DAY = date(2025, 2, 21)
READ_AT = datetime(2025, 2, 21, 22, tzinfo=UTC)
PAPER = Paper(
    "2502.14499",
    "MLGym: Agents and World-Models with GPT-4o",
    12,
    ("Yann LeCun", "Kim Müller", "홍길동"),
    None,
    (
        Section("What's New", "강화 학습을 통한 추론입니다."),
        Section("Performance Highlights", "Exactly one café."),
    ),
)


def keeps(include: str = "", exclude: str = "", min_votes: int | None = None) -> bool:
    return Filter.parse(include, exclude, min_votes).keeps(PAPER)


@pytest.mark.parametrize(
    "include",
    [
        "agent",
        "AGENTS",
        "nothing agent",
        "nothing,agent",
        '"world models"',
        "“world models”",
        "world-mod",
        "GPT-4",
        "추론",
        '"강화 학습"',
        '"학습을 통한"',
        "cafe",
        "CAFÉ",
        "author:lecun",
        "author: LeCun",
        'author:"Yann LeCun"',
        "author:muller",
        "저자:홍길동",
        "mlgym nothing",
        "강화학습",
        "학습을통한",
        "론입니다",
        "world_model",
        "agent's",
        'author:"LeCun, Y."',
        "저자:길동",
    ],
)
def test_include_keeps_papers_that_match_any_term(include: str) -> None:
    assert keeps(include)
    assert not keeps(exclude=include)


@pytest.mark.parametrize(
    "include",
    [
        "gents",
        '"world model"',
        '"models world"',
        '"GPT 4o strikes"',
        '"inference one"',
        '"입니다 exactly"',
        "화학",
        "author:cun",
        "author:kimm",
        "author:mlgym",
        "lecun",
        "highlights",
        "performance",
    ],
)
def test_words_match_by_prefix_phrases_as_a_whole_and_authors_by_name(include: str) -> None:
    assert not keeps(include)
    assert keeps(exclude=include)


@pytest.mark.parametrize("typed", ["-survey", "agent -survey", '-"a b"', "-author:lecun"])
def test_a_term_with_a_minus_is_refused_when_it_is_typed(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        check_typed(typed)
    assert refused.value.key == "filter-minus"


@pytest.mark.parametrize(
    "stored", ["-agent", "org: agent", "소속 agent", "agent org:", "x:agent agent"]
)
def test_a_filter_that_older_versions_took_is_still_valid(stored: str) -> None:
    assert Filter.parse("", stored, None).exclude


def test_a_minus_in_a_stored_filter_is_ignored() -> None:
    assert Filter.parse("-agent", "", None).keeps(PAPER)


def test_exclude_wins_over_include() -> None:
    assert not keeps("agent", "gpt-4")
    assert keeps("agent", "nothing")


def test_korean_matches_in_composed_and_decomposed_form() -> None:
    import unicodedata  # noqa: PLC0415 - needed here only

    assert keeps(unicodedata.normalize("NFD", "추론"))


@pytest.mark.parametrize(("least", "kept"), [(None, True), (12, True), (13, False)])
def test_papers_with_too_few_votes_are_left_out(least: int | None, kept: bool) -> None:
    assert keeps(min_votes=least) == kept


def test_unknown_votes_count_as_fewer_than_any_number() -> None:
    unknown = Paper("2502.00001", "T")
    assert not Filter.parse("", "", 0).keeps(unknown)
    assert Filter.parse("", "", None).keeps(unknown)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ('"open', "filter-open-quote"),
        ('agent "open', "filter-open-quote"),
        ("author:", "filter-no-word"),
        ('author:""', "filter-no-word"),
        ("— !", "filter-no-word"),
        ('""', "filter-no-word"),
        ("a" * (LONGEST + 1), "filter-too-long"),
        ("a " * 33, "filter-too-many"),
    ],
)
def test_a_filter_that_cannot_be_searched_is_rejected(typed: str, key: str) -> None:
    for include, exclude in ((typed, ""), ("", typed)):
        with pytest.raises(UserError) as refused:
            Filter.parse(include, exclude, None)
        assert refused.value.key == key


def test_filters_apply_before_the_count() -> None:
    listed = [
        ListedPaper(Paper(f"2502.{rank:05}", title, votes), DAY, rank, READ_AT)
        for rank, (title, votes) in enumerate(
            [("agents", 3), ("vision", 9), ("agents", 5), ("vision", 8), ("agents", None)], start=1
        )
    ]
    chosen = Filter.parse("agent", "", None).choose(listed, 2)
    assert [each.rank for each in chosen] == [3, 1]
    assert [each.rank for each in Filter().choose(listed, 9)] == [2, 4, 3, 1, 5]
    assert Filter.parse("language", "", None).choose(listed, 2) == ()


# Of few words and few votes, so that filters keep some of them, and some have as many votes.
chosen_from = st.builds(
    ListedPaper,
    paper=st.builds(
        Paper,
        arxiv_ids,
        st.sampled_from(["agents", "An agent's word", "vision", "말과 agents"]) | lines,
        st.none() | st.integers(0, 3),
        st.just(()),
        st.none(),
        st.just(()),
    ),
    digest_date=st.just(DAY),
    rank=st.integers(1, 9),
    votes_read_at=st.just(READ_AT),
)


@settings(max_examples=scaled(60))
@given(
    st.lists(chosen_from, max_size=12, unique_by=lambda listed: listed.paper.arxiv_id),
    st.integers(1, 25),
    st.sampled_from(["", "agent", "word", "말"]) | lines,
    st.none() | st.integers(0, 3),
)
def test_all_matching_papers_are_chosen_up_to_the_count(
    listed: list[ListedPaper], count: int, word: str, least: int | None
) -> None:
    try:
        papers_filter = Filter.parse(word, "", least)
    except UserError:
        papers_filter = Filter.parse("", "word", least)
    kept = [each for each in listed if papers_filter.keeps(each.paper)]
    chosen = papers_filter.choose(listed, count)
    assert len(chosen) == min(count, len(kept))
    assert chosen == rank_by_votes(kept)[:count]


@given(st.text(max_size=500))
def test_any_text_is_a_filter_or_rejected(typed: str) -> None:
    try:
        parsed = Filter.parse(typed, "", None)
    except UserError:
        return
    parsed.keeps(PAPER)


@settings(max_examples=scaled(40))
@given(papers | detailed_papers, lines)
def test_any_paper_is_kept_or_left_out(paper: Paper, typed: str) -> None:
    try:
        parsed = Filter.parse(typed, "", None)
    except UserError:
        parsed = Filter.parse("", "word", None)
    assert isinstance(parsed.keeps(paper), bool)
