"""Compute the occurrences of schedules. Pure.

A schedule has at most one occurrence per local day, at a local time. A day on which clock changes
skip that time, and a day on which they repeat it, both have one occurrence.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.records import Frequency, Schedule, ScheduleSettings

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which a schedule posts."""

    day: date
    """The local day of the occurrence."""
    due: datetime
    """UTC."""


def posts_on(settings: ScheduleSettings, day: date) -> bool:
    """Return whether a schedule posts on a local day."""
    match settings.period:
        case Frequency.DAY:
            return bool(settings.days >> day.weekday() & 1)
        case Frequency.WEEK:
            return day.weekday() == 0
        case Frequency.MONTH:
            return day.day == 1


def due_on(settings: ScheduleSettings, day: date) -> datetime:
    """Return when a schedule is due on a local day, in UTC.

    If the local time does not exist on that day, it is moved past the gap by the gap's length; if
    it exists twice, the first one counts.
    """
    # In a gap, fold=0 means the offset before the gap, which moves the time past the gap.
    local = datetime.combine(day, settings.time, ZoneInfo(settings.timezone))
    return local.astimezone(UTC)


def next_due(settings: ScheduleSettings, after: datetime) -> datetime:
    """Return the first time later than `after` at which a schedule is due, in UTC."""
    day = after.astimezone(ZoneInfo(settings.timezone)).date() - _DAY
    while True:
        if posts_on(settings, day) and (moment := due_on(settings, day)) > after:
            return moment
        day += _DAY


def last_occurrence(settings: ScheduleSettings, until: datetime) -> Occurrence:
    """Return the newest occurrence that was due by `until`."""
    day = until.astimezone(ZoneInfo(settings.timezone)).date() + _DAY
    while True:
        if posts_on(settings, day) and (moment := due_on(settings, day)) <= until:
            return Occurrence(day, moment)
        day -= _DAY


def open_occurrence(schedule: Schedule, now: datetime) -> Occurrence | None:
    """Return the newest due occurrence that the schedule has not claimed yet, or `None`.

    An occurrence before the schedule was created or its times were changed doesn't count. Nor does
    a second one on the same day, by the old time zone or by the new one.
    """
    occurrence = last_occurrence(schedule.settings, now)
    if occurrence.due <= (schedule.timed_at or schedule.created_at):
        return None
    if schedule.last_day is None or schedule.last_due is None:
        return occurrence
    last_day = schedule.last_day
    if schedule.timed_at is not None and schedule.timed_at >= schedule.last_due:
        zone = ZoneInfo(schedule.settings.timezone)
        last_day = max(last_day, schedule.last_due.astimezone(zone).date())
    is_newer = occurrence.day > last_day and occurrence.due > schedule.last_due
    return occurrence if is_newer else None


def next_run(schedule: Schedule, after: datetime) -> datetime:
    """Return when a schedule posts next, in UTC: the next occurrence not yet posted.

    It is the same as `next_due`, unless the time was changed on a day that had an occurrence.
    """
    moment = next_due(schedule.settings, after)
    while open_occurrence(schedule, moment) is None:
        moment = next_due(schedule.settings, moment)
    return moment


def count_between(
    settings: ScheduleSettings, after: datetime, before: datetime, *, most: int
) -> int:
    """Return the number of occurrences between two times, both excluded; at most `most`."""
    count = 0
    moment = next_due(settings, after)
    while moment < before and count < most:
        count += 1
        moment = next_due(settings, moment)
    return count


def end_of_day(settings: ScheduleSettings, now: datetime) -> datetime:
    """Return the midnight that ends a schedule's local day, in UTC."""
    zone = ZoneInfo(settings.timezone)
    tomorrow = now.astimezone(zone).date() + _DAY
    return datetime.combine(tomorrow, datetime.min.time(), zone).astimezone(UTC)
