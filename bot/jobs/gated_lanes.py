"""Keep the lanes whose next job waits for the gate."""

import asyncio
from collections.abc import Callable, Sequence

from bot.jobs.context import Gate
from bot.jobs.lanes import Lane
from bot.tasks import log_failure


class GatedLanes:
    """The lanes that wait for the gate to open."""

    def __init__(self, gate: Gate, opened: Callable[[Sequence[Lane]], None]) -> None:
        """Build it; `opened` is called with all lanes that have waited."""
        self._gate = gate
        self._opened = opened
        self._lanes: list[Lane] = []
        self._task: asyncio.Task[None] | None = None

    def add(self, lane: Lane) -> None:
        """Let a lane wait."""
        self._lanes.append(lane)
        self.watch()

    def watch(self) -> None:
        """Wait for the gate in a task, if any lane waits and no task does; one may have failed."""
        if self._lanes and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._wait(), name="jobs: gate")
            self._task.add_done_callback(log_failure)

    async def _wait(self) -> None:
        await self._gate.wait()
        lanes, self._lanes = self._lanes, []
        self._opened(lanes)

    async def stop(self) -> None:
        """Stop waiting and drop the lanes."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._lanes.clear()
