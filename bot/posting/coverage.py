"""The coverage of a post: the digests of a day, of a week from Monday, or of a month. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from storage.records import Frequency

_PAGES: Final = "https://huggingface.co/papers"


@dataclass(frozen=True, slots=True)
class Coverage:
    """A day, a week or a month."""

    kind: Frequency
    first: date
    last: date
    """The same as `first` for a day."""

    @classmethod
    def of(cls, kind: Frequency, day: date) -> Self:
        """Return the day, week or month that a day belongs to."""
        match kind:
            case Frequency.DAY:
                return cls(kind, day, day)
            case Frequency.WEEK:
                monday = day - timedelta(days=day.weekday())
                return cls(kind, monday, monday + timedelta(days=6))
            case Frequency.MONTH:
                days = calendar.monthrange(day.year, day.month)[1]
                return cls(kind, day.replace(day=1), day.replace(day=days))

    @classmethod
    def parse(cls, key: str) -> Self:
        """Return the coverage with this `key`.

        Raises:
            ValueError: There is none.
        """
        kind, _, first = key.partition(":")
        day = date.fromisoformat(f"{first}-01" if kind == Frequency.MONTH else first)
        try:
            coverage = cls.of(Frequency(kind), day)
        except OverflowError:  # a week that ends after the last day that there is
            raise ValueError(f"{key!r} is no coverage") from None
        if coverage.key != key:
            raise ValueError(f"{key!r} is no coverage")
        return coverage

    @property
    def key(self) -> str:
        """Such as `day:2025-02-21`, `week:2025-02-17` (its Monday) or `month:2025-02`."""
        first = self.first.isoformat()
        return f"{self.kind}:{first[:7] if self.kind is Frequency.MONTH else first}"

    @property
    def huggingface_url(self) -> str:
        """The page at Hugging Face that lists its papers."""
        match self.kind:
            case Frequency.DAY:
                return f"{_PAGES}/date/{self.first.isoformat()}"
            case Frequency.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"{_PAGES}/week/{year}-W{week:02}"
            case Frequency.MONTH:
                return f"{_PAGES}/month/{self.first.isoformat()[:7]}"
