"""The limit of IDENTIFY per day (`session_start_limit`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

_DAY: Final = timedelta(hours=24)


@dataclass(slots=True)
class SessionStarts:
    """Counts how often a bot identifies.

    Attributes:
        total: in 24 hours.
        remaining: until `reset_at`.
        reset_at: when `remaining` is `total` again; `None` where the bot has not identified yet.
        exceeded: whether the bot has identified more often: Discord then closes all its
            sessions and resets its token.
    """

    total: int = 1000
    remaining: int = 1000
    reset_at: datetime | None = None
    exceeded: bool = False

    def exhaust(self, now: datetime, *, reset_after: float) -> None:
        """Allow no more IDENTIFY for a number of seconds."""
        self.remaining = 0
        self.reset_at = now + timedelta(seconds=reset_after)

    def take(self, now: datetime) -> bool:
        """Count an IDENTIFY; return whether it is allowed."""
        self.refresh(now)
        if self.remaining == 0:
            self.exceeded = True
        if self.exceeded:
            return False
        if self.reset_at is None:
            self.reset_at = now + _DAY
        self.remaining -= 1
        return True

    def refresh(self, now: datetime) -> None:
        """Reset the count when its time is over."""
        if self.reset_at is not None and now >= self.reset_at:
            self.remaining, self.reset_at = self.total, None

    def payload(self, now: datetime) -> dict[str, Any]:
        """Return the `session_start_limit` of GET /gateway/bot."""
        self.refresh(now)
        left = _DAY if self.reset_at is None else self.reset_at - now
        return {
            "total": self.total,
            "remaining": self.remaining,
            "reset_after": int(left / timedelta(milliseconds=1)),
            "max_concurrency": 1,
        }
