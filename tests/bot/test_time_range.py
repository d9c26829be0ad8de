from datetime import date

import pytest

from bot.time_range import TIME_RANGES, TimeRange, first_and_last_day

NEWEST = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("time_range", "first"),
    [
        ("today", date(2025, 3, 1)),
        ("week", date(2025, 2, 23)),
        ("month", date(2025, 1, 31)),
        ("year", date(2024, 3, 2)),
        ("all", None),
    ],
)
def test_time_range_is_counted_back_from_the_newest_digest(
    time_range: str, first: date | None
) -> None:
    assert first_and_last_day(time_range, NEWEST) == (first, NEWEST)


def test_time_ranges_are_sorted_shortest_first() -> None:
    starts = [first_and_last_day(time_range, NEWEST)[0] or date.min for time_range in TIME_RANGES]
    assert starts == sorted(starts, reverse=True)


def test_time_range_that_begins_before_year_1_has_no_first_day() -> None:
    assert first_and_last_day(TimeRange.YEAR, date(1, 1, 5)) == (None, date(1, 1, 5))


def test_unknown_time_range_is_an_error() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        first_and_last_day("fortnight", NEWEST)
