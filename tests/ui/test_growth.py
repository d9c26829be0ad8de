from datetime import UTC, date, datetime, timedelta

import pytest
from catalogue import CATALOGUE
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.growth import MOST_VALUES, Growth, compute_growth, describe_growth, spark_line
from storage.records import Reading

TODAY = date(2025, 2, 21)
NOON = datetime(2025, 2, 21, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def readings(*pairs: tuple[timedelta, int]) -> list[Reading]:
    """Return readings of votes, each so long before noon."""
    return [Reading(votes, NOON - before) for before, votes in pairs]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([], ""),
        ([5], "▁"),
        ([5, 5, 5], "▁▁▁"),
        ([0, 1], "▁█"),
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([100, 0, 50], "█▁▄"),
        ([0, 10_000_000], "▁█"),
    ],
)
def test_a_spark_line_has_a_block_for_each_value(values: list[int], line: str) -> None:
    assert spark_line(values) == line


@given(st.lists(st.integers(0, 10_000_000), min_size=1, max_size=40))
def test_a_spark_line_is_as_long_as_its_values_and_keeps_their_order(values: list[int]) -> None:
    line = spark_line(values)
    assert len(line) == len(values)
    assert [b for _, b in sorted(zip(values, line, strict=True))] == sorted(line)


@pytest.mark.parametrize("found", [[], readings((HOUR, 3)), readings((HOUR, 3), (HOUR, 4))])
def test_there_is_no_growth_without_readings_at_different_times(found: list[Reading]) -> None:
    assert compute_growth(found, TODAY) is None


@pytest.mark.parametrize(
    ("found", "since_yesterday", "since_first"),
    [
        (readings((2 * DAY, 3), (DAY, 60), (2 * HOUR, 90), (HOUR, 121)), 61, 118),
        (readings((DAY, 60), (HOUR, 121)), 61, 61),
        # The last reading before today counts, however old: votes that stay are not stored again.
        (readings((9 * DAY, 3), (5 * DAY, 60), (HOUR, 121)), 61, 118),
        (readings((DAY, 60), (HOUR, 60)), 0, 0),
        (readings((DAY, 60), (HOUR, 50)), -10, -10),
        # Of today only, or not of today: nothing is known about the day.
        (readings((2 * HOUR, 60), (HOUR, 121)), None, 61),
        (readings((2 * DAY, 60), (DAY, 121)), None, 61),
    ],
)
def test_growth_is_counted_from_the_last_day_and_from_the_first_reading(
    found: list[Reading], since_yesterday: int | None, since_first: int
) -> None:
    growth = compute_growth(found, TODAY)
    assert growth is not None
    assert growth.votes == found[-1].votes
    assert growth.since_yesterday == since_yesterday
    assert growth.since_first == since_first
    assert growth.first_day == found[0].read_at.date()
    assert growth.values == tuple(reading.votes for reading in found)


def test_of_many_readings_those_at_even_times_are_drawn() -> None:
    # 1,000 readings in the first hour, and one 15 hours later.
    found = readings(*((20 * HOUR - n * HOUR / 1_000, n) for n in range(1_000)), (5 * HOUR, 2_000))
    growth = compute_growth(found, TODAY)
    assert growth is not None
    assert len(growth.values) == MOST_VALUES
    assert growth.values == (0, *(999,) * (MOST_VALUES - 2), 2_000)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=60))
def test_drawn_values_begin_and_end_with_the_readings(pairs: list[tuple[int, int]]) -> None:
    found = readings(*((timedelta(seconds=at), votes) for at, votes in sorted(pairs, reverse=True)))
    growth = compute_growth(found, TODAY)
    if growth is not None:
        assert 2 <= len(growth.values) <= MOST_VALUES
        assert growth.values[-1] == found[-1].votes


def test_growth_is_described_in_the_language_of_the_reader() -> None:
    growth = Growth(1_121, -61, 1_118, date(2025, 2, 19), (3, 600, 1_182, 1_121))
    english = describe_growth(growth, CATALOGUE.for_locale("en-US"))
    assert english == "▁▄█▇ ▲ 1,121\n−61 since yesterday · +1,118 since Feb 19, 2025"
    korean = describe_growth(growth, CATALOGUE.for_locale("ko"))
    assert korean == "▁▄█▇ ▲ 1,121\n어제보다 −61 · 2025년 2월 19일부터 +1,118"
    still = Growth(5, None, 0, date(2025, 2, 19), (5, 5))
    assert describe_growth(still, CATALOGUE.for_locale("en-GB")) == "▁▁ ▲ 5\n±0 since 19 Feb 2025"
