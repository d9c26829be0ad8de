"""Read a day as a person types it, whole or as far as they have got. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Final, Self

_LONGEST: Final = 40
_TOKEN: Final = re.compile(
    r"(?P<number>[0-9]+)(?:\s*(?P<unit>[년월일])|(?:st?|nd?|rd?|th?)\b)?|(?P<word>[^\W\d_]+)"
)
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_ALL_MONTHS: Final = frozenset(range(1, 13))
_ALL_DAYS: Final = frozenset(range(1, 32))
_YEAR_DIGITS: Final = 4
_FOUR_YEARS: Final = 4 * 366
_MOST_NUMBERS: Final = 3
"""Year, month and day."""


@dataclass(frozen=True, slots=True)
class DayPattern:
    """Which days a typed text may mean."""

    year: str = ""
    """How the year begins; empty for any."""
    months: frozenset[int] = _ALL_MONTHS
    days: frozenset[int] = _ALL_DAYS

    @property
    def only_day(self) -> date | None:
        """The only day that it means; `None` if there is none, or if there are several."""
        if len(self.year) < _YEAR_DIGITS or len(self.months) > 1 or len(self.days) > 1:
            return None
        try:
            return date(int(self.year), *self.months, *self.days)
        except ValueError:  # such as February 30
            return None

    def newest(self, last: date) -> date | None:
        """Return the newest day that it may mean up to a day, within four years of it."""
        days = (last - timedelta(days=back) for back in range(_FOUR_YEARS))
        return next((day for day in days if self.matches(day)), None)

    def matches(self, day: date) -> bool:
        """Return whether the text may mean a day."""
        return (
            day.day in self.days
            and day.month in self.months
            and (not self.year or f"{day.year:04}".startswith(self.year))
        )


def matching_days(text: str, days: Iterable[date], *, limit: int) -> list[date]:
    """Return the first days that a text may mean, if more of it may follow; all for no text.

    >>> february = [date(2025, 2, 21), date(2025, 2, 20), date(2025, 2, 2)]
    >>> [day.day for day in matching_days("Feb 2", february, limit=2)]
    [21, 20]
    """
    patterns = _patterns(text)
    return list(islice((day for day in days if any(p.matches(day) for p in patterns)), limit))


def read_day(text: str) -> DayPattern | None:
    """Return which days a text means that is complete; `None` if it is no day.

    >>> read_day("2월 21일") == read_day("02-21") == read_day("Feb 21")
    True
    >>> read_day("21").matches(date(2025, 3, 21))
    True
    >>> read_day("Feb 2025"), read_day("tomorrow")
    (None, None)
    """
    parts = _Parts.of(text)
    if parts is None:
        return None
    month, day, others = parts.assign_numbers()
    if day is None and len(others) == 1 and not parts.year:
        day, others = others[0], []
    if day is None or others or len(parts.year) not in (0, _YEAR_DIGITS):
        return None
    days = _numbers_like(day, _ALL_DAYS)
    months = parts.named or (_numbers_like(month, _ALL_MONTHS) if month else _ALL_MONTHS)
    return DayPattern(parts.year, months, days) if months and days else None


def _patterns(text: str) -> tuple[DayPattern, ...]:
    """Return which days a text may mean, of which the end may be missing."""
    if not text.strip():
        return (DayPattern(),)
    parts = _Parts.of(text)
    if parts is None:
        return ()
    month, day, others = parts.assign_numbers()
    is_open = parts.ends_with_number
    months = parts.named or _ALL_MONTHS
    if month is not None:
        months = _numbers_like(month, _ALL_MONTHS, is_open=is_open and day is None)
    if day is not None:
        return (DayPattern(parts.year, months, _numbers_like(day, _ALL_DAYS, is_open=is_open)),)
    if not others:
        return (DayPattern(parts.year, months),)
    (number,) = others  # a day, or the month with which a day begins
    month_of = DayPattern(parts.year, _numbers_like(number, _ALL_MONTHS))
    day_of = DayPattern(parts.year, months, _numbers_like(number, _ALL_DAYS, is_open=is_open))
    return (month_of, day_of)


def _numbers_like(typed: str, numbers: frozenset[int], *, is_open: bool = False) -> frozenset[int]:
    """Return the numbers that are written so; if `is_open`, also those that begin so."""
    if is_open:
        return frozenset(
            each
            for each in numbers
            if str(each).startswith(typed) or f"{each:02}".startswith(typed)
        )
    return frozenset({int(typed)} & numbers)


@dataclass(slots=True)
class _Parts:
    """The numbers and names in a typed text."""

    year: str = ""
    named: frozenset[int] = frozenset()
    """The months that a name may mean."""
    month: str | None = None
    day: str | None = None
    bare: list[str] = field(default_factory=list)
    """Numbers of one or two digits without a unit, in order."""
    ends_with_number: bool = False

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Return the parts of a text; `None` if it has something else than a day, or twice."""
        parts = cls()
        # Hangul that was typed on some systems comes as separate letters.
        normal = unicodedata.normalize("NFKC", text).casefold().strip()
        if len(normal) > _LONGEST:
            return None
        for match in _TOKEN.finditer(normal):
            if not parts._take(match["number"], match["unit"], match["word"]):
                return None
        parts.ends_with_number = normal[-1:].isdigit()
        has_any = parts.year or parts.named or parts.month or parts.day or parts.bare
        is_one_day = len(parts.bare) + bool(parts.year) <= _MOST_NUMBERS
        return parts if has_any and is_one_day else None

    def _take(self, number: str | None, unit: str | None, word: str | None) -> bool:
        """Add a number or a name; return whether it can be part of a day."""
        if word is not None:
            months = (n for n, name in enumerate(_MONTHS, 1) if name.startswith(word))
            is_new = not self.named and self.month is None
            self.named = frozenset(months)
            return is_new and bool(self.named)
        assert number is not None
        match unit, len(number):
            case "년", _:
                is_new, self.year = not self.year, number
            case "월", 1 | 2:
                is_new = self.month is None and not self.named
                self.month = number
            case "일", 1 | 2:
                is_new, self.day = self.day is None, number
            case None, 1 | 2:
                self.bare.append(number)
                is_new = True
            case None, 3 | 4:
                is_new, self.year = not self.year, number
            case None, 8:
                is_new = not self.year and not self.bare
                self.year, self.bare = number[:4], [number[4:6], number[6:]]
            case _:
                return False
        return is_new

    def assign_numbers(self) -> tuple[str | None, str | None, list[str]]:
        """Return the month, the day, and a number that may be either; `None` for what is missing.

        A month that has a name is not among them.
        """
        month, day, bare = self.month, self.day, list(self.bare)
        if len(bare) == _MOST_NUMBERS:
            self.year = f"20{int(bare.pop(0)):02}"
        has_month = month is not None or bool(self.named)
        if bare and has_month and day is None:
            day = bare.pop(0)
        elif bare and not has_month and day is not None:
            month = bare.pop(0)
        elif len(bare) == _MOST_NUMBERS - 1 and not has_month:
            month, day = sorted(bare, key=lambda each: int(each) > len(_MONTHS))
            bare = []
        elif bare and self.year and not has_month:
            month = bare.pop(0)
        return month, day, bare
