"""Rendering of a ranking by votes as pages of one embed each."""

from dataclasses import dataclass
from datetime import date

import discord

from bot.ui import actions, limits
from bot.ui.markdown import escape, title_of
from bot.ui.messages import Row, to_items
from bot.ui.pager import Pager
from bot.ui.papers import COLOUR
from bot.ui.posts import build_rows
from bot.ui.rendering import render_each
from config.texts import Texts
from storage.records import ListedPaper, Ranking

PAGE = 10
"""Papers on a page."""
_TITLE_ROOM = 160
_PERIOD_OF_A_DAY = "today"
"""The period whose title has the day."""
CHARTED = ("week", "month", "year", "all")
"""The periods that have a chart."""
_EVERY_PERIOD = "all"
"""The period that has no first day."""
_MARK = "top"
"""Stands in the menu of papers, where a post has a mark of its own."""
_DIRECTIONS = (("before", "top-day-before"), ("after", "top-day-after"))
_ROW_OF_DAYS = 2
"""Below the menu and the buttons to other pages."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which page of which ranking is shown."""

    period: str
    """A value of `bot.time_range.TimeRange`."""
    anchor: date
    """The last day of the period."""
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


@dataclass(frozen=True, slots=True)
class RankingPage:
    """A page of a ranking, and what its buttons depend on."""

    embed: discord.Embed
    rows: tuple[Row, ...]
    """The menu of its papers; empty without papers."""
    pager: Pager


def render_ranking(
    ranking: Ranking, window: Window, texts: Texts, *, is_latest: bool
) -> RankingPage:
    """Render one page of a ranking: dates covered, a line per paper, when votes were read.

    Args:
        ranking: The papers of the page.
        window: Which page of which ranking it is.
        texts: In the language of the reader.
        is_latest: Whether the period ends with the newest digest, so that its name tells the days.
    """
    title, coverage = _title_and_coverage(ranking, window, texts, is_latest=is_latest)
    page = discord.Embed(title=title, colour=COLOUR)
    rendered = render_each(
        ranking.papers,
        # Also its row in the menu, so that a paper that has none is left out of both.
        lambda rank, listed: (_line(rank, listed, texts), build_rows([listed], texts)),
        start=window.offset + 1,
    )
    lines = [coverage, "", *(line for _, (line, _) in rendered)]
    page.description = limits.cut("\n".join(lines), limits.EMBED_DESCRIPTION)
    pager = window.pager(ranking.total)
    pager.set_footer(page, texts, votes_read_at=ranking.votes_read_at)
    shown = [listed for listed, _ in rendered]
    return RankingPage(page, build_rows(shown, texts) if shown else (), pager)


def _title_and_coverage(
    ranking: Ranking, window: Window, texts: Texts, *, is_latest: bool
) -> tuple[str, str]:
    """Return the title, and which days have how many papers; without days if the title has them."""
    count = min(window.count, ranking.total)
    first, last = ranking.first, ranking.last
    if first is None or last is None:
        return texts("top-title-today", count=count, day=window.anchor), ""
    papers = texts("top-covers-papers", total=ranking.total)
    if window.period == _PERIOD_OF_A_DAY:
        return texts("top-title-today", count=count, day=window.anchor), papers
    if is_latest or window.period == _EVERY_PERIOD:
        if first == last:
            coverage = texts("top-covers-day", day=first, total=ranking.total)
        else:
            coverage = texts("top-covers", first=first, last=last, total=ranking.total)
        key = f"top-title-{window.period}" if is_latest else "top-title-until"
        return texts(key, count=count, day=window.anchor), coverage
    if first == last:
        return texts("top-title-today", count=count, day=first), papers
    return texts("top-title-days", count=count, first=first, last=last), papers


def _line(rank: int, listed: ListedPaper, texts: Texts) -> str:
    paper = listed.paper
    title = limits.shorten(escape(title_of(paper)), _TITLE_ROOM)
    votes = f"▲{paper.votes}" if paper.votes is not None else texts("top-unknown")
    return f"{rank}\\. [{title}]({paper.url}) · **{votes}** · `{paper.arxiv_id}`"


def render_buttons(
    page: RankingPage, window: Window, days: tuple[date | None, date | None] | None, texts: Texts
) -> actions.StaticView:
    """Return the menu of a page's papers, and the buttons to other pages and days.

    Args:
        page: The page.
        window: Which page of which ranking it is.
        days: The nearest days with papers before and after that of the ranking, `None` where there
            is none; `None` for a ranking of several days.
        texts: In the language of the reader.
    """

    def turn_to(page: int) -> str:
        return actions.top(window.period, window.count, window.anchor, window.owner, page)

    return actions.StaticView(
        *to_items(page.rows, _MARK),
        *page.pager.buttons(texts, turn_to),
        *_chart_buttons(page, window, texts),
        *(_day_buttons(window, days, texts) if days else ()),
    )


def _chart_buttons(
    page: RankingPage, window: Window, texts: Texts
) -> list[discord.ui.Item[actions.StaticView]]:
    """Return the button that shows the chart of a period of several days, if it has papers."""
    if window.period not in CHARTED or not page.rows:
        return []
    custom_id = actions.chart("show", window.period, window.anchor)
    return [discord.ui.Button(label=texts("top-chart"), custom_id=custom_id)]


def _day_buttons(
    window: Window, days: tuple[date | None, date | None], texts: Texts
) -> list[discord.ui.Item[actions.StaticView]]:
    return [
        discord.ui.Button(
            label=texts(key),
            disabled=day is None,
            custom_id=actions.day_beside(direction, window.count, window.anchor, window.owner),
            row=_ROW_OF_DAYS,
        )
        for (direction, key), day in zip(_DIRECTIONS, days, strict=True)
    ]
