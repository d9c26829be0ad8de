"""Korean particles at the end of what is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.particles import without_particle
from storage.query import parse


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("추론을", "추론"),
        ("추론에서의", "추론"),
        ("모델은", "모델"),
        ("모델로", "모델"),
        ("데이터로", "데이터"),
        ("그래프와", "그래프"),
        ("정렬과", "정렬"),
        ("정렬으로", "정렬"),
        ("연구자가", "연구자"),
        ("전문가의", "전문가"),
    ],
)
def test_a_particle_at_the_end_is_left_out(typed: str, word: str) -> None:
    assert without_particle([typed]) == (word,)


@pytest.mark.parametrize(
    "word", ["전문가", "결과", "학습효과", "정확도", "의", "로로", "agents", "学習に"]
)
def test_what_is_no_particle_there_stays(word: str) -> None:
    assert without_particle([word]) == (word,)


def test_a_particle_may_follow_a_word_of_another_script() -> None:
    assert [str(term) for term in parse("LLM을 GPT-4로 LLM기반").terms] == [
        "llm",
        "gpt-4",
        "llm-기반",
    ]


def test_what_is_in_quotation_marks_and_names_stay_whole() -> None:
    typed = '"추론을" author:이가은 org:카카오의'
    assert str(parse(typed)) == typed


@given(st.text("가각를을에서의로 a", min_size=1))
def test_a_second_time_nothing_is_left_out(typed: str) -> None:
    terms = parse(typed).terms
    assert parse(str(parse(typed))).terms == terms
