"""Lay out a selection of papers as messages, within Discord's limits. Pure.

Each message has a menu of its papers, whose `custom_id` carries the message's mark: unlike a nonce,
Discord returns it with the message later.
"""

from dataclasses import dataclass, replace
from typing import Any, Final, Self

import discord

from bot.posting.coverage import Coverage
from bot.posting.selection import Selection
from bot.ui import limits, posts
from bot.ui.messages import Message, Row, Target
from bot.ui.papers import render_card
from bot.ui.rendering import render_each
from config.texts import Argument, Texts
from storage.records import Frequency, Layout, ScheduleSettings

_CARDS_PER_MESSAGE: Final = 5
_AUTHORS_ROOM: Final = 150
_FEW_VOTES: Final = 5
"""A list whose first paper has fewer votes is too new to speak of its top papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOptions:
    """The options of a schedule and its channel that decide how a post looks."""

    layout: Layout
    language: str
    mention: int | None = None
    silent: bool = False
    is_filtered: bool = False
    """Whether the schedule filters papers, which the heading then says."""
    is_forum: bool = False
    """Whether it goes to a forum or media channel, where all but the first message are replies."""

    @classmethod
    def of(cls, settings: ScheduleSettings, *, is_forum: bool) -> Self:
        """Return the options of a schedule for a channel."""
        return cls(
            layout=settings.layout,
            language=settings.language,
            mention=settings.mention,
            silent=settings.silent,
            is_filtered=settings.is_filtered,
            is_forum=is_forum,
        )

    def to_json(self) -> dict[str, Any]:
        """Return the options as JSON for a delivery's plan, without those that are off or unset."""
        options = {
            "layout": self.layout,
            "language": self.language,
            "mention": self.mention,
            "silent": self.silent,
            "filtered": self.is_filtered,
            "forum": self.is_forum,
        }
        return {name: value for name, value in options.items() if value}

    @classmethod
    def from_json(cls, plan: dict[str, Any]) -> Self:
        """Return the options in a delivery's plan, including plans that version 0.1.0 wrote."""
        had_filter = bool(
            plan.get("include") or plan.get("exclude") or plan.get("min_votes") is not None
        )
        return cls(
            layout=Layout(plan["layout"]),
            language=plan["language"],
            mention=plan.get("mention"),
            silent=bool(plan.get("silent")),
            is_filtered=bool(plan.get("filtered", had_filter)),
            is_forum=bool(plan.get("forum")),
        )


def render(
    selection: Selection, options: PostOptions, texts: Texts
) -> tuple[Selection, tuple[Message, ...]]:
    """Render a post; a paper that can't be rendered is logged with its traceback and left out.

    Returns:
        The selection without those papers, and its messages.

    Raises:
        ValueError: The selection has no paper.
        Exception: None of the papers can be rendered, or no single paper is the cause.
    """
    if not selection.papers:
        raise ValueError("a post has at least one paper")
    try:
        return selection, _render(selection, options, texts)
    except Exception as error:  # noqa: BLE001 - raised below if it is no single paper's fault
        failure = error
    rendered = render_each(
        selection.papers,
        lambda _, paper: _render(replace(selection, papers=(paper,)), options, texts),
    )
    if not rendered or len(rendered) == len(selection.papers):
        raise failure
    left = replace(selection, papers=tuple(paper for paper, _ in rendered))
    return left, _render(left, options, texts)


def _render(selection: Selection, options: PostOptions, texts: Texts) -> tuple[Message, ...]:
    messages = _layout(selection, options, texts)
    first = replace(messages[0], role=options.mention)
    return tuple(replace(each, silent=options.silent) for each in (first, *messages[1:]))


def _layout(selection: Selection, options: PostOptions, texts: Texts) -> tuple[Message, ...]:
    heading = _heading(selection, options, texts)
    name = limits.shorten(title(selection.coverage, texts), limits.THREAD_NAME)
    rows = posts.build_rows(
        selection.papers,
        texts,
        read_at=selection.votes_read_at,
        coverage=selection.coverage.key,
        more=max(selection.total - len(selection.papers), 0),
    )
    if options.layout is Layout.CARDS:
        target = Target.THREAD if options.is_forum else Target.CHANNEL
        cards = _cards(selection, texts, target=target, last_rows=rows)
        first = replace(
            cards[0],
            content=heading,
            target=Target.CHANNEL,
            thread_name=name if options.is_forum else None,
        )
        return (first, *cards[1:])
    embed = posts.render_list(selection.papers, texts, read_at=selection.votes_read_at)
    if options.layout is Layout.BRIEF:
        thread_name = name if options.is_forum else None
        return (Message(heading, (embed,), rows, thread_name=thread_name),)
    first = Message(heading, (embed,), rows, thread_name=name)
    return (first, *_cards(selection, texts, target=Target.THREAD))


def _cards(
    selection: Selection, texts: Texts, *, target: Target, last_rows: tuple[Row, ...] | None = None
) -> tuple[Message, ...]:
    """Return one embed for each paper, at most five and 6,000 characters per message.

    Each message has a menu of its own papers; the last one has `last_rows` instead, if given.
    """
    papers = selection.papers
    room = limits.EMBEDS_TEXT // _CARDS_PER_MESSAGE
    messages = []
    for start in range(0, len(papers), _CARDS_PER_MESSAGE):
        shown = papers[start : start + _CARDS_PER_MESSAGE]
        is_last = start + _CARDS_PER_MESSAGE >= len(papers)
        own = posts.build_rows(shown, texts, read_at=selection.votes_read_at)
        embeds = (
            render_card(each, texts, room=room, authors_room=_AUTHORS_ROOM).embed for each in shown
        )
        rows = last_rows if is_last and last_rows is not None else own
        messages.append(Message(None, tuple(embeds), rows, target))
    return tuple(messages)


def title(coverage: Coverage, texts: Texts) -> str:
    """Return the title of a coverage's post, on one line, without markup."""
    facts: dict[str, Argument]
    match coverage.kind:
        case Frequency.DAY:
            return texts("post-title", day=coverage.first)
        case Frequency.WEEK:
            return texts("post-title-week", first=coverage.first, last=coverage.last)
        case Frequency.MONTH:
            facts = {"year": str(coverage.first.year), "month": coverage.first.month}
            return texts("post-title-month", **facts)


def _heading(selection: Selection, options: PostOptions, texts: Texts) -> str:
    shown, total = len(selection.papers), selection.total
    most = selection.papers[0].paper.votes
    if selection.votes_read_at is None:
        key = "post-summary-filtered-unknown" if options.is_filtered else "post-summary-unknown"
        summary = texts(key, total=total, count=shown)
    else:
        key = "post-summary-filtered" if options.is_filtered else "post-summary"
        if most is not None and most < _FEW_VOTES:
            key = "post-summary-newest"
        stamp = discord.utils.format_dt(selection.votes_read_at, "f")
        summary = texts(key, total=total, count=shown, stamp=stamp)
    lines = [f"## {title(selection.coverage, texts)}", summary]
    if selection.passed_over:
        lines.append(posts.format_missed_days(selection.passed_over, texts))
    if selection.outage:
        lines.append(posts.format_outage(selection.outage.days, selection.outage.source, texts))
    if options.mention is not None:
        lines.insert(0, f"<@&{options.mention}>")
    return "\n".join(lines)
