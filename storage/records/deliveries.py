"""Deliveries: the planned and sent messages of a post."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.reasons import Reason


class PartState(StrEnum):
    """Where one message of a delivery stands."""

    PLANNED = "planned"
    """It may have been sent all the same: a process can end between the request and its record."""
    SENT = "sent"
    SKIPPED = "skipped"
    """It is not sent any more, for the part's `reason`."""


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as it is sent, apart from its marks; equal ones are stored once."""

    hash: str
    format: int
    """Which shape `body` has."""
    body: str
    """JSON."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a delivery."""

    position: int
    """1-based, the order in which parts are sent."""
    message_hash: str | None
    """`None` for what version 0.1.0 planned and nothing has rendered since."""
    mark: str
    """In the message's `custom_id`s; by it the message is found again in its channel."""
    nonce: str
    """At most 25 characters; the same at each attempt."""
    state: PartState = PartState.PLANNED
    reason: Reason | None = None
    """Why it was skipped."""
    reconciled_at: datetime | None = None
    """UTC; when its channel was last searched for it."""
    channel_id: int | None = None
    """Where it went: the delivery's channel, or a thread."""
    message_id: int | None = None
    sent_at: datetime | None = None
    """UTC."""
    published_at: datetime | None = None
    """UTC; when it was published to the servers that follow the channel."""


class DeliveryOutcome(StrEnum):
    """How a delivery ended."""

    POSTED = "posted"
    NOTHING = "nothing"
    """The filters left none of its papers: there is nothing to send."""
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a delivery is about to send."""

    coverage: str
    """As in `Delivery`."""
    json: str
    """What a refresh renders it from; `Delivery.plan`."""
    messages: tuple[StoredMessage, ...] = ()
    """Empty if the filters left no papers: there is nothing to send."""
    parts: tuple[Part, ...] = ()
    """One for each message, in order."""
    by_hand: bool = False
    """Whether a person asked for it, and not the schedule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one channel gets for one occurrence, in one or more parts."""

    id: int
    channel_id: int
    schedule_id: int | None
    """`None` where the schedule has been deleted for good."""
    coverage: str
    """`day:2025-02-21`, `week:2025-02-17` (its Monday) or `month:2025-02`."""
    serial: int = 0
    """Higher where a person had it posted again."""
    by_hand: bool = False
    """Whether a person asked for it, and not the schedule."""
    plan: str
    """JSON: options, paper ids in order, total."""
    planned_at: datetime
    """UTC."""
    replan: bool = False
    """Whether its schedule was edited since it was planned."""
    completed_at: datetime | None = None
    """UTC; `None` while parts are missing."""
    outcome: DeliveryOutcome | None = None
    """`None` until it is completed."""
    parts: tuple[Part, ...]
    """In order."""
