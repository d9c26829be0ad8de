"""Jobs: stored pieces of work with a time."""

from dataclasses import dataclass, field
from datetime import datetime

from storage.records.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A stored piece of work with a time."""

    key: str
    """What it is for; no other job has the same: `occurrence:12`, `delivery:345`."""
    kind: str
    """Which handler runs it."""
    lane: str
    """Jobs of one lane run one at a time."""
    priority: int
    """Lower ones run first within a lane."""
    run_at: datetime
    """UTC; the jobs of a lane and priority run in this order."""
    schedule_id: int | None = None
    delivery_id: int | None = None
    payload: str = "{}"
    """JSON, for the handler."""
    not_before: datetime | None = None
    """UTC; until then it waits to be retried, or for what it lacks."""
    expires_at: datetime | None = None
    """UTC; from then on it is not attempted any more."""
    attempts: int = 0
    """How often it failed since it last made progress."""
    reason: Reason | None = None
    """Why it was not done at the last attempt."""
    write_id: int = field(default=0, compare=False)
    """Another one each time a job with this key is written; 0 until it is read."""

    @property
    def due_at(self) -> datetime:
        """When it may be attempted, in UTC."""
        return max(self.run_at, self.not_before or self.run_at)
