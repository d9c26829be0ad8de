"""Lay out a selection of papers as messages, within Discord's limits. Pure.

Each message has a menu of its papers, whose `custom_id` carries the message's mark: unlike a nonce,
Discord returns it with the message later.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

import discord

from bot.charts.chart import Chart
from bot.posting.coverage import Coverage
from bot.posting.selection import Selection
from bot.ui import limits, posts
from bot.ui.brief import SEPARATOR, PostFacts, render_brief
from bot.ui.messages import Message, Row, Target
from bot.ui.names import content_line, thread_name
from bot.ui.paper_texts import choose_texts, name_sources
from bot.ui.post_cards import render_card
from bot.ui.rendering import render_each
from bot.ui.trends import ComparedPeriod, build_chart, words
from config.texts import Argument, Texts
from storage.records import Frequency, Layout, ScheduleSettings

_CARDS_PER_MESSAGE: Final = 5
_FACTS_ROOM: Final = 1_000
"""Characters of a message of cards for what the post says once."""
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
    timezone: str = "UTC"
    """IANA name."""
    can_discuss: bool = False
    """Whether readers can open a thread on it: not in forums, threads and previews."""

    @classmethod
    def of(cls, settings: ScheduleSettings, *, is_forum: bool, can_discuss: bool = False) -> Self:
        """Return the options of a schedule for a channel."""
        return cls(
            layout=settings.layout,
            language=settings.language,
            mention=settings.mention,
            silent=settings.silent,
            is_filtered=settings.is_filtered,
            is_forum=is_forum,
            timezone=settings.timezone,
            can_discuss=can_discuss,
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
            "timezone": self.timezone,
            "discuss": self.can_discuss,
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
            timezone=plan.get("timezone", "UTC"),
            can_discuss=bool(plan.get("discuss")),
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
    # Twice, because the first paper of a post is rendered in another way than the others.
    rendered = render_each(
        selection.papers,
        lambda _, paper: _render(replace(selection, papers=(paper, paper)), options, texts),
    )
    if not rendered or len(rendered) == len(selection.papers):
        raise failure
    left = replace(selection, papers=tuple(paper for paper, _ in rendered))
    return left, _render(left, options, texts)


def _render(selection: Selection, options: PostOptions, texts: Texts) -> tuple[Message, ...]:
    messages = _layout(selection, options, texts)
    first = replace(messages[0], role=options.mention, chart=_chart(selection, options, texts))
    return tuple(replace(each, silent=options.silent) for each in (first, *messages[1:]))


def _layout(selection: Selection, options: PostOptions, texts: Texts) -> tuple[Message, ...]:
    facts = _facts(selection, options, texts)
    content = content_line(selection.papers, selection.total)
    if options.mention is not None:
        content = f"{content} <@&{options.mention}>"
    name = thread_name(short_title(selection.coverage, texts), selection.papers)
    remaining = posts.Remaining(
        selection.coverage.key,
        selection.total,
        selection.following,
        can_discuss=options.can_discuss and options.layout is not Layout.THREAD,
    )
    rows = posts.build_rows(selection.papers, texts, remaining)
    if options.layout is Layout.CARDS:
        target = Target.THREAD if options.is_forum else Target.CHANNEL
        shown = _cards(selection, facts, texts, target=target, last_rows=rows)
        cards = _with_facts(shown, facts)
        first = replace(
            cards[0],
            content=content,
            target=Target.CHANNEL,
            thread_name=name if options.is_forum else None,
        )
        return (first, *cards[1:])
    first = Message(content, render_brief(selection.papers, facts, texts), rows, as_of=facts.as_of)
    if options.layout is Layout.BRIEF:
        return (replace(first, thread_name=name if options.is_forum else None),)
    cards = _cards(selection, facts, texts, target=Target.THREAD)
    return (replace(first, thread_name=name), *cards)


def _cards(
    selection: Selection,
    facts: PostFacts,
    texts: Texts,
    *,
    target: Target,
    last_rows: tuple[Row, ...] | None = None,
) -> tuple[Message, ...]:
    """Return one embed for each paper, at most five and 6,000 characters per message.

    Each message has a menu of its own papers; the last one has `last_rows` instead, if given.
    """
    papers = selection.papers
    room = (limits.EMBEDS_TEXT - _FACTS_ROOM) // _CARDS_PER_MESSAGE
    messages = []
    for start in range(0, len(papers), _CARDS_PER_MESSAGE):
        shown = papers[start : start + _CARDS_PER_MESSAGE]
        is_last = start + _CARDS_PER_MESSAGE >= len(papers)
        rows = last_rows if is_last and last_rows is not None else posts.build_rows(shown, texts)
        embeds = tuple(
            render_card(each, texts, room=room, posted=facts.posted.get(each.paper.arxiv_id))
            for each in shown
        )
        messages.append(Message(None, embeds, rows, target))
    chosen = [text for each in papers for text in choose_texts(each.paper, texts.language)]
    sources = name_sources(chosen, texts, is_short=True)
    return (*messages[:-1], _with_footer(messages[-1], *sources))


def _with_facts(cards: tuple[Message, ...], facts: PostFacts) -> tuple[Message, ...]:
    """Return cards of which the first has the post's heading, and the last what else is said once.

    The notes get an embed of their own.
    """
    head = cards[0].embeds[0].copy()
    head.set_author(name=_join(head.author.name, facts.heading), url=facts.url)
    cards = (replace(cards[0], embeds=(head, *cards[0].embeds[1:])), *cards[1:])
    end = _with_footer(cards[-1], facts.as_of)
    notes = [discord.Embed(description="\n".join(facts.notes))] if facts.notes else []
    end = replace(end, embeds=(*end.embeds, *notes), as_of=facts.as_of)
    return (*cards[:-1], end)


def _with_footer(message: Message, *parts: str | None) -> Message:
    """Return a message of cards with more in the footer of its last one."""
    *before, last = message.embeds
    tail = last.copy()
    if footer := _join(last.footer.text, *parts):
        tail.set_footer(text=footer)
    return replace(message, embeds=(*before, tail))


def _join(*parts: str | None) -> str:
    return SEPARATOR.join(filter(None, parts))


def _facts(selection: Selection, options: PostOptions, texts: Texts) -> PostFacts:
    """Return what a post says once."""
    notes: list[str] = []
    if selection.trends is not None:
        compared = _compared_period(selection.coverage)
        is_new = selection.trends.papers not in {len(selection.papers), selection.total}
        notes += words(selection.trends, compared, texts, counts_papers=is_new)
    if selection.passed_over:
        notes.append(posts.format_missed_days(selection.passed_over, texts))
    if selection.outage:
        notes.append(posts.format_outage(selection.outage.days, selection.outage.source, texts))
    return PostFacts(
        heading=_join(
            _when(selection.coverage, texts), _describe_choice(selection, options, texts)
        ),
        url=selection.coverage.huggingface_url,
        as_of=_as_of(selection, options, texts),
        notes=tuple(notes),
        posted={
            arxiv_id: _posted_on(day, selection.coverage, texts)
            for arxiv_id, day in selection.posted
        },
    )


def _as_of(selection: Selection, options: PostOptions, texts: Texts) -> str | None:
    """Return when votes were read, in the schedule's time zone; `None` if that isn't known."""
    if selection.votes_read_at is None:
        return None
    local = selection.votes_read_at.astimezone(ZoneInfo(options.timezone))
    # Without its zone: texts are cached, and equal moments in two zones are equal keys.
    return texts("post-as-of", at=local.replace(tzinfo=None))


def _posted_on(day: date, coverage: Coverage, texts: Texts) -> str:
    """Return when the channel has had a paper: a weekday of the week, or a day."""
    is_of_week = coverage.kind is Frequency.WEEK and coverage.first <= day <= coverage.last
    return texts("post-posted-weekday" if is_of_week else "post-posted-day", day=day)


def _compared_period(coverage: Coverage) -> ComparedPeriod:
    return ComparedPeriod(coverage.key.replace(":", "-"), coverage.kind)


def _chart(selection: Selection, options: PostOptions, texts: Texts) -> Chart | None:
    """Return the picture of a week or month; `None` for a day."""
    if selection.trends is None:
        return None
    as_of = _as_of(selection, options, texts) or ""
    plain = _as_of(selection, options, texts.fallback) or ""
    compared = _compared_period(selection.coverage)
    return build_chart(selection.trends, compared, texts, as_of=(as_of, plain))


def _describe_choice(selection: Selection, options: PostOptions, texts: Texts) -> str:
    """Return how many of a coverage's papers a post has, and which."""
    shown, total = len(selection.papers), selection.total
    most = selection.papers[0].paper.votes
    if options.is_filtered:
        key = "post-count-filtered"
    elif shown >= total:
        key = "post-count-all"
    elif most is None:
        key = "post-count-unknown"
    else:
        key = "post-count-newest" if most < _FEW_VOTES else "post-count-top"
    return texts(key, count=shown, total=max(shown, total))


def _when(coverage: Coverage, texts: Texts) -> str:
    """Return the day, week or month of a post, without the year of a day."""
    if coverage.kind is Frequency.DAY:
        return texts("post-day", day=coverage.first)
    return short_title(coverage, texts)


def short_title(coverage: Coverage, texts: Texts) -> str:
    """Return the day, week or month of a post in few characters, for names of threads."""
    match coverage.kind:
        case Frequency.DAY:
            return texts("post-short-day", day=coverage.first)
        case Frequency.WEEK:
            return texts("post-week", first=coverage.first, last=coverage.last)
        case Frequency.MONTH:
            return texts("post-month", day=coverage.first)


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
