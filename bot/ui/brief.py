"""Rendering of a post in the style Brief: the first paper with a sentence, then a list.

All that a reader needs is in these embeds and the post's first line: copies of a published post
have no menu and no buttons.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import discord

from bot.ui import limits
from bot.ui.columns import shorten, width
from bot.ui.markdown import escape, title_of
from bot.ui.names import split_title
from bot.ui.paper_texts import name_sources
from bot.ui.papers import COLOUR
from bot.ui.pictures import figure_of
from bot.ui.sentences import find_sentence
from config.texts import Texts
from storage.records import ListedPaper

ENTRY_COLUMNS: Final = 110
"""The most columns of an entry of the list."""
_NARROWER: Final = (ENTRY_COLUMNS, 90, 70, 50, 30, 20)
"""Columns of an entry, fewer where a list of hostile titles would not fit a message."""
_LEAST_REST: Final = 12
"""Columns; less of the rest of a title is not shown behind its name."""
_LEAST_NAME: Final = 12
"""Columns of a name or title."""
SEPARATOR: Final = " · "


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What a post says besides its papers, in its language."""

    heading: str
    """The day, and how many of its papers the post has."""
    url: str
    """The page of that day, week or month."""
    as_of: str | None
    """When votes were read; `None` if that isn't known."""
    notes: tuple[str, ...] = ()
    """Lines about the period, and about days without a post; escaped."""
    posted: Mapping[str, str] = field(default_factory=dict)
    """Of papers that the channel has had: by id, when that was, such as “posted Tue”."""


def render_brief(
    papers: Sequence[ListedPaper], facts: PostFacts, texts: Texts
) -> tuple[discord.Embed, ...]:
    """Render the first paper, and the others as a list in as many embeds as it takes.

    Args:
        papers: 1 to 25.
        facts: What is said once.
        texts: In the language of the post.
    """
    lead, sources = _render_lead(papers[0], facts, texts)
    footer = SEPARATOR.join(filter(None, (facts.as_of, *sources)))
    notes = "\n".join(facts.notes)
    if len(papers) == 1:
        lead.description = "\n\n".join(filter(None, (lead.description, notes))) or None
        embeds = [lead]
    else:
        room = limits.EMBEDS_TEXT - limits.embed_length(lead) - limits.length(footer)
        embeds = [lead, *_render_list(papers[1:], facts, room)]
    if footer:
        embeds[-1].set_footer(text=footer)
    return tuple(embeds)


def _render_lead(
    listed: ListedPaper, facts: PostFacts, texts: Texts
) -> tuple[discord.Embed, list[str]]:
    """Return the embed of the first paper, and whose text is in it."""
    paper = listed.paper
    sentence = find_sentence(paper, texts)
    posted = facts.posted.get(paper.arxiv_id)
    lines = [sentence.text if sentence else "", f"*{posted}*" if posted else ""]
    embed = discord.Embed(
        title=limits.shorten(escape(title_of(paper)), limits.EMBED_TITLE),
        url=paper.url,
        description="\n".join(filter(None, lines)) or None,
        colour=COLOUR,
    )
    embed.set_author(name=facts.heading, url=facts.url)
    if figure := figure_of(paper):
        embed.set_thumbnail(url=figure)
    return embed, name_sources([sentence.chosen], texts, is_short=True) if sentence else []


def _render_list(papers: Sequence[ListedPaper], facts: PostFacts, room: int) -> list[discord.Embed]:
    """Return embeds that list papers, with notes below them, within `room` characters."""
    parts: list[str] = []
    for columns in _NARROWER:
        lines = [
            render_entry(each, columns, facts.posted.get(each.paper.arxiv_id, ""))
            for each in papers
        ]
        if facts.notes:
            lines += ["", *facts.notes]
        parts = list(_join_lines(lines))
        if sum(map(limits.length, parts)) <= room:
            break
    return [discord.Embed(description=part, colour=COLOUR) for part in parts]


def _join_lines(lines: Iterable[str]) -> Iterable[str]:
    """Yield lines joined to as few descriptions of embeds as they fit."""
    text = ""
    for line in lines:
        longer = f"{text}\n{line}" if text else line
        if text and not limits.fits(longer, limits.EMBED_DESCRIPTION):
            yield text.strip("\n")
            longer = line
        text = longer
    yield text.strip("\n")


def render_entry(listed: ListedPaper, columns: int = ENTRY_COLUMNS, posted: str = "") -> str:
    """Return a paper as a line: votes, its linked name, and the rest of its title.

    A title without a name is linked as a whole. If the channel has had the paper, `posted` says
    when.
    """
    paper = listed.paper
    votes = f"▲{paper.votes} " if paper.votes is not None else ""
    name, rest = split_title(title_of(paper))
    tail = f"{SEPARATOR}*{posted}*" if posted else ""
    room = max(columns - width(votes) - width(tail), _LEAST_NAME)
    if name is None or width(name) >= room:
        name, rest = shorten(title_of(paper), room), ""
    room -= width(name) + 1
    rest = shorten(rest, room) if room >= min(_LEAST_REST, width(rest)) else ""
    linked = f"**{votes}[{escape(name)}]({paper.url})**"
    return (f"{linked} {escape(rest)}" if rest else linked) + tail
