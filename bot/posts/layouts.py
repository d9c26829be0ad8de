"""A selection of papers in, messages out: pure, and within Discord's limits.

Below each message stands a menu of its papers, whose `custom_id` carries a mark: Discord gives that
back with the message, a nonce it does not.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

import discord

from bot.posts.subjects import Subject
from bot.ui import limits, posts
from bot.ui.papers import card
from bot.ui.rendering import render_each
from config.texts import Argument, Texts
from storage.records import Layout, ListedPaper, NewSchedule, Span

LONGEST_MARK: Final = 30
_CARDS_A_MESSAGE: Final = 5
_AUTHORS_ROOM: Final = 150


class Place(StrEnum):
    """Where a message of a post goes."""

    CHANNEL = "channel"
    """Into the schedule's channel; in a forum it begins a post."""
    THREAD = "thread"
    """Into the thread that the first message began."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a post is of."""

    subject: Subject
    papers: tuple[ListedPaper, ...]
    """Those chosen, the most voted first; 1 to 25."""
    total: int
    """How many papers the subject has."""
    votes_read_at: datetime | None
    """UTC; the newest reading of the subject's votes, `None` where there never was one."""
    passed_over: tuple[tuple[date, str | None], ...] = ()
    """Days that were missed, each with an address where it can be read."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a post, as it is to be sent."""

    content: str | None
    embeds: tuple[discord.Embed, ...]
    controls: Callable[[str], discord.ui.View] | None
    """Draws what stands below it, given a mark of at most 30 characters, none of them blank."""
    place: Place = Place.CHANNEL
    thread_name: str | None = None
    """Of the thread that begins with this message; in a forum the name of the post."""


def lay_out(
    selection: Selection, schedule: NewSchedule, texts: Texts, *, forum: bool = False
) -> tuple[Message, ...]:
    """Lay out a post.

    Of the schedule count its layout, its mention, and whether it filters; two that are alike in
    these, in selection and in language get the same.

    Args:
        selection: What it is of; at least one paper.
        schedule: How it is to look.
        texts: In whose language.
        forum: Whether it goes to a forum or media channel, where all but its first message are
            answers to that one.
    """
    if not selection.papers:
        raise ValueError("a post has at least one paper")
    heading = _heading(selection, schedule, texts)
    name = limits.shorten(title(selection.subject, texts), limits.THREAD_NAME)
    last = posts.controls(
        selection.papers,
        texts,
        read_at=selection.votes_read_at,
        subject=selection.subject.key,
        more=max(selection.total - len(selection.papers), 0),
    )
    if schedule.layout is Layout.CARDS:
        after = Place.THREAD if forum else Place.CHANNEL
        named = name if forum else None
        return _cards(selection, texts, heading=heading, last=last, after=after, name=named)
    embed = posts.compact(selection.papers, texts, read_at=selection.votes_read_at)
    if schedule.layout is Layout.COMPACT:
        return (Message(heading, (embed,), last, thread_name=name if forum else None),)
    first = Message(heading, (embed,), last, thread_name=name)
    return (first, *_cards(selection, texts, after=Place.THREAD))


def lay_out_renderable(
    selection: Selection, schedule: NewSchedule, texts: Texts, *, forum: bool = False
) -> tuple[Selection, tuple[Message, ...]]:
    """Lay out a post without the papers that can't be rendered.

    Each of those is logged with its traceback.

    Returns:
        The selection without them, and its messages: none where no paper can be rendered.
    """

    def render(chosen: Selection) -> tuple[Message, ...]:
        messages = lay_out(chosen, schedule, texts, forum=forum)
        for message in messages:
            if message.controls is not None:
                message.controls("x" * LONGEST_MARK)
        return messages

    try:
        return selection, render(selection)
    except Exception as error:  # noqa: BLE001 - raised below where it is no single paper's fault
        failure = error
    rendered = render_each(
        selection.papers, lambda _, paper: render(replace(selection, papers=(paper,)))
    )
    if len(rendered) == len(selection.papers):
        raise failure
    selection = replace(selection, papers=tuple(paper for paper, _ in rendered))
    return selection, render(selection) if selection.papers else ()


def _cards(
    selection: Selection,
    texts: Texts,
    *,
    after: Place,
    heading: str | None = None,
    last: posts.Controls | None = None,
    name: str | None = None,
) -> tuple[Message, ...]:
    """Lay out an embed a paper, five to a message and its 6,000 characters.

    So each is short enough to be read over coffee. The first begins with the heading, in the
    channel; the last has the controls of the whole post, each other one those of its own papers.
    """
    papers = selection.papers
    room = limits.EMBEDS_TEXT // _CARDS_A_MESSAGE
    messages = []
    for start in range(0, len(papers), _CARDS_A_MESSAGE):
        shown = papers[start : start + _CARDS_A_MESSAGE]
        is_last = start + _CARDS_A_MESSAGE >= len(papers)
        own = posts.controls(shown, texts, read_at=selection.votes_read_at)
        begins = heading is not None and start == 0
        messages.append(
            Message(
                heading if begins else None,
                tuple(card(p, texts, room=room, authors_room=_AUTHORS_ROOM).embed for p in shown),
                last if is_last and last else own,
                Place.CHANNEL if begins else after,
                name if begins else None,
            )
        )
    return tuple(messages)


def title(subject: Subject, texts: Texts) -> str:
    """Return what a post of a subject is called, on one line, without markup."""
    facts: dict[str, Argument]
    match subject.span:
        case Span.DAY:
            return texts("post-title", day=subject.first)
        case Span.WEEK:
            return texts("post-title-week", first=subject.first, last=subject.last)
        case Span.MONTH:
            facts = {"year": str(subject.first.year), "month": subject.first.month}
            return texts("post-title-month", **facts)


def _heading(selection: Selection, schedule: NewSchedule, texts: Texts) -> str:
    shown, total = len(selection.papers), selection.total
    is_filtered = bool(schedule.include or schedule.exclude or schedule.min_votes is not None)
    if selection.votes_read_at is None:
        key = "post-summary-filtered-unknown" if is_filtered else "post-summary-unknown"
        summary = texts(key, total=total, count=shown)
    else:
        key = "post-summary-filtered" if is_filtered else "post-summary"
        stamp = discord.utils.format_dt(selection.votes_read_at, "f")
        summary = texts(key, total=total, count=shown, stamp=stamp)
    lines = [f"## {title(selection.subject, texts)}", summary]
    if selection.passed_over:
        lines.append(posts.passed_over(selection.passed_over, texts))
    if schedule.mention is not None:
        lines.insert(0, f"<@&{schedule.mention}>")
    return "\n".join(lines)
