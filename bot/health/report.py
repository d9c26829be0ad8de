"""The bot's status as the database has it, for `daily-papers status` and `/status`. Reads only."""

import platform
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from bot.posting.recurrence import next_run
from storage import schedules, sources, usage, vectors
from storage.database import Database
from storage.records import NextPost, PausedSchedule, Schedule, SourceLine, StoredStatus

_NEXT_POSTS: Final = 5
_USAGE_WEEKS: Final = 4
_SHOWN_VERSIONS: Final = ("daily-papers-bot", "discord.py")


async def read(database: Database, names: Iterable[str], *, now: datetime) -> StoredStatus:
    """Return what the database says.

    Args:
        database: May be open for reading only.
        names: The sources of the settings.
        now: The wall clock, in UTC.

    Raises:
        StorageError: It can't be read.
    """
    known = await schedules.every(database)
    paused = [
        PausedSchedule(
            each.id,
            each.guild_id,
            each.settings.channel_id,
            each.paused_at,
            each.paused_reason or "unknown",
        )
        for each in known
        if each.paused_at is not None
    ]
    first_week = usage.week_of(now) - timedelta(weeks=_USAGE_WEEKS - 1)
    return StoredStatus(
        next_posts=_next_posts(known, now),
        schedules=len(known),
        paused=paused,
        sources=await _sources(database, names),
        usage=await usage.totals(database, since=first_week),
        vectors=await vectors.counts(database),
    )


def _next_posts(known: Sequence[Schedule], now: datetime) -> list[NextPost]:
    posts = [
        NextPost(each.id, each.guild_id, each.settings.channel_id, next_run(each, now))
        for each in known
        if each.paused_at is None
    ]
    return sorted(posts, key=lambda post: post.at)[:_NEXT_POSTS]


async def _sources(database: Database, names: Iterable[str]) -> list[SourceLine]:
    known = await sources.overviews(database)
    lines = []
    for name in names:
        stored = known.get(name)
        state = stored.state if stored is not None else None
        lines.append(
            SourceLine(
                name,
                stored.newest_day if stored is not None else None,
                state.succeeded_at if state is not None else None,
                state.error if state is not None else None,
            )
        )
    return lines


def versions() -> list[tuple[str, str]]:
    """Return the versions of Python and of what matters most."""
    found = [("Python", platform.python_version())]
    for name in _SHOWN_VERSIONS:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, "not installed"))
    return found
