"""Rendering of what every style of post has: the menu and buttons below it, and its notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import discord

from bot.ui import actions, limits
from bot.ui.markdown import escape, title_of
from bot.ui.messages import (
    Control,
    DiscussButton,
    Menu,
    Option,
    RestButton,
    Row,
    to_select,
)
from bot.ui.pager import Pager
from bot.ui.papers import COLOUR
from bot.ui.rendering import render_each
from config.texts import Texts
from storage.records import ListedPaper, newest_votes_time

PAGE = limits.SELECT_OPTIONS
"""Papers on a page of those that a post doesn't show: as many as a menu has options."""
_TITLE_ROOM = 90
"""The most characters of a title in a page of 25; with 71 others a line, all fit an embed."""
MENU = 15
"""Papers in the menu of a post that shows fewer: those that it shows, then the next ones."""
_MOST_MISSED_DAYS = 5


def format_missed_days(days: Sequence[tuple[date, str | None]], texts: Texts) -> str:
    """Return a line with the newest five days that were missed, with links where known."""
    newest = sorted(days, key=lambda pair: pair[0])[-_MOST_MISSED_DAYS:]
    names = [(texts("post-short-day", day=day), url) for day, url in newest]
    links = ", ".join(f"[{name}]({url})" if url else name for name, url in names)
    more = len(days) - len(newest)
    if more:
        return texts("post-passed-over-more", days=links, count=more)
    return texts("post-passed-over", days=links)


def format_outage(days: Sequence[date], source: str, texts: Texts) -> str:
    """Return a line with the days that had no papers because their source failed.

    Args:
        days: Oldest first; of many, the newest five are named.
        source: What could not be read, such as "Hugging Face".
        texts: In the language of the post.
    """
    names = [texts("post-outage-day", weekday=day.isoweekday()) for day in days]
    return texts("post-outage", days=", ".join(names[-_MOST_MISSED_DAYS:]), source=escape(source))


def _line(number: int, listed: ListedPaper, texts: Texts, title_room: int = _TITLE_ROOM) -> str:
    paper = listed.paper
    title = limits.shorten(escape(title_of(paper)), title_room)
    votes = f"▲{paper.votes}" if paper.votes is not None else texts("top-unknown")
    return f"{number}\\. [{title}]({paper.url}) · **{votes}**"


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a post offers of the papers that it doesn't show."""

    coverage: str
    """The key of the post's coverage, such as `day:2025-02-21`."""
    total: int
    """The number of papers in the coverage."""
    papers: tuple[ListedPaper, ...] = ()
    """The next ones, for the menu."""
    can_discuss: bool = False
    """Whether a button opens a thread on the post."""


def build_rows(
    papers: Sequence[ListedPaper], texts: Texts, remaining: Remaining | None = None
) -> tuple[Row, ...]:
    """Return a menu of papers, and buttons that list all of them and open a thread.

    Args:
        papers: 1 to 25, no id twice.
        texts: In the language of the post.
        remaining: `None` for the menu alone.
    """
    options = [_option(each, texts) for each in papers]
    if remaining is None:
        return ((Menu(texts("post-menu"), tuple(options)),),)
    following = remaining.papers[: max(MENU - len(papers), 0)]
    # A paper further down must not keep a post from being sent.
    options += [option for _, option in render_each(following, lambda _, it: _option(it, texts))]
    buttons: list[Control] = []
    if remaining.total > len(papers):
        label = texts("post-all", total=remaining.total)
        buttons.append(RestButton(label, remaining.coverage, len(papers)))
    if remaining.can_discuss:
        buttons.append(DiscussButton(texts("post-discuss"), remaining.coverage))
    menu = Menu(texts("post-menu"), tuple(options))
    return ((menu,), tuple(buttons)) if buttons else ((menu,),)


def _option(listed: ListedPaper, texts: Texts) -> Option:
    paper = listed.paper
    key = "post-option" if paper.votes is not None else "post-option-unknown"
    description = texts(key, id=paper.arxiv_id, votes=paper.votes or 0)
    return Option(limits.shorten(title_of(paper), limits.OPTION_TEXT), paper.arxiv_id, description)


def render_rest(
    papers: Sequence[tuple[int, ListedPaper]],
    texts: Texts,
    *,
    title: str,
    page: int,
    turn: Callable[[int], str],
    post_id: int | None = None,
) -> tuple[discord.Embed, actions.StaticView]:
    """Render a page of the papers that a post doesn't show, with a menu that opens them.

    Args:
        papers: All of them in order, each with its rank in the coverage; may be empty.
        texts: In the language of the person who asked.
        title: The title of the page.
        page: 0-based; a number past the last page gives the last page.
        turn: Returns the `custom_id` of the button to a page.
        post_id: The post's message; `None` for a preview.
    """
    pager = Pager.at(page, items=len(papers), size=PAGE)
    wanted = papers[pager.first :][:PAGE]
    ranks = {listed.paper.arxiv_id: rank for rank, listed in wanted}
    rendered = render_each(
        [listed for _, listed in wanted],
        lambda _, each: (_line(ranks[each.paper.arxiv_id], each, texts), _option(each, texts)),
    )
    shown = [each for each, _ in rendered]
    lines = [line for _, (line, _) in rendered]
    embed = discord.Embed(
        title=limits.shorten(title, limits.EMBED_TITLE),
        description="\n".join(lines) or texts("post-rest-none"),
        colour=COLOUR,
    )
    pager.set_footer(embed, texts, votes_read_at=newest_votes_time(shown))
    menu = Menu(texts("post-menu"), tuple(option for _, (_, option) in rendered))
    items = [to_select(menu, actions.rest_open(post_id))] if shown else []
    return embed, actions.StaticView(*items, *pager.buttons(texts, turn))
