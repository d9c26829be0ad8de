"""What `status` shows: read from the database without writing, and from a bot that serves it."""

import asyncio
import http.client
import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from bot.cli.wanted_sources import wanted_sources
from bot.health.checks import Check, check_jobs, check_sources
from bot.posting.recurrence import next_run
from config.settings import Http, Settings
from storage import schedules, sources
from storage.database import Database
from storage.errors import StorageError
from storage.process_lock import ProcessLock
from storage.records import Schedule

_NEXT_POSTS: Final = 5
_SHOWN_VERSIONS: Final = ("daily-papers-bot", "discord.py")
_LONGEST_ANSWER: Final = 10.0
"""Seconds that the bot may take to answer."""
_EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - asked, not bound


@dataclass(frozen=True, slots=True)
class NextPost:
    """The next post of a schedule."""

    schedule_id: int
    guild_id: int
    channel_id: int
    at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class PausedSchedule:
    """A schedule that posts nothing."""

    schedule_id: int
    guild_id: int
    channel_id: int
    since: datetime
    """UTC."""
    reason: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source of the settings, and what is stored of it."""

    name: str
    newest_day: date | None
    succeeded_at: datetime | None
    error: str | None
    """Why the newest reading failed."""


@dataclass(frozen=True, slots=True)
class Status:
    """How the bot is."""

    is_running: bool
    checks: Sequence[Check]
    next_posts: Sequence[NextPost]
    """The soonest ones."""
    schedules: int
    paused: Sequence[PausedSchedule]
    sources: Sequence[SourceLine]
    versions: Sequence[tuple[str, str]]
    database: Path
    database_bytes: int

    @property
    def is_ok(self) -> bool:
        """Whether nothing needs attention."""
        return all(check.is_ok for check in self.checks)


async def read_status(settings: Settings, *, now: datetime, has_database: bool) -> Status:
    """Find out how the bot is; what can't be read is a check that fails.

    Args:
        settings: Those that the bot runs with.
        now: The wall clock, in UTC.
        has_database: Whether there is a file.
    """
    checks, is_running = await asyncio.to_thread(_check_process, settings)
    known: tuple[Schedule, ...] = ()
    lines: list[SourceLine] = []
    size = 0
    if not has_database:
        checks.append(Check("file", is_ok=False, detail="there is none yet"))
    else:
        try:
            async with await Database.open_read_only(settings.database) as database:
                size = database.size()
                known = await schedules.every(database)
                lines = await _source_lines(database, settings)
                checks += [
                    await check_sources(database, wanted_sources(settings), now=now),
                    await check_jobs(database, now=now),
                    Check("file", is_ok=True, detail="can be read"),
                ]
        except StorageError as error:
            checks.append(Check("file", is_ok=False, detail=str(error)))
    # What a running bot says of itself is better than what its file says.
    by_name = {check.name: check for check in reversed(checks)}
    return Status(
        is_running=is_running,
        checks=list(reversed(by_name.values())),
        next_posts=_next_posts(known, now),
        schedules=len(known),
        paused=[
            PausedSchedule(
                each.id,
                each.guild_id,
                each.settings.channel_id,
                each.paused_at,
                each.paused_reason or "unknown",
            )
            for each in known
            if each.paused_at is not None
        ],
        sources=lines,
        versions=[("Python", platform.python_version()), *_versions()],
        database=settings.database,
        database_bytes=size,
    )


def _check_process(settings: Settings) -> tuple[list[Check], bool]:
    """Return what is to be found out of the process, and whether there is one."""
    try:
        is_running = ProcessLock(settings.database).is_held_elsewhere()
    except StorageError as error:
        return [Check("lock", is_ok=False, detail=str(error))], False
    if not is_running:
        return [
            Check("lock", is_ok=False, detail="no process holds it: the bot doesn't run")
        ], False
    lock = Check("lock", is_ok=True, detail="held by the bot")
    if settings.http.port is None:
        return [lock], True
    try:
        return [*_ask(settings.http, settings.http.port), lock], True
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError) as error:
        detail = f"/readyz doesn't answer as expected: {str(error) or type(error).__name__}"
        return [Check("http", is_ok=False, detail=detail), lock], True


def _ask(settings: Http, port: int) -> list[Check]:
    """Return the checks of the running bot, as its `/readyz` says them."""
    host = "127.0.0.1" if settings.host in _EVERYWHERE else settings.host
    connection = http.client.HTTPConnection(host, port, timeout=_LONGEST_ANSWER)
    try:
        connection.request("GET", "/readyz")
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return [
        Check(
            name,
            bool(values["ok"]),
            str(values["detail"]),
            {key: value for key, value in values.items() if key not in {"ok", "detail"}},
        )
        for name, values in answer["checks"].items()
    ]


async def _source_lines(database: Database, settings: Settings) -> list[SourceLine]:
    known = await sources.overviews(database)
    wanted = wanted_sources(settings)
    lines = []
    for name in (*wanted.network, *wanted.folders):
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


def _next_posts(known: Sequence[Schedule], now: datetime) -> list[NextPost]:
    posts = [
        NextPost(each.id, each.guild_id, each.settings.channel_id, next_run(each, now))
        for each in known
        if each.paused_at is None
    ]
    return sorted(posts, key=lambda post: post.at)[:_NEXT_POSTS]


def _versions() -> list[tuple[str, str]]:
    found = []
    for name in _SHOWN_VERSIONS:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, "not installed"))
    return found
