"""Rendering of how the bot is, for those who run it."""

from collections.abc import Iterable
from typing import Final

import discord

from bot.ui import limits
from bot.ui.markdown import escape
from bot.ui.papers import COLOUR
from bot.ui.schedules import describe_reason
from config.texts import Texts
from storage.records import (
    Check,
    NextPost,
    PausedSchedule,
    Reason,
    SourceLine,
    Status,
    WeekUsage,
)

_MOST_LINES: Final = 10
"""The most lines of a field."""
_LINE: Final = 300
_MEGABYTE: Final = 1_000_000


def render_status(status: Status, texts: Texts) -> discord.Embed:
    """Render how the bot is: what needs attention, next posts, paused schedules, sources, usage."""
    stored = status.stored
    embed = discord.Embed(
        title=texts("status-well" if status.is_ok else "status-attention"), colour=COLOUR
    )
    schedules = texts("status-schedules", count=stored.schedules, paused=len(stored.paused))
    fields: dict[str, Iterable[str]] = {
        texts("status-checks"): map(_check, status.checks),
        schedules: [
            *(_next_post(each, texts) for each in stored.next_posts),
            *(_describe_paused(each, texts) for each in stored.paused),
        ],
        texts("status-sources"): (_source(each, texts) for each in stored.sources),
        texts("status-usage"): (_usage(each, texts) for each in stored.usage),
    }
    for name, lines in fields.items():
        embed.add_field(name=name, value=_value([*lines], texts), inline=False)
    versions = " · ".join(f"{name} {number}" for name, number in status.versions)
    size = texts("status-database", megabytes=status.database_bytes / _MEGABYTE)
    embed.set_footer(text=f"{versions} · {size}")
    return embed


def _value(lines: list[str], texts: Texts) -> str:
    """Return the lines of a field, as many as fit."""
    shown: list[str] = []
    for number, line in enumerate(lines):
        rest = len(lines) - number
        more = texts("status-more", count=rest)
        longer = [*shown, limits.shorten(line, _LINE), *([more] if rest > 1 else [])]
        if number == _MOST_LINES or not limits.fits("\n".join(longer), limits.EMBED_FIELD_VALUE):
            return "\n".join([*shown, more])
        shown.append(limits.shorten(line, _LINE))
    return "\n".join(shown) or texts("status-none")


def _check(check: Check) -> str:
    return f"{'✅' if check.is_ok else '⚠'} `{check.name}` {escape(check.detail)}"


def _next_post(post: NextPost, texts: Texts) -> str:
    stamp = discord.utils.format_dt(post.at, "f")
    return texts("status-next", stamp=stamp, channel=str(post.channel_id))


def _describe_paused(paused: PausedSchedule, texts: Texts) -> str:
    known = paused.reason in set(Reason)
    return texts(
        "status-paused",
        channel=str(paused.channel_id),
        stamp=discord.utils.format_dt(paused.since, "f"),
        reason=describe_reason(Reason(paused.reason) if known else None, texts),
    )


def _source(source: SourceLine, texts: Texts) -> str:
    name = escape(source.name)
    if source.newest_day is None:
        line = texts("status-source-empty", name=name)
    else:
        line = texts("status-source", name=name, day=source.newest_day)
    if source.succeeded_at is not None:
        stamp = discord.utils.format_dt(source.succeeded_at, "R")
        line += " · " + texts("status-read", stamp=stamp)
    return f"⚠ {line} · {escape(source.error)}" if source.error else line


def _usage(counted: WeekUsage, texts: Texts) -> str:
    usage = counted.usage
    return texts(
        "status-week",
        day=counted.week,
        posts=usage.posts,
        opens=usage.opens,
        share=usage.opened_share or 0.0,
        threads=usage.threads,
        searches=usage.searches,
        added=usage.added,
        removed=usage.removed,
        deleted=usage.deleted_early,
    )
