import asyncio
from datetime import timedelta

import pytest
from jobs_fixture import START, RunnerFixture
from posting_fixture import eventually

from bot.jobs.scheduler import Scheduler


class Calls:
    """Counts the calls of a scheduler."""

    def __init__(self, fixture: RunnerFixture, *, interval: float = 3600.0) -> None:
        self.checks = 0
        self.steps = 0
        self.failures = 0
        self.hangs = False
        self.scheduler = Scheduler(
            fixture.runner,
            check=self.check,
            clock_stepped=self.clock_stepped,
            now=lambda: fixture.now,
            interval=interval,
        )

    async def check(self) -> None:
        self.checks += 1

    async def clock_stepped(self) -> None:
        if self.failures:
            self.failures -= 1
            raise ZeroDivisionError("not now")
        self.steps += 1
        if self.hangs:
            await asyncio.Event().wait()


async def test_each_tick_runs_due_jobs(fixture: RunnerFixture) -> None:
    await fixture.put("now")
    await fixture.put("soon", run_at=START + timedelta(seconds=10))
    async with fixture.start():
        calls = Calls(fixture)
        await calls.scheduler.tick()
        await fixture.runner.until_idle()
        assert fixture.done == ["now"]
        fixture.now += timedelta(seconds=10)
        await calls.scheduler.tick()
        await fixture.runner.until_idle()
    assert fixture.done == ["now", "soon"]
    assert calls.steps == 0


@pytest.mark.parametrize("step", [timedelta(hours=-40), timedelta(minutes=-1), timedelta(days=3)])
async def test_due_times_are_recomputed_after_a_clock_step(
    fixture: RunnerFixture, step: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    async with fixture.start():
        calls = Calls(fixture)
        await calls.scheduler.tick()
        fixture.now += step
        for _ in range(3):
            await calls.scheduler.tick()
    assert calls.steps == 1
    assert caplog.text.count("the clock was set") == 1


async def test_a_failed_recomputation_of_due_times_is_retried(fixture: RunnerFixture) -> None:
    async with fixture.start():
        calls = Calls(fixture)
        await calls.scheduler.tick()
        calls.failures = 1
        fixture.now += timedelta(hours=5)
        with pytest.raises(ZeroDivisionError):
            await calls.scheduler.tick()
        for _ in range(2):
            await calls.scheduler.tick()
    assert calls.steps == 1


async def test_due_jobs_run_after_a_backward_clock_step(fixture: RunnerFixture) -> None:
    async with fixture.start():
        calls = Calls(fixture)
        await calls.scheduler.tick()
        fixture.now -= timedelta(hours=30)
        await fixture.put("job", run_at=fixture.now)
        await calls.scheduler.tick()
        await fixture.runner.until_idle()
    assert fixture.done == ["job"]


async def test_the_scheduler_keeps_ticking_after_a_failed_tick(
    fixture: RunnerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    async with fixture.start():
        calls = Calls(fixture, interval=0.05)
        calls.scheduler.start()
        try:
            calls.failures = 1
            await calls.scheduler.tick()  # the clock is compared with that of the tick before
            fixture.now += timedelta(hours=5)
            await eventually(lambda: calls.steps > 0)
            await fixture.put("job")
            fixture.runner.wake()
            await eventually(lambda: bool(fixture.done))
        finally:
            await calls.scheduler.stop()
    assert "a tick of the scheduler failed" in caplog.text


async def test_a_tick_that_is_under_way_is_ended_without_an_error(
    fixture: RunnerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    async with fixture.start():
        calls = Calls(fixture, interval=0.05)
        calls.hangs = True
        await calls.scheduler.tick()
        fixture.now += timedelta(hours=5)
        calls.scheduler.start()
        await eventually(lambda: calls.steps > 0)
        await calls.scheduler.stop()
        await asyncio.sleep(0.1)
    assert calls.steps == 1
    assert not [each for each in caplog.records if each.levelname == "ERROR"]
