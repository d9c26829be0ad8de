from datetime import date

import pytest

from bot.periods import PERIODS, Period, period_range

NEWEST = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("period", "first"),
    [
        ("today", date(2025, 3, 1)),
        ("week", date(2025, 2, 23)),
        ("month", date(2025, 1, 31)),
        ("year", date(2024, 3, 2)),
        ("all", None),
    ],
)
def test_a_period_is_counted_back_from_the_newest_digest(period: str, first: date | None) -> None:
    assert period_range(period, NEWEST) == (first, NEWEST)


def test_periods_stand_shortest_first() -> None:
    starts = [period_range(period, NEWEST)[0] or date.min for period in PERIODS]
    assert starts == sorted(starts, reverse=True)


def test_a_period_before_the_calendar_begins_is_open() -> None:
    assert period_range(Period.YEAR, date(1, 1, 5)) == (None, date(1, 1, 5))


def test_an_unknown_period_is_an_error() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        period_range("fortnight", NEWEST)
