"""When which day's list is read: tables of single decisions, and a clock that runs for weeks.

Times are UTC. In summer a list opens at 01:30 on its day, in winter at 02:30.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from examples import scaled
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ingest.timetable import (
    BEFORE_POST,
    DAYS_BACK,
    LiveTimetable,
    NextReading,
    Timetable,
    WrittenTimetable,
    lists_of_post,
    next_reading,
    reading_of_day,
)
from storage.records import SourceDay

LIVE, WRITTEN = LiveTimetable(), WrittenTimetable()
AGE = timedelta(hours=10)
TUESDAY = date(2026, 6, 16)
MONDAY = TUESDAY - timedelta(days=1)
FRIDAY = TUESDAY - timedelta(days=4)


def utc(text: str) -> datetime:
    """Return a time of June 2026: `16 09:30`."""
    return datetime.strptime(f"2026-06-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def read(day: date, at: datetime, *, has_papers: bool = True) -> SourceDay:
    return SourceDay(
        date=day, arrived_at=at if has_papers else None, checked_at=at, read_at=at, body_hash="1"
    )


def failed(day: date, at: datetime, *, read_at: datetime | None = None) -> SourceDay:
    return SourceDay(date=day, arrived_at=read_at, checked_at=at, read_at=read_at, error="failed")


def quiet(newest: date, at: datetime) -> dict[date, SourceDay]:
    """Return 30 days of which none is due for long: all were just read."""
    days = (newest - timedelta(days=back) for back in range(DAYS_BACK + 1))
    return {day: read(day, at, has_papers=day.weekday() < 5) for day in days}


def following(
    known: Mapping[date, SourceDay],
    now: str,
    posts: Iterable[str] = (),
    *,
    timetable: Timetable = LIVE,
) -> NextReading:
    return next_reading(timetable, known, map(utc, posts), now=utc(now), age=AGE)


# The next reading of one day


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        (None, "16 01:30"),  # when it opens
        ("16 01:30", "16 01:45"),
        ("16 12:00", "16 12:15"),
        ("17 01:14", "17 01:29"),
        ("17 01:20", "17 01:35"),  # the first one after it has closed at 01:30
        ("17 01:29", "17 01:44"),
        ("17 01:30", "17 02:00"),
        ("17 01:40", "17 02:10"),
        ("17 02:40", "17 03:15"),  # half of the time since it closed
        ("17 21:30", "18 07:30"),
        ("19 01:30", "20 01:30"),
        ("20 01:30", "21 01:30"),  # at most a day
        ("23 01:30", "24 01:30"),
        ("23 01:31", None),  # more than 7 days after its end
        ("30 12:00", None),
    ],
)
def test_a_list_is_read_every_15_minutes_then_with_growing_pauses_for_7_days(
    checked: str | None, expected: str | None
) -> None:
    state = read(TUESDAY, utc(checked)) if checked else None
    at = reading_of_day(LIVE, state, TUESDAY)
    assert at == (utc(expected) if expected else None)


@pytest.mark.parametrize(
    ("read_at", "checked", "expected"),
    [
        (None, "16 02:00", "16 02:15"),  # an open list, as always
        ("16 20:00", "17 01:00", "17 01:15"),
        ("16 20:00", "17 01:30", "17 02:30"),  # it has closed, and was not read since
        ("16 20:00", "17 05:30", "17 07:30"),
        (None, "22 01:30", "23 01:30"),
        (None, "28 01:30", "29 01:30"),  # it goes on as long as the list is missing
        ("17 01:35", "17 05:30", "17 07:30"),  # it was read after its end
        ("17 01:35", "24 05:30", None),
    ],
)
def test_a_closed_list_that_failed_is_read_again_with_growing_pauses_from_an_hour_on(
    read_at: str | None, checked: str, expected: str | None
) -> None:
    state = failed(TUESDAY, utc(checked), read_at=utc(read_at) if read_at else None)
    at = reading_of_day(LIVE, state, TUESDAY)
    assert at == (utc(expected) if expected else None)


@pytest.mark.parametrize(
    ("day", "opens", "closes"),
    [
        (date(2026, 3, 7), "2026-03-07T02:30", "2026-03-08T02:30"),
        (date(2026, 3, 8), "2026-03-08T02:30", "2026-03-09T01:30"),  # 23 hours
        (date(2026, 3, 9), "2026-03-09T01:30", "2026-03-10T01:30"),
        (date(2026, 10, 31), "2026-10-31T01:30", "2026-11-01T01:30"),
        (date(2026, 11, 1), "2026-11-01T01:30", "2026-11-02T02:30"),  # 25 hours
        (date(2026, 11, 2), "2026-11-02T02:30", "2026-11-03T02:30"),
    ],
)
def test_lists_follow_each_other_without_a_gap_at_both_clock_changes(
    day: date, opens: str, closes: str
) -> None:
    first, last = (datetime.fromisoformat(f"{text}+00:00") for text in (opens, closes))
    assert LIVE.opens_at(day) == first
    assert LIVE.closes_at(day) == last
    assert LIVE.newest_day(first) == LIVE.newest_day(last - timedelta(seconds=1)) == day
    assert LIVE.newest_day(last) == day + timedelta(days=1)
    assert reading_of_day(LIVE, None, day) == first
    at_end = read(day, last - timedelta(minutes=1))
    assert reading_of_day(LIVE, at_end, day) == last + timedelta(minutes=14)


# Several days


def test_an_empty_database_reads_the_newest_list_first_and_then_each_of_29_before_it_once() -> None:
    known: dict[date, SourceDay] = {}
    order = []
    now = utc("16 09:00")
    while (reading := next_reading(LIVE, known, (), now=now, age=AGE)).day is not None:
        order.append(reading.day)
        known[reading.day] = read(reading.day, now)
        now += timedelta(seconds=1)
    assert order == [TUESDAY - timedelta(days=back) for back in range(30)]
    assert reading.at == utc("16 09:15")


def test_days_that_were_never_read_come_before_those_that_failed() -> None:
    known = quiet(TUESDAY, utc("16 09:00"))
    missing, broken = TUESDAY - timedelta(days=9), TUESDAY - timedelta(days=2)
    del known[missing]
    known[broken] = failed(broken, utc("15 09:00"))
    assert following(known, "16 09:01").day == missing
    known[missing] = read(missing, utc("16 09:01"))
    assert following(known, "16 09:02").day == broken
    known[broken] = failed(broken, utc("16 09:02"))
    assert following(known, "16 09:03") == NextReading(None, utc("16 09:15"))


def test_a_new_list_is_read_when_it_opens() -> None:
    known = quiet(TUESDAY, utc("17 01:25"))
    assert following(known, "17 01:26") == NextReading(None, utc("17 01:30"))
    assert following(known, "17 01:30").day == date(2026, 6, 17)


def test_readings_that_lie_ahead_after_the_clock_was_set_back_do_not_count() -> None:
    known = quiet(TUESDAY, datetime(2027, 1, 1, tzinfo=UTC))
    assert following(known, "16 09:00").day == TUESDAY
    known[TUESDAY] = read(TUESDAY, utc("16 09:00"))
    assert following(known, "16 09:00").day == MONDAY


# Posts

TABLE = [
    # posts due, now, last readings of Tuesday's and Monday's list, what is read, or until when not
    (["16 12:00"], "16 11:54", ("16 11:49", "16 10:00"), "16 11:55"),
    (["16 12:00"], "16 11:55", ("16 11:49", "16 10:00"), TUESDAY),
    (["16 12:00"], "16 11:55", ("16 11:50", "16 10:00"), "16 12:05"),
    (["16 12:00"], "16 11:59", ("16 11:49", "16 10:00"), TUESDAY),
    (["16 12:00"], "16 12:00", ("16 11:49", "16 10:00"), "16 12:04"),  # too late for this post
    # Tuesday's list is open for 10 hours at 11:30; a post before takes Monday's.
    (["16 11:29"], "16 11:25", ("16 11:15", "16 10:00"), MONDAY),
    (["16 11:30"], "16 11:25", ("16 11:15", "16 10:00"), TUESDAY),
    # Two posts with different lists: the newer list first, each once.
    (["16 11:28", "16 11:30"], "16 11:25", ("16 11:15", "16 10:00"), TUESDAY),
    (["16 11:28", "16 11:30"], "16 11:25", ("16 11:25", "16 10:00"), MONDAY),
    (["16 11:28", "16 11:30"], "16 11:25", ("16 11:25", "16 11:25"), "16 11:40"),
    # One reading serves all posts of the next 10 minutes, but not the one after them.
    (["16 12:00", "16 12:05"], "16 11:56", ("16 11:55", "16 10:00"), "16 12:10"),
    (["16 12:00", "16 12:06"], "16 11:56", ("16 11:55", "16 10:00"), "16 12:01"),
]


@pytest.mark.parametrize(("posts", "now", "readings", "expected"), TABLE)
def test_the_list_of_a_post_is_read_once_in_the_10_minutes_before(
    posts: list[str], now: str, readings: tuple[str, str], expected: date | str
) -> None:
    known = quiet(TUESDAY, utc("16 11:00"))
    for day, at in zip((TUESDAY, MONDAY), readings, strict=True):
        known[day] = read(day, utc(at))
    reading = following(known, now, posts)
    if isinstance(expected, str):
        assert reading == NextReading(None, utc(expected))
    else:
        assert reading == NextReading(expected, utc(now))


def test_a_list_that_fails_before_a_post_is_read_again_after_two_minutes_until_it_is_due() -> None:
    known = quiet(TUESDAY, utc("16 11:45"))
    known[TUESDAY] = failed(TUESDAY, utc("16 11:51"), read_at=utc("16 11:45"))
    assert following(known, "16 11:52", ["16 12:00"]) == NextReading(None, utc("16 11:53"))
    assert following(known, "16 11:53", ["16 12:00"]).day == TUESDAY
    assert following(known, "16 12:00", ["16 12:00"]) == NextReading(None, utc("16 12:06"))


@pytest.mark.parametrize(
    ("due", "without", "expected"),
    [
        # In Seoul Monday's post is due at 23:00 on Sunday: the newest old list is Sunday's.
        ("14 23:00", (), (date(2026, 6, 14), FRIDAY)),
        ("14 23:00", (FRIDAY,), (date(2026, 6, 14), date(2026, 6, 11))),  # a holiday
        ("15 12:00", (), (MONDAY,)),  # in New York
        ("15 12:00", (MONDAY,), (MONDAY, FRIDAY)),  # a holiday
        ("16 06:00", (), (MONDAY,)),  # in Berlin
    ],
)
def test_a_post_takes_the_newest_old_list_and_after_empty_days_the_last_with_papers(
    due: str, without: tuple[date, ...], expected: tuple[date, ...]
) -> None:
    moment = utc(due)
    newest = LIVE.newest_day(moment)
    known = quiet(newest, moment)
    for day in without:
        known[day] = replace(known[day], arrived_at=None)
    assert lists_of_post(LIVE, known, moment, newest=newest, age=AGE) == expected


def test_mondays_post_reads_the_empty_sunday_and_fridays_list() -> None:
    known = quiet(date(2026, 6, 14), utc("14 22:49"))
    assert following(known, "14 22:55", ["14 23:00"]).day == date(2026, 6, 14)
    known[date(2026, 6, 14)] = read(date(2026, 6, 14), utc("14 22:55"), has_papers=False)
    assert following(known, "14 22:55", ["14 23:00"]).day == FRIDAY
    known[FRIDAY] = read(FRIDAY, utc("14 22:56"))
    assert following(known, "14 22:56", ["14 23:00"]) == NextReading(None, utc("14 23:10"))


# Written digests


def test_a_written_digest_is_looked_for_from_the_first_time_zone_to_the_last() -> None:
    assert WRITTEN.opens_at(TUESDAY) == utc("15 10:00")
    assert WRITTEN.closes_at(TUESDAY) == utc("17 12:00")
    assert WRITTEN.newest_day(utc("15 09:59")) == MONDAY
    assert WRITTEN.newest_day(utc("15 10:00")) == TUESDAY
    state = read(TUESDAY, utc("16 09:00"), has_papers=False)
    assert reading_of_day(WRITTEN, state, TUESDAY) == utc("16 09:15")
    assert reading_of_day(WRITTEN, read(TUESDAY, utc("17 12:00")), TUESDAY) == utc("17 12:30")


def test_a_written_digest_is_complete_when_its_day_has_begun() -> None:
    assert WRITTEN.is_eligible(TUESDAY, utc("15 10:00"), AGE)
    assert not WRITTEN.is_eligible(TUESDAY, utc("15 09:59"), AGE)
    known = quiet(TUESDAY, utc("15 23:00"))
    known[TUESDAY] = read(TUESDAY, utc("15 23:00"), has_papers=False)
    found = lists_of_post(WRITTEN, known, utc("15 23:00"), newest=TUESDAY, age=AGE)
    assert found == (TUESDAY, MONDAY)


# The clock runs

MINUTE = timedelta(minutes=1)


def simulate(
    timetable: Timetable, start: datetime, days: int, posts: Iterable[time]
) -> dict[date, list[datetime]]:
    """Read all that is due for some days; return the times of each list's readings."""
    times = sorted(
        datetime.combine(start.date() + timedelta(days=day), each, UTC)
        for day in range(-1, days + 1)
        for each in posts
    )
    known: dict[date, SourceDay] = {}
    readings: dict[date, list[datetime]] = {}
    now, end = start, start + timedelta(days=days)
    while now < end:
        soon = [each for each in times if now < each <= now + BEFORE_POST]
        later = [each for each in times if each > now + BEFORE_POST][:1]
        reading = next_reading(timetable, known, soon + later, now=now, age=AGE)
        if reading.day is None:
            assert reading.at > now
            now = reading.at
        else:
            has_papers = reading.day.weekday() < 5
            state = read(reading.day, now, has_papers=has_papers)
            known[reading.day] = state
            readings.setdefault(reading.day, []).append(now)
            now += timedelta(seconds=1)
    return readings


STARTS = st.sampled_from([
    datetime(2026, 3, 5, 7, 3, tzinfo=UTC),
    datetime(2026, 6, 11, 22, 58, tzinfo=UTC),
    datetime(2026, 10, 30, 1, 29, 30, tzinfo=UTC),
])  # fmt: skip
POSTS = st.lists(
    st.times(max_value=time(23, 59)).map(lambda each: each.replace(second=0, microsecond=0)),
    max_size=3,
    unique=True,
)


@settings(max_examples=scaled(6))
@given(start=STARTS, posts=POSTS, timetable=st.sampled_from([LIVE, WRITTEN]))
def test_a_list_is_read_at_most_every_15_minutes_except_before_posts_and_after_it_has_closed(
    start: datetime, posts: list[time], timetable: Timetable
) -> None:
    days = 9
    for day, times in simulate(timetable, start, days, posts).items():
        closes = timetable.closes_at(day)
        if closes < start + timedelta(days=days) - 16 * MINUTE:
            assert any(at >= closes for at in times), day
        for before, at in pairwise(times):
            is_before_post = any(timedelta(0) < _until(at, post) <= BEFORE_POST for post in posts)
            assert at - before >= 15 * MINUTE or is_before_post, (day, before, at)
        if not posts:
            after = [at for at in times if at >= closes]
            pauses = [second - first for first, second in pairwise(after)]
            assert pauses == sorted(pauses) or pauses[-1] == timedelta(days=1), day
            assert not after or after[-1] <= max(closes + timedelta(days=7), after[0])


def _until(moment: datetime, post: time) -> timedelta:
    """Return how long it is from a moment to the next time of day."""
    due = datetime.combine(moment.date(), post, UTC)
    return due - moment if due > moment else due + timedelta(days=1) - moment
