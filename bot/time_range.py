"""The time ranges of `/top`, counted back from the newest digest instead of from today's date.

A digest comes late, and not at all on weekends: a calendar week would be empty each Monday.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class TimeRange(StrEnum):
    """A time range that `/top` and `daily-papers top` can show."""

    TODAY = "today"
    """The newest digest only."""
    WEEK = "week"
    """The 7 days that end with the newest digest."""
    MONTH = "month"
    """The 30 days that end with the newest digest."""
    YEAR = "year"
    """The 365 days that end with the newest digest."""
    ALL = "all"
    """Every digest."""


TIME_RANGES: Final = tuple(TimeRange)
"""Shortest first."""

_DAYS: Final = {
    TimeRange.TODAY: 1,
    TimeRange.WEEK: 7,
    TimeRange.MONTH: 30,
    TimeRange.YEAR: 365,
}


def first_and_last_day(time_range: str, newest: date) -> tuple[date | None, date]:
    """Return the first and the last day of a time range.

    Args:
        time_range: A value of `TimeRange`.
        newest: The date of the newest digest, which is the last day.

    Returns:
        The first day is `None` where there is no lower bound.

    Raises:
        ValueError: There is no such time range.
    """
    days = _DAYS.get(TimeRange(time_range))
    if days is None or newest.toordinal() < days:
        return None, newest
    return newest - timedelta(days=days - 1), newest
