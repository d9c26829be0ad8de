"""A time source of a rate limiter that a test can advance."""

import asyncio
from collections.abc import Callable


class Seconds:
    """The time of the event loop plus the seconds that a test has skipped."""

    def __init__(self) -> None:
        self._skipped = 0.0
        self._timers: set[_Timer] = set()

    def time(self) -> float:
        """Return the current time in seconds."""
        return asyncio.get_running_loop().time() + self._skipped

    def call_later(self, delay: float, callback: Callable[[], None], /) -> "_Timer":
        """Call `callback` after `delay` seconds, skipped ones included."""
        timer = _Timer(self.time() + delay, callback, self._timers)
        timer.start(delay)
        return timer

    def skip(self, seconds: float) -> None:
        """Advance the time by `seconds` at once."""
        self._skipped += seconds
        now = self.time()
        for timer in sorted(self._timers, key=lambda each: each.due):
            timer.start(timer.due - now)


class _Timer:
    def __init__(self, due: float, callback: Callable[[], None], timers: "set[_Timer]") -> None:
        self.due = due
        self._callback = callback
        self._timers = timers
        self._handle: asyncio.TimerHandle | None = None
        timers.add(self)

    def start(self, delay: float) -> None:
        """Call back after `delay` real seconds, and cancel the previous start."""
        if self._handle is not None:
            self._handle.cancel()
        self._handle = asyncio.get_running_loop().call_later(max(delay, 0.0), self._fire)

    def cancel(self) -> None:
        """Cancel the timer."""
        self._timers.discard(self)
        if self._handle is not None:
            self._handle.cancel()

    def _fire(self) -> None:
        self._timers.discard(self)
        self._callback()
