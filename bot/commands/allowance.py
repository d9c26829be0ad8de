"""Limit how often something may happen in some time, for each person or channel."""

from collections import deque
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Final

_MOST_KEYS: Final = 10_000
"""Above this many keys, those of which nothing is taken are dropped."""


class Allowance:
    """Lets something happen a few times within a period, counted for each key."""

    def __init__(self, most: int, period: timedelta, now: Callable[[], datetime]) -> None:
        """Make an allowance that nothing has been taken of.

        Args:
            most: How often within the period.
            period: How long what was taken counts.
            now: Returns the time.
        """
        self._most = most
        self._period = period
        self._now = now
        self._taken: dict[Hashable, deque[datetime]] = {}

    def take(self, key: Hashable) -> bool:
        """Take one for a key; return whether there was one left."""
        now = self._now()
        taken = self._taken.setdefault(key, deque())
        self._forget_old(taken, now)
        if len(taken) >= self._most:
            return False
        taken.append(now)
        if len(self._taken) > _MOST_KEYS:
            self._forget_keys(now)
        return True

    def _forget_old(self, taken: deque[datetime], now: datetime) -> None:
        while taken and taken[0] <= now - self._period:
            taken.popleft()

    def _forget_keys(self, now: datetime) -> None:
        for key, taken in tuple(self._taken.items()):
            self._forget_old(taken, now)
            if not taken:
                del self._taken[key]
