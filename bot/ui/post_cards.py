"""Rendering of a paper as a card of a post. What the whole post says once is not in it."""

from typing import Final

import discord

from bot.ui import limits
from bot.ui.columns import shorten, width
from bot.ui.markdown import escape, is_invisible, keep_sentences, one_line, title_of
from bot.ui.paper_links import further_links, join_links
from bot.ui.papers import COLOUR, SEPARATOR, join_keywords, set_texts
from bot.ui.pictures import figure_of
from config.texts import Texts
from storage.records import KnownPaper, Paper

_AUTHORS_COLUMNS: Final = 40
"""A line of a phone."""
_AUTHOR_READ: Final = 200
_ORGANIZATION_READ: Final = 60
_KEYWORDS_ROOM: Final = 120
_LINKS_ROOM: Final = 200


def render_card(
    known: KnownPaper, texts: Texts, *, room: int, posted: str | None = None
) -> discord.Embed:
    """Render a paper within `room` characters: votes, texts, keywords, links and authors.

    Args:
        known: The paper.
        texts: In the language of the post.
        room: The most characters of the embed, at least 1,000.
        posted: When the channel has had the paper, such as “posted Tue”; `None` for never.
    """
    paper = known.paper
    embed = discord.Embed(
        title=limits.shorten(escape(title_of(paper)), limits.EMBED_TITLE),
        url=paper.url,
        colour=COLOUR,
    )
    if standing := " · ".join(filter(None, (_standing(paper, texts), posted))):
        embed.set_author(name=standing)
    if authors := join_on_one_line(paper.authors):
        embed.set_footer(text=authors)
    if figure := figure_of(paper):
        embed.set_image(url=figure)
    facts = _facts(paper, texts)
    room -= limits.embed_length(embed)
    room -= sum(limits.length(name + value) for name, value in facts)
    fields = limits.EMBED_FIELDS - len(facts)
    set_texts(embed, paper, texts, room=room, fields=fields, cut=keep_sentences)
    for name, value in facts:
        embed.add_field(name=name, value=value, inline=False)
    return embed


def _facts(paper: Paper, texts: Texts) -> list[tuple[str, str]]:
    """Return the names and values of the fields behind a paper's texts."""
    found = [
        (texts("paper-keywords"), join_keywords(paper.details.keywords, _KEYWORDS_ROOM)),
        (texts("paper-links"), join_links(further_links(paper, texts), _LINKS_ROOM)),
    ]
    return [(name, value) for name, value in found if value]


def _standing(paper: Paper, texts: Texts) -> str:
    comments = paper.details.comments
    parts = [
        f"▲{paper.votes}" if paper.votes is not None else "",
        texts("paper-comments", count=comments) if comments else "",
        one_line(paper.details.organization or "", _ORGANIZATION_READ),
    ]
    text = " · ".join(filter(None, parts))
    return texts("paper-withdrawn", standing=text) if paper.details.withdrawn_at else text


def join_on_one_line(authors: tuple[str, ...]) -> str:
    """Return the authors that fit a line, and the number of the others: `Ann, Bo +14`.

    The text is plain, for a footer. At least one author is named.
    """
    shown = ""
    count = 0
    for author in authors:
        name = one_line(author, _AUTHOR_READ)
        longer = f"{shown}{SEPARATOR}{name}" if shown else name
        left = len(authors) - count - 1
        tail = f" +{left}" if left else ""
        if shown and width(longer + tail) > _AUTHORS_COLUMNS:
            break
        shown, count = longer, count + 1
    if is_invisible(shown):
        return ""
    tail = f" +{len(authors) - count}" if len(authors) > count else ""
    return shorten(shown, _AUTHORS_COLUMNS - width(tail)) + tail
