"""Measure by how much the event loop is late."""

import asyncio
from collections import deque
from time import monotonic
from typing import Final

from bot.tasks import log_failure

_PAUSE: Final = 0.5
_KEPT: Final = 30.0
"""Seconds for which a measurement counts."""


class LoopLag:
    """Measures twice a second, between `start` and `stop`."""

    def __init__(self) -> None:
        self._measured: deque[tuple[float, float]] = deque()
        """Times and lags, by the monotonic clock."""
        self._expected_at = monotonic()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to measure the running event loop."""
        self._task = asyncio.create_task(self._measure(), name="health: measure the event loop")
        self._task.add_done_callback(log_failure)

    def stop(self) -> None:
        """Stop measuring."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def longest(self) -> float:
        """Return the longest lag of the last half a minute, in seconds."""
        now = monotonic()
        # A measurement that should have been made by now counts, too.
        running = now - self._expected_at if self._task is not None else 0.0
        return max(0.0, running, *(lag for at, lag in self._measured if now - at <= _KEPT))

    async def _measure(self) -> None:
        while True:
            self._expected_at = monotonic() + _PAUSE
            await asyncio.sleep(_PAUSE)
            now = monotonic()
            self._measured.append((now, now - self._expected_at))
            while now - self._measured[0][0] > _KEPT:
                self._measured.popleft()
