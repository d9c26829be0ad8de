"""How soon the runner finds a job whose wait has ended."""

import asyncio
from datetime import timedelta

import pytest
from jobs_fixture import START, RunnerFixture
from posting_fixture import eventually

from bot.jobs.outcomes import Done, JobOutcome
from storage import jobs
from storage.records import Job, Reason


async def put_waiting(fixture: RunnerFixture) -> None:
    await fixture.put(
        "waits",
        run_at=START - timedelta(hours=1),
        not_before=START + timedelta(hours=6),
        reason=Reason.NO_DIGEST,
    )


async def end_wait(fixture: RunnerFixture) -> None:
    await jobs.end_wait(fixture.database, [Reason.NO_DIGEST])


async def test_a_job_that_is_woken_while_the_runner_reads_all_jobs_runs_at_once(
    fixture: RunnerFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_read, may_go_on = asyncio.Event(), asyncio.Event()
    due = jobs.due

    async def read_slowly(*args: object, **options: object) -> tuple[Job, ...]:
        found = await due(*args, **options)  # type: ignore[arg-type]
        is_read.set()
        await may_go_on.wait()
        return found

    async with fixture.start():
        await fixture.run()
        await put_waiting(fixture)
        # The real read, which ends only after the test has woken the job.
        monkeypatch.setattr(jobs, "due", read_slowly)
        fixture.runner.wake()
        await is_read.wait()
        await end_wait(fixture)
        fixture.runner.wake()
        may_go_on.set()
        await eventually(lambda: fixture.done == ["waits"])


async def test_all_jobs_are_read_again_after_a_read_that_failed(
    fixture: RunnerFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_args: object, **_options: object) -> tuple[Job, ...]:
        raise ZeroDivisionError("no read")

    async with fixture.start():
        await fixture.run()
        await put_waiting(fixture)
        await end_wait(fixture)
        with monkeypatch.context() as patched:
            # An error that nobody foresaw, such as a row that can't be read.
            patched.setattr(jobs, "due", fail)
            fixture.runner.wake()
            await fixture.runner.until_idle()
        await fixture.run()
    assert fixture.done == ["waits"]


async def test_a_job_that_another_one_has_woken_runs_at_once(fixture: RunnerFixture) -> None:
    async def handle(job: Job) -> JobOutcome:
        if job.key == "read":
            await end_wait(fixture)
        return Done(wakes_jobs=job.key == "read")

    fixture.handle = handle
    async with fixture.start():
        await put_waiting(fixture)
        await fixture.run()
        await fixture.put("read", lane="b", run_at=START)
        await fixture.run()
    assert fixture.done == ["read", "waits"]
