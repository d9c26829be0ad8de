"""What a post is of: a day, a week or a month of digests."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from storage.records import Span


@dataclass(frozen=True, slots=True)
class Subject:
    """A day, a week from Monday or a month."""

    span: Span
    first: date
    last: date
    """The same as `first` for a day."""

    @classmethod
    def of(cls, span: Span, day: date) -> Self:
        """Return the day, week or month that a day belongs to."""
        match span:
            case Span.DAY:
                return cls(span, day, day)
            case Span.WEEK:
                monday = day - timedelta(days=day.weekday())
                return cls(span, monday, monday + timedelta(days=6))
            case Span.MONTH:
                days = calendar.monthrange(day.year, day.month)[1]
                return cls(span, day.replace(day=1), day.replace(day=days))

    @classmethod
    def parse(cls, key: str) -> Self:
        """Return the subject of a `key`.

        Raises:
            ValueError: It is none.
        """
        span, _, first = key.partition(":")
        day = date.fromisoformat(f"{first}-01" if span == Span.MONTH else first)
        try:
            subject = cls.of(Span(span), day)
        except OverflowError:  # a week that ends after the last day that there is
            raise ValueError(f"{key!r} names no subject") from None
        if subject.key != key:
            raise ValueError(f"{key!r} names no subject")
        return subject

    @property
    def key(self) -> str:
        """Such as `day:2025-02-21`, `week:2025-02-17` (its Monday) or `month:2025-02`."""
        first = self.first.isoformat()
        return f"{self.span}:{first[:7] if self.span is Span.MONTH else first}"
