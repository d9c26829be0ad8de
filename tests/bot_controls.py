"""Values that a benchmark changes while bots run in other processes: clock steps and failures.

They are in a memory-mapped file, so a change takes effect at once in every process.
"""

import ctypes
import mmap
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import Clock


class _Values(ctypes.Structure):
    _fields_ = (
        ("offset", ctypes.c_double),
        ("step", ctypes.c_double),
        ("timeout", ctypes.c_double),
        ("failures", ctypes.c_int64),
        ("failures_after", ctypes.c_int64),
    )


class BotControls:
    """What the benchmark sets and the bots read."""

    def __init__(self, path: Path) -> None:
        """Open the file, which is made if it is not there."""
        self.path = path
        size = ctypes.sizeof(_Values)
        if not path.exists():
            path.write_bytes(bytes(size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), size)
        self.values = _Values.from_buffer(self._map)

    @property
    def now(self) -> datetime:
        """The time of Discord, in UTC; the bot's as well unless its clock was stepped."""
        return datetime.now(UTC) + timedelta(seconds=self.values.offset)

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` for Discord and the bots."""
        self.values.offset = (moment - datetime.now(UTC)).total_seconds()

    def move_by(self, time: timedelta) -> None:
        """Let so much time pass at once for Discord and the bots."""
        self.values.offset += time.total_seconds()

    def step_bots(self, time: timedelta) -> None:
        """Set the clock of the bots' machine so far from Discord's."""
        self.values.step = time.total_seconds()

    def set_timeout(self, seconds: float) -> None:
        """Set how long the bots wait for an answer of Discord."""
        self.values.timeout = seconds

    def fail_handlers(self, times: int, *, after: bool) -> None:
        """Let handlers of posts raise an error: so many runs from now on.

        Args:
            times: How many.
            after: Whether they raise when their work is done, instead of doing it.
        """
        if after:
            self.values.failures_after = times
        else:
            self.values.failures = times


class ControlledClock(Clock):
    """The clock of a bot whose time a benchmark sets."""

    def __init__(self, controls: BotControls) -> None:
        super().__init__()
        self._controls = controls

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._controls.now + timedelta(seconds=self._controls.values.step) + self.offset
