import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.posts.clock import AlarmClock, Clock, next_due
from storage.records import Schedule


@dataclass(frozen=True)
class Timed:
    time: time
    timezone: str


def schedule(at: time, zone: str, number: int = 1) -> Schedule:
    return Schedule(
        guild_id=1,
        channel_id=2,
        time=at,
        timezone=zone,
        count=5,
        language="en",
        created_by=3,
        id=number,
        created_at=datetime(2025, 1, 1, tzinfo=UTC),
    )


def local(zone: str, *parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)  # type: ignore[arg-type, misc]


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


async def test_the_alarm_rings_when_its_time_is_reached_by_the_moved_clock() -> None:
    clock, rung = Clock(), asyncio.Queue[int]()
    alarm = AlarmClock(clock, rung.put)
    alarm.start([schedule(time(8), "Asia/Seoul")])
    try:
        due = next_due(schedule(time(8), "Asia/Seoul"), clock.now())
        alarm.move_to(due - timedelta(milliseconds=100))
        assert await asyncio.wait_for(rung.get(), 10) == 1
        alarm.move_to(due + timedelta(hours=23, minutes=59, seconds=59, milliseconds=900))
        assert await asyncio.wait_for(rung.get(), 10) == 1
        assert rung.empty()
    finally:
        alarm.stop()


async def test_a_removed_schedule_rings_no_more() -> None:
    clock, rung = Clock(), asyncio.Queue[int]()
    alarm = AlarmClock(clock, rung.put)
    alarm.start([schedule(time(8), "UTC", 1), schedule(time(8), "UTC", 2)])
    try:
        alarm.remove(1)
        alarm.remove(77)
        alarm.move_to(next_due(schedule(time(8), "UTC"), clock.now()) - timedelta(milliseconds=100))
        assert await asyncio.wait_for(rung.get(), 10) == 2
        assert rung.empty()
    finally:
        alarm.stop()


async def test_a_failing_ring_is_logged_and_does_not_end_the_alarm(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock, rung = Clock(), asyncio.Queue[int]()

    async def ring(number: int) -> None:
        await rung.put(number)
        raise RuntimeError("no")

    alarm = AlarmClock(clock, ring)
    alarm.start([schedule(time(8), "UTC")])
    try:
        for _ in range(2):
            due = next_due(schedule(time(8), "UTC"), clock.now())
            alarm.move_to(due - timedelta(milliseconds=100))
            await asyncio.wait_for(rung.get(), 10)
    finally:
        alarm.stop()
    assert "schedule 1 failed" in caplog.text


def test_the_machine_clock_is_used_until_it_is_moved() -> None:
    clock = Clock()
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    clock.move_to(datetime(2025, 2, 21, tzinfo=UTC))
    assert clock.now().date() == date(2025, 2, 21)
