"""The history of schedules."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.reasons import Reason


class Outcome(StrEnum):
    """What came of a schedule's occurrence, or happened to the schedule."""

    POSTED = "posted"
    NOTHING_NEW = "nothing_new"
    """There was no digest that the channel has not had, nor did one come in time."""
    FILTERED_OUT = "filtered_out"
    """The filters left none of the new digest's papers."""
    MISSED = "missed"
    """Its time was too long ago when the bot came back."""
    GIVEN_UP = "given_up"
    """It could not be sent in time."""
    FAILED = "failed"
    """An error in the bot kept it back; it is retried."""
    PAUSED = "paused"
    RESUMED = "resumed"
    NOT_POSTED = "not_posted"
    """Its time came while it was paused."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A line to write into a schedule's history."""

    outcome: Outcome
    at: datetime
    """Any time zone."""
    reason: Reason | None = None
    coverage: str | None = None
    """As in `Delivery`."""
    delivery_id: int | None = None
    channel_id: int | None = None
    """`None` for the schedule's channel."""
    actor_id: int | None = None
    """The Discord user who did it; `None` where the bot did."""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a schedule's history."""

    at: datetime
    """UTC."""
    schedule_id: int
    channel_id: int
    outcome: Outcome
    reason: Reason | None
    coverage: str | None
    """As in `Delivery`."""
    messages: tuple[tuple[int, int], ...]
    """The channel and the id of each message that was sent, in order."""
    actor_id: int | None = None
    """The Discord user who did it; `None` where the bot did."""
