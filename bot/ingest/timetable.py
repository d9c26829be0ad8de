"""When to read which day's list of a source. Pure.

A list that is open is read every 15 minutes. When it has closed, votes go on growing more and more
slowly: it is read with growing pauses for 7 days. Before a post is due, the list that it takes is
read once more, so that its votes are of that moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol

from bot.sources import list_days
from storage.records import SourceDay

DAYS_BACK: Final = 29
"""Days before the newest list that are read once if they never were."""
BEFORE_POST: Final = timedelta(minutes=10)
"""How long before a post is due its list is read at the earliest."""
_OPEN_PAUSE: Final = timedelta(minutes=15)
_SHORTEST_PAUSE: Final = timedelta(minutes=30)
_LONGEST_PAUSE: Final = timedelta(days=1)
_READ_FOR: Final = timedelta(days=7)
"""How long after its end a list is read again and again."""
_FAILED_PAUSE: Final = timedelta(hours=1)


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

    def is_eligible(self, day: date, due: datetime, age: timedelta) -> bool:  # noqa: ARG002
        """Return whether the day has begun; how long ago does not matter."""
        return self.opens_at(day) <= due

    def is_expected(self, day: date, now: datetime, age: timedelta) -> bool:  # noqa: ARG002
        """Return whether the day has ended everywhere."""
        return self.closes_at(day) <= now

    def is_empty(self, state: SourceDay, age: timedelta) -> bool:  # noqa: ARG002
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
    due: list[tuple[bool, bool, date]] = []
    later: list[datetime] = [timetable.opens_at(newest + timedelta(days=1))]
    for post in posts:
        earliest = post - BEFORE_POST
        if earliest > now:
            later.append(earliest)
            continue
        for day in lists_of_post(timetable, known, post, newest=newest, age=age):
            checked_at = _checked_at(known, day)
            if post > now and (checked_at is None or checked_at < earliest):
                due.append((True, False, day))
    for days in range(DAYS_BACK + 1):
        day = newest - timedelta(days=days)
        at = reading_of_day(timetable, known.get(day), day)
        if at is not None and at <= now:
            state = known.get(day)
            due.append((False, state is None or state.error is None, day))
        elif at is not None:
            later.append(at)
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
        return min(checked + _OPEN_PAUSE, closes)
    if state.read_at is None or state.read_at < closes:
        return checked + _FAILED_PAUSE
    if checked >= closes + _READ_FOR:
        return None
    pause = min(max((checked - closes) / 2, _SHORTEST_PAUSE), _LONGEST_PAUSE)
    return min(checked + pause, closes + _READ_FOR)


def _checked_at(known: Mapping[date, SourceDay], day: date) -> datetime | None:
    state = known.get(day)
    return state.checked_at if state is not None else None
