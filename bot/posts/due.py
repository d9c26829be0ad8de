"""When a schedule comes due, and whether it has had its turn. Pure.

A schedule has one turn a day on which it posts. The day is the local one of its time; the moment
follows from it by the zone's rules, so that a day without that local time (the clocks were put
forward over it) and a day that has it twice both have one turn.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from storage.records import Schedule, Span

_DAY = timedelta(days=1)


class Timed(Protocol):
    """What is needed of a schedule to tell when it comes due."""

    @property
    def time(self) -> time:
        """Local, whole minutes."""

    @property
    def timezone(self) -> str:
        """IANA name."""

    @property
    def days(self) -> int:
        """A bit a weekday on which it posts: 1 is Monday."""

    @property
    def period(self) -> Span:
        """A week's or a month's best is posted on the first day after it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One time at which a schedule is to post."""

    day: date
    """The local day that it is for."""
    due: datetime
    """UTC."""


def posts_on(schedule: Timed, day: date) -> bool:
    """Say whether a schedule posts on a local day."""
    match schedule.period:
        case Span.DAY:
            return bool(schedule.days >> day.weekday() & 1)
        case Span.WEEK:
            return day.weekday() == 0
        case Span.MONTH:
            return day.day == 1


def due_on(schedule: Timed, day: date) -> datetime:
    """Return when a schedule comes due on a local day, in UTC.

    Where the local time does not exist on that day, the moment is as long after the change as the
    time is after the hour that was skipped; where it exists twice, the first counts.
    """
    # fold=0 before a gap takes the offset of before, which lands as far behind the gap.
    return datetime.combine(day, schedule.time, ZoneInfo(schedule.timezone)).astimezone(UTC)


def next_due(schedule: Timed, after: datetime) -> datetime:
    """Return the first moment later than `after` at which a schedule comes due, in UTC."""
    day = after.astimezone(ZoneInfo(schedule.timezone)).date() - _DAY
    while True:
        if posts_on(schedule, day) and (moment := due_on(schedule, day)) > after:
            return moment
        day += _DAY


def last_turn(schedule: Timed, until: datetime) -> Turn:
    """Return the newest turn that came due by `until`."""
    day = until.astimezone(ZoneInfo(schedule.timezone)).date() + _DAY
    while True:
        if posts_on(schedule, day) and (moment := due_on(schedule, day)) <= until:
            return Turn(day, moment)
        day -= _DAY


def open_turn(schedule: Schedule, now: datetime) -> Turn | None:
    """Return the newest turn that has come due and that the schedule has not had.

    A turn from before the schedule was made, or before its times were changed, is none. Nor is a
    second one of a day that had its turn: neither by the zone that held then, nor by that of now.
    """
    turn = last_turn(schedule, now)
    if turn.due <= (schedule.timed_at or schedule.created_at):
        return None
    if schedule.last_day is None or schedule.last_due is None:
        return turn
    had = schedule.last_day
    if schedule.timed_at is not None and schedule.timed_at >= schedule.last_due:
        there = schedule.last_due.astimezone(ZoneInfo(schedule.timezone)).date()
        had = max(had, there)
    return turn if turn.day > had and turn.due > schedule.last_due else None


def next_turn(schedule: Schedule, after: datetime) -> datetime:
    """Return when a schedule will have its next turn, in UTC: its next due one that is no second.

    The same as `next_due`, unless its times were changed on a day that had its turn.
    """
    moment = next_due(schedule, after)
    while open_turn(schedule, moment) is None:
        moment = next_due(schedule, moment)
    return moment


def turns_between(schedule: Timed, after: datetime, before: datetime, *, most: int) -> int:
    """Return how many turns come due between two moments, both excluded; at most `most`."""
    count = 0
    moment = next_due(schedule, after)
    while moment < before and count < most:
        count += 1
        moment = next_due(schedule, moment)
    return count
