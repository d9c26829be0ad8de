"""The checks of the bot's health. They only read; imports little, as `status` uses it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from bot.ingest.timetable import WrittenTimetable
from bot.ingest.trouble import WatchedSource, find_trouble
from storage import jobs, sources
from storage.database import Database
from storage.jobs import DueJobs
from storage.records import Check

LATE_AFTER: Final = timedelta(minutes=10)
"""How long after its time a job counts as late."""
QUEUED_KINDS: Final = frozenset({"write"})
"""Kinds of jobs that wait for each other for hours, as texts to write do; they are never late."""
MOST_LAG: Final = 5.0
"""Seconds for which the event loop may stand still."""
_MISSED_BEATS: Final = 2
"""A shard whose heartbeats weren't acknowledged for so many intervals isn't well."""


class Shard(Protocol):
    """The connection of a shard to the gateway."""

    @property
    def is_connected(self) -> bool:
        """Whether it is open."""

    @property
    def acknowledged(self) -> float | None:
        """Seconds since the gateway last acknowledged a heartbeat."""

    @property
    def interval(self) -> float | None:
        """Seconds between two heartbeats."""


def check_event_loop(lag: float, *, most: float = MOST_LAG) -> Check:
    """Check that the event loop hasn't stood still for long in the last while.

    Args:
        lag: The longest time by which it was late, in seconds.
        most: What is too long, in seconds.
    """
    is_ok = lag < most
    detail = f"late by at most {lag:.2f} s" if is_ok else f"stood still for {lag:.1f} s"
    return Check("event_loop", is_ok, detail, {"lag_seconds": round(lag, 3)})


def check_gateway(shards: Sequence[Shard], expected: int | None) -> Check:
    """Check that each shard is connected, and its heartbeat acknowledged.

    Args:
        shards: Those that have connected before.
        expected: How many there are to be; `None` while Discord hasn't said so.
    """
    connected = [each for each in shards if each.is_connected]
    silent = [each for each in connected if not _is_acknowledged(each)]
    facts = {"shards": expected, "connected": len(connected), "unacknowledged": len(silent)}
    if expected is None or len(connected) < expected:
        detail = f"{len(connected)} of {expected or '?'} shards connected"
    elif silent:
        detail = f"{len(silent)} of {expected} shards get no answer to their heartbeats"
    else:
        detail = f"{expected} {'shard' if expected == 1 else 'shards'} connected"
        return Check("gateway", is_ok=True, detail=detail, facts=facts)
    return Check("gateway", is_ok=False, detail=detail, facts=facts)


def _is_acknowledged(shard: Shard) -> bool:
    return (
        shard.acknowledged is not None
        and shard.interval is not None
        and shard.acknowledged <= _MISSED_BEATS * shard.interval
    )


def check_lock(*, is_held: bool) -> Check:
    """Check that this process is the one that works with the database."""
    detail = "held by this process" if is_held else "not held: this process stands by or stops"
    return Check("lock", is_held, detail)


async def check_jobs(database: Database, *, now: datetime) -> Check:
    """Check that no job should have been done long ago.

    Raises:
        StorageError: The database can't be read.
    """
    due = await jobs.due_by_kind(database, now=now, late_after=LATE_AFTER)
    return judge_jobs(due, now=now)


def judge_jobs(due: Sequence[DueJobs], *, now: datetime) -> Check:
    """Return what the due jobs mean."""
    late = [each for each in due if each.late and each.kind not in QUEUED_KINDS]
    facts: dict[str, Any] = {
        "due": sum(each.count for each in due),
        "late": {each.kind: each.late for each in late},
    }
    if not late:
        return Check("jobs", is_ok=True, detail=f"none late, {facts['due']} due", facts=facts)
    oldest = min(each.oldest for each in late)
    facts["oldest"] = oldest.isoformat()
    kinds = ", ".join(f"{each.late} {each.kind}" for each in late)
    minutes = int((now - oldest).total_seconds() // 60)
    detail = f"late: {kinds}; the oldest by {minutes} minutes"
    return Check("jobs", is_ok=False, detail=detail, facts=facts)


@dataclass(frozen=True, slots=True)
class WantedSources:
    """The sources of the settings."""

    network: Collection[str]
    """The names of those that are read over the network, several times an hour."""
    folders: Collection[str]
    """The names of those whose files come from somebody else."""
    max_age: timedelta
    """How long ago one of `network` must have been read."""


async def check_sources(database: Database, wanted: WantedSources, *, now: datetime) -> Check:
    """Check that the newest reading of a source is young enough.

    Sources over the network are read at weekends and on holidays as well; an empty list counts as
    read. If there are only folders, two weekdays in a row must not be without a file.

    Raises:
        StorageError: The database can't be read.
    """
    if not wanted.network:
        return await _check_folders(database, wanted.folders, now=now)
    known = await sources.overviews(database)
    read = [
        known[name].state.succeeded_at
        for name in wanted.network
        if name in known and known[name].state.succeeded_at is not None
    ]
    newest = max(filter(None, read), default=None)
    hours = wanted.max_age.total_seconds() / 3600
    facts = {"succeeded_at": None if newest is None else newest.isoformat()}
    if newest is None:
        return Check("sources", is_ok=False, detail="none has been read yet", facts=facts)
    is_ok = now - newest <= wanted.max_age
    detail = f"last read at {newest:%Y-%m-%d %H:%M} UTC" + (
        "" if is_ok else f", more than {hours:g} hours ago"
    )
    return Check("sources", is_ok, detail, facts)


async def _check_folders(database: Database, names: Collection[str], *, now: datetime) -> Check:
    if not names:
        return Check("sources", is_ok=True, detail="the settings have none")
    known = await sources.days_since_news(database)
    watched = {name: WatchedSource(name, WrittenTimetable()) for name in names}
    trouble = find_trouble(known, watched, now=now, age=timedelta(0))
    facts = {"without_papers_since": None if trouble is None else trouble.since.isoformat()}
    detail = "files come" if trouble is None else f"no file has papers since {trouble.since}"
    return Check("sources", trouble is None, detail, facts)
