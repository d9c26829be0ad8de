import io
import json
from datetime import UTC, date, datetime

import pytest
from examples import scaled
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from bot.cli import output
from bot.cli.paper_drawing import draw_paper
from storage.records import (
    Details,
    ListedPaper,
    Media,
    MediaKind,
    Paper,
    PaperName,
    Ranking,
    Section,
    Text,
)

HOSTILE = "a [red]b[/red] [link=x]c \x1b[2J\x1b]0;title\x07 \x9b31m \u202eflipped :smile:"


DETAILED = Paper(
    "2502.14499",
    "MLGym",
    votes=121,
    sections=(Section("What's New", "새로운 환경입니다."),),
    language="ko",
    other_texts=(Text("en", (Section("What's New", "A new *gym*."),), "another folder"),),
    details=Details(
        abstract="We make *it*.",
        summary="It is made.",
        keywords=("agents", "gym"),
        organization="A Lab",
        code_url="https://github.com/a/b",
        code_stars=0,
        project_url="https://example.org/",
        comments=0,
        submitted_at=datetime(2025, 2, 20, 18, 0, tzinfo=UTC),
        withdrawn_at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
    ),
)


def listed(paper: Paper | None = None, **fields: object) -> ListedPaper:
    values: dict[str, object] = {
        "paper": paper or Paper("2502.14499", "MLGym", votes=121),
        "digest_date": date(2025, 2, 21),
        "rank": 1,
        "votes_read_at": datetime(2025, 2, 21, 23, 5, tzinfo=UTC),
    }
    return ListedPaper(**(values | fields))  # type: ignore[arg-type]  # the fields' own types


def hostile() -> ListedPaper:
    return listed(
        Paper(
            "2502.14499",
            HOSTILE,
            authors=(HOSTILE, "B"),
            media=Media(MediaKind.VIDEO, f"https://example.org/{HOSTILE}"),
            sections=(Section(HOSTILE, HOSTILE), Section(None, f"```{HOSTILE}\n{HOSTILE}\n```")),
            language=HOSTILE,
            other_texts=(Text(HOSTILE, (Section(HOSTILE, HOSTILE),), HOSTILE),),
            details=Details(
                abstract=HOSTILE,
                summary=HOSTILE,
                keywords=(HOSTILE,),
                organization=HOSTILE,
                code_url=HOSTILE,
                project_url=HOSTILE,
            ),
        )
    )


def drawn(what: RenderableType, *, colour: bool = True) -> str:
    console = Console(
        file=io.StringIO(), force_terminal=colour, width=120, markup=False, highlight=False
    )
    console.print(what)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def ranking(*papers: ListedPaper) -> Ranking:
    return Ranking(
        papers,
        total=30,
        first=date(2025, 2, 15),
        last=date(2025, 2, 21),
        votes_read_at=datetime(2025, 2, 21, 23, 5, tzinfo=UTC),
    )


def test_json_of_a_paper_has_its_public_keys() -> None:
    paper = Paper(
        "2502.14499",
        "MLGym",
        votes=121,
        authors=("Deepak Nathani", "Lovish Madaan"),
        media=Media(MediaKind.IMAGE, "https://example.org/a.png"),
        sections=(Section("What's New", "새로운 환경입니다."), Section(None, "- b")),
    )
    line = output.paper_json(listed(paper))
    assert "\n" not in line
    assert list(json.loads(line).items()) == [
        ("arxiv_id", "2502.14499"),
        ("title", "MLGym"),
        ("url", "https://arxiv.org/abs/2502.14499"),
        ("votes", 121),
        ("authors", ["Deepak Nathani", "Lovish Madaan"]),
        ("media", {"kind": "image", "url": "https://example.org/a.png"}),
        (
            "sections",
            [
                {"heading": "What's New", "body": "새로운 환경입니다."},
                {"heading": None, "body": "- b"},
            ],
        ),
        ("digest_date", "2025-02-21"),
        ("rank", 1),
    ]
    assert "새로운" in line


def test_json_has_further_keys_where_more_is_known() -> None:
    values = json.loads(output.paper_json(listed(DETAILED)))
    assert list(values.items())[9:] == [
        ("language", "ko"),
        (
            "texts",
            [
                {
                    "language": "en",
                    "source": "another folder",
                    "sections": [{"heading": "What's New", "body": "A new *gym*."}],
                }
            ],
        ),
        ("abstract", "We make *it*."),
        ("summary", "It is made."),
        ("keywords", ["agents", "gym"]),
        ("organization", "A Lab"),
        ("code_url", "https://github.com/a/b"),
        ("code_stars", 0),
        ("project_url", "https://example.org/"),
        ("comments", 0),
        ("submitted_at", "2025-02-20T18:00:00+00:00"),
        ("withdrawn_at", "2025-03-01T09:30:00+00:00"),
    ]


def test_json_has_null_for_unknown_values() -> None:
    values = json.loads(output.paper_json(listed(Paper("hep-th/9901001", "T"))))
    assert values["votes"] is None
    assert values["media"] is None
    assert values["authors"] == []
    assert values["sections"] == []


@given(st.text())
def test_json_is_one_line_that_controls_no_terminal_and_keeps_the_text(title: str) -> None:
    line = output.paper_json(listed(Paper("2502.14499", title)))
    assert len(line.splitlines()) == 1
    assert not any(ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 for letter in line)
    assert json.loads(line)["title"] == title


def test_plain_lines_and_drawing_show_what_services_know() -> None:
    assert list(output.paper_lines(listed(DETAILED)))[3:] == [
        "Organization: A Lab",
        "Keywords: agents, gym",
        "Code: https://github.com/a/b (★0)",
        "Project: https://example.org/",
        "Comments: 0",
        "Submitted: 2025-02-20 18:00 UTC",
        "Withdrawn: 2025-03-01 09:30 UTC",
        "",
        "What's New",
        "새로운 환경입니다.",
        "",
        "In en (another folder)",
        "",
        "What's New",
        "A new *gym*.",
        "",
        "AI summary by Hugging Face",
        "",
        "It is made.",
        "",
        "Abstract",
        "",
        "We make *it*.",
    ]
    shown = drawn(draw_paper(listed(DETAILED)), colour=False)
    for text in ("agents, gym", "2025-03-01 09:30", "A new gym.", "It is made.", "We make *it*."):
        assert text in shown


def test_plain_lines_show_a_whole_paper() -> None:
    paper = Paper(
        "2502.14499",
        "MLGym",
        votes=121,
        authors=("A", "B"),
        media=Media(MediaKind.IMAGE, "https://example.org/a.png"),
        sections=(Section("What's New", "One.\n\n- two"), Section(None, "Three.")),
    )
    assert list(output.paper_lines(listed(paper))) == [
        "MLGym",
        "https://arxiv.org/abs/2502.14499",
        "Upvotes: 121 (2025-02-21 23:05 UTC) · #1 on 2025-02-21",
        "Authors: A, B",
        "Image: https://example.org/a.png",
        "",
        "What's New",
        "One.\n\n- two",
        "",
        "Three.",
    ]


def test_plain_lines_mark_unknown_votes() -> None:
    unread = listed(Paper("2502.14499", "MLGym"), votes_read_at=None)
    assert list(output.paper_lines(unread))[2] == "Upvotes: unknown · #1 on 2025-02-21"
    assert list(output.table_lines([unread])) == ["1\t-\t2502.14499\t2025-02-21\tMLGym"]


def test_votes_of_a_file_that_is_read_long_after_its_day_have_no_time() -> None:
    late = listed(votes_as_of=datetime(2025, 2, 14, tzinfo=UTC))
    assert list(output.paper_lines(late))[2] == "Upvotes: 121 · #1 on 2025-02-21"
    assert "23:05" not in drawn(draw_paper(late), colour=False)


def test_a_table_has_one_line_per_paper_whatever_its_title() -> None:
    lines = list(output.table_lines([listed(Paper("2502.14499", "a\tb\nc\u2028d", votes=0))]))
    assert lines == ["1\t0\t2502.14499\t2025-02-21\ta b c d"]


def test_plain_text_holds_nothing_that_controls_a_terminal() -> None:
    name = PaperName("2502.14499", HOSTILE, 1, date(2025, 2, 21))
    lines = [
        *output.paper_lines(hostile()),
        *output.table_lines([hostile()]),
        output.name_line(name),
    ]
    text = "".join(lines)
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
    assert text.count("[red]b[/red]") == 19


@pytest.mark.parametrize(
    "drawing",
    [
        draw_paper(hostile()),
        output.draw_ranking(ranking(hostile())),
        output.draw_table([hostile()]),
    ],
    ids=["paper", "ranking", "table"],
)
def test_drawings_show_untrusted_text_literally(drawing: RenderableType) -> None:
    coloured, plain = drawn(drawing), drawn(drawing, colour=False)
    assert "[red]b[/red] [link=x]c" in plain
    assert ":smile:" in plain
    assert "\x1b[2J" not in coloured
    assert "\x1b]0;" not in coloured
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(plain)


def test_a_drawing_renders_the_markdown_that_discord_renders() -> None:
    body = "**bold** <think> and [a link](https://example.org)\n\n- item\n\n| a |\n|---|\n| b |"
    text = drawn(
        draw_paper(listed(Paper("2502.14499", "T", sections=(Section(None, body),)))),
        colour=False,
    )
    assert "bold <think> and a link (https://example.org)" in text
    assert "• item" in text
    assert "**" not in text
    # Discord has no tables, so a digest's looks here as it does in a post.
    assert "|---|" in text


def test_a_ranking_shows_its_dates_and_the_time_of_the_votes() -> None:
    text = drawn(output.draw_ranking(ranking(listed())), colour=False)
    assert "1 of 30 · 2025-02-15 to 2025-02-21 · upvotes as of 2025-02-21 23:05 UTC" in text


def test_a_ranking_of_one_day_names_it_once() -> None:
    day = date(2025, 2, 21)
    one = Ranking((listed(),), total=1, first=day, last=day, votes_read_at=None)
    assert drawn(output.draw_ranking(one), colour=False).endswith(" 1 of 1 · 2025-02-21\n")


MARKDOWN = st.lists(
    st.sampled_from(
        [
            *(
                "a ",
                "\n",
                "\n\n",
                "- ",
                "  ",
                "**",
                "`",
                "```",
                "> ",
                "# ",
                "1. ",
                "[x](y)",
                "![",
                "|",
            ),
            *("| a |\n|---|\n", "<b>", "~~", "\\", "[red]", "[/]", "\t", "한국어", "&amp;", "\x1b"),
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=scaled(50))
@given(MARKDOWN | st.text())
def test_any_body_can_be_rendered(body: str) -> None:
    paper = Paper("2502.14499", "T", sections=(Section(None, body),))
    assert "\x1b" not in drawn(draw_paper(listed(paper)), colour=False)


@pytest.mark.parametrize("title", ["\u00a0", "\u202e", "\u3000", "\x1b\x07", "\u0301"])
def test_an_invisible_title_is_replaced_by_the_arxiv_id(title: str) -> None:
    paper = listed(Paper("2502.14499", title, votes=3))
    assert next(iter(output.paper_lines(paper))) == "2502.14499"
    assert list(output.table_lines([paper])) == ["1\t3\t2502.14499\t2025-02-21\t2502.14499"]
    name = PaperName("2502.14499", title, 3, date(2025, 2, 21))
    assert output.name_line(name) == "2502.14499  2502.14499"
    assert drawn(draw_paper(paper), colour=False).count("2502.14499") == 2
    assert drawn(output.draw_table([paper]), colour=False).count("2502.14499") == 2


def test_a_long_section_and_many_authors_are_shown_whole_and_as_written() -> None:
    authors = tuple(f"Author{number}" for number in range(663))
    body = " ".join(f"**word{number}**" for number in range(3_000))
    paper = Paper("2502.14499", "T", authors=authors, sections=(Section("H", body),))
    text = drawn(draw_paper(listed(paper)), colour=False)
    words = text.replace(",", " ").split()
    assert [word for word in words if word.startswith("Author") and word != "Authors"] == [*authors]
    assert [word for word in words if word.startswith("**word")] == body.split()
