"""End a process that hangs, so that a service manager restarts it.

A thread checks that the event loop runs its heartbeat, and that no job runs past its deadline.
An unreachable Discord does not trigger it: code that waits for Discord yields to the event loop.
"""

import asyncio
import faulthandler
import os
import sys
import threading
from collections.abc import Mapping
from time import monotonic
from typing import Final

from bot.tasks import log_failure

_STATUS: Final = 1


class Watchdog:
    """Watches one event loop from a thread of its own."""

    def __init__(
        self, running: Mapping[str, float], *, patience: float = 60.0, beat: float = 1.0
    ) -> None:
        """Build the watchdog; it watches between `start` and `stop`.

        Args:
            running: The jobs that run now, each with the `monotonic` time at which its deadline
                ends. It is read from another thread.
            patience: Seconds without a heartbeat after which the process is ended.
            beat: Seconds between two heartbeats, and between two looks.
        """
        self._running = running
        self._patience = patience
        self._beat_seconds = beat
        self._beat_at = monotonic()
        self._went_on_at = 0.0
        """When the whole process was last resumed after a suspension."""
        self._task: asyncio.Task[None] | None = None
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begin to watch the running event loop."""
        self._stopped.clear()
        self._beat_at = monotonic()
        self._task = asyncio.create_task(self._beat(), name="watchdog: beat")
        self._task.add_done_callback(log_failure)
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopped.set()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _beat(self) -> None:
        while True:
            self._beat_at = monotonic()
            await asyncio.sleep(self._beat_seconds)

    def _watch(self) -> None:
        last = monotonic()
        while not self._stopped.wait(self._beat_seconds):
            now = monotonic()
            if now - last > self._patience / 2:
                # The whole process didn't run, for example while it was suspended: the event loop
                # and the jobs get their time first.
                self._beat_at = self._went_on_at = now
            last = now
            reason = self._why_hung(now)
            if reason is not None and not self._stopped.is_set():
                end_process(f"{reason}; the process ends so that it can be started again.")

    def _why_hung(self, now: float) -> str | None:
        silent = now - self._beat_at
        if silent > self._patience:
            return f"The event loop has not run for {silent:.0f} seconds"
        for key, deadline in list(self._running.items()):
            if now > max(deadline, self._went_on_at + self._patience):
                return f"Job {key} is past its deadline"
        return None


def end_process(message: str) -> None:
    """Write a message and every thread's stack to stderr, and end the process with status 1."""
    print(f"daily-papers: {message}", file=sys.stderr, flush=True)  # noqa: T201 - logging may hang
    faulthandler.dump_traceback(file=sys.stderr)
    os._exit(_STATUS)
