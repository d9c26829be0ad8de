import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.posts.clock import AlarmClock, Clock
from bot.posts.due import next_due
from storage.records import Schedule


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
