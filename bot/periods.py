"""Which digests a period covers: counted back from the newest one, not from today's date.

A digest comes late, and not at all on weekends, so a calendar's week would be empty each Monday.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Period(StrEnum):
    """What `/top` and `daily-papers top` can be asked for."""

    TODAY = "today"
    """The newest digest alone."""
    WEEK = "week"
    """The 7 days that end with the newest digest's."""
    MONTH = "month"
    """The 30 days that end with the newest digest's."""
    YEAR = "year"
    """The 365 days that end with the newest digest's."""
    ALL = "all"
    """Every digest."""


PERIODS: Final = tuple(Period)
"""Shortest first."""

_DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}


def period_range(period: str, newest: date) -> tuple[date | None, date]:
    """Return the first and the last day that a period covers; `None` is as far back as there is.

    Raises:
        ValueError: There is no such period.
    """
    days = _DAYS.get(Period(period))
    if days is None or newest.toordinal() < days:
        return None, newest
    return newest - timedelta(days=days - 1), newest
