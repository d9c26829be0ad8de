"""Rendering of the papers that are similar to one: pages of one embed each, with a menu."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import discord

from bot.ui import actions, limits
from bot.ui.markdown import escape, title_of
from bot.ui.pager import Pager
from bot.ui.papers import COLOUR, paper_menu
from bot.ui.rendering import render_each
from bot.ui.search_results import PAGE, render_title
from config.texts import Texts
from storage.records import ListedPaper, Paper, PaperName, newest_votes_time

_TITLE_ROOM: Final = 150
_WORD_ROOM: Final = 60


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """A page of the papers that are similar to one."""

    paper: Paper
    papers: Sequence[tuple[ListedPaper, Sequence[str]]]
    """With the words that each shares with the paper."""
    total: int
    is_indexing: bool
    """Whether older papers are not all indexed yet."""
    page: int
    """0-based."""

    @property
    def pager(self) -> Pager:
        """The pager of this page."""
        return Pager.at(self.page, items=self.total, size=PAGE)


def render_similar(
    page: SimilarPage, texts: Texts, *, private: bool = True, can_share: bool = False
) -> tuple[discord.Embed, actions.StaticView]:
    """Render a page: a title for each paper, and what it shares; a menu, and buttons.

    Args:
        page: The page.
        texts: In the language of the reader.
        private: Whether the buttons turn to other pages; in a channel, one shows them in private.
        can_share: Whether a button posts the page for everyone.
    """
    title = limits.shorten(escape(title_of(page.paper)), _TITLE_ROOM)
    embed = discord.Embed(
        title=limits.shorten(texts("similar-title", title=title), limits.EMBED_TITLE),
        colour=COLOUR,
    )
    lines = [texts("search-indexing")] if page.is_indexing else []
    shares = {listed.paper.arxiv_id: words for listed, words in page.papers}
    listed_papers = [listed for listed, _ in page.papers]
    rendered = render_each(
        listed_papers,
        lambda number, listed: _entry(number, listed, shares[listed.paper.arxiv_id], texts),
        start=page.pager.first + 1,
    )
    lines += [entry for _, entry in rendered]
    embed.description = limits.cut("\n\n".join(lines), limits.EMBED_DESCRIPTION)
    page.pager.set_footer(embed, texts, votes_read_at=newest_votes_time(listed_papers))
    names = [
        PaperName(each.paper.arxiv_id, each.paper.title, each.paper.votes, each.digest_date)
        for each in listed_papers
    ]
    arxiv_id = page.paper.arxiv_id
    items: list[discord.ui.Item[actions.StaticView]] = [paper_menu(names, texts, private=True)]
    if private:
        items += page.pager.buttons(texts, lambda number: actions.similar(arxiv_id, number))
    elif page.pager.pages > 1:
        items.append(_button("paper-similar", actions.similar(arxiv_id), texts))
    if can_share:
        items.append(_button("paper-share", actions.similar_share(arxiv_id, page.page), texts))
    return embed, actions.StaticView(*items)


def _button(key: str, custom_id: str, texts: Texts) -> discord.ui.Button[actions.StaticView]:
    return discord.ui.Button(label=texts(key), custom_id=custom_id)


def _entry(number: int, listed: ListedPaper, words: Sequence[str], texts: Texts) -> str:
    line = render_title(number, listed, texts)
    if not words:
        return f"{line}\n{texts('similar-in-meaning')}"
    shown = [limits.shorten(escape(word), _WORD_ROOM) for word in words]
    return f"{line}\n{texts('similar-shares', words=', '.join(shown))}"
