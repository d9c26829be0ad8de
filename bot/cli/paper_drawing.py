"""One whole paper on a terminal, its sections rendered as Discord renders them."""

from collections.abc import Iterable
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.cli.output import facts_of, texts_of, votes_and_rank
from bot.cli.streams import clean, clean_line
from bot.discord_markdown.terminal import TerminalMarkdown
from bot.ui import limits
from bot.ui.markdown import READ, one_line, title_of
from storage.records import ListedPaper

_MAX_MARKDOWN: Final = 32_768
"""Characters of a section that is rendered as Markdown; a longer one is shown as it is written.

rich takes up to half a second to draw so many, and nothing is visible before.
"""
_PIECE: Final = 2_048
"""Characters of a longer text that are drawn at once."""


def draw_paper(listed: ListedPaper) -> Group:
    """Return the drawing of a whole paper."""
    paper = listed.paper
    head = Text.assemble(
        (clean_line(title_of(paper, READ)), f"bold link {paper.url}"),
        "\n",
        (votes_and_rank(listed), "dim"),
    )
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="cyan", no_wrap=True)
    facts.add_column()
    facts.add_row("arXiv", Text(paper.url))
    for name, value in facts_of(paper):
        facts.add_row(name, Text(value))
    authors = clean_line(", ".join(paper.authors))
    is_long = len(authors) > _PIECE
    if authors and not is_long:
        facts.add_row("Authors", Text(authors))
    parts: list[RenderableType] = [Panel(head, border_style="red"), Padding(facts, (0, 1))]
    if is_long:
        parts += [_heading("Authors"), *_plain(authors)]
    for text in texts_of(paper):
        if text.title is not None:
            parts.append(_heading(text.title, style="bold red"))
        for section in text.sections:
            parts.append(_heading(section.heading) if section.heading is not None else Text())
            if text.is_markdown and len(section.body) <= _MAX_MARKDOWN:
                parts.append(Padding(TerminalMarkdown(clean(section.body)), (0, 1)))
            else:
                parts += _plain(section.body)
    return Group(*parts)


def _heading(text: str, *, style: str = "bold") -> RenderableType:
    return Padding(Text(clean_line(one_line(text)), style=style), (1, 1, 0, 1))


def _plain(text: str) -> Iterable[RenderableType]:
    """Yield a long text in parts, each of which is drawn quickly."""
    for piece in limits.pieces(clean(text), _PIECE):
        yield Padding(Text(piece), (0, 1))
