"""Notice that no source has brought papers for several weekdays in a row. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.ingest.timetable import Timetable
from storage.records import SourceDay, Trouble

_LEAST: Final = 2
"""Days without papers to warn about: a single one is no problem."""
_FRIDAY: Final = 4
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """A source that the settings have."""

    title: str
    """Its name for people, such as "Hugging Face"."""
    timetable: Timetable


def find_trouble(
    known: Mapping[str, Mapping[date, SourceDay]],
    watched: Mapping[str, WatchedSource],
    *,
    now: datetime,
    age: timedelta,
) -> Trouble | None:
    """Return since when no source has brought papers, and which failed; `None` if all is well.

    The days are those of the lists. Only weekdays count, and not those on which a live source had
    an empty list. As long as there never were any papers, there is nothing to compare with.

    Args:
        known: What is known of the days since the newest one with papers, by source and date.
        watched: The sources of the settings, by name and in their order.
        now: The wall clock, in UTC.
        age: How long a live list must have been open to count as missing.
    """
    arrived = [state.date for days in known.values() for state in days.values() if state.arrived_at]
    if not arrived or not watched:
        return None
    newest = max(source.timetable.newest_day(now) for source in watched.values())
    between = (newest - max(arrived)).days
    missing = [
        day
        for day in (newest - timedelta(days=number) for number in range(between))
        if _is_missing(day, known, watched, now, age)
    ]
    if len(missing) < _LEAST:
        return None
    failures = [
        (state.checked_at or _NEVER, source.title, state.error)
        for name, source in watched.items()
        for day in missing
        if (state := known.get(name, {}).get(day)) is not None and state.error is not None
    ]
    return Trouble(
        since=missing[-1],
        sources=tuple(dict.fromkeys(title for _, title, _ in failures)),
        error=max(failures)[-1] if failures else None,
    )


def _is_missing(
    day: date,
    known: Mapping[str, Mapping[date, SourceDay]],
    watched: Mapping[str, WatchedSource],
    now: datetime,
    age: timedelta,
) -> bool:
    """Return whether a day without papers should have had some by now."""
    if day.weekday() > _FRIDAY:
        return False
    states = [(source.timetable, known.get(name, {}).get(day)) for name, source in watched.items()]
    return any(timetable.is_expected(day, now, age) for timetable, _ in states) and not any(
        state is not None and timetable.is_empty(state, age) for timetable, state in states
    )
