"""Days as people type them."""

from datetime import date, timedelta

import babel.dates
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.typed_days import matching_days, read_day

DAYS = [date(2025, 12, 31) - timedelta(days=back) for back in range(800)]
"""Newest first."""
LONGEST_START_OF_A_YEAR = 2
days = st.dates(date(1990, 1, 1), date(2099, 12, 31))


def written(day: date) -> list[str]:
    """Return a day in the forms that people type, with the year."""
    month = f"{day:%B}".lower()
    return [
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}.",
        f"{day.year}/{day.month:02}/{day.day}",
        f"{day.year}년 {day.month}월 {day.day}일",
        f"{month[:3]} {day.day}, {day.year}",
        f"{month} {day.day:02} {day.year}",
        f"{day.day}th {month[:3]} {day.year}",
        *(
            babel.dates.format_date(day, style, locale=locale)
            for style in ("medium", "long")
            for locale in ("en", "en_GB", "ko")
        ),
    ]


@given(days)
def test_a_day_is_offered_from_the_first_character_to_the_last(day: date) -> None:
    for text in written(day):
        first = LONGEST_START_OF_A_YEAR + 1 if text.startswith(str(day.year)) else 1
        for end in range(first, len(text) + 1):
            assert matching_days(text[:end], [day], limit=1) == [day], text[:end]
        found = read_day(text)
        assert found is not None, text
        assert found.only_day == day, text


@given(st.text() | st.from_regex(r"[0-9 ./년월일a-j-]{0,20}", fullmatch=True))
def test_any_text_is_read_and_what_it_means_is_offered(text: str) -> None:
    offered = matching_days(text, DAYS, limit=len(DAYS))
    found = read_day(text)
    if found is not None:
        assert {day for day in DAYS if found.matches(day)} <= set(offered)


@pytest.mark.parametrize(
    ("text", "first", "count"),
    [
        ("2025-02-21", date(2025, 2, 21), 1),
        ("20250221", date(2025, 2, 21), 1),
        ("02-21", date(2025, 2, 21), 2),
        ("2/21", date(2025, 2, 21), 2),
        ("21/2", date(2025, 2, 21), 2),
        ("Feb 21", date(2025, 2, 21), 2),
        ("2월 21일", date(2025, 2, 21), 2),
        ("21", date(2025, 12, 21), 26),
        ("Feb 2", date(2025, 2, 28), 10 + 11),
        ("２월 ２１일", date(2025, 2, 21), 2),
        ("2024-02", date(2024, 2, 29), 29),
        ("202", date(2025, 12, 31), 800),
        ("", date(2025, 12, 31), 800),
    ],
)
def test_days_are_filtered_by_what_is_typed_newest_first(
    text: str, first: date, count: int
) -> None:
    found = matching_days(text, DAYS, limit=len(DAYS))
    assert found[0] == first
    assert len(found) == count
    assert found == sorted(found, reverse=True)
    assert matching_days(text, DAYS, limit=3) == found[:3]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2025",
        "Feb",
        "2월",
        "2025-02",
        "99",
        "13월 1일",
        "1 2 3 4",
        "2025 1 2 3",
        "-",
        "5 2024 2025",
        "Feb Mar 3",
        "Feb 2월 3",
        "٢",
        "1" * 5000,
    ],
)
def test_a_text_without_one_day_is_none(text: str) -> None:
    assert read_day(text) is None


def test_a_day_that_no_calendar_has_matches_none() -> None:
    found = read_day("2025-02-30")
    assert found is not None
    assert found.only_day is None
    assert not any(map(found.matches, DAYS))
