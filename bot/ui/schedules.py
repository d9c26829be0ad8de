"""Schedules and their history, in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import discord

from bot.ui import actions, limits
from bot.ui.markdown import escape
from bot.ui.pager import Pager
from bot.ui.papers import COLOUR
from config.texts import Argument, Texts
from storage.records import Event, Reason, Schedule, ScheduleSettings

PAGE = 8
"""Schedules on a page of the list."""
_BLOCK_ROOM = limits.EMBED_DESCRIPTION // PAGE - 2
_DETAILS_ROOM = 200
_WORDS_ROOM = 300
_DEFAULT_HOURS = 24
_MOST_LINKS = 5


@dataclass(frozen=True, slots=True)
class ScheduleSummary:
    """A schedule, and what is to be said of it."""

    schedule: Schedule
    days: str
    """The names of its days, for who reads it."""
    language: str
    """What the language of its posts calls itself."""
    next_run: datetime | None
    """When it posts next; `None` where it doesn't."""


def describe(summary: ScheduleSummary, texts: Texts) -> str:
    """Say all that a schedule does, and when it does so next."""
    lines = [
        texts(f"schedule-what-{summary.schedule.settings.period}", **_facts(summary, texts)),
        *(f"- {detail}" for detail in _details(summary.schedule.settings, texts, _WORDS_ROOM)),
        describe_next_run(summary, texts),
    ]
    return "\n".join(lines)


def _facts(summary: ScheduleSummary, texts: Texts) -> dict[str, Argument]:
    settings = summary.schedule.settings
    return {
        "channel": str(settings.channel_id),
        "count": settings.count,
        "days": summary.days,
        "time": f"{settings.time:%H:%M}",
        "zone": settings.timezone,
        "layout": texts(f"layout-{settings.layout}"),
        "language": summary.language,
    }


def _details(settings: ScheduleSettings, texts: Texts, room: int) -> list[str]:
    """Name the options that are not as they are at first."""

    def words(text: str) -> str:
        return limits.shorten(escape(text), room)

    found = []
    if settings.include:
        found.append(texts("schedule-include", words=words(settings.include)))
    if settings.exclude:
        found.append(texts("schedule-exclude", words=words(settings.exclude)))
    if settings.min_votes is not None:
        found.append(texts("schedule-min-votes", votes=settings.min_votes))
    if settings.mention is not None:
        found.append(texts("schedule-mention", role=str(settings.mention)))
    if settings.silent:
        found.append(texts("schedule-silent"))
    if settings.publish:
        found.append(texts("schedule-publish"))
    if not settings.refresh:
        found.append(texts("schedule-no-refresh"))
    if settings.catch_up != _DEFAULT_HOURS:
        found.append(texts("schedule-catch-up", hours=settings.catch_up))
    return found


def describe_next_run(summary: ScheduleSummary, texts: Texts) -> str:
    """Say when a schedule posts next, or that and why it is paused."""
    schedule = summary.schedule
    if schedule.paused_at is not None:
        return texts(
            "schedule-paused-since",
            stamp=discord.utils.format_dt(schedule.paused_at, "f"),
            reason=describe_reason(schedule.paused_reason, texts),
        )
    if summary.next_run is None:
        return texts("schedule-no-next")
    return texts("schedule-next", stamp=format_stamp(summary.next_run))


def format_stamp(moment: datetime) -> str:
    """Return a moment as Discord shows it in each reader's zone, with how far it is away."""
    return f"{discord.utils.format_dt(moment, 'F')} ({discord.utils.format_dt(moment, 'R')})"


def describe_reason(value: Reason | None, texts: Texts) -> str:
    """Return why something is not posted, or why it was, in a sentence."""
    name = value.replace("_", "-") if value is not None else "other"
    return texts(f"reason-{name}")


def render_list(
    schedules: Sequence[ScheduleSummary], texts: Texts, *, page: int
) -> tuple[discord.Embed, actions.StaticView]:
    """Draw a page of a server's schedules, with buttons to the others.

    Args:
        schedules: All of them.
        texts: Of who asks.
        page: Which, 0-based; one past the last is the last.
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


def _block(number: int, summary: ScheduleSummary, texts: Texts) -> str:
    line = texts(f"schedule-line-{summary.schedule.settings.period}", **_facts(summary, texts))
    details = " · ".join(_details(summary.schedule.settings, texts, _DETAILS_ROOM // 2))
    lines = [
        f"**{number}.** {line}",
        limits.shorten(details, _DETAILS_ROOM),
        describe_next_run(summary, texts),
    ]
    return limits.cut("\n".join(filter(None, lines)), _BLOCK_ROOM)


def render_history(
    events: Sequence[Event], texts: Texts, *, guild_id: int, name_of: Callable[[str], str]
) -> discord.Embed:
    """Draw what came of a server's schedules, as much of it as there is room for.

    Args:
        events: Newest first.
        texts: Of who asks.
        guild_id: Of the server, for the links.
        name_of: Names a coverage by its key.
    """
    lines: list[str] = []
    room = limits.EMBED_DESCRIPTION
    for event in events:
        line = _event(event, texts, guild_id, name_of)
        room -= limits.length(line) + 1
        if room < 0:
            break
        lines.append(line)
    return discord.Embed(
        title=texts("history-title"),
        description="\n".join(lines) or texts("history-none"),
        colour=COLOUR,
    )


def _event(event: Event, texts: Texts, guild_id: int, name_of: Callable[[str], str]) -> str:
    outcome = texts(f"history-{event.outcome.replace('_', '-')}")
    parts = [discord.utils.format_dt(event.at, "f"), f"<#{event.channel_id}>", f"**{outcome}**"]
    if event.coverage is not None:
        parts.append(name_of(event.coverage))
    if event.reason is not None:
        parts.append(describe_reason(event.reason, texts))
    if event.messages:
        parts.append(" ".join(format_links(event.messages, guild_id)))
    return " · ".join(parts)


def format_links(messages: Sequence[tuple[int, int]], guild_id: int) -> list[str]:
    """Return links to messages, given as channel and id, at most the first five."""
    return [
        f"[{place}](https://discord.com/channels/{guild_id}/{channel}/{message})"
        for place, (channel, message) in enumerate(messages[:_MOST_LINKS], start=1)
    ]


def choice_label(summary: ScheduleSummary, channel: str, texts: Texts) -> str:
    """Return a line for an autocomplete's choice; a schedule's channel by name."""
    facts = _facts(summary, texts) | {"channel": channel}
    line = texts(f"schedule-choice-{summary.schedule.settings.period}", **facts)
    if summary.schedule.paused_at is not None:
        line = f"{texts('schedule-choice-paused')} {line}"
    return limits.shorten(line, limits.CHOICE_NAME)
