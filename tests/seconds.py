"""Seconds that pass as on the event loop, and that a test can skip."""

import asyncio
from collections.abc import Callable


class Seconds:
    """The time source of a rate limiter: the event loop's time, and what was skipped of it."""

    def __init__(self) -> None:
        self._skipped = 0.0
        self._timers: set[_Timer] = set()

    def time(self) -> float:
        """Return the time in seconds."""
        return asyncio.get_running_loop().time() + self._skipped

    def call_later(self, delay: float, callback: Callable[[], None], /) -> "_Timer":
        """Call back after so many seconds, or as soon as they were skipped."""
        timer = _Timer(self.time() + delay, callback, self._timers)
        timer.start(delay)
        return timer

    def skip(self, seconds: float) -> None:
        """Let so many seconds pass at once."""
        self._skipped += seconds
        now = self.time()
        for timer in sorted(self._timers, key=lambda each: each.due):
            timer.start(timer.due - now)


class _Timer:
    def __init__(self, due: float, callback: Callable[[], None], among: "set[_Timer]") -> None:
        self.due = due
        self._callback = callback
        self._among = among
        self._handle: asyncio.TimerHandle | None = None
        among.add(self)

    def start(self, delay: float) -> None:
        """Call back after so many real seconds, instead of whenever it was said before."""
        if self._handle is not None:
            self._handle.cancel()
        self._handle = asyncio.get_running_loop().call_later(max(delay, 0.0), self._fire)

    def cancel(self) -> None:
        """Don't call back."""
        self._among.discard(self)
        if self._handle is not None:
            self._handle.cancel()

    def _fire(self) -> None:
        self._among.discard(self)
        self._callback()
