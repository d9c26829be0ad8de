"""Ids as Discord makes them: numbers that grow with time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""Where Discord's ids begin to count."""

_MILLISECOND = timedelta(milliseconds=1)

Clock = Callable[[], datetime]
"""What says the time: aware, of any zone."""


class Snowflakes:
    """Makes ids that are unique and ascend, even where the clock is set back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def __call__(self) -> int:
        """Return a new id of this moment."""
        self._last = max(at(self._clock()), self._last + 1)
        return self._last


def at(moment: datetime) -> int:
    """Return the smallest id of a moment."""
    return ((moment - EPOCH) // _MILLISECOND) << 22
