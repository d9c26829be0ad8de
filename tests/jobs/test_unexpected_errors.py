"""Errors that nobody foresaw: they are logged, and no lane stops because of one."""

import asyncio
import logging
import sqlite3
from collections.abc import Sequence

import pytest
from jobs_fixture import RunnerFixture

from bot.jobs.context import FatalError
from bot.jobs.outcomes import Done, JobOutcome
from storage.database import Writer
from storage.records import Job, Reason


async def test_a_cancellation_that_is_not_of_the_runner_is_an_error_as_any_other(
    fixture: RunnerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    async def handle(job: Job) -> JobOutcome:
        if job.key == "bad" and fixture.done.count("bad") == 1:
            awaited = asyncio.ensure_future(asyncio.sleep(60))
            awaited.cancel()
            await awaited
        return Done()

    fixture.handle = handle
    await fixture.put("bad", "good")
    async with fixture.start():
        await fixture.run()
        assert fixture.done == ["bad", "good"]
        job = await fixture.get("bad")
        assert job is not None
        assert (job.attempts, job.reason) == (1, Reason.INTERNAL)
        assert "job bad failed" in caplog.text
        await fixture.run(after=2)
    assert fixture.done == ["bad", "good", "bad"]


@pytest.mark.parametrize("where", ["failed", "record"])
@pytest.mark.parametrize("error", [sqlite3.IntegrityError("no"), asyncio.CancelledError()])
async def test_a_job_whose_failure_cannot_be_recorded_is_retried(
    fixture: RunnerFixture, where: str, error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    async def record(_writer: Writer) -> Sequence[Job]:
        raise error

    async def failed(_job: Job) -> object:
        if where == "failed":
            raise error
        return record

    async def handle(job: Job) -> JobOutcome:
        if job.key == "bad" and fixture.done.count("bad") == 1:
            raise ZeroDivisionError("unexpected")
        return Done()

    fixture.handle = handle
    fixture.kind = {"failed": failed}
    await fixture.put("bad", "good")
    async with fixture.start():
        await fixture.run()
        assert fixture.done == ["bad", "good"]
        assert "the failure of job bad is not recorded" in caplog.text
        await fixture.run(after=2)
    assert fixture.done == ["bad", "good", "bad"]
    assert await fixture.get("bad") is None


@pytest.mark.parametrize("error", [ZeroDivisionError("no report"), asyncio.CancelledError()])
async def test_a_lane_goes_on_after_an_error_outside_of_its_jobs(
    fixture: RunnerFixture, error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    async def handle(_job: Job) -> JobOutcome:
        if len(fixture.done) == 1:
            raise FatalError
        return Done()

    class Reporting(RunnerFixture):
        async def on_fatal(self, error_of_job: FatalError) -> None:
            raise error from error_of_job

    fixture = Reporting(fixture.database)
    fixture.handle = handle
    await fixture.put("first", "second")
    async with fixture.start():
        await fixture.run()
        assert fixture.done == ["first"]
        assert "lane a pauses after an unexpected error" in caplog.text
        assert "Traceback" in caplog.text
        await fixture.run(after=5)
    assert fixture.done == ["first", "first", "second"]


async def test_a_shutdown_ends_a_running_job_and_is_no_error(
    fixture: RunnerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)

    async def hang(_job: Job) -> JobOutcome:
        await asyncio.sleep(60)
        raise AssertionError

    fixture.handle = hang
    await fixture.put("job")
    before = await fixture.get("job")
    async with asyncio.timeout(20), fixture.start():
        await fixture.runner.run_due()
        await asyncio.sleep(0.1)
        assert fixture.done == ["job"]
    assert caplog.text == ""
    assert await fixture.get("job") == before
