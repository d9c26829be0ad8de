"""Run due jobs once a second, and detect that the wall clock was set.

APScheduler only provides the ticks; the jobs are in the database.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.jobs.runner import Runner

log = logging.getLogger(__name__)

_CLOCK_STEP: Final = timedelta(seconds=30)
"""By how much wall clock and monotonic clock may drift apart between two ticks."""


class Scheduler:
    """Calls `runner.run_due` every second, and checks derived jobs every hour."""

    def __init__(
        self,
        runner: Runner,
        *,
        check: Callable[[], Awaitable[None]],
        clock_stepped: Callable[[], Awaitable[None]],
        now: Callable[[], datetime],
        interval: float = 1.0,
    ) -> None:
        """Build the scheduler; it doesn't tick before `start`.

        Args:
            runner: What runs due jobs.
            check: Repairs jobs that are derived from other rows; called every hour.
            clock_stepped: Recomputes due times; called when the wall clock was set or the machine
                slept.
            now: The wall clock, in UTC.
            interval: Seconds between two ticks.
        """
        self._runner = runner
        self._check = check
        self._clock_stepped = clock_stepped
        self._now = now
        self._interval = interval
        self._scheduler: AsyncIOScheduler | None = None
        self._calls: dict[asyncio.Task[None], asyncio.Task[None]] = {}
        """The tasks of APScheduler, each with the task that does the work."""
        self._last: tuple[datetime, float] | None = None
        self._is_outdated = False
        """Whether due times must still be recomputed."""

    def start(self) -> None:
        """Begin to tick, in the running event loop."""
        self._scheduler = AsyncIOScheduler(
            event_loop=asyncio.get_running_loop(),
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._add("run due jobs", self.tick, seconds=self._interval)
        self._add("check derived jobs", self._check, hours=1)
        self._scheduler.start()

    def _add(self, name: str, work: Callable[[], Awaitable[None]], **interval: float) -> None:
        assert self._scheduler is not None
        self._scheduler.add_job(self._call, "interval", (name, work), id=name, **interval)

    async def stop(self) -> None:
        """End the ticks, also one that is under way."""
        scheduler, self._scheduler = self._scheduler, None
        self._last = None
        if scheduler is None:
            return
        scheduler.pause()
        await asyncio.sleep(0)  # a call that was about to begin does so, and sees that it is over
        for work in self._calls.values():
            work.cancel()
        if self._calls:
            await asyncio.wait(self._calls)
        scheduler.shutdown(wait=False)

    async def _call(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do some work in a task of its own, and log its failure.

        Only that task is cancelled by `stop`: APScheduler logs an error for what is cancelled.
        """
        call = asyncio.current_task()
        if self._scheduler is None or call is None:
            return
        task = asyncio.create_task(_run(work), name=f"scheduler: {name}")
        self._calls[call] = task
        try:
            await asyncio.wait((task,))
        finally:
            del self._calls[call]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a tick of the scheduler failed", exc_info=error)

    async def tick(self) -> None:
        """Run due jobs; recompute due times if the wall clock was set since the last tick."""
        if self._has_clock_stepped():
            log.warning("the clock was set or the machine slept: due times are recomputed")
            self._is_outdated = True
        if self._is_outdated:
            await self._clock_stepped()
            self._is_outdated = False
        await self._runner.run_due()

    def expect_step(self) -> None:
        """Don't take the next difference between the clocks for a step that nobody knows of."""
        self._last = None

    def _has_clock_stepped(self) -> bool:
        last, self._last = self._last, (self._now(), monotonic())
        if last is None:
            return False
        wall, steady = self._last[0] - last[0], timedelta(seconds=self._last[1] - last[1])
        return abs(wall - steady) > _CLOCK_STEP


async def _run(work: Callable[[], Awaitable[None]]) -> None:
    await work()
