"""A time source of a rate limiter that a test can advance."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Seconds:
    """The time of the event loop plus the seconds that a test has skipped."""

    def __init__(self) -> None:
        self._skipped = 0.0
        self._stopped_at: float | None = None
        self._timers: set[_Timer] = set()

    def time(self) -> float:
        """Return the current time in seconds."""
        if self._stopped_at is not None:
            return self._stopped_at
        return asyncio.get_running_loop().time() + self._skipped

    def call_later(self, delay: float, callback: Callable[[], None], /) -> "_Timer":
        """Call `callback` after `delay` seconds, skipped ones included."""
        timer = _Timer(self.time() + delay, callback, self._timers)
        if self._stopped_at is None:
            timer.start(delay)
        return timer

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Let the time pass inside only by `skip`."""
        self._stopped_at = self.time()
        for timer in self._timers:
            timer.stop()
        try:
            yield
        finally:
            self._skipped = self.time() - asyncio.get_running_loop().time()
            self._stopped_at = None
            self.skip(0.0)

    def skip(self, seconds: float) -> None:
        """Advance the time by `seconds` at once."""
        if self._stopped_at is None:
            self._skipped += seconds
        else:
            self._stopped_at += seconds
        now = self.time()
        for timer in sorted(self._timers, key=lambda each: each.due):
            if self._stopped_at is None or timer.due <= now:
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
        self.stop()
        self._handle = asyncio.get_running_loop().call_later(max(delay, 0.0), self._fire)

    def cancel(self) -> None:
        """Cancel the timer."""
        self._timers.discard(self)
        self.stop()

    def stop(self) -> None:
        """Don't call back, unless it is started again."""
        if self._handle is not None:
            self._handle.cancel()

    def _fire(self) -> None:
        self._timers.discard(self)
        self._callback()
