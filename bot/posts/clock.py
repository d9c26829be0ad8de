"""When a schedule comes due, and the alarm that rings then.

APScheduler is an alarm clock, no more: what was posted, the database knows. Its triggers are
computed here from the local time and the zone, so that a day without that local time (the clocks
were put forward over it) and a day that has it twice both ring once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from storage.records import Schedule

log = logging.getLogger(__name__)

_DAY = timedelta(days=1)
_GRACE_SECONDS = 6 * 60 * 60


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


class Timed(Protocol):
    """What is needed of a schedule to tell when it comes due."""

    @property
    def time(self) -> time:
        """Local, whole minutes."""

    @property
    def timezone(self) -> str:
        """IANA name."""


def next_due(schedule: Timed, after: datetime) -> datetime:
    """Return the first moment later than `after` at which a schedule comes due, in UTC.

    Where the local time does not exist on a day, the moment is as long after the change as the
    time is after the hour that was skipped; where it exists twice, the first counts.
    """
    zone = ZoneInfo(schedule.timezone)
    day = after.astimezone(zone).date() - _DAY
    while True:
        # fold=0 before a gap takes the offset of before, which lands as far behind the gap.
        moment = datetime.combine(day, schedule.time, zone).astimezone(UTC)
        if moment > after:
            return moment
        day += _DAY


class _Daily(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Asks `next_due` by the bot's clock, and answers by the machine's."""

    def __init__(self, schedule: Schedule, clock: Clock) -> None:
        self._schedule = schedule
        self._clock = clock

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return the machine's time of the next ring, as APScheduler asks for it."""
        ahead = self._clock.ahead
        after = max(previous_fire_time, now) if previous_fire_time else now
        return next_due(self._schedule, after.astimezone(UTC) + ahead) - ahead


class AlarmClock:
    """Rings once for each schedule whenever it comes due."""

    def __init__(self, clock: Clock, ring: Callable[[int], Awaitable[None]]) -> None:
        """Make it silent until `start`.

        Args:
            clock: What time it is.
            ring: Called with a schedule's id when it comes due.
        """
        self.clock = clock
        self._ring = ring
        self._schedules: dict[int, Schedule] = {}
        self._scheduler: AsyncIOScheduler | None = None

    def start(self, schedules: Iterable[Schedule]) -> None:
        """Begin to ring for these schedules, in the running event loop."""
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
        for schedule in schedules:
            self.add(schedule)
        self._scheduler.start()

    def add(self, schedule: Schedule) -> None:
        """Ring for this schedule too, or by its new time."""
        if self._scheduler is None:
            raise RuntimeError("the alarm clock has not been started")
        self._schedules[schedule.id] = schedule
        self._scheduler.add_job(
            self._ring,
            _Daily(schedule, self.clock),
            args=(schedule.id,),
            id=str(schedule.id),
            replace_existing=True,
        )

    def remove(self, schedule_id: int) -> None:
        """Ring for this schedule no more; an unknown one is nothing new."""
        if self._schedules.pop(schedule_id, None) is not None and self._scheduler is not None:
            self._scheduler.remove_job(str(schedule_id))

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` now, and ring for what comes due from then on."""
        self.clock.move_to(moment)
        for schedule in list(self._schedules.values()):
            self.add(schedule)

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None


def _report(event: JobExecutionEvent) -> None:
    if event.exception is not None:
        log.error("schedule %s failed", event.job_id, exc_info=event.exception)
    else:
        log.warning("schedule %s was due at %s and missed", event.job_id, event.scheduled_run_time)
