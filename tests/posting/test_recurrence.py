from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from examples import is_thorough
from hypothesis import given
from hypothesis import strategies as st

from bot.posting.recurrence import (
    Occurrence,
    count_between,
    last_occurrence,
    next_due,
    next_run,
    open_occurrence,
)
from storage.records import EVERY_DAY, Frequency, Schedule, ScheduleSettings

FAR_APART = ("Asia/Seoul", "America/New_York", "Pacific/Kiritimati", "Pacific/Niue", "UTC")
YEARS = (
    datetime(2025, 1, 1, tzinfo=UTC),
    datetime(2027 if is_thorough() else 2026, 1, 1, tzinfo=UTC),
)
"""The time in which changes of clocks are looked for."""
MINUTES = (-61, -60, -31, -1, 0, 1, 29, 30, 59, 60)
"""How much later than a change a schedule posts, by the clocks before and after it."""


def settings(at: time, zone: str, **options: Any) -> ScheduleSettings:  # noqa: ANN401 - passed on
    given: dict[str, Any] = {"days": EVERY_DAY} | options
    return ScheduleSettings(channel_id=2, time=at, timezone=zone, language="en", **given)


def schedule(
    at: time, zone: str, created_at: datetime = datetime(2024, 1, 1, tzinfo=UTC)
) -> Schedule:
    return Schedule(
        id=1, guild_id=1, created_by=3, created_at=created_at, settings=settings(at, zone)
    )


def local(zone: str, *parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)  # type: ignore[arg-type, misc]  # any number of parts


def after(schedule: Schedule, occurrence: Occurrence) -> Schedule:
    return replace(schedule, last_day=occurrence.day, last_due=occurrence.due)


def test_the_next_due_time_is_later_than_now_and_local() -> None:
    morning = settings(time(8), "Asia/Seoul")
    at = local("Asia/Seoul", 2025, 2, 21, 8)
    assert next_due(morning, at - timedelta(seconds=1)) == at
    assert next_due(morning, at) == at + timedelta(days=1)


def test_the_local_time_stays_the_same_across_clock_changes() -> None:
    morning = settings(time(8), "Europe/Berlin")
    saturday = local("Europe/Berlin", 2025, 3, 29, 8)
    assert next_due(morning, saturday) - saturday == timedelta(hours=23)
    before = local("Europe/Berlin", 2025, 10, 25, 8)
    assert next_due(morning, before) - before == timedelta(hours=25)


def test_a_skipped_local_time_is_due_once_after_the_clock_change() -> None:
    skipped = settings(time(2, 30), "Europe/Berlin")
    due = next_due(skipped, local("Europe/Berlin", 2025, 3, 30, 0))
    assert due == local("Europe/Berlin", 2025, 3, 30, 3, 30)
    assert next_due(skipped, due) == local("Europe/Berlin", 2025, 3, 31, 2, 30)


def test_a_repeated_local_time_is_due_once() -> None:
    twice = settings(time(2, 30), "Europe/Berlin")
    due = next_due(twice, local("Europe/Berlin", 2025, 10, 26, 0))
    assert due == local("Europe/Berlin", 2025, 10, 26, 2, 30)
    assert next_due(twice, due) == local("Europe/Berlin", 2025, 10, 27, 2, 30)


@given(
    st.sampled_from(sorted(available_timezones())),
    st.times(),
    st.integers(0, 3 * 366 * 24 * 60),
)
def test_each_local_day_has_one_due_time_in_every_zone(zone: str, at: time, minutes: int) -> None:
    timed = settings(at.replace(second=0, microsecond=0, tzinfo=None), zone)
    moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = [next_due(timed, moment)]
    for _ in range(20):
        due.append(next_due(timed, due[-1]))
    gaps = {later - earlier for earlier, later in pairwise(due)}
    assert due[0] > moment
    # No zone moves its clocks by more than a few hours; a day that a zone left out whole, as Samoa
    # did in 2011, is not within these years.
    assert all(timedelta(hours=20) <= gap <= timedelta(hours=28) for gap in gaps)


@cache
def changes() -> tuple[tuple[str, datetime], ...]:
    """Every zone's changes of offset in `YEARS`, those of like zones once."""
    found: dict[tuple[object, ...], tuple[str, datetime]] = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        moment, step = YEARS[0], timedelta(days=7)
        while moment < YEARS[1]:
            before, later = (m.astimezone(zone).utcoffset() for m in (moment, moment + step))
            if before != later:
                low, high = moment, moment + step
                while high - low > timedelta(minutes=1):
                    middle = low + (high - low) // 2
                    low, high = (
                        (middle, high)
                        if middle.astimezone(zone).utcoffset() == before
                        else (low, middle)
                    )
                found.setdefault((high, before, later), (name, high))
            moment += step
    return tuple(found.values())


def test_each_day_around_a_clock_change_has_one_occurrence() -> None:
    assert len(changes()) > 40
    for zone, change in changes():
        walls = [
            (change - ago).astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0, tzinfo=None)
            for ago in (timedelta(minutes=1), timedelta(0))
        ]
        for at in {(wall + timedelta(minutes=m)).time() for wall in walls for m in MINUTES}:
            each = schedule(at, zone)
            moment = change - timedelta(days=3)
            days: list[date] = []
            # As a process that restarts all the time would look: every half an hour around the
            # change, where it matters, and less often on the days before and after.
            while moment < change + timedelta(days=3):
                occurrence = open_occurrence(each, moment)
                if occurrence is not None:
                    assert occurrence.due <= moment < occurrence.due + timedelta(days=2)
                    days.append(occurrence.day)
                    each = after(each, occurrence)
                is_near = abs(moment - change) <= timedelta(days=1)
                moment += timedelta(minutes=30) if is_near else timedelta(hours=2)
            first = days[0]
            assert days == [first + timedelta(days=n) for n in range(len(days))], (zone, at)
            assert len(days) in (6, 7, 8)


@pytest.mark.parametrize("seconds", [-1, 0, 1, 59, 60])
def test_a_restart_just_before_or_after_the_due_time_gives_one_occurrence(seconds: int) -> None:
    each = schedule(time(8), "Asia/Seoul")
    due = local("Asia/Seoul", 2025, 2, 21, 8)
    each = after(each, last_occurrence(each.settings, due - timedelta(hours=1)))
    now = due + timedelta(seconds=seconds)
    occurrence = open_occurrence(each, now)
    assert (occurrence is not None) == (seconds >= 0)
    if occurrence is not None:
        assert open_occurrence(after(each, occurrence), now) is None
        assert next_due(each.settings, now) > now
    else:
        assert next_due(each.settings, now) == due


def test_a_new_schedule_has_no_occurrence_before_its_creation() -> None:
    made = local("Asia/Seoul", 2025, 2, 21, 10)
    each = schedule(time(8), "Asia/Seoul", created_at=made)
    assert open_occurrence(each, made + timedelta(hours=1)) is None
    assert open_occurrence(each, made + timedelta(hours=22)) is not None


@given(
    st.integers(0, 1439),
    st.integers(0, 1439),
    st.sampled_from(
        ["Asia/Seoul", "America/New_York", "Pacific/Kiritimati", "Pacific/Niue", "UTC"]
    ),
    st.sampled_from(
        ["Asia/Seoul", "America/New_York", "Pacific/Kiritimati", "Pacific/Niue", "UTC"]
    ),
    st.integers(0, 3000),
)
def test_a_changed_time_or_zone_gives_no_second_occurrence_on_the_same_day(
    first: int, second: int, zone: str, other: str, minutes: int
) -> None:
    each = schedule(time(*divmod(first, 60)), zone)
    had = last_occurrence(each.settings, datetime(2025, 2, 21, tzinfo=UTC))
    changed_at = had.due + timedelta(minutes=minutes)
    each = replace(
        after(each, had),
        settings=settings(time(*divmod(second, 60)), other),
        timed_at=changed_at,
    )
    due = next_run(each, changed_at)
    occurrence = open_occurrence(each, due)
    assert occurrence is not None
    assert occurrence.day > had.day
    there = ZoneInfo(other)
    assert occurrence.due.astimezone(there).date() > had.due.astimezone(there).date()


def test_a_schedule_is_due_on_its_weekdays_only() -> None:
    weekdays = settings(time(8), "UTC", days=0b0011111)
    friday = datetime(2025, 2, 21, 8, tzinfo=UTC)
    assert next_due(weekdays, friday) == datetime(2025, 2, 24, 8, tzinfo=UTC)
    assert last_occurrence(weekdays, friday + timedelta(days=2)) == Occurrence(
        date(2025, 2, 21), friday
    )


def test_weekly_and_monthly_schedules_are_due_on_the_first_day_after() -> None:
    week = settings(time(8), "UTC", period=Frequency.WEEK)
    month = settings(time(8), "UTC", period=Frequency.MONTH)
    moment = datetime(2025, 2, 21, tzinfo=UTC)
    assert next_due(week, moment) == datetime(2025, 2, 24, 8, tzinfo=UTC)
    assert next_due(month, moment) == datetime(2025, 3, 1, 8, tzinfo=UTC)


def test_count_between_counts_occurrences_up_to_a_limit() -> None:
    each = settings(time(8), "UTC")
    monday = datetime(2025, 2, 17, 8, tzinfo=UTC)
    assert count_between(each, monday, monday + timedelta(days=1), most=9) == 0
    assert count_between(each, monday, monday + timedelta(days=4), most=9) == 3
    assert count_between(each, monday, monday + timedelta(days=400), most=9) == 9
