"""Entries for the log channel of a server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.records.reasons import Reason


class LogKind(StrEnum):
    """What an entry is about."""

    PAUSED = "paused"
    RESUMED = "resumed"
    DELAYED = "delayed"
    """An error in the bot has kept a post back for an hour."""
    REFUSED = "refused"
    """Discord refused what a post says."""
    NO_PAPERS = "no_papers"
    """No source has brought papers for two weekdays."""
    UPDATED = "updated"
    """The bot is of another version than before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLogEntry:
    """An entry to write."""

    kind: LogKind
    at: datetime
    """Any time zone."""
    schedule_id: int | None = None
    """`None` if it is about the bot."""
    reason: Reason | None = None
    actor_id: int | None = None
    """The Discord user who did it; `None` where the bot did."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Further values, as JSON can have them."""
    for_creator: bool = False
    """Whether the schedule's creator is told if the log can't be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry(NewLogEntry):
    """An entry that is stored until it is in the log channel."""

    id: int
    nonce: str | None
    """Of the message that it is sent in; `None` if none was sent yet."""
    sent_at: datetime | None
    """When that message was first about to be sent, in UTC."""
