"""Rendering of a post's parts: its list, and the menu and buttons below it."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import discord

from bot.ui import actions, limits
from bot.ui.markdown import escape, title_of
from bot.ui.messages import Menu, Option, RestButton, Row, to_items
from bot.ui.pager import Pager
from bot.ui.paper_texts import beginning_of
from bot.ui.papers import COLOUR, divide_room
from bot.ui.rendering import render_each
from config.texts import Texts
from storage.records import ListedPaper

PAGE = limits.SELECT_OPTIONS
"""Papers on a page of those that a post doesn't show: as many as a menu has options."""
_TITLE_ROOM = 90
"""The most characters of a title in a list of 25; with 71 others a line, all fit an embed."""
_TITLES_ROOM = 1_500
_SENTENCE_ROOM = 240
_SHORTEST_SENTENCE = 16
_MOST_MISSED_DAYS = 5


def format_votes_time(read_at: datetime | None, texts: Texts) -> str:
    """Return when votes were read, in UTC, for labels, where Discord renders no time stamps."""
    if read_at is None:
        return texts("votes-never-read")
    return texts("votes-as-of", at=read_at.astimezone(UTC))


def format_missed_days(days: Sequence[tuple[date, str | None]], texts: Texts) -> str:
    """Return a line with the newest five days that were missed, with links where known."""
    newest = sorted(days, key=lambda pair: pair[0])[-_MOST_MISSED_DAYS:]
    links = ", ".join(f"[{day}](<{url}>)" if url else str(day) for day, url in newest)
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


def render_list(
    papers: Sequence[ListedPaper], texts: Texts, *, read_at: datetime | None
) -> discord.Embed:
    """Render a list: a line per paper with its votes, and its first sentence if there is room.

    Args:
        papers: 1 to 25.
        texts: In the language of the post.
        read_at: When the newest of their votes were read, UTC; `None` if none ever were.
    """
    title_room = min(max(_TITLES_ROOM // len(papers), _TITLE_ROOM), limits.EMBED_TITLE)
    lines = [_line(place, each, texts, title_room) for place, each in enumerate(papers, start=1)]
    sentences = [limits.shorten(beginning_of(each.paper, texts), _SENTENCE_ROOM) for each in papers]
    room = limits.EMBED_DESCRIPTION - sum(limits.length(line) + 2 for line in lines)
    rooms = divide_room([limits.length(each) for each in sentences], max(room, 0))
    described = []
    for line, sentence, space in zip(lines, sentences, rooms, strict=True):
        fits = limits.length(sentence) <= space or space >= _SHORTEST_SENTENCE
        described.append(line)
        if sentence and fits:
            described.append(limits.shorten(sentence, space))
    embed = discord.Embed(description="\n".join(described), colour=COLOUR, timestamp=read_at)
    if read_at is not None:
        embed.set_footer(text=texts("top-votes-as-of"))
    return embed


def _line(place: int, listed: ListedPaper, texts: Texts, title_room: int = _TITLE_ROOM) -> str:
    paper = listed.paper
    title = limits.shorten(escape(title_of(paper)), title_room)
    votes = f"▲{paper.votes}" if paper.votes is not None else texts("top-unknown")
    return f"{place}\\. [{title}]({paper.url}) · **{votes}**"


def build_rows(
    papers: Sequence[ListedPaper],
    texts: Texts,
    *,
    read_at: datetime | None,
    coverage: str | None = None,
    more: int = 0,
) -> tuple[Row, ...]:
    """Return a menu of papers, and a button that lists the others of the coverage, if any.

    Args:
        papers: 1 to 25, no id twice.
        texts: In the language of the post.
        read_at: When the newest of their votes were read, UTC; `None` if none ever were.
        coverage: The key of the post's coverage, such as `day:2025-02-21`; `None` for no button.
        more: How many papers of the coverage the post doesn't show.
    """
    menu = Menu(
        texts("post-menu", age=format_votes_time(read_at, texts)),
        tuple(_option(each, texts) for each in papers),
    )
    if coverage is None or not more:
        return ((menu,),)
    label = texts("post-rest", count=more, age=format_votes_time(read_at, texts))
    return ((menu,), (RestButton(label, coverage),))


def _option(listed: ListedPaper, texts: Texts) -> Option:
    paper = listed.paper
    key = "post-option" if paper.votes is not None else "post-option-unknown"
    description = texts(key, id=paper.arxiv_id, votes=paper.votes or 0)
    return Option(limits.shorten(title_of(paper), limits.OPTION_TEXT), paper.arxiv_id, description)


def render_rest(
    papers: Sequence[ListedPaper],
    texts: Texts,
    *,
    title: str,
    page: int,
    turn: Callable[[int], str],
) -> tuple[discord.Embed, actions.StaticView]:
    """Render a page of the papers that a post doesn't show, with a menu that opens them.

    Args:
        papers: All of them, in order; may be empty.
        texts: In the language of the person who asked.
        title: The title of the page.
        page: 0-based; a number past the last page gives the last page.
        turn: Returns the `custom_id` of the button to a page.
    """
    pager = Pager.at(page, items=len(papers), size=PAGE)
    rendered = render_each(
        papers[pager.first :][:PAGE],
        lambda rank, each: (_line(rank, each, texts), _option(each, texts)),
        start=pager.first + 1,
    )
    shown = [each for each, _ in rendered]
    read_at = max((each.votes_read_at for each in shown if each.votes_read_at), default=None)
    lines = [line for _, (line, _) in rendered]
    embed = discord.Embed(
        title=limits.shorten(title, limits.EMBED_TITLE),
        description="\n".join(lines) or texts("post-rest-none"),
        colour=COLOUR,
    )
    pager.set_footer(embed, texts, votes_read_at=read_at)
    items = to_items(build_rows(shown, texts, read_at=read_at), "rest") if shown else []
    return embed, actions.StaticView(*items, *pager.buttons(texts, turn))
