from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts.due import Turn, last_turn, next_due, next_turn, open_turn, turns_between
from storage.records import Schedule, Span

FAR_APART = ("Asia/Seoul", "America/New_York", "Pacific/Kiritimati", "Pacific/Niue", "UTC")
YEARS = (datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Timed:
    time: time
    timezone: str
    days: int = 0b1111111
    period: Span = Span.DAY


def schedule(at: time, zone: str, **more: object) -> Schedule:
    given: dict[str, object] = {"created_at": datetime(2024, 1, 1, tzinfo=UTC)} | more
    return Schedule(
        guild_id=1,
        channel_id=2,
        time=at,
        timezone=zone,
        count=5,
        language="en",
        created_by=3,
        id=1,
        **given,  # type: ignore[arg-type]
    )


def local(zone: str, *parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)  # type: ignore[arg-type, misc]


def after(schedule: Schedule, turn: Turn) -> Schedule:
    return replace(schedule, last_day=turn.day, last_due=turn.due)


def test_the_next_time_is_later_than_now_and_a_local_one() -> None:
    morning = Timed(time(8), "Asia/Seoul")
    at = local("Asia/Seoul", 2025, 2, 21, 8)
    assert next_due(morning, at - timedelta(seconds=1)) == at
    assert next_due(morning, at) == at + timedelta(days=1)


def test_the_local_time_stays_where_the_clocks_change() -> None:
    morning = Timed(time(8), "Europe/Berlin")
    saturday = local("Europe/Berlin", 2025, 3, 29, 8)
    assert next_due(morning, saturday) - saturday == timedelta(hours=23)
    before = local("Europe/Berlin", 2025, 10, 25, 8)
    assert next_due(morning, before) - before == timedelta(hours=25)


def test_a_time_that_does_not_exist_comes_once_and_after_the_change() -> None:
    skipped = Timed(time(2, 30), "Europe/Berlin")
    due = next_due(skipped, local("Europe/Berlin", 2025, 3, 30, 0))
    assert due == local("Europe/Berlin", 2025, 3, 30, 3, 30)
    assert next_due(skipped, due) == local("Europe/Berlin", 2025, 3, 31, 2, 30)


def test_a_time_that_exists_twice_comes_once() -> None:
    twice = Timed(time(2, 30), "Europe/Berlin")
    due = next_due(twice, local("Europe/Berlin", 2025, 10, 26, 0))
    assert due == local("Europe/Berlin", 2025, 10, 26, 2, 30)
    assert next_due(twice, due) == local("Europe/Berlin", 2025, 10, 27, 2, 30)


@given(
    st.sampled_from(sorted(available_timezones())),
    st.times(),
    st.integers(0, 3 * 366 * 24 * 60),
)
def test_each_local_day_has_one_time_in_every_zone(zone: str, at: time, minutes: int) -> None:
    timed = Timed(at.replace(second=0, microsecond=0, tzinfo=None), zone)
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
    """Every zone's changes of offset in two years, those of like zones once."""
    found: dict[tuple[object, ...], tuple[str, datetime]] = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        moment, step = YEARS[0], timedelta(hours=6)
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


def test_around_every_change_of_summer_time_each_day_has_one_turn() -> None:
    assert len(changes()) > 40
    for zone, change in changes():
        there = change.astimezone(ZoneInfo(zone))
        earlier = (change - timedelta(minutes=1)).astimezone(ZoneInfo(zone))
        for minutes in (-61, -60, -31, -1, 0, 1, 29, 30, 59, 60):
            for wall in (there, earlier):
                at = (
                    datetime.combine(date(2000, 1, 2), wall.time()) + timedelta(minutes=minutes)
                ).time()
                each = schedule(at.replace(second=0, microsecond=0), zone)
                moment = change - timedelta(days=3)
                days: list[date] = []
                # A look every half an hour, as a process that restarts all the time would have.
                while moment < change + timedelta(days=3):
                    turn = open_turn(each, moment)
                    if turn is not None:
                        assert turn.due <= moment < turn.due + timedelta(days=2)
                        days.append(turn.day)
                        each = after(each, turn)
                    moment += timedelta(minutes=30)
                first = days[0]
                assert days == [first + timedelta(days=n) for n in range(len(days))], (zone, at)
                assert len(days) in (6, 7, 8)


@pytest.mark.parametrize("seconds", [-1, 0, 1, 59, 60])
def test_a_restart_at_each_side_of_the_minute_gives_one_turn(seconds: int) -> None:
    each = schedule(time(8), "Asia/Seoul")
    due = local("Asia/Seoul", 2025, 2, 21, 8)
    each = after(each, last_turn(each, due - timedelta(hours=1)))
    now = due + timedelta(seconds=seconds)
    turn = open_turn(each, now)
    assert (turn is not None) == (seconds >= 0)
    if turn is not None:
        assert open_turn(after(each, turn), now) is None
        assert next_due(each, now) > now
    else:
        assert next_due(each, now) == due


def test_a_new_schedule_has_not_missed_what_was_before_it() -> None:
    made = local("Asia/Seoul", 2025, 2, 21, 10)
    each = schedule(time(8), "Asia/Seoul", created_at=made)
    assert open_turn(each, made + timedelta(hours=1)) is None
    assert open_turn(each, made + timedelta(hours=22)) is not None


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
def test_a_change_of_time_or_zone_gives_no_second_turn_for_the_same_day(
    first: int, second: int, zone: str, other: str, minutes: int
) -> None:
    each = schedule(time(*divmod(first, 60)), zone)
    had = last_turn(each, datetime(2025, 2, 21, tzinfo=UTC))
    changed_at = had.due + timedelta(minutes=minutes)
    each = replace(
        after(each, had), time=time(*divmod(second, 60)), timezone=other, timed_at=changed_at
    )
    due = next_turn(each, changed_at)
    turn = open_turn(each, due)
    assert turn is not None
    assert turn.day > had.day
    there = ZoneInfo(other)
    assert turn.due.astimezone(there).date() > had.due.astimezone(there).date()


def test_days_are_kept_to() -> None:
    weekdays = Timed(time(8), "UTC", 0b0011111)
    friday = datetime(2025, 2, 21, 8, tzinfo=UTC)
    assert next_due(weekdays, friday) == datetime(2025, 2, 24, 8, tzinfo=UTC)
    assert last_turn(weekdays, friday + timedelta(days=2)) == Turn(date(2025, 2, 21), friday)


def test_a_week_and_a_month_are_posted_on_the_first_day_after_them() -> None:
    week = Timed(time(8), "UTC", period=Span.WEEK)
    month = Timed(time(8), "UTC", period=Span.MONTH)
    moment = datetime(2025, 2, 21, tzinfo=UTC)
    assert next_due(week, moment) == datetime(2025, 2, 24, 8, tzinfo=UTC)
    assert next_due(month, moment) == datetime(2025, 3, 1, 8, tzinfo=UTC)


def test_turns_between_two_moments_are_counted_up_to_a_bound() -> None:
    each = Timed(time(8), "UTC")
    monday = datetime(2025, 2, 17, 8, tzinfo=UTC)
    assert turns_between(each, monday, monday + timedelta(days=1), most=9) == 0
    assert turns_between(each, monday, monday + timedelta(days=4), most=9) == 3
    assert turns_between(each, monday, monday + timedelta(days=400), most=9) == 9
