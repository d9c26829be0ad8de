"""Exponential backoff with jitter: how long to wait after failures in a row. Pure."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """Delays that double with each failure, up to a limit, with jitter."""

    first: float = 1.0
    """Seconds before the first retry, at most."""
    longest: float = 120.0
    """Seconds before any later retry, at most."""

    def delay(self, failures: int) -> float:
        """Return the seconds to wait after a number of failures in a row, at least 1.

        It is between one half and the whole of `first * 2 ** (failures - 1)`, so that many bots
        that lost Discord at the same time don't all come back at the same time.

        >>> 4 <= Backoff().delay(4) <= 8
        True
        >>> 60 <= Backoff().delay(10_000) <= 120
        True
        """
        doubled = self.first * 2.0 ** min(failures - 1, 60)
        return min(self.longest, doubled) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
