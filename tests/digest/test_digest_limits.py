"""Size limits of a paper: what is kept, and that the rest is reported with its line."""

import sys

from bot.digest import Problem, ProblemKind, parse, write
from bot.digest.limits import MAX_LINE, MAX_PAPER, MAX_SECTION, MAX_SECTIONS, size
from storage.records import MOST_VOTES, Paper

HEAD = "## Daily Papers (2025-02-21)\n\n### [T](https://arxiv.org/abs/2502.14499)\n\n"


def read(text: str) -> tuple[Paper, tuple[Problem, ...]]:
    (digest,), problems = parse(HEAD + text)
    assert parse(write(digest)) == ((digest,), ())
    return digest.papers[0], problems


def cuts(problems: tuple[Problem, ...]) -> list[int]:
    assert all(problem.kind is ProblemKind.TEXT_CUT for problem in problems)
    return [problem.line for problem in problems]


def test_section_of_64_kb_is_kept_whole() -> None:
    body = "가" * (MAX_SECTION // 3) + "a"
    assert size(body) == MAX_SECTION
    paper, problems = read(f"- ***What's New***: {body}\n")
    assert paper.sections[0].body == body
    assert not problems


def test_longer_section_is_truncated_between_characters_and_its_line_reported() -> None:
    lines = "".join(f"  {'가' * 99}\n" for _ in range(300))
    paper, problems = read(f"- ***What's New***: first\n{lines}- ***Next***: text\n")
    body = paper.sections[0].body
    assert MAX_SECTION - 3 < size(body) <= MAX_SECTION
    assert set(body.removeprefix("first")) == {"가", "\n"}
    assert cuts(problems) == [5 + body.count("\n")]
    assert problems[0].message == "the text of “What's New” is cut here: it has over 64 KB"
    assert paper.sections[1].body == "text"


def test_section_without_heading_and_unknown_text_are_truncated() -> None:
    paper, problems = read("unknown " + "a" * MAX_SECTION + "\n\n- item " + "b" * MAX_SECTION)
    assert [size(section.body) for section in paper.sections] == [MAX_SECTION] * 2
    assert cuts(problems[1:]) == [5, 7]


def test_sections_after_the_64th_are_left_out() -> None:
    text = "".join(f"- ***H{number}***: text\n" for number in range(1, MAX_SECTIONS + 10))
    paper, problems = read(text)
    assert [section.heading for section in paper.sections] == [
        f"H{number}" for number in range(1, MAX_SECTIONS + 1)
    ]
    assert cuts(problems) == [5 + MAX_SECTIONS]
    assert problems[0].message == "2502.14499 has over 64 sections: left out from here"


def test_paper_is_truncated_at_256_kb_with_one_problem() -> None:
    text = "".join(f"- ***H{number}***: {'x' * 60_000}\n" for number in range(8))
    paper, problems = read(text)
    total = 1 + sum(len(s.heading or "") + size(s.body) for s in paper.sections)
    assert (len(paper.sections), total) == (5, MAX_PAPER)
    assert cuts(problems) == [9]
    assert problems[0].message == "the text of “H4” is cut here: 2502.14499 has over 256 KB"


def test_title_and_heading_over_4_kb_are_truncated() -> None:
    (digest,), problems = parse(
        f"## Daily Papers (2025-02-21)\n### [{'t' * 5000}](https://arxiv.org/abs/2502.14499)\n"
        f"- ***{'h' * 5000}***: text\n"
    )
    (paper,) = digest.papers
    assert (paper.title, paper.sections[0].heading) == ("t" * MAX_LINE, "h" * MAX_LINE)
    assert cuts(problems) == [2, 3]
    assert parse(write(digest)) == ((digest,), ())


def test_authors_count_towards_the_size_of_a_paper() -> None:
    paper, problems = read("Authors: " + ", ".join(["a" * 999] * 300) + "\n\n- ***H***: text\n")
    assert len(paper.authors) == MAX_PAPER // 999
    assert [problem.kind for problem in problems] == [ProblemKind.AUTHORS_TOO_MANY]
    assert problems[0].message == "300 authors are named: the first 262 are kept"
    assert paper.sections[0].body == "text"


def test_lists_nested_deeper_than_python_can_recurse_are_truncated_to_64_kb() -> None:
    levels = range(sys.getrecursionlimit() + 100)
    paper, problems = read("".join("  " * depth + f"- w{depth}\n" for depth in levels))
    assert size(paper.sections[0].body) <= MAX_SECTION
    assert cuts(problems) == [5 + paper.sections[0].body.count("\n")]


def test_escaped_text_may_exceed_the_limit_of_a_section() -> None:
    body = "&" * (MAX_SECTION - 2) + "\x85"
    paper, problems = read(f"- ***H***: {body}\n")
    assert paper.sections[0].body == body
    assert not problems


def test_votes_over_10_million_are_unknown_and_reported() -> None:
    assert read(f"Vote: {MOST_VOTES}\n") == (Paper("2502.14499", "T", MOST_VOTES), ())
    for votes in ("10000001", "9223372036854775807", "9" * 40, "10,000,001"):
        paper, (problem,) = read(f"Vote: {votes}\n")
        assert paper.votes is None
        assert (problem.kind, problem.line) == (ProblemKind.VOTES_UNREADABLE, 5)
        assert problem.message == f"“{votes}” is more than 10,000,000: taken as not known"
