"""The bot's status, as `daily-papers status` and `/status` show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from storage.records.usage import WeekUsage


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check."""

    name: str
    is_ok: bool
    detail: str
    """A sentence for people."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Values for programs, as in JSON."""

    def json(self) -> dict[str, Any]:
        """Return it as the endpoints and `status --json` show it."""
        return {"ok": self.is_ok, "detail": self.detail, **self.facts}


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
class VectorCounts:
    """The progress of the embedding of papers."""

    model: str
    embedded: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStatus:
    """The status as the database has it."""

    next_posts: Sequence[NextPost] = ()
    """The soonest ones."""
    schedules: int = 0
    paused: Sequence[PausedSchedule] = ()
    sources: Sequence[SourceLine] = ()
    usage: Sequence[WeekUsage] = ()
    """The counts of the last weeks, newest first; empty if nothing is counted."""
    vectors: VectorCounts | None = None
    """How many papers can be found by meaning; `None` if none ever could."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The status of the bot."""

    is_running: bool
    checks: Sequence[Check]
    stored: StoredStatus
    versions: Sequence[tuple[str, str]]
    database: Path
    database_bytes: int

    @property
    def is_ok(self) -> bool:
        """Whether nothing needs attention."""
        return all(check.is_ok for check in self.checks)
