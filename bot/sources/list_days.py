"""The days of Hugging Face's daily lists, which are not days of UTC.

The list of a day opens at 21:30 in New York on the day before and closes at 21:30 on the day
itself: at 01:30 UTC in US summer time, and at 02:30 UTC otherwise. Source: the submission times
of 233 lists.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_CHANGE: Final = time(21, 30)
_ZONE: Final = ZoneInfo("America/New_York")
_DAY: Final = timedelta(days=1)


def opens_at(day: date) -> datetime:
    """Return the moment, in UTC, at which the list of a day begins to fill.

    >>> opens_at(date(2025, 7, 15)).isoformat()
    '2025-07-15T01:30:00+00:00'
    >>> opens_at(date(2025, 1, 15)).isoformat()
    '2025-01-15T02:30:00+00:00'
    """
    return closes_at(day - _DAY)


def closes_at(day: date) -> datetime:
    """Return the moment, in UTC, from which papers go into the list of the next day.

    >>> closes_at(date(2025, 7, 15)).isoformat()
    '2025-07-16T01:30:00+00:00'
    """
    return datetime.combine(day, _CHANGE, _ZONE).astimezone(UTC)


def open_day(now: datetime) -> date:
    """Return the day whose list is open at a moment, which has a time zone.

    >>> open_day(datetime(2025, 7, 15, 1, 29, tzinfo=UTC)).isoformat()
    '2025-07-14'
    >>> open_day(datetime(2025, 7, 15, 1, 30, tzinfo=UTC)).isoformat()
    '2025-07-15'
    """
    local = now.astimezone(_ZONE)
    return local.date() + _DAY if local.time() >= _CHANGE else local.date()
