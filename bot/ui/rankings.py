"""A ranking by votes as pages of one embed each."""

from dataclasses import dataclass
from datetime import date

import discord

from bot.ui import actions, limits
from bot.ui.markdown import plain, title_of
from bot.ui.papers import COLOUR
from bot.ui.rendering import render_each
from config.texts import Texts
from storage.records import ListedPaper, Ranking

PAGE = 10
"""Papers a page."""
_TITLE_ROOM = 160


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of which ranking is shown."""

    period: str
    """A value of `bot.time_range.TimeRange`."""
    anchor: date
    """The digest that the ranking ends at."""
    count: int
    """Papers asked for, over all pages."""
    page: int
    """0-based."""
    owner: int
    """The Discord user who asked."""

    @property
    def offset(self) -> int:
        """How many papers stand on earlier pages."""
        return self.page * PAGE

    @property
    def limit(self) -> int:
        """How many papers stand on this page at most."""
        return min(PAGE, self.count - self.offset)

    def pages(self, total: int) -> int:
        """Return how many pages there are where the ranking has `total` papers."""
        return -(-min(self.count, total) // PAGE)


def embed(ranking: Ranking, window: Window, texts: Texts) -> discord.Embed:
    """Draw one page of a ranking: dates covered, a line a paper, when votes were read."""
    drawn = discord.Embed(
        title=texts(f"top-title-{window.period}", count=min(window.count, ranking.total)),
        colour=COLOUR,
        timestamp=ranking.votes_read_at,
    )
    lines = [_covered(ranking, texts), ""]
    rendered = render_each(
        ranking.papers,
        lambda place, listed: _line(place, listed, texts),
        start=window.offset + 1,
    )
    lines += [line for _, line in rendered]
    drawn.description = limits.cut("\n".join(lines), limits.EMBED_DESCRIPTION)
    pages = window.pages(ranking.total)
    parts = [texts("top-page", page=window.page + 1, pages=pages)] if pages > 1 else []
    parts += [texts("top-votes-as-of")] if ranking.votes_read_at else []
    if parts:
        drawn.set_footer(text=" · ".join(parts))
    return drawn


def _covered(ranking: Ranking, texts: Texts) -> str:
    if ranking.first is None or ranking.last is None:
        return ""
    if ranking.first == ranking.last:
        return texts("top-covers-day", day=ranking.first, total=ranking.total)
    return texts("top-covers", first=ranking.first, last=ranking.last, total=ranking.total)


def _line(place: int, listed: ListedPaper, texts: Texts) -> str:
    paper = listed.paper
    title = limits.shorten(plain(title_of(paper)), _TITLE_ROOM)
    votes = f"▲{paper.votes}" if paper.votes is not None else texts("top-unknown")
    return f"{place}\\. [{title}]({paper.url}) · **{votes}** · `{paper.arxiv_id}`"


def buttons(ranking: Ranking, window: Window, texts: Texts) -> actions.Drawn:
    """Return the buttons to other pages, none where there is one page."""
    pages = window.pages(ranking.total)
    if pages <= 1:
        return actions.Drawn()

    def turn(label: str, page: int) -> discord.ui.Button[actions.Drawn]:
        return discord.ui.Button(
            label=texts(label),
            disabled=not 0 <= page < pages,
            custom_id=actions.top(
                window.period, window.count, window.anchor, window.owner, max(page, 0)
            ),
        )

    return actions.Drawn(turn("top-previous", window.page - 1), turn("top-next", window.page + 1))
