"""How long a write waits for other writes: those of this process, and those of another one."""

import asyncio
import math
from contextvars import ContextVar
from time import monotonic
from typing import Final

_FIRST_PAUSE: Final = 0.005
_LONGEST_PAUSE: Final = 0.1
"""Seconds between two attempts to begin while another process writes."""

_WRITE_TIMEOUT: ContextVar[float | None] = ContextVar("write_timeout", default=None)


def set_write_timeout(seconds: float) -> None:
    """Let writes raise `BusyDatabaseError` after so many seconds of waiting to begin.

    Holds for the rest of the running task, and for the tasks that it starts. Other writes wait as
    long as it takes for other tasks of this process, and for another process as long as
    `Database.open` was told.
    """
    _WRITE_TIMEOUT.set(seconds)


class Patience:
    """Says until when one write waits, and pauses between its attempts to begin."""

    def __init__(self, busy_timeout: float) -> None:
        """Begin to wait; `busy_timeout` is how many seconds to wait for another process."""
        timeout = _WRITE_TIMEOUT.get()
        self.give_up_at = None if timeout is None else monotonic() + timeout
        """The moment of `monotonic` at which it gives up; `None` for none."""
        self._busy_timeout = busy_timeout
        self._busy_until: float | None = None
        self._pause = _FIRST_PAUSE

    async def pause(self) -> bool:
        """Pause while another process writes; return `False` at once if there is no time left."""
        self._busy_until = self._busy_until or monotonic() + self._busy_timeout
        left = min(self._busy_until, self.give_up_at or math.inf) - monotonic()
        if left <= 0:
            return False
        await asyncio.sleep(min(self._pause, left))
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        return True
