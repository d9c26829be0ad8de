"""Lanes that are held while Discord keeps a job back: which wait, and what ends the hold."""

import asyncio
from datetime import timedelta

import pytest
from jobs_fixture import START, RunnerFixture
from posting_fixture import locked

from bot.jobs.outcomes import Done, JobOutcome, Retry
from storage import jobs
from storage.patience import set_write_timeout
from storage.records import Job, Reason

PAUSE = 600.0
DISCORD_REASONS = [each for each in Reason if each.is_discord_error]


def fail_once(fixture: RunnerFixture, reason: Reason) -> None:
    """Let the job "first" fail at its first attempt."""

    async def handle(job: Job) -> JobOutcome:
        if job.key == "first" and fixture.done.count("first") == 1:
            return Retry(reason=reason, after=PAUSE)
        return Done()

    fixture.handle = handle


@pytest.mark.parametrize("is_restarted", [False, True])
@pytest.mark.parametrize("reason", DISCORD_REASONS)
async def test_a_hold_is_ended_for_its_own_reason_only_and_the_order_is_kept(
    fixture: RunnerFixture, reason: Reason, is_restarted: bool
) -> None:
    fail_once(fixture, reason)
    await fixture.put("first", "second")
    others = [each for each in DISCORD_REASONS if each is not reason]
    async with fixture.start():
        await fixture.run()
        if is_restarted:
            await fixture.runner.stop()
            await fixture.start().runner.start()
        await fixture.runner.retry_now(*others, lanes=["a"])
        await fixture.run()
        await fixture.runner.retry_now(*others)
        await fixture.run()
        await fixture.runner.retry_now(reason, lanes=["another"])
        await fixture.run()
        assert fixture.done == ["first"]
        await fixture.runner.retry_now(reason, lanes=["a"])
        await fixture.run()
    assert fixture.done == ["first", "first", "second"]


async def test_a_job_that_waits_from_before_a_restart_is_retried_before_the_later_ones(
    fixture: RunnerFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if a worker takes the lane before the runner has read which jobs are due."""
    fail_once(fixture, Reason.GUILD_UNAVAILABLE)
    await fixture.put("first", "second")
    async with fixture.start():
        await fixture.run()
    is_lane_taken = asyncio.Event()
    due = jobs.due

    async def read_slowly(*args: object, **options: object) -> tuple[Job, ...]:
        found = await due(*args, **options)  # type: ignore[arg-type]
        await is_lane_taken.wait()
        return found

    async def handle(job: Job) -> JobOutcome:
        if job.key == "other":
            # The real read, which ends only after a worker has taken the lane.
            monkeypatch.setattr(jobs, "due", read_slowly)
            await fixture.runner.retry_now(Reason.GUILD_UNAVAILABLE)
        else:
            is_lane_taken.set()
        return Done()

    fixture.handle = handle
    await fixture.put("other", lane="b", run_at=START)
    async with fixture.start():
        await fixture.run()
    assert fixture.done == ["first", "other", "first", "second"]


async def test_a_hold_whose_end_cannot_be_stored_goes_on(fixture: RunnerFixture) -> None:
    async def retry_now() -> None:
        set_write_timeout(0.05)
        await fixture.runner.retry_now(Reason.GUILD_UNAVAILABLE)

    fail_once(fixture, Reason.GUILD_UNAVAILABLE)
    await fixture.put("first", "second")
    async with fixture.start():
        await fixture.run()
        async with locked(fixture.database.path):
            await asyncio.create_task(retry_now())
        await fixture.run()
        assert fixture.done == ["first"]
        await fixture.run(after=PAUSE + 1)
    assert fixture.done == ["first", "first", "second"]


@pytest.mark.parametrize("is_restarted", [False, True])
@pytest.mark.parametrize("reason", DISCORD_REASONS)
async def test_a_kind_says_for_which_reasons_its_lane_is_held(
    fixture: RunnerFixture, reason: Reason, is_restarted: bool
) -> None:
    fail_once(fixture, reason)
    fixture.kind = {"holds_lane_for": (Reason.RATE_LIMITED,)}
    await fixture.put("first")
    async with fixture.start():
        await fixture.run()
        if is_restarted:
            await fixture.runner.stop()
            await fixture.start().runner.start()
        await fixture.put("second", run_at=START)
        await fixture.run()
        is_held = reason is Reason.RATE_LIMITED
        assert fixture.done == (["first"] if is_held else ["first", "second"])
        await fixture.run(after=PAUSE + 1)
    assert sorted(fixture.done) == ["first", "first", "second"]


async def test_jobs_that_delete_by_age_wait_while_the_clock_is_known_to_be_wrong(
    fixture: RunnerFixture,
) -> None:
    fixture.kind = {"uses_discord": False, "deletes_by_age": True}
    fixture.gate.close()
    await fixture.put("offline")
    async with fixture.start():
        await fixture.run()
        assert fixture.done == ["offline"]
        fixture.gate.is_clock_wrong = True
        fixture.now += timedelta(days=900)
        await fixture.put("prune", run_at=START)
        await fixture.run()
        await fixture.run(after=3600)
        assert fixture.done == ["offline"]
        fixture.gate.is_clock_wrong = False
        fixture.gate.open()
        await fixture.run()
    assert fixture.done == ["offline", "prune"]
