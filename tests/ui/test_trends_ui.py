"""A period's chart and its words, in both languages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from catalogue import CATALOGUE
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import texts

from bot.charts.chart import ALT_TEXT
from bot.ui import limits
from bot.ui.trends import ComparedPeriod, build_chart, render_words, words
from storage.records import RisingTerm, Span, TopPaper, Trends

MONDAY = date(2025, 2, 17)
WEEK = ComparedPeriod("week-2025-02-17", "week")
EN, KO = CATALOGUE.for_locale("en-US"), CATALOGUE.for_locale("ko")
PER_DAY = [(24, 310), (31, 820), (28, 640), (35, 1_020), (22, 400), (2, 20), (0, 0)]
TRENDS = Trends(
    first=MONDAY,
    last=MONDAY + timedelta(6),
    papers=142,
    votes=3_210,
    spans=tuple(
        Span(MONDAY + timedelta(at), MONDAY + timedelta(at), papers, votes)
        for at, (papers, votes) in enumerate(PER_DAY)
    ),
    top=(TopPaper("2502.14499", "MLGym: A Framework", 121), TopPaper("2502.14739", "*Two*", 78)),
    rising=(RisingTerm("agents", 12, 4, "에이전트"), RisingTerm("GRPO", 5, 0)),
    is_compared=True,
)


def test_the_words_name_numbers_the_highest_days_and_what_rose() -> None:
    assert words(TRENDS, WEEK, EN) == (
        (
            "142 papers, 3,210 upvotes · Most papers: Thu, Feb 20 (35)"
            " · Most upvotes: Thu, Feb 20 (1,020)"
        ),
        "Rising: agents (12 papers, 4 in the week before), GRPO (5, 0 before)",
    )
    assert words(TRENDS, WEEK, KO) == (
        (
            "논문 142편, 추천 3,210개 · 논문이 가장 많은 때: 2월 20일 목요일 (35편)"
            " · 추천이 가장 많은 때: 2월 20일 목요일 (1,020개)"
        ),
        "늘어난 주제: 에이전트(agents) 12편(전주 4편), GRPO 5편(0편)",
    )


def test_the_chart_has_the_numbers_of_the_period() -> None:
    chart = build_chart(TRENDS, WEEK, KO)
    assert [(each.papers, each.votes) for each in chart.columns] == PER_DAY
    assert [(each.label.text, each.value) for each in chart.top_rows] == [
        ("MLGym", 121),
        ("*Two*", 78),
    ]
    assert [(each.value, each.before) for each in chart.rising_rows] == [(12, 4), (5, 0)]
    assert (chart.rising_rows[0].label.text, chart.rising_rows[0].label.plain) == (
        *("에이전트", "agents"),
    )
    assert chart.votes.plain == EN("chart-votes-day")
    assert chart.filename == "daily-papers-week-2025-02-17.png"


def test_the_description_says_in_words_what_the_picture_shows() -> None:
    alt = build_chart(TRENDS, WEEK, EN).alt
    for part in (
        "142 papers, 3,210 upvotes",
        "Tue, Feb 18: 31 papers, 820 upvotes",
        "MLGym ▲121",
        "agents (12 papers, 4 in the week before)",
    ):
        assert part in alt


def test_the_heading_of_rising_topics_names_any_period() -> None:
    for compared, english, korean in (
        (WEEK, "the week before", "전주와"),
        (ComparedPeriod("m", "month"), "the month before", "전월과"),
        (ComparedPeriod("d", "days", 365), "the 365 days before", "이전 365일과"),
    ):
        heading = build_chart(TRENDS, compared, KO).rising
        assert heading.text == f"늘어난 주제: {korean} 비교한 논문 수"
        assert heading.plain == f"Rising: papers, compared with {english}"


def test_a_period_without_rise_says_so_and_one_without_comparison_says_nothing() -> None:
    still = replace(TRENDS, rising=())
    assert words(still, WEEK, EN)[1] == "No topic rose clearly over the week before."
    alone = replace(TRENDS, rising=(), is_compared=False)
    assert len(words(alone, WEEK, EN)) == 1


votes = st.integers(0, 10_000_000)


@settings(max_examples=25)
@given(
    st.lists(st.builds(TopPaper, st.just("2502.14499"), texts, votes), max_size=9),
    st.lists(st.builds(RisingTerm, texts, votes, votes, st.none() | texts), max_size=9),
    st.integers(1, 31),
    st.sampled_from(["en", "ko"]),
)
def test_any_texts_are_within_the_limits_and_without_markup(
    top: list[TopPaper], rising: list[RisingTerm], days: int, language: str
) -> None:
    trends = Trends(
        first=MONDAY,
        last=MONDAY + timedelta(days - 1),
        papers=10**6,
        votes=10**12 - 1,
        spans=tuple(
            Span(MONDAY + timedelta(at), MONDAY + timedelta(at), 10**5 + at, 10**10 + at)
            for at in range(days)
        ),
        top=tuple(top),
        rising=tuple(rising),
        is_compared=True,
    )
    of_language = CATALOGUE.for_locale(language)
    chart = build_chart(trends, WEEK, of_language)
    assert limits.fits(chart.alt, ALT_TEXT)
    lines = words(trends, WEEK, of_language)
    assert sum(map(len, lines)) < 1_600
    assert not any("@everyone" in line or "<@" in line.replace("\\<@", "") for line in lines)
    embed = render_words(trends, WEEK, of_language, title="x")
    assert limits.fits(embed.description or "", limits.EMBED_DESCRIPTION)


@pytest.mark.parametrize("days", [1, 7, 30])
def test_days_have_a_label_each(days: int) -> None:
    spans = tuple(Span(MONDAY + timedelta(at), MONDAY + timedelta(at), 1, 1) for at in range(days))
    trends = Trends(first=MONDAY, last=spans[-1].last, papers=1, votes=1, spans=spans, top=())
    columns = build_chart(trends, WEEK, EN).columns
    assert columns[0].label.text == ("Mon 17" if days <= 7 else "Feb 17")
