"""Rendering of schedules and their history as texts and embeds."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from string import ascii_uppercase
from typing import Any

import discord

from bot.ui import actions, limits
from bot.ui.markdown import escape
from bot.ui.pager import Pager
from bot.ui.papers import COLOUR
from bot.ui.setup_facts import describe_details
from config.texts import Argument, Texts
from storage.records import Event, Outcome, Reason, Schedule, ScheduleSettings, Trouble, Usage

PAGE = 8
"""Schedules on a page of the list."""
BLOCKS = 8
"""Schedules on a page of the list of Components V2."""
_LIST_ROOM = 2_800
_NOTES_ROOM = 500
_HEADING_ROOM = 600
_BLOCK_ROOM = limits.EMBED_DESCRIPTION // PAGE - 2
_DETAILS_ROOM = 200
_CHOICE_ROOM = 30
_LETTER_ROOM = 8
_MOST_LINKS = 5


@dataclass(frozen=True, slots=True)
class ScheduleSummary:
    """A schedule, and facts about it in the reader's language."""

    schedule: Schedule
    days: str
    """The names of its weekdays."""
    city: str
    """What people call its time zone."""
    language: str
    """The name of its posts' language, in that language."""
    next_run: datetime | None
    """When it posts next; `None` if it doesn't."""
    paused_by: int | None = None
    """The Discord user who paused it; `None` if nobody did, or that isn't known."""


def describe(summary: ScheduleSummary, texts: Texts) -> str:
    """Describe a schedule: what it posts, where, all its options, and when it posts next."""
    lines = [
        texts(f"schedule-what-{summary.schedule.settings.period}", **_facts(summary, texts)),
        *(f"- {detail}" for detail in describe_details(summary.schedule.settings, texts)),
        describe_next_run(summary, texts),
    ]
    return "\n".join(lines)


def _facts(summary: ScheduleSummary, texts: Texts) -> dict[str, Argument]:
    settings = summary.schedule.settings
    return {
        "channel": str(settings.channel_id),
        "count": settings.count,
        "days": summary.days,
        "time": texts.format_time(settings.time),
        "zone": summary.city,
        "layout": texts(f"setup-layout-{settings.layout}"),
        "language": summary.language,
    }


def describe_next_run(summary: ScheduleSummary, texts: Texts) -> str:
    """Describe when a schedule posts next, or since when and why it is paused."""
    schedule = summary.schedule
    if schedule.paused_at is not None:
        stamp = discord.utils.format_dt(schedule.paused_at, "f")
        if summary.paused_by is not None:
            return texts("schedule-paused-by", stamp=stamp, user=str(summary.paused_by))
        reason = describe_reason(schedule.paused_reason, texts)
        return texts("schedule-paused-since", stamp=stamp, reason=reason)
    if summary.next_run is None:
        return texts("schedule-no-next")
    return texts("schedule-next", stamp=format_stamp(summary.next_run))


def format_stamp(moment: datetime) -> str:
    """Return a time stamp that Discord shows in each reader's time zone, with the time left."""
    return f"{discord.utils.format_dt(moment, 'F')} ({discord.utils.format_dt(moment, 'R')})"


def describe_reason(value: Reason | None, texts: Texts) -> str:
    """Describe why something was posted or not; vaguely if there is no reason."""
    name = value.replace("_", "-") if value is not None else "other"
    return texts(f"reason-{name}")


def describe_trouble(trouble: Trouble, texts: Texts) -> str:
    """Describe since when there have been no new papers, and which sources can't be read."""
    if not trouble.sources:
        return texts("trouble-unknown", day=trouble.since)
    return texts("trouble", day=trouble.since, sources=_names(trouble.sources, texts))


def _names(sources: Sequence[str], texts: Texts) -> str:
    return texts.join([escape(name) for name in sources])


def render_list(
    schedules: Sequence[ScheduleSummary], texts: Texts, *, page: int
) -> tuple[discord.Embed, actions.StaticView]:
    """Render a page of a server's schedules, with buttons to the other pages.

    Args:
        schedules: All of them.
        texts: In the language of the person who asked.
        page: 0-based; a number past the last page gives the last page.
    """
    pager = Pager.at(page, items=len(schedules), size=PAGE)
    blocks = [
        _block(number, summary, texts)
        for number, summary in enumerate(schedules[pager.first :][:PAGE], start=pager.first + 1)
    ]
    embed = discord.Embed(
        title=texts("schedule-title"),
        description="\n\n".join(blocks) or texts("schedule-none"),
        colour=COLOUR,
    )
    pager.set_footer(embed, texts)
    return embed, actions.StaticView(*pager.buttons(texts, actions.schedules))


@dataclass(frozen=True, slots=True)
class ListedSchedule:
    """A schedule on the list of a server."""

    id: int
    lines: Sequence[str]
    """What it posts and when it posts next."""


def render_blocks(
    schedules: Sequence[ListedSchedule],
    texts: Texts,
    *,
    heading: str,
    page: int,
    notes: Sequence[str] = (),
) -> actions.StaticLayout:
    """Render a page of a server's schedules as blocks with a button each.

    Args:
        schedules: All of them.
        texts: In the language of the person who asked.
        heading: The line above them, about the papers.
        page: 0-based; a number past the last page gives the last page.
        notes: Lines below them, about the server.
    """
    pager = Pager.at(page, items=len(schedules), size=BLOCKS)
    items: list[discord.ui.Item[Any]] = [
        discord.ui.TextDisplay(
            limits.cut(f"### {texts('schedule-title')}\n{heading}", _HEADING_ROOM)
        )
    ]
    for each in schedules[pager.first :][:BLOCKS]:
        button: discord.ui.Button[Any] = discord.ui.Button(
            label=texts("setup-button-manage"), custom_id=actions.schedule("manage", each.id)
        )
        text = limits.cut("\n".join(each.lines), _LIST_ROOM // BLOCKS)
        items.append(discord.ui.Section(discord.ui.TextDisplay(text), accessory=button))
    if not schedules:
        items.append(discord.ui.TextDisplay(texts("schedule-none")))
    if notes:
        items.append(discord.ui.TextDisplay(limits.cut("\n".join(notes), _NOTES_ROOM)))
    if buttons := pager.buttons(texts, actions.list_page):
        items.append(discord.ui.ActionRow(*buttons))
    return actions.StaticLayout(*items)


def describe_newest(day: date, papers: int, received_at: datetime, texts: Texts) -> str:
    """Describe the newest list of papers: its day, how many papers, and when it came."""
    return texts(
        "newest-papers",
        day=day,
        papers=papers,
        stamp=discord.utils.format_dt(received_at, "t"),
    )


def describe_usage(usage: Usage, texts: Texts, *, weeks: int) -> str | None:
    """Describe how much was read in a server in some weeks; `None` if nothing was counted."""
    if usage.is_empty:
        return None
    if usage.opens_per_post is None or usage.opened_share is None:
        return texts("usage-searches", weeks=weeks, searches=usage.searches)
    return texts(
        "usage-posts",
        weeks=weeks,
        posts=usage.posts,
        opens=usage.opens,
        average=usage.opens_per_post,
        share=usage.opened_share,
        threads=usage.threads,
        searches=usage.searches,
    )


def _block(number: int, summary: ScheduleSummary, texts: Texts) -> str:
    line = texts(f"schedule-line-{summary.schedule.settings.period}", **_facts(summary, texts))
    details = " · ".join(describe_details(summary.schedule.settings, texts, _DETAILS_ROOM // 2))
    lines = [
        f"**{number}.** {line}",
        limits.shorten(details, _DETAILS_ROOM),
        describe_next_run(summary, texts),
    ]
    return limits.cut("\n".join(filter(None, lines)), _BLOCK_ROOM)


def render_history(
    events: Sequence[Event],
    texts: Texts,
    *,
    guild_id: int,
    name_of: Callable[[str], str],
    source: str = "",
    trouble: Trouble | None = None,
) -> discord.Embed:
    """Render the newest events of a server's schedules, as many as fit.

    Args:
        events: Newest first.
        texts: In the language of the person who asked.
        guild_id: The id of the server, for links to messages.
        name_of: Returns the name of a coverage by its key.
        source: What the papers are read from, such as "Hugging Face"; empty if that is unknown.
        trouble: The trouble of the sources that lasts.
    """

    def why(event: Event) -> str | None:
        if event.reason is Reason.SOURCE_UNAVAILABLE:
            return _describe_failure(event, texts, source, trouble)
        is_known = event.actor_id is not None and event.reason is Reason.PAUSED_BY_PERSON
        if event.reason is None or is_known:
            return None
        return describe_reason(event.reason, texts)

    lines: list[str] = []
    room = limits.EMBED_DESCRIPTION
    for event in events:
        line = _event(event, texts, guild_id, name_of, why(event))
        room -= limits.length(line) + 1
        if room < 0:
            break
        lines.append(line)
    return discord.Embed(
        title=texts("history-title"),
        description="\n".join(lines) or texts("history-none"),
        colour=COLOUR,
    )


def _describe_failure(event: Event, texts: Texts, source: str, trouble: Trouble | None) -> str:
    """Describe that sources could not be read: which, and since when if that still lasts."""
    if trouble is not None and trouble.sources and event.at.date() >= trouble.since:
        names = _names(trouble.sources, texts)
        return texts("source-unavailable-since", sources=names, day=trouble.since)
    if source:
        return texts("source-unavailable", sources=escape(source))
    return describe_reason(event.reason, texts)


def _event(
    event: Event, texts: Texts, guild_id: int, name_of: Callable[[str], str], why: str | None
) -> str:
    if event.actor_id is not None and event.outcome is Outcome.PAUSED:
        outcome = texts("paused-by", user=str(event.actor_id))
    elif event.actor_id is not None and event.outcome is Outcome.RESUMED:
        outcome = texts("resumed-by", user=str(event.actor_id))
    else:
        outcome = texts(f"history-{event.outcome.replace('_', '-')}")
    parts = [discord.utils.format_dt(event.at, "f"), f"<#{event.channel_id}>", f"**{outcome}**"]
    if event.coverage is not None:
        parts.append(name_of(event.coverage))
    if why is not None:
        parts.append(why)
    if event.messages:
        parts.append(" ".join(format_links(event.messages, guild_id)))
    return " · ".join(parts)


def format_links(messages: Sequence[tuple[int, int]], guild_id: int) -> list[str]:
    """Return links to the first five messages, given as pairs of channel id and message id."""
    return [
        f"[{number}](https://discord.com/channels/{guild_id}/{channel}/{message})"
        for number, (channel, message) in enumerate(messages[:_MOST_LINKS], start=1)
    ]


def link_title(title: str, messages: Sequence[tuple[int, int]], *, guild_id: int) -> str:
    """Return the title of a post as a link to its message, or with links to each of several."""
    numbers = format_links(messages, guild_id)
    if len(numbers) == 1:
        return f"[{title}]{numbers[0].removeprefix('[1]')}"
    return " ".join([title, *numbers])


def choice_labels(
    schedules: Sequence[tuple[ScheduleSummary, str]], texts: Texts
) -> list[tuple[str, str]]:
    """Return the labels of schedules where one is chosen, and the letters that end them.

    No two labels are equal: those of schedules that seem the same end with a letter.

    Args:
        schedules: All of a server, each with the name of its channel.
        texts: In the language of the person who chooses.
    """
    labels = [_choice_label(summary, channel, texts) for summary, channel in schedules]
    seen: Counter[str] = Counter()
    found = []
    for label in labels:
        letter = ascii_uppercase[seen[label] % 26] * (seen[label] // 26 + 1)
        seen[label] += 1
        if labels.count(label) > 1:
            found.append((f"{label} · {letter}", letter))
        else:
            found.append((label, ""))
    return found


def _choice_label(summary: ScheduleSummary, channel: str, texts: Texts) -> str:
    facts = _facts(summary, texts) | {"channel": channel}
    parts = [texts(f"schedule-choice-{summary.schedule.settings.period}", **facts)]
    if summary.schedule.paused_at is not None:
        parts.insert(0, texts("schedule-choice-paused"))
    settings = replace(summary.schedule.settings, mention=None)
    details = [
        texts(f"setup-layout-{settings.layout}"),
        *describe_details(settings, texts, _CHOICE_ROOM),
    ]
    line = " · ".join([" ".join(parts), summary.language, *details])
    return limits.shorten(line.replace("\\", ""), limits.CHOICE_NAME - _LETTER_ROOM)


def describe_changes(
    before: ScheduleSettings,
    after: ScheduleSettings,
    texts: Texts,
    writers: Mapping[str, Callable[[Any], str]],
) -> list[str]:
    """Return a line for each setting that differs: what it is, old → new.

    Args:
        before: The old settings.
        after: The new ones.
        texts: In the language of the person who asked.
        writers: By the names of settings that are codes, what people call their values.
    """
    by_name: dict[str, Callable[[Any], str]] = {
        "channel_id": lambda value: f"<#{value}>",
        "mention": lambda value: f"<@&{value}>",
        "time": texts.format_time,
        "layout": lambda value: texts(f"setup-layout-{value}"),
        "period": lambda value: texts(f"change-period-{value}"),
        "catch_up": lambda value: texts("late-posts", hours=value),
        **writers,
    }

    def name(key: str, value: Any) -> str:  # noqa: ANN401 - any setting
        if value is None or value == "":
            return texts("change-none")
        if isinstance(value, bool):
            return texts("change-yes" if value else "change-no")
        if key in by_name:
            return by_name[key](value)
        return limits.shorten(escape(str(value)), _DETAILS_ROOM)

    return [
        texts(
            "change",
            what=texts(f"change-{field.name}"),
            old=name(field.name, getattr(before, field.name)),
            new=name(field.name, getattr(after, field.name)),
        )
        for field in fields(ScheduleSettings)
        if getattr(before, field.name) != getattr(after, field.name)
    ]
