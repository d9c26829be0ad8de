"""Update the numbers of a message that was sent, and nothing else of it. Pure.

A paper's title, text or picture may have changed since, a part that Discord refused is not in the
message, and a message of an older version looks different. So we put current numbers into the
message that was sent, instead of sending what would be rendered now.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import discord

from bot.ui.messages import Control, DiscussButton, Menu, Message, RestButton

_NUMBERS: Final = re.compile(r" ?▲ ?[\d,]+|[\d,]+")
_VOTES: Final = re.compile(r"▲ ?[\d,]+")
_VOTES_OF_LINE: Final = re.compile(r"(?P<before>\*\*▲)[\d,]+|\A\*\*(?=\[)")
_LINK: Final = re.compile(r"\]\(https://arxiv\.org/abs/(?P<id>[^\s()]+)\)")
_PAPER: Final = re.compile(r"/abs/(?P<id>\S+)\Z")
_STAMP: Final = re.compile(r"<t:\d+:f>")


@dataclass(frozen=True, slots=True)
class CurrentVotes:
    """The votes of a post's papers."""

    votes: Mapping[str, int | None]
    """By arXiv id."""
    read_at: datetime | None
    """UTC; `None` if that is not known."""


def update_numbers(sent: Message, rendered: Message, current: CurrentVotes) -> Message:
    """Return a message that was sent, with current votes, totals and time of votes.

    Args:
        sent: As it was sent; may be of an older version.
        rendered: The same message, rendered now.
        current: The votes.
    """
    as_of = sent.as_of and (rendered.as_of or sent.as_of)
    headings = {embed.url: embed.author.name or "" for embed in rendered.embeds if embed.url}
    embeds = tuple(
        _update_embed(embed, headings.get(embed.url or "", ""), current, (sent.as_of, as_of))
        for embed in sent.embeds
    )
    controls = [item for row in rendered.rows for item in row]
    rows = tuple(
        tuple(_update_control(each, controls, current) for each in row) for row in sent.rows
    )
    content = _update_content(sent, rendered, current)
    return replace(sent, content=content, embeds=embeds, rows=rows, as_of=as_of)


def _update_content(sent: Message, rendered: Message, current: CurrentVotes) -> str | None:
    content = sent.content
    if content is None:
        return None
    if current.read_at is not None:  # of an older version
        content = _STAMP.sub(discord.utils.format_dt(current.read_at, "f"), content)
    renewed = _renew(content, rendered.content or "")
    if renewed != content:
        return renewed
    # The title of a paper has changed since, or nothing has.
    paper = _PAPER.search((sent.embeds[0].url if sent.embeds else None) or "")
    votes = current.votes.get(paper["id"]) if paper else None
    return content if votes is None else _VOTES.sub(f"▲{votes}", content, count=1)


def _renew(before: str, now: str) -> str:
    """Return the text of now if it differs in numbers only, or else the one before."""
    return now if _NUMBERS.sub("", now) == _NUMBERS.sub("", before) else before


def _update_embed(
    embed: discord.Embed,
    heading: str,
    current: CurrentVotes,
    as_of: tuple[str | None, str | None],
) -> discord.Embed:
    changed = embed.copy()
    paper = _PAPER.search(embed.url or "")
    name = embed.author.name
    if name:
        votes = current.votes.get(paper["id"]) if paper else None
        if votes is not None:
            name = _VOTES.sub(lambda found: _with_votes(found[0], votes), name, count=1)
        changed.set_author(
            name=_renew(name, heading), url=embed.author.url, icon_url=embed.author.icon_url
        )
    if paper is None and embed.description:
        lines = embed.description.split("\n")
        changed.description = "\n".join(_update_line(line, current) for line in lines)
    before, after = as_of
    if before and after and embed.footer.text:
        changed.set_footer(
            text=embed.footer.text.replace(before, after), icon_url=embed.footer.icon_url
        )
    if embed.timestamp is not None and current.read_at is not None:
        changed.timestamp = current.read_at
    return changed


def _with_votes(found: str, votes: int) -> str:
    """Return votes as they were written before: `▲ 3` or `▲3`."""
    return f"▲ {votes:,}" if found.startswith("▲ ") else f"▲{votes}"


def _update_line(line: str, current: CurrentVotes) -> str:
    link = _LINK.search(line)
    votes = current.votes.get(link["id"]) if link else None
    if votes is None:
        return line
    return _VOTES_OF_LINE.sub(
        lambda found: f"**▲{votes}" if found["before"] else f"**▲{votes} ", line, count=1
    )


def _update_control(control: Control, rendered: list[Control], current: CurrentVotes) -> Control:
    match control:
        case Menu(placeholder, options):
            menus = [each.placeholder for each in rendered if isinstance(each, Menu)]
            renewed = tuple(
                replace(
                    each, description=_VOTES.sub(_with_votes(found[0], votes), each.description)
                )
                if (found := _VOTES.search(each.description))
                and (votes := current.votes.get(each.arxiv_id)) is not None
                else each
                for each in options
            )
            return Menu(menus[0] if menus else placeholder, renewed)
        case RestButton(label, coverage, shown):
            labels = [each.label for each in rendered if isinstance(each, RestButton)]
            return RestButton(labels[0] if labels else label, coverage, shown)
        case DiscussButton():
            return control
