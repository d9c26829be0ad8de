"""Rate limits of requests, and their headers."""

import hashlib
import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic, time
from types import MappingProxyType
from typing import Self


@dataclass(frozen=True, slots=True)
class Rate:
    """A number of requests in a number of real seconds, counted from the first one."""

    requests: int
    seconds: float


_ROUTES: Mapping[str, Rate] = MappingProxyType(
    {
        "POST /channels/{channel_id}/messages": Rate(5, 5.0),
        "PATCH /channels/{channel_id}/messages/{message_id}": Rate(5, 5.0),
        "DELETE /channels/{channel_id}/messages/{message_id}": Rate(5, 1.0),
        "POST /channels/{channel_id}/messages/{message_id}/crosspost": Rate(10, 3600.0),
        "POST /channels/{channel_id}/typing": Rate(5, 5.0),
        "POST /webhooks/{webhook_id}/{webhook_token}": Rate(5, 2.0),
    }
)
"""As headers of Discord had them; Discord changes them."""


_GLOBAL: Mapping[str, str] = MappingProxyType(
    {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
)
"""Headers of a 429 to all routes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The rate limits of a sandbox; `None` or absent means no limit."""

    routes: Mapping[str, Rate] = field(default_factory=lambda: _ROUTES)
    """By method and path template; counted for each channel, guild or webhook."""
    overall: Rate | None = Rate(50, 1.0)
    """Of all requests of the bot, answers to interactions aside; in any second, not from the first
    request on: the strictest way in which Discord may count."""
    invalid: Rate | None = Rate(10_000, 600.0)
    """Responses 401, 403 and 429, after which the address is banned."""
    old_edits: Rate | None = Rate(3, 20.0)
    """Edits per channel of messages older than an hour. No header has it."""

    @classmethod
    def off(cls) -> Self:
        """Return limits without a limit."""
        return cls({}, None, None, None)


@dataclass(slots=True)
class _Window:
    ends: float = 0.0
    used: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request is allowed, and the headers with what remains."""

    headers: dict[str, str]
    retry_after: float | None = None
    """Seconds to wait if it is not allowed."""
    everywhere: bool = False
    """Whether it is the global rate limit."""


class RateLimiter:
    """Counts requests towards rate limits.

    Attributes:
        limits: may be replaced at any time.
        refused_until: when, by the timer, the last global limit of `refuse_everything` ends.
        invalid_answers: 401, 403 and 429 in the present window.
    """

    def __init__(self, limits: Limits, timer: Callable[[], float] = monotonic) -> None:
        self.limits = limits
        self._timer = timer
        self._windows: dict[tuple[str, str], _Window] = {}
        self.refused_until = 0.0
        self._passed: deque[float] = deque()

    def refuse_everything(self, seconds: float) -> None:
        """Begin a global rate limit of a number of seconds."""
        self.refused_until = max(self.refused_until, self._timer() + seconds)

    @property
    def refused_for(self) -> float:
        """Seconds until the global rate limit ends; 0 where there is none."""
        return max(self.refused_until - self._timer(), 0.0)

    def _spend(self, kind: str, whose: str, rate: Rate) -> tuple[_Window, float]:
        """Count a request; return its window and the seconds until it ends."""
        now = self._timer()
        window = self._windows.setdefault((kind, whose), _Window())
        if now >= window.ends:
            window.ends, window.used = now + rate.seconds, 0
        window.used += 1
        return window, window.ends - now

    def _slide(self, rate: Rate) -> float:
        """Count a request towards the global limit; return seconds to wait if it exceeds it."""
        now = self._timer()
        while self._passed and now - self._passed[0] >= rate.seconds:
            self._passed.popleft()
        if len(self._passed) >= rate.requests:
            return self._passed[0] + rate.seconds - now if self._passed else rate.seconds
        self._passed.append(now)
        return 0.0

    def check(self, method: str, route: str, major: str, *, counted: bool = True) -> Verdict:
        """Count a request, and return whether it is allowed.

        Args:
            method: of the request.
            route: its template.
            major: the id that its limit is for: of a channel, server or webhook.
            counted: whether it counts among all requests; answers to interactions do not.
        """
        if counted and self.refused_for > 0:
            return Verdict(dict(_GLOBAL), _up(self.refused_for), everywhere=True)
        if counted and self.limits.overall is not None:
            left = self._slide(self.limits.overall)
            if left > 0:
                return Verdict(dict(_GLOBAL), _up(left), everywhere=True)
        rate = self.limits.routes.get(f"{method} {route}")
        if rate is None:
            return Verdict({})
        window, left = self._spend(f"{method} {route}", major, rate)
        bucket = hashlib.md5(f"{method} {route}".encode(), usedforsecurity=False)
        headers = {
            "X-RateLimit-Limit": str(rate.requests),
            "X-RateLimit-Remaining": str(max(rate.requests - window.used, 0)),
            "X-RateLimit-Reset": f"{time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{_up(left):.3f}",
            "X-RateLimit-Bucket": bucket.hexdigest(),
        }
        if window.used <= rate.requests:
            return Verdict(headers)
        return Verdict(headers | {"X-RateLimit-Scope": "user"}, _up(left))

    def old_edit(self, channel_id: int) -> float | None:
        """Count an edit of an old message; return seconds to wait if it is not allowed."""
        rate = self.limits.old_edits
        if rate is None:
            return None
        window, left = self._spend("old edit", str(channel_id), rate)
        return _up(left) if window.used > rate.requests else None

    def answered(self, status: int) -> None:
        """Count a response towards the limit of invalid requests."""
        if status in (401, 403, 429) and self.limits.invalid is not None:
            self._spend("invalid", "", self.limits.invalid)

    @property
    def invalid_answers(self) -> int:
        """Responses 401, 403 and 429 in the current window."""
        window = self._windows.get(("invalid", ""))
        return window.used if window is not None and self._timer() < window.ends else 0

    @property
    def banned(self) -> bool:
        """Whether the address is banned for too many invalid requests."""
        limit = self.limits.invalid
        return limit is not None and self.invalid_answers >= limit.requests


def _up(seconds: float) -> float:
    """Round up to a millisecond, so that the window is over after the wait."""
    return math.ceil(seconds * 1000) / 1000
