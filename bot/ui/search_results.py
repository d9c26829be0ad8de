"""Rendering of what a search has found: pages of one embed each, with menus and buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import discord

from bot.ui import actions, limits
from bot.ui.columns import shorten
from bot.ui.markdown import escape, one_line, title_of
from bot.ui.names import plain
from bot.ui.pager import Pager
from bot.ui.papers import COLOUR, paper_menu
from bot.ui.rendering import render_each
from config.texts import Texts
from storage.records import ListedPaper, PaperName, newest_votes_time

PAGE: Final = 5
"""Papers on a page: with their passages they fill a phone."""
_TITLE_ROOM: Final = 160
_QUERY_ROOM: Final = 150
_PASSAGE_ROOM: Final = 400
_AUTHORS_OF_A_PAPER: Final = 5
"""Authors of one paper in the menu, besides those whom the query names."""
_NAMED: Final = 3
"""Authors that the query names, above a passage."""
_NAME_ROOM: Final = 100
_LINE_COLUMNS: Final = 70
_MOST_TERMS: Final = 5
_TERM_ROOM: Final = 60


class Piece(Protocol):
    """A piece of a passage."""

    @property
    def text(self) -> str: ...  # noqa: D102 - as storage has it

    @property
    def is_match(self) -> bool: ...  # noqa: D102 - as storage has it


class Result(Protocol):
    """A paper that was found."""

    @property
    def listed(self) -> ListedPaper: ...  # noqa: D102 - as storage has it

    @property
    def snippet(self) -> Sequence[Piece]: ...  # noqa: D102 - as storage has it

    @property
    def authors(self) -> Sequence[str]: ...  # noqa: D102 - as storage has it


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of what a search has found."""

    papers: Sequence[Result]
    query: str
    """What was searched for, as it was typed."""
    conditions: Sequence[str]
    """What else was asked for, and the order, in the language of the reader."""
    total: int
    has_more: bool
    """Whether there are more than `total`."""
    is_partial: bool
    """Whether there were too many to compare all of them."""
    is_indexing: bool
    """Whether older papers are not all indexed yet."""
    also: Sequence[str]
    """Terms in the other language that were searched, too."""
    page: int
    """0-based."""
    is_by_meaning: bool = False
    """Whether no paper has the words, and these are the nearest in meaning."""
    notes: Sequence[str] = ()
    """What of the query wasn't read as it was typed, in the language of the reader."""

    @property
    def pager(self) -> Pager:
        """The pager of this page."""
        return Pager.at(self.page, items=self.total, size=PAGE)


def render_page(page: ResultPage, texts: Texts) -> discord.Embed:
    """Render a page: how many papers, a title with a passage for each, when votes were read."""
    embed = discord.Embed(title=search_title(page.query, page.conditions, texts), colour=COLOUR)
    lines = [_describe(page, texts)]
    results = {result.listed.paper.arxiv_id: result for result in page.papers}
    rendered = render_each(
        [result.listed for result in page.papers],
        lambda number, listed: _entry(number, results[listed.paper.arxiv_id], texts),
        start=page.pager.first + 1,
    )
    lines += [entry for _, entry in rendered]
    embed.description = limits.cut("\n\n".join(lines), limits.EMBED_DESCRIPTION)
    page.pager.set_footer(
        embed, texts, votes_read_at=newest_votes_time(result.listed for result in page.papers)
    )
    return embed


def search_title(query: str, conditions: Sequence[str], texts: Texts) -> str:
    """Return the title of what a search has found, escaped.

    Args:
        query: As it was typed.
        conditions: What else was asked for, in the language of the reader.
        texts: In the language of the reader.
    """
    parts = [limits.shorten(escape(query), _QUERY_ROOM), *conditions]
    return limits.shorten(texts("search-title", query=" · ".join(parts)), limits.EMBED_TITLE)


def line_search(query: str, conditions: Sequence[str], texts: Texts) -> str:
    """Return the same for a line of text that a notification shows, without markup."""
    parts = [shorten(plain(one_line(query)), _LINE_COLUMNS), *conditions]
    return texts("search-title", query=" · ".join(parts))


def _describe(page: ResultPage, texts: Texts) -> str:
    return "\n".join([*_count_lines(page, texts), *page.notes])


def _count_lines(page: ResultPage, texts: Texts) -> list[str]:
    if page.is_by_meaning:
        lines = [texts("search-by-meaning")]
        return [*lines, texts("search-indexing")] if page.is_indexing else lines
    lines = [texts("search-total-more" if page.has_more else "search-total", total=page.total)]
    if page.also:
        terms = [limits.shorten(escape(each), _TERM_ROOM) for each in page.also[:_MOST_TERMS]]
        lines.append(texts("search-also", terms=texts.join(terms)))
    if page.is_indexing:
        lines.append(texts("search-indexing"))
    elif page.is_partial:
        lines.append(texts("search-partial"))
    return lines


def render_title(number: int, listed: ListedPaper, texts: Texts) -> str:
    """Return a line with the title of a paper, its votes and its day, after its 1-based number."""
    paper = listed.paper
    title = limits.shorten(escape(title_of(paper)), _TITLE_ROOM)
    votes = f"▲{paper.votes}" if paper.votes is not None else texts("top-unknown")
    day = texts("search-day", day=listed.digest_date)
    return f"{number}\\. [{title}]({paper.url}) · **{votes}** · {day}"


def _entry(number: int, result: Result, texts: Texts) -> str:
    lines = [render_title(number, result.listed, texts)]
    if result.authors:
        lines.append(_name_authors(result, texts))
    passage = "".join(map(_piece, result.snippet))
    if passage.strip():
        lines.append(limits.cut(passage, _PASSAGE_ROOM))
    return "\n".join(lines)


def _name_authors(result: Result, texts: Texts) -> str:
    """Return the authors whom the query names in bold, and how many others the paper has."""
    shown = result.authors[:_NAMED]
    names = ", ".join(f"**{limits.shorten(escape(name), _NAME_ROOM)}**" for name in shown)
    others = len(result.listed.paper.authors) - len(shown)
    return texts("paper-authors-more", names=names, count=others) if others > 0 else names


def _piece(piece: Piece) -> str:
    """Render a piece of a passage, matches in bold; spaces at its ends are kept."""
    text = escape(piece.text)
    if not text:
        return " " if piece.text else ""
    before = " " if piece.text[:1].isspace() else ""
    after = " " if piece.text[-1:].isspace() else ""
    return f"{before}**{text}**{after}" if piece.is_match else f"{before}{text}{after}"


def render_items(
    page: ResultPage, search_id: int | None, owner: int, texts: Texts, *, can_share: bool = False
) -> actions.StaticView:
    """Return the menus of a page's papers and authors, and the buttons below them.

    Args:
        page: The page.
        search_id: Of the stored search; `None` if it couldn't be stored, which leaves buttons out.
        owner: The Discord user who asked.
        texts: In the language of the reader.
        can_share: Whether a button posts the page for everyone.
    """
    names = [
        PaperName(each.paper.arxiv_id, each.paper.title, each.paper.votes, each.digest_date)
        for each in (result.listed for result in page.papers)
    ]
    items: list[discord.ui.Item[actions.StaticView]] = [paper_menu(names, texts, private=True)]
    if authors := _authors(page):
        items.append(
            discord.ui.Select(
                custom_id=actions.by_author(),
                placeholder=texts("search-choose-author"),
                options=authors,
            )
        )
    if search_id is not None:
        items += page.pager.buttons(texts, lambda number: actions.search(search_id, owner, number))
        if can_share:
            share = actions.search_share(search_id, page.page)
            items.append(discord.ui.Button(label=texts("paper-share"), custom_id=share))
    return actions.StaticView(*items)


def _authors(page: ResultPage) -> list[discord.SelectOption]:
    """Return authors, each with their papers: those whom the query names, then some of each paper.

    Names that don't fit are left out.
    """
    named = [name for result in page.papers for name in result.authors]
    first = [
        name for result in page.papers for name in result.listed.paper.authors[:_AUTHORS_OF_A_PAPER]
    ]
    names = [
        name
        for name in dict.fromkeys([*named, *first])
        if name == " ".join(name.split()) and limits.fits(name, limits.OPTION_TEXT) and escape(name)
    ]
    return [
        discord.SelectOption(label=name, value=name, description=_papers_of(name, page))
        for name in names[: limits.SELECT_OPTIONS]
    ]


def _papers_of(name: str, page: ResultPage) -> str:
    """Return the numbers and titles of the papers on a page that an author has."""
    titles = [
        f"{number}. {title_of(result.listed.paper)}"
        for number, result in enumerate(page.papers, start=page.pager.first + 1)
        if name in result.listed.paper.authors
    ]
    return limits.shorten(" · ".join(titles), limits.OPTION_TEXT)


def render_corrections(
    corrections: Sequence[tuple[str, int]], owner: int
) -> list[discord.ui.Button[actions.StaticView]]:
    """Return a button for each nearest spelling, given with the id of its stored search."""
    return [
        discord.ui.Button(
            label=limits.shorten(text, limits.BUTTON_LABEL),
            custom_id=actions.search(search_id, owner, 0),
        )
        for text, search_id in corrections
    ]
