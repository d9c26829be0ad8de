"""Rendering of a ranking by votes as pages of one embed each."""

from dataclasses import dataclass
from datetime import date

import discord

from bot.ui import actions, limits
from bot.ui.markdown import escape, title_of
from bot.ui.pager import Pager
from bot.ui.papers import COLOUR
from bot.ui.rendering import render_each
from config.texts import Texts
from storage.records import ListedPaper, Ranking

PAGE = 10
"""Papers on a page."""
_TITLE_ROOM = 160
_PERIOD_OF_A_DAY = "today"
"""The period whose title has the day."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which page of which ranking is shown."""

    period: str
    """A value of `bot.time_range.TimeRange`."""
    anchor: date
    """The date of the newest digest in the ranking."""
    count: int
    """Papers asked for, over all pages."""
    page: int
    """0-based."""
    owner: int
    """The Discord user who asked."""

    @property
    def offset(self) -> int:
        """The number of papers on earlier pages."""
        return self.page * PAGE

    @property
    def limit(self) -> int:
        """The most papers on this page."""
        return min(PAGE, self.count - self.offset)

    def pager(self, total: int) -> Pager:
        """Return the pager of this page, for a ranking of `total` papers."""
        pages = max(-(-min(self.count, total) // PAGE), 1)
        return Pager(self.page, pages, PAGE)


def render_ranking(ranking: Ranking, window: Window, texts: Texts) -> discord.Embed:
    """Render one page of a ranking: dates covered, a line per paper, when votes were read."""
    count = min(window.count, ranking.total)
    page = discord.Embed(
        title=texts(f"top-title-{window.period}", count=count, day=window.anchor), colour=COLOUR
    )
    lines = [_describe_coverage(ranking, window, texts), ""]
    rendered = render_each(
        ranking.papers,
        lambda rank, listed: _line(rank, listed, texts),
        start=window.offset + 1,
    )
    lines += [line for _, line in rendered]
    page.description = limits.cut("\n".join(lines), limits.EMBED_DESCRIPTION)
    window.pager(ranking.total).set_footer(page, texts, votes_read_at=ranking.votes_read_at)
    return page


def _describe_coverage(ranking: Ranking, window: Window, texts: Texts) -> str:
    """Return which days have how many papers; without the day if the title has it."""
    if ranking.first is None or ranking.last is None:
        return ""
    if window.period == _PERIOD_OF_A_DAY:
        return texts("top-covers-papers", total=ranking.total)
    if ranking.first == ranking.last:
        return texts("top-covers-day", day=ranking.first, total=ranking.total)
    return texts("top-covers", first=ranking.first, last=ranking.last, total=ranking.total)


def _line(rank: int, listed: ListedPaper, texts: Texts) -> str:
    paper = listed.paper
    title = limits.shorten(escape(title_of(paper)), _TITLE_ROOM)
    votes = f"▲{paper.votes}" if paper.votes is not None else texts("top-unknown")
    return f"{rank}\\. [{title}]({paper.url}) · **{votes}** · `{paper.arxiv_id}`"


def render_buttons(ranking: Ranking, window: Window, texts: Texts) -> actions.StaticView:
    """Return the buttons to other pages, none if there is one page."""

    def turn_to(page: int) -> str:
        return actions.top(window.period, window.count, window.anchor, window.owner, page)

    return actions.StaticView(*window.pager(ranking.total).buttons(texts, turn_to))
