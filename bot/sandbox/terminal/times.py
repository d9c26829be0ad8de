"""Times as Discord writes them, in a person's language."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from math import inf
from typing import Literal, TypeAlias

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, format_timedelta, get_datetime_format

_Length: TypeAlias = Literal["short", "medium", "long", "full"]
_Unit: TypeAlias = Literal["minute", "hour", "day", "month", "year"]

_DEFAULT = "en-US"
_STYLES: Mapping[str, tuple[_Length | None, _Length | None]] = {
    "t": (None, "short"),
    "T": (None, "medium"),
    "d": ("short", None),
    "D": ("long", None),
    "f": ("long", "short"),
    "F": ("full", "short"),
    "s": ("short", "short"),
    "S": ("short", "medium"),
}
"""The lengths of date and time in each of Discord's styles but the relative one."""
_UNITS: tuple[tuple[_Unit, int, float], ...] = (
    ("minute", 60, 60),
    ("hour", 3_600, 24),
    ("day", 86_400, 30),
    ("month", 2_629_800, 12),
    ("year", 31_557_600, inf),
)
"""The units of distances, in seconds, and how many of one are another."""


def write_time(at: datetime, style: str, zone: tzinfo, locale: str) -> str:
    """Return a time in one of Discord's styles: t, T, d, D, f, F, s or S."""
    known = _parsed(locale)
    try:
        local = at.astimezone(zone)
    except OverflowError:  # at the ends of the calendar
        local = at.astimezone(UTC)
    date_length, time_length = _STYLES[style]
    date = format_date(local, date_length, known) if date_length else ""
    time = format_time(local, time_length, locale=known) if time_length else ""
    if not date_length or not time_length:
        return date or time
    pattern = str(get_datetime_format(date_length, locale=known)).replace("'", "")
    return pattern.replace("{0}", time).replace("{1}", date)


def write_distance(distance: timedelta, locale: str) -> str:
    """Return a relative time, such as “in 3 hours”; empty for less than a minute."""
    seconds = distance.total_seconds()
    unit, size = next((u, size) for u, size, many in _UNITS if abs(round(seconds / size)) < many)
    count = round(seconds / size)
    if not count:
        return ""
    # Babel would choose another unit, and has weeks.
    return format_timedelta(
        timedelta(seconds=count * size),
        granularity=unit,
        threshold=inf,
        add_direction=True,
        locale=_parsed(locale),
    )


@cache
def _parsed(locale: str) -> Locale:
    try:
        return Locale.parse(locale, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse(_DEFAULT, sep="-")
