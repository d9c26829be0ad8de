"""Long texts that are slow for patterns that backtrack, and every function that renders a text.

Shared by a test, which asserts on results, and a benchmark, which prints times.
"""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Final

from catalogue import CATALOGUE
from rich.console import Console, RenderableType

from bot.cli import output
from bot.cli.paper_drawing import draw_paper
from bot.posting.coverage import Coverage
from bot.posting.layout import PostOptions, render
from bot.posting.selection import Selection
from bot.ui import (
    brief,
    full_text,
    limits,
    markdown,
    names,
    paper_links,
    papers,
    post_cards,
    posts,
    rankings,
    sentences,
)
from bot.ui.messages import encode, to_view
from storage.records import (
    Details,
    Frequency,
    Layout,
    ListedPaper,
    Media,
    MediaKind,
    Paper,
    PaperName,
    Ranking,
    Section,
    Text,
)

_TEXTS = CATALOGUE.for_locale("en")
_DAY = date(2025, 2, 21)
_READ_AT = datetime(2025, 2, 21, 23, tzinfo=UTC)
_FACTS = brief.PostFacts("Today", "https://example.org", "As of now", ("A note", "Another"))


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _nested(size: int) -> str:
    """Return bullets, each a level deeper than the last, starting again after 3,000 levels."""
    lines: list[str] = []
    length = depth = 0
    while length < size:
        lines.append("  " * depth + "- x")
        length += len(lines[-1]) + 1
        depth = (depth + 1) % 3_000
    return "\n".join(lines)[:size]


TEXTS: dict[str, Callable[[int], str]] = {
    **{
        repr(unit): _repeated(unit)
        for unit in (
            *("*", "_", "`", "[", "![", "|", "\\", "<", "@", "#", "~~", "**a ", "*a **b ", "`a``"),
            *("e.g. ", "a. ", ".\"' ", "- ", "> ", "1. ", "# a\n", "\n", " ", "\n* a", "[a](b"),
            *("\u3000\n", "\u3000", "\u200d", "\ufe0f", "\u0301", "\x00", "\x00a", "\U0001f9ea"),
            *(
                "<t:",
                "\u2028",
                "</a",
                "@everyone",
                "https://a",
                "```",
                "```a\n",
                "|a|b|\n|-|-|\n",
                "word ",
            ),
        )
    },
    "one word": _repeated("w"),
    "one word in Korean": _repeated("가"),
    "nested bullets": _nested,
}


def hostile_paper(text: str) -> ListedPaper:
    """Return a paper with half of a text as a section, and parts of it in every other field."""
    part = text[: len(text) // 8]
    few = text[:20]
    many = len(text) // 8 // 40
    return ListedPaper(
        Paper(
            "2502.14499",
            part,
            3,
            (part, *(few for _ in range(many))),
            Media(MediaKind.IMAGE, "https://example.org/a.png"),
            (
                Section(part, text[: len(text) // 2]),
                *(Section(few if number % 2 else None, few) for number in range(many)),
            ),
            "ko",
            (Text(few, (Section(part, part),), "another"),),
            Details(
                abstract=text[: len(text) // 2],
                summary=part,
                keywords=(part, *(few for _ in range(many))),
                organization=part,
                code_url=f"https://example.org/{part}",
                code_stars=12_345,
                project_url=part,
                comments=3,
            ),
        ),
        _DAY,
        1,
        _READ_AT,
    )


def _name(listed: ListedPaper) -> PaperName:
    return PaperName(listed.paper.arxiv_id, listed.paper.title, 3, _DAY)


def _ranking(listed: ListedPaper) -> Ranking:
    return Ranking((listed,) * rankings.PAGE, 25, _DAY, _DAY, _READ_AT)


_WINDOW = rankings.Window("today", _DAY, 25, 0, 1)


def _body(listed: ListedPaper) -> str:
    return listed.paper.sections[0].body


RENDERERS: Final[dict[str, Callable[[ListedPaper], object]]] = {
    "markdown.escape": lambda listed: markdown.escape(_body(listed)),
    "markdown.title_of": lambda listed: markdown.title_of(listed.paper),
    "limits.shorten": lambda listed: limits.shorten(_body(listed), 256),
    "limits.cut": lambda listed: limits.cut(_body(listed), 4096),
    "limits.pieces": lambda listed: limits.pieces(_body(listed), 4096),
    "papers.render_card": lambda listed: papers.render_card(listed, _TEXTS),
    "papers.render_card, short": lambda listed: papers.render_card(
        listed, _TEXTS, room=1200, authors_room=150
    ),
    "paper_links.join_links": lambda listed: paper_links.join_links(
        paper_links.all_links(listed.paper, _TEXTS), 600
    ),
    "full_text.render_full_text": lambda listed: full_text.render_full_text(listed, _TEXTS),
    "full_text.render_abstract": lambda listed: full_text.render_abstract(listed, _TEXTS),
    "markdown.first_sentences": lambda listed: markdown.first_sentences(_body(listed), 2),
    "markdown.escape_paragraphs": lambda listed: markdown.escape_paragraphs(_body(listed)),
    "papers.choice_label": lambda listed: papers.choice_label(_name(listed)),
    "papers.list_names": lambda listed: papers.list_names("S", [_name(listed)] * 25, _TEXTS),
    "papers.render_menu": lambda listed: papers.render_menu([_name(listed)] * 25, _TEXTS),
    "markdown.keep_sentences": lambda listed: markdown.keep_sentences(_body(listed), 1024),
    "sentences.find_sentence": lambda listed: sentences.find_sentence(listed.paper, _TEXTS),
    "names.content_line": lambda listed: names.content_line([listed] * 25, 30),
    "names.thread_name": lambda listed: names.thread_name("Feb 21", [listed] * 25),
    "names.paper_thread_name": lambda listed: names.paper_thread_name(listed.paper),
    "brief.render_brief": lambda listed: brief.render_brief([listed] * 25, _FACTS, _TEXTS),
    "post_cards.render_card": lambda listed: post_cards.render_card(listed, _TEXTS, room=1000),
    "posts.build_rows": lambda listed: to_view(posts.build_rows([listed], _TEXTS), "m"),
    "posts.render_rest": lambda listed: posts.render_rest(
        [(1, listed)] * 25, _TEXTS, title="T", page=0, turn=lambda page: f"p{page}"
    ),
    "rankings.render_ranking": lambda listed: rankings.render_ranking(
        _ranking(listed), _WINDOW, _TEXTS, is_latest=True
    ),
    "config.texts": lambda listed: _TEXTS("paper-authors-more", names=_body(listed), count=3),
    "output.paper_json": output.paper_json,
    "output.table_lines": lambda listed: list(output.table_lines([listed])),
}
"""Each renders a paper, or the text of its first section, in one step."""


def lay_out_posts(listed: ListedPaper, copies: int = 25) -> Iterator[Callable[[], object]]:
    """Yield a function per layout that renders and encodes a post of copies of a paper."""
    selection = Selection(Coverage.of(Frequency.DAY, _DAY), (listed,) * copies, copies, _READ_AT)

    def render_and_encode(layout: Layout) -> object:
        _, messages = render(selection, PostOptions(layout=layout, language="en"), _TEXTS)
        return [encode(each) for each in messages]

    for layout in Layout:
        yield partial(render_and_encode, layout)


def write_lines(listed: ListedPaper) -> Iterator[Callable[[], object]]:
    """Yield functions that each produce one plain line of a paper."""
    lines = iter(output.paper_lines(listed))
    last = object()
    is_over = False

    def step() -> None:
        nonlocal is_over
        is_over = next(lines, last) is last

    while not is_over:
        yield step


def draw_on_terminal(listed: ListedPaper) -> Iterator[Callable[[], object]]:
    """Yield functions that each print one part of a paper on a terminal."""
    console = Console(file=io.StringIO(), force_terminal=True, width=100, markup=False)

    def step(part: RenderableType) -> Callable[[], object]:
        return lambda: console.print(part)

    yield from map(step, draw_paper(listed).renderables)
