"""When to read which day's list of a source. Pure.

A list that is open is read every 15 minutes. When it has closed, votes go on growing more and more
slowly: it is read with growing pauses for 7 days. Before a post is due, the list that it takes is
read once more, so that its votes are of that moment.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol

from bot.sources import list_days
from storage.records import SourceDay

DAYS_BACK: Final = 29
"""Days before the newest list that are read once if they never were."""
BEFORE_POST: Final = timedelta(minutes=10)
"""How long before a post is due its list must have been read at the earliest."""
_READ_BEFORE_POST: Final = timedelta(minutes=5)
"""How long before a post is due its list is read, unless it was: the reading then also serves the
posts of the 5 minutes after it."""
_OPEN_PAUSE: Final = timedelta(minutes=15)
_SHORTEST_PAUSE: Final = timedelta(minutes=30)
_LONGEST_PAUSE: Final = timedelta(days=1)
_READ_FOR: Final = timedelta(days=7)
"""How long after its end a list is read again and again."""
_FAILED_PAUSE: Final = timedelta(hours=1)
"""How long after a failure a closed list is read again at the earliest."""
_FAILED_BEFORE_POST: Final = timedelta(minutes=2)
"""The same for a list that a post is about to take."""


class Timetable(Protocol):
    """The days of a source's lists."""

    def opens_at(self, day: date) -> datetime:
        """Return when a day's list begins to fill, or may come, in UTC."""

    def closes_at(self, day: date) -> datetime:
        """Return when a day's list is complete, in UTC."""

    def newest_day(self, now: datetime) -> date:
        """Return the newest day whose list may have papers at a moment."""

    def is_eligible(self, day: date, due: datetime, age: timedelta) -> bool:
        """Return whether a post due at a moment may take a day's list."""

    def is_expected(self, day: date, now: datetime, age: timedelta) -> bool:
        """Return whether a day's list should have come by now, unless the day has none."""

    def is_empty(self, state: SourceDay, age: timedelta) -> bool:
        """Return whether it is known that a day has no list, for example on a holiday."""


class LiveTimetable:
    """Hugging Face's days: a list fills from 21:30 in New York to 21:30 of the next day."""

    def opens_at(self, day: date) -> datetime:
        """Return when a day's list begins to fill, in UTC."""
        return list_days.opens_at(day)

    def closes_at(self, day: date) -> datetime:
        """Return when a day's list is complete, in UTC."""
        return list_days.closes_at(day)

    def newest_day(self, now: datetime) -> date:
        """Return the day whose list is open at a moment."""
        return list_days.open_day(now)

    def is_eligible(self, day: date, due: datetime, age: timedelta) -> bool:
        """Return whether a day's list had been open long enough when a post is due."""
        return list_days.opens_at(day) + age <= due

    def is_expected(self, day: date, now: datetime, age: timedelta) -> bool:
        """Return whether a day's list has been open long enough."""
        return self.is_eligible(day, now, age)

    def is_empty(self, state: SourceDay, age: timedelta) -> bool:
        """Return whether a day's list had no papers when it had been open long enough."""
        return (
            state.arrived_at is None
            and state.read_at is not None
            and self.is_eligible(state.date, state.read_at, age)
        )


class WrittenTimetable:
    """Digests that someone writes: they come complete, at any time around their day."""

    def opens_at(self, day: date) -> datetime:
        """Return when the day begins in the first time zone, in UTC."""
        return datetime.combine(day, time(), UTC) - timedelta(hours=14)

    def closes_at(self, day: date) -> datetime:
        """Return when the day has ended in the last time zone, in UTC."""
        return datetime.combine(day, time(), UTC) + timedelta(hours=36)

    def newest_day(self, now: datetime) -> date:
        """Return the newest day that has begun anywhere."""
        return (now.astimezone(UTC) + timedelta(hours=14)).date()

    def is_eligible(self, day: date, due: datetime, age: timedelta) -> bool:  # noqa: ARG002 - as `Timetable` has it
        """Return whether the day has begun; how long ago does not matter."""
        return self.opens_at(day) <= due

    def is_expected(self, day: date, now: datetime, age: timedelta) -> bool:  # noqa: ARG002 - as `Timetable` has it
        """Return whether the day has ended everywhere."""
        return self.closes_at(day) <= now

    def is_empty(self, state: SourceDay, age: timedelta) -> bool:  # noqa: ARG002 - as `Timetable` has it
        """Return `False`: what is missing may still be written."""
        return False


@dataclass(frozen=True, slots=True)
class NextReading:
    """What to read next of a source."""

    day: date | None
    """`None`: nothing is due."""
    at: datetime
    """UTC; now if `day` is due, else when to look again at the latest."""


def next_reading(
    timetable: Timetable,
    known: Mapping[date, SourceDay],
    posts: Iterable[datetime],
    *,
    now: datetime,
    age: timedelta,
) -> NextReading:
    """Return which day's list is to be read now, or when the next one is.

    The list of a post that is due soon comes first, then the newest list, then older ones; a day
    that failed comes after those that did not.

    Args:
        timetable: The days of the source.
        known: What is known of its days, by date.
        posts: When posts are due, in UTC: the next 10 minutes and the first one after them.
        now: The wall clock, in UTC.
        age: How long a live list must have been open when a post takes it.
    """
    newest = timetable.newest_day(now)
    # A reading after now was recorded while the clock was ahead: nobody knows when it was.
    known = {
        day: state
        for day, state in known.items()
        if state.checked_at is None or state.checked_at <= now
    }
    due: list[tuple[bool, bool, date]] = []
    later: list[datetime] = [timetable.opens_at(newest + timedelta(days=1))]
    for post in posts:
        for day, at in _readings_before(timetable, known, post, now=now, age=age):
            if at > now:
                later.append(at)
            elif now < post:
                due.append((True, False, day))
    for days in range(DAYS_BACK + 1):
        day = newest - timedelta(days=days)
        following = reading_of_day(timetable, known.get(day), day)
        if following is not None and following <= now:
            state = known.get(day)
            due.append((False, state is None or state.error is None, day))
        elif following is not None:
            later.append(following)
    if due:
        return NextReading(max(due)[-1], now)
    return NextReading(None, min(later))


def lists_of_post(
    timetable: Timetable,
    known: Mapping[date, SourceDay],
    post: datetime,
    *,
    newest: date,
    age: timedelta,
) -> tuple[date, ...]:
    """Return the days whose lists a post that is due at a moment may take.

    That is the newest list that is old enough by then, and if nothing of it has come (such as at a
    weekend) also the newest one before it that has.
    """
    for days in range(DAYS_BACK + 1):
        day = newest - timedelta(days=days)
        if timetable.is_eligible(day, post, age):
            break
    else:
        return ()
    state = known.get(day)
    if state is not None and state.arrived_at is not None:
        return (day,)
    arrived = [each for each, state in known.items() if each < day and state.arrived_at is not None]
    return (day, max(arrived)) if arrived else (day,)


def reading_of_day(timetable: Timetable, state: SourceDay | None, day: date) -> datetime | None:
    """Return when a day's list is to be read next, in UTC; `None` if never again."""
    opens, closes = timetable.opens_at(day), timetable.closes_at(day)
    if state is None or state.checked_at is None:
        return opens
    checked = state.checked_at
    if checked < closes:
        return checked + _OPEN_PAUSE
    if state.read_at is None or state.read_at < closes:
        return checked + _growing_pause(checked - closes, _FAILED_PAUSE)
    following = checked + _growing_pause(checked - closes, _SHORTEST_PAUSE)
    return following if following <= closes + _READ_FOR else None


def _growing_pause(age: timedelta, shortest: timedelta) -> timedelta:
    """Return the pause until the next reading of a list that closed some time ago."""
    return min(max(age / 2, shortest), _LONGEST_PAUSE)


def _readings_before(
    timetable: Timetable,
    known: Mapping[date, SourceDay],
    post: datetime,
    *,
    now: datetime,
    age: timedelta,
) -> Iterator[tuple[date, datetime]]:
    """Yield the days whose lists are to be read before a post, each with the time."""
    earliest = post - BEFORE_POST
    for day in lists_of_post(timetable, known, post, newest=timetable.newest_day(now), age=age):
        state = known.get(day)
        if state is None or state.checked_at is None or state.checked_at < earliest:
            yield day, post - _READ_BEFORE_POST
        elif state.error is not None:
            yield day, state.checked_at + _FAILED_BEFORE_POST
