"""The days of Hugging Face's lists, around the changes of New York's clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.list_days import closes_at, open_day, opens_at

DAYS = st.dates(date(2023, 1, 1), date(2035, 12, 31))
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("day", "opening", "closing"),
    [
        # Summer time begins in New York on 9 March 2025 at 07:00 UTC.
        (date(2025, 3, 8), (8, 2, 30), (9, 2, 30)),
        (date(2025, 3, 9), (9, 2, 30), (10, 1, 30)),
        (date(2025, 3, 10), (10, 1, 30), (11, 1, 30)),
        # It ends on 2 November 2025 at 06:00 UTC.
        (date(2025, 11, 1), (1, 1, 30), (2, 1, 30)),
        (date(2025, 11, 2), (2, 1, 30), (3, 2, 30)),
        (date(2025, 11, 3), (3, 2, 30), (4, 2, 30)),
    ],
)
def test_list_opens_and_closes_in_new_york_time(
    day: date, opening: tuple[int, int, int], closing: tuple[int, int, int]
) -> None:
    assert opens_at(day) == datetime(day.year, day.month, *opening, tzinfo=UTC)
    assert closes_at(day) == datetime(day.year, day.month, *closing, tzinfo=UTC)
    assert opens_at(day).tzinfo is UTC
    assert closes_at(day).tzinfo is UTC


@given(DAYS)
def test_list_is_the_open_one_from_its_opening_until_its_closing(day: date) -> None:
    assert open_day(opens_at(day)) == day
    assert open_day(closes_at(day) - SECOND) == day
    assert open_day(opens_at(day) - SECOND) == day - timedelta(days=1)
    assert closes_at(day) == opens_at(day + timedelta(days=1))


def test_morning_in_seoul_is_in_the_list_of_the_day_before() -> None:
    assert open_day(datetime.fromisoformat("2025-07-16T08:00+09:00")) == date(2025, 7, 15)
