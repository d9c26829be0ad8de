"""The lines of plain text that consist of papers' names."""

from collections.abc import Sequence
from datetime import date

import pytest
from examples import scaled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import listed_papers

from bot.ui import limits
from bot.ui.columns import width
from bot.ui.names import CONTENT_COLUMNS, content_line, name_of, thread_name
from storage.records import ListedPaper, Paper

DAY = date(2025, 2, 21)
FIRST = "MLGym: A New Framework and Benchmark for Advancing AI Research Agents"


def listed(*titles: str, votes: int | None = 121) -> list[ListedPaper]:
    return [
        ListedPaper(Paper(f"2502.{rank:05}", title, votes), DAY, rank, None)
        for rank, title in enumerate(titles, start=1)
    ]


@pytest.mark.parametrize(
    ("titles", "total", "line"),
    [
        (
            (FIRST, "SuperGPQA: Scaling", "SigLIP 2: Encoders", "S*: Test Time Scaling"),
            30,
            f"{FIRST} ▲121 · SuperGPQA · SigLIP 2 +27",
        ),
        # A title without a colon has no name, and "10:30" is no colon.
        ((FIRST, "How Much Knowledge", "At 10:30", "S: Scaling"), 30, f"{FIRST} ▲121 · S +28"),
        (("Attention Is All You Need", "All of It"), 2, "Attention Is All You Need ▲121 +1"),
        ((FIRST,), 1, f"{FIRST} ▲121"),
        (("A: B", "C: D"), 2, "A: B ▲121 · C"),
        (("모델：새로운 방법", "방법：새로운 모델"), 2, "모델：새로운 방법 ▲121 · 방법"),
        # Names that don't fit are left out from the right, and counted.
        ((FIRST, "Long " * 7 + ": B", "Longer " * 5 + ": B"), 3, f"{FIRST} ▲121 +2"),
        (
            (FIRST, "Long " * 4 + ": B", "N" * 30 + ": B"),
            3,
            f"{FIRST} ▲121 · Long Long Long Long +1",
        ),
    ],
)
def test_the_line_has_the_first_title_its_votes_names_and_the_number_of_the_others(
    titles: tuple[str, ...], total: int, line: str
) -> None:
    assert content_line(listed(*titles), total) == line


def test_a_long_title_is_cut_after_a_word_and_keeps_what_follows() -> None:
    line = content_line(listed("Word " * 60, "Name: Rest"), 30)
    assert line == "Word " * 13 + "Word… ▲121 · Name +28"
    korean = content_line(listed("논문 " * 60, "이름: 나머지"), 30)
    assert korean.startswith("논문 논문")
    assert korean.endswith("논문… ▲121 · 이름 +28")
    assert width(korean.partition(" ▲")[0]) <= 70


def test_unknown_votes_are_left_out() -> None:
    assert content_line(listed("A: B", "C: D", votes=None), 9) == "A: B · C +7"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("**Bold** _it_ `x` ~~s~~ ||y||", "∗∗Bold∗∗ ˍitˍ 'x' ∼∼s∼∼ ∣∣y∣∣"),
        ("[click](https://example.org)", "(click)(https:\u2060//example.org)"),
        ("<@1> <#2> <t:0:R> @everyone", "‹@\u20601› ‹#2› ‹t:0:R› @\u2060everyone"),
        ("# Heading", "♯ Heading"),
        ("-# Small", "–♯ Small"),
        ("- Item", "– Item"),
        ("S* 🧪 done", "S∗ 🧪 done"),
        (r"$\pi_0$", "$∖piˍ0$"),
        ("Up ▲99 now", "Up △99 now"),
    ],
)
def test_markup_is_replaced_and_not_escaped(title: str, shown: str) -> None:
    assert content_line(listed(title), 1) == f"{shown} ▲121"


@settings(suppress_health_check=list(HealthCheck), max_examples=scaled(20))
@given(
    st.lists(listed_papers, min_size=1, max_size=25),
    st.integers(0, 400),
)
def test_the_line_is_one_line_that_fits_and_keeps_the_number(
    papers: Sequence[ListedPaper], more: int
) -> None:
    total = len(papers) + more
    line = content_line(papers, total)
    assert width(line) <= CONTENT_COLUMNS
    assert len(line.splitlines()) == 1
    named = line.rpartition(" +")
    assert total == 1 or total - int(named[2] or 0) <= 3
    assert not set("*_`~|<>[]\\") & set(line)
    assert "@everyone" not in line
    for papers_of_thread in (papers[:1], papers):
        assert limits.length(thread_name("Feb 21", papers_of_thread)) <= limits.THREAD_NAME


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        ((FIRST, "SuperGPQA: S", "SigLIP 2: E", "S: T"), "Feb 21 · MLGym, SuperGPQA, SigLIP 2"),
        (("No Name", "SigLIP 2: E"), "Feb 21 · SigLIP 2"),
        (("No Name", "None Either"), "Feb 21 · No Name"),
        (("A" * 60 + ": B", "C" * 60 + ": D"), "Feb 21 · " + "A" * 60),
        (("Word " * 60,), "Feb 21 · " + "Word " * 17 + "Word…"),
    ],
)
def test_a_thread_is_named_after_its_papers(titles: tuple[str, ...], name: str) -> None:
    assert thread_name("Feb 21", listed(*titles)) == name


@pytest.mark.parametrize("title", [":", ": rest", "name:", "\u200b: rest", "https://example.org"])
def test_a_title_without_name_or_rest_is_not_split(title: str) -> None:
    assert name_of(Paper("2502.00001", title)) is None
