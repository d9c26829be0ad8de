"""Ids as Discord makes them: numbers that grow with time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""The epoch of Discord's ids."""

_MILLISECOND = timedelta(milliseconds=1)

Clock = Callable[[], datetime]
"""Returns the current time, aware, of any zone."""


class Snowflakes:
    """Creates unique ascending ids, even if the clock is set back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def __call__(self) -> int:
        """Return a new id for the current time."""
        self._last = max(at(self._clock()), self._last + 1)
        return self._last


def at(moment: datetime) -> int:
    """Return the smallest id for a time."""
    return ((moment - EPOCH) // _MILLISECOND) << 22
