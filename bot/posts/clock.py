"""The alarm that rings when a schedule comes due.

APScheduler is an alarm clock, no more: which schedule had its turn and what was posted, the
database knows. It is set for the next of all due moments, and for a minute from now at the latest:
a machine that slept, or whose time was put right, is noticed then.
"""

import asyncio
import heapq
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.posts.due import next_due
from storage.records import Schedule, Span

log = logging.getLogger(__name__)

_GRACE_SECONDS = 6 * 60 * 60
_LOOK = timedelta(minutes=1)
_JOB = "alarm"


class Clock:
    """What time the bot goes by: the machine's, or moved ahead of it to show what is to come."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC) + self.ahead

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` now; time runs on from there."""
        self.ahead = moment - datetime.now(UTC)


class _Timing(NamedTuple):
    """What the alarm keeps of a schedule."""

    time: time
    timezone: str
    days: int
    period: Span


class _Soonest(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Asks the alarm when to ring next."""

    def __init__(self, soonest: Callable[[], datetime]) -> None:
        self._soonest = soonest

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return the machine's time of the next ring, as APScheduler asks for it."""
        # Asked when it rings, before what is due has been done: it is set anew after that.
        return now + _LOOK if previous_fire_time else max(self._soonest(), now)


class AlarmClock:
    """Rings once for each schedule whenever it comes due."""

    def __init__(
        self,
        clock: Clock,
        ring: Callable[[int], Awaitable[None]],
        look: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Make it silent until `start`.

        Args:
            clock: What time it is.
            ring: Called with a schedule's id when it comes due.
            look: Called each time the alarm has rung, and once a minute.
        """
        self.clock = clock
        self._ring = ring
        self._look = look
        self._timings: dict[int, _Timing] = {}
        self._shared: dict[_Timing, _Timing] = {}
        self._heap: list[tuple[datetime, int]] = []
        self._scheduler: AsyncIOScheduler | None = None
        self._settled = asyncio.Event()
        self._settled.set()

    def start(self, schedules: Iterable[Schedule]) -> None:
        """Begin to ring for these schedules, in the running event loop."""
        for schedule in schedules:
            self._keep(schedule)
        self._fill()
        self._scheduler = AsyncIOScheduler(
            event_loop=asyncio.get_running_loop(),
            timezone=UTC,
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                "misfire_grace_time": _GRACE_SECONDS,
            },
        )
        self._scheduler.add_listener(_report, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        self._scheduler.add_job(self._wake, _Soonest(self._soonest), id=_JOB)
        self._scheduler.start()

    @property
    def is_set(self) -> bool:
        """Whether it rings: between `start` and `stop`."""
        return self._scheduler is not None

    def add(self, schedule: Schedule) -> None:
        """Ring for this schedule too, or by its new time."""
        if self._scheduler is None:
            raise RuntimeError("the alarm clock has not been started")
        self._keep(schedule)
        self._fill()
        self._set()

    def remove(self, schedule_id: int) -> None:
        """Ring for this schedule no more; an unknown one is nothing new."""
        # What stands in the heap of it is passed over when its time comes.
        self._timings.pop(schedule_id, None)

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` now; what comes due until then rings at once, each schedule once."""
        back = moment < self.clock.now()
        self.clock.move_to(moment)
        if back:
            self._fill()
        self.look_now()

    def look_now(self) -> None:
        """Ring for what is due and look, now rather than within the minute."""
        if self._scheduler is not None:
            self._settled.clear()
            self._scheduler.reschedule_job(_JOB, trigger=_Soonest(lambda: datetime.now(UTC)))

    async def settled(self) -> None:
        """Wait until it has rung for what was due when `move_to` or `look_now` was called."""
        await self._settled.wait()

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        self._settled.set()
        self._timings.clear()
        self._heap.clear()

    def _keep(self, schedule: Schedule) -> None:
        timing = _Timing(schedule.time, schedule.timezone, schedule.days, schedule.period)
        self._timings[schedule.id] = self._shared.setdefault(timing, timing)

    def _fill(self) -> None:
        now = self.clock.now()
        due = {timing: next_due(timing, now) for timing in set(self._timings.values())}
        self._heap = [(due[timing], number) for number, timing in self._timings.items()]
        heapq.heapify(self._heap)

    def _soonest(self) -> datetime:
        latest = datetime.now(UTC) + _LOOK
        return min(self._heap[0][0] - self.clock.ahead, latest) if self._heap else latest

    def _set(self) -> None:
        if self._scheduler is not None:
            self._scheduler.reschedule_job(_JOB, trigger=_Soonest(self._soonest))

    async def _wake(self) -> None:
        try:
            await self._ring_for_all()
            if self._look is not None:
                await self._look()
        finally:
            self._settled.set()

    async def _ring_for_all(self) -> None:
        now = self.clock.now()
        while self._heap and self._heap[0][0] <= now:
            due, number = heapq.heappop(self._heap)
            timing = self._timings.get(number)
            if timing is None:
                continue
            heapq.heappush(self._heap, (next_due(timing, max(due, now)), number))
            try:
                await self._ring(number)
            except Exception:
                log.exception("schedule %s failed", number)
        self._set()


def _report(event: JobExecutionEvent) -> None:
    if isinstance(event.exception, asyncio.CancelledError):
        return  # it was stopped
    if event.exception is not None:
        log.error("the alarm failed", exc_info=event.exception)
    else:
        log.warning("the alarm was due at %s and missed", event.scheduled_run_time)
