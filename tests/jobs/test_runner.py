import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from jobs_fixture import START, Gate, RunnerFixture
from posting_fixture import eventually

from bot.jobs.context import FatalError, RunnerContext
from bot.jobs.outcomes import Done, GiveUp, JobOutcome, Rerun, Retry, Skipped, Wait
from bot.jobs.runner import Runner
from storage import digests, key_value
from storage.database import Writer
from storage.records import Digest, Job, Paper, Reason


async def test_a_lane_runs_its_jobs_one_at_a_time_by_priority_time_and_key(
    fixture: RunnerFixture,
) -> None:
    running, most = 0, 0

    async def handle(_job: Job) -> JobOutcome:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        return Done()

    fixture.handle = handle
    await fixture.put("3", "1", "2")
    await fixture.put("last", priority=3)
    await fixture.put("by hand", priority=0, run_at=START)
    async with fixture.start():
        await fixture.run()
    assert fixture.done == ["by hand", "3", "1", "2", "last"]
    assert most == 1


async def test_lanes_run_at_the_same_time_up_to_a_limit(fixture: RunnerFixture) -> None:
    running, most = 0, 0

    async def handle(_job: Job) -> JobOutcome:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1
        return Done()

    fixture.handle = handle
    for number in range(9):
        await fixture.put(f"job {number}", lane=f"lane {number}")
    async with fixture.start(at_once=3):
        await fixture.run()
    assert len(fixture.done) == 9
    assert most == 3


async def test_a_hanging_lane_does_not_block_other_lanes(fixture: RunnerFixture) -> None:
    hanging = asyncio.Event()

    async def handle(job: Job) -> JobOutcome:
        if job.key == "hangs":
            await hanging.wait()
        return Done()

    fixture.handle = handle
    await fixture.put("hangs", "behind it")
    await fixture.put("other", lane="b")
    async with fixture.start() as started:
        await eventually(lambda: "other" in started.done)
        assert started.done.count("behind it") == 0
        hanging.set()
        await started.run()
    assert fixture.done[-1] == "behind it"


async def test_a_queued_job_that_is_written_again_with_a_higher_priority_moves_forward(
    fixture: RunnerFixture,
) -> None:
    hanging = asyncio.Event()

    async def handle(job: Job) -> JobOutcome:
        if job.key == "hangs":
            await hanging.wait()
        return Done()

    fixture.handle = handle
    await fixture.put("hangs", "second", "third")
    async with fixture.start() as started:
        await eventually(lambda: "hangs" in started.done)
        await fixture.put("third", priority=0)
        started.runner.wake()
        await started.runner.run_due()
        hanging.set()
        await started.run()
    assert fixture.done == ["hangs", "third", "second"]


async def test_a_job_that_is_not_due_is_not_run(fixture: RunnerFixture) -> None:
    await fixture.put("later", run_at=START + timedelta(minutes=1))
    await fixture.put("waits", run_at=START, not_before=START + timedelta(minutes=2))
    async with fixture.start():
        await fixture.run()
        assert fixture.done == []
        await fixture.run(after=60)
        assert fixture.done == ["later"]
        await fixture.run(after=60)
    assert fixture.done == ["later", "waits"]


async def test_a_job_that_ends_is_deleted_in_the_transaction_of_its_record(
    fixture: RunnerFixture,
) -> None:
    committed: list[bool] = []

    async def record(writer: Writer) -> Sequence[Job]:
        await writer.execute("INSERT INTO key_value (key, value) VALUES ('done', 'yes')")
        return [Job(key="next", kind="test", lane="a", priority=1, run_at=START)]

    async def handle(job: Job) -> JobOutcome:
        if job.key == "next":
            return Skipped()
        return Done(record=record, committed=lambda: committed.append(True))

    fixture.handle = handle
    await fixture.put("first")
    async with fixture.start():
        await fixture.run()
    assert fixture.done == ["first", "next"]
    assert await key_value.get(fixture.database, "done") == "yes"
    assert await fixture.get("first") is None
    assert committed == [True]


async def test_retry_delays_grow_and_are_reset_by_progress(
    fixture: RunnerFixture,
) -> None:
    has_progressed = False

    async def handle(_job: Job) -> JobOutcome:
        raise Retry(reason=Reason.DISCORD_UNAVAILABLE, has_progressed=has_progressed)

    fixture.handle = handle
    await fixture.put("job")
    pauses = []
    async with fixture.start():
        for _ in range(14):
            await fixture.run()
            job = await fixture.get("job")
            assert job is not None
            assert job.not_before is not None
            pauses.append((job.not_before - fixture.now).total_seconds())
            fixture.now = job.not_before
        assert job is not None
        assert job.attempts == 14
        has_progressed = True
        await fixture.run()
        job = await fixture.get("job")
    assert job is not None
    assert job.not_before is not None
    assert (job.not_before - fixture.now).total_seconds() <= 1
    assert job.attempts == 1
    for attempts, pause in enumerate(pauses):
        longest = min(2.0**attempts, 600.0)
        assert longest / 2 <= pause <= longest


async def test_a_retry_waits_at_least_as_long_as_discord_asks(fixture: RunnerFixture) -> None:
    async def handle(_job: Job) -> JobOutcome:
        return Retry(reason=Reason.RATE_LIMITED, after=300.0)

    fixture.handle = handle
    await fixture.put("job")
    async with fixture.start():
        await fixture.run()
        job = await fixture.get("job")
    assert job is not None
    assert job.not_before == START + timedelta(seconds=300)
    assert job.attempts == 0


@pytest.mark.parametrize(
    ("reason", "holds"),
    [
        (Reason.DISCORD_UNAVAILABLE, True),
        (Reason.GUILD_UNAVAILABLE, True),
        (Reason.RATE_LIMITED, True),
        (Reason.INTERNAL, False),
    ],
)
async def test_only_discord_errors_hold_a_lane(
    fixture: RunnerFixture, reason: Reason, holds: bool
) -> None:
    async def handle(job: Job) -> JobOutcome:
        if job.key == "first" and fixture.done.count("first") == 1:
            return Retry(reason=reason, after=30.0)
        return Done()

    fixture.handle = handle
    await fixture.put("first", "second")
    async with fixture.start():
        await fixture.run()
        assert fixture.done == (["first"] if holds else ["first", "second"])
        await fixture.run(after=31)
    assert fixture.done == (["first", "first", "second"] if holds else ["first", "second", "first"])


async def test_a_lane_is_still_held_after_a_restart(fixture: RunnerFixture) -> None:
    async def handle(_job: Job) -> JobOutcome:
        return Retry(reason=Reason.DISCORD_UNAVAILABLE, after=30.0)

    fixture.handle = handle
    await fixture.put("first", "second")
    async with fixture.start():
        await fixture.run()
    async with fixture.start():
        await fixture.run()
        assert fixture.done == ["first"]
        fixture.handle = None
        await fixture.run(after=31)
    assert fixture.done == ["first", "first", "second"]


async def test_a_waiting_job_leaves_its_lane_and_is_woken_by_storing_a_digest(
    fixture: RunnerFixture,
) -> None:
    until = START + timedelta(hours=6)

    async def handle(job: Job) -> JobOutcome:
        if job.key == "waits" and fixture.done.count("waits") == 1:
            raise Wait(until=until, reason=Reason.NO_DIGEST)
        return Done()

    fixture.handle = handle
    await fixture.put("waits", "behind it")
    async with fixture.start():
        await fixture.run()
        assert fixture.done == ["waits", "behind it"]
        job = await fixture.get("waits")
        assert job is not None
        assert (job.not_before, job.attempts, job.reason) == (until, 0, Reason.NO_DIGEST)
        digest = Digest(date(2025, 2, 21), (Paper("2502.00001", "A title"),))
        await digests.store(fixture.database, digest, read_at=START)
        fixture.runner.wake()
        await fixture.run()
    assert fixture.done == ["waits", "behind it", "waits"]


async def test_a_wait_is_not_recorded_if_its_condition_was_met_in_the_meantime(
    fixture: RunnerFixture,
) -> None:
    async def check(_writer: Writer) -> None:
        raise Rerun

    async def handle(_job: Job) -> JobOutcome:
        if len(fixture.done) == 1:
            return Wait(until=START + timedelta(hours=6), reason=Reason.NO_DIGEST, check=check)
        return Done()

    fixture.handle = handle
    await fixture.put("job")
    async with fixture.start():
        await fixture.run()
    assert fixture.done == ["job", "job"]


async def test_jobs_wait_in_memory_while_the_gate_is_closed(fixture: RunnerFixture) -> None:
    await fixture.put("first", "second")
    before = [await fixture.get(key) for key in ("first", "second")]
    fixture.gate.close()
    async with fixture.start():
        await fixture.run()
        await fixture.run(after=3600)
        assert fixture.done == []
        assert [await fixture.get(key) for key in ("first", "second")] == before
        fixture.gate.open()
        await asyncio.sleep(0)
        await fixture.run()
    assert fixture.done == ["first", "second"]


async def test_an_attempt_that_fails_because_the_gate_closed_is_not_charged(
    fixture: RunnerFixture,
) -> None:
    async def handle(_job: Job) -> JobOutcome:
        if len(fixture.done) == 1:
            fixture.gate.close()
            return Retry(reason=Reason.DISCORD_UNAVAILABLE)
        return Done()

    fixture.handle = handle
    await fixture.put("job")
    before = await fixture.get("job")
    async with fixture.start():
        await fixture.run()
        assert await fixture.get("job") == before
        fixture.gate.open()
        await asyncio.sleep(0)
        await fixture.run()
    assert fixture.done == ["job", "job"]


async def test_a_failed_wait_for_the_gate_is_logged_and_begins_again(
    fixture: RunnerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    class FailingGate(Gate):
        async def wait(self) -> None:
            if not caplog.records:
                raise ZeroDivisionError("no gate")
            await super().wait()

    fixture.gate = FailingGate()
    fixture.gate.close()
    await fixture.put("job")
    async with fixture.start():
        await fixture.run()
        await eventually(lambda: "the task 'jobs: gate' failed" in caplog.text)
        assert "no gate" in caplog.text
        await fixture.run()
        fixture.gate.open()
        await asyncio.sleep(0)
        await fixture.run()
    assert fixture.done == ["job"]


async def test_a_failed_search_for_due_jobs_is_logged(
    fixture: RunnerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    is_broken = False

    def now() -> datetime:
        if is_broken:
            raise ZeroDivisionError("no clock")
        return START

    context = RunnerContext(
        database=fixture.database, now=now, gate=fixture.gate, on_fatal=fixture.on_fatal
    )
    runner = Runner(context, {})
    await runner.start()
    await runner.until_idle()
    is_broken = True
    runner.wake()
    await eventually(lambda: "the task 'jobs: wake' failed" in caplog.text)
    assert "no clock" in caplog.text
    await runner.stop()


async def test_jobs_without_discord_pass_the_closed_gate(fixture: RunnerFixture) -> None:
    fixture.kind = {"uses_discord": False}
    fixture.gate.close()
    await fixture.put("job")
    async with fixture.start():
        await fixture.run()
    assert fixture.done == ["job"]


@pytest.mark.parametrize("where", ["handler", "record"])
async def test_an_unforeseen_exception_is_logged_recorded_and_retried(
    fixture: RunnerFixture, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_writer: Writer) -> Sequence[Job]:
        raise ZeroDivisionError("unexpected")

    async def record(writer: Writer) -> Sequence[Job]:
        await writer.execute("INSERT INTO key_value (key, value) VALUES ('failed', 'yes')")
        return []

    async def failed(_job: Job) -> object:
        return record

    async def handle(job: Job) -> JobOutcome:
        if job.key != "bad" or fixture.done.count("bad") > 1:
            return Done()
        if where == "record":
            return Done(record=fail)
        raise ZeroDivisionError("unexpected")

    fixture.handle = handle
    fixture.kind = {"failed": failed}
    await fixture.put("bad", "good")
    async with fixture.start():
        await fixture.run()
        assert fixture.done == ["bad", "good"]
        job = await fixture.get("bad")
        assert job is not None
        assert (job.attempts, job.reason) == (1, Reason.INTERNAL)
        assert await key_value.get(fixture.database, "failed") == "yes"
        assert "job bad failed" in caplog.text
        assert "unexpected" in caplog.text
        await fixture.run(after=2)
    assert fixture.done == ["bad", "good", "bad"]
    assert await fixture.get("bad") is None


async def test_a_job_whose_failure_cannot_be_recorded_is_still_retried(
    fixture: RunnerFixture,
) -> None:
    async def failed(_job: Job) -> object:
        raise ZeroDivisionError("nor this")

    async def handle(_job: Job) -> JobOutcome:
        raise ZeroDivisionError("unexpected")

    fixture.handle = handle
    fixture.kind = {"failed": failed}
    await fixture.put("bad")
    async with fixture.start():
        await fixture.run()
        await fixture.run(after=2)
    assert fixture.done == ["bad", "bad"]


async def test_an_expired_job_ends_with_the_expire_handler_of_its_kind(
    fixture: RunnerFixture,
) -> None:
    expired = []

    async def expire(job: Job) -> JobOutcome:
        expired.append(job.key)
        return GiveUp(reason=Reason.TOO_LATE)

    fixture.kind = {"expire": expire}
    await fixture.put("old", expires_at=START)
    async with fixture.start():
        await fixture.run()
    assert (fixture.done, expired) == ([], ["old"])
    assert await fixture.get("old") is None


async def test_a_retry_does_not_wait_beyond_the_expiry(fixture: RunnerFixture) -> None:
    async def handle(_job: Job) -> JobOutcome:
        return Retry(reason=Reason.RATE_LIMITED, after=3600.0)

    fixture.handle = handle
    await fixture.put("job", expires_at=START + timedelta(minutes=1))
    async with fixture.start():
        await fixture.run()
        await fixture.run(after=61)
    assert fixture.done == ["job"]
    assert await fixture.get("job") is None


async def test_rerun_reads_the_stored_job_and_runs_it_at_once(fixture: RunnerFixture) -> None:
    async def handle(_job: Job) -> JobOutcome:
        if len(fixture.done) < 3:
            raise Rerun
        return Done()

    fixture.handle = handle
    await fixture.put("job")
    async with fixture.start():
        await fixture.run()
    assert fixture.done == ["job"] * 3


async def test_a_fatal_error_is_reported_and_the_job_is_kept(fixture: RunnerFixture) -> None:
    async def handle(_job: Job) -> JobOutcome:
        raise FatalError("no more")

    fixture.handle = handle
    await fixture.put("job")
    async with fixture.start():
        await fixture.run()
    assert [str(error) for error in fixture.fatal] == ["no more"]
    assert await fixture.get("job") is not None


async def test_run_now_returns_the_outcome_of_the_next_attempt(
    fixture: RunnerFixture,
) -> None:
    is_asked = asyncio.Event()

    async def handle(_job: Job) -> JobOutcome:
        await is_asked.wait()
        return Done()

    fixture.handle = handle
    await fixture.put("job", run_at=START)
    async with fixture.start() as started, asyncio.timeout(20):
        job = await fixture.get("job")
        assert job is not None
        waiting = asyncio.create_task(started.runner.run_now(job))
        await asyncio.sleep(0)
        is_asked.set()
        assert isinstance(await waiting, Done)


async def test_run_now_returns_none_when_the_runner_stops(
    fixture: RunnerFixture,
) -> None:
    async def handle(_job: Job) -> JobOutcome:
        await asyncio.Event().wait()
        raise AssertionError

    fixture.handle = handle
    await fixture.put("job", run_at=START)
    async with fixture.start() as started:
        job = await fixture.get("job")
        assert job is not None
        waiting = asyncio.create_task(started.runner.run_now(job))
        await eventually(lambda: bool(started.done))
    async with asyncio.timeout(20):
        assert await waiting is None
    assert await fixture.get("job") is not None


@pytest.mark.parametrize("lane", ["a", "b"])
@pytest.mark.parametrize(
    "outcome",
    [
        Done(),
        Skipped(),
        GiveUp(),
        Wait(until=START + timedelta(hours=6), reason=Reason.NO_DIGEST),
        Retry(reason=Reason.DISCORD_UNAVAILABLE, after=300.0),
        Retry(reason=Reason.INTERNAL, after=300.0),
        Rerun(),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
async def test_a_job_that_is_written_again_while_it_runs_is_run_again(
    fixture: RunnerFixture, outcome: JobOutcome, lane: str
) -> None:
    """The outcome of the first run says nothing about the job that was written meanwhile."""

    async def handle(_job: Job) -> JobOutcome:
        if len(fixture.done) > 1:
            return Done()
        await fixture.put("job", lane=lane)
        return outcome

    fixture.handle = handle
    await fixture.put("job")
    async with fixture.start():
        await fixture.run()
        assert fixture.done == ["job", "job"]
        assert await fixture.get("job") is None


async def test_a_job_that_is_written_for_later_while_it_runs_stays(fixture: RunnerFixture) -> None:
    later = START + timedelta(hours=1)

    async def handle(_job: Job) -> JobOutcome:
        if len(fixture.done) == 1:
            await fixture.put("job", run_at=later)
        return Skipped()

    fixture.handle = handle
    await fixture.put("job")
    async with fixture.start():
        await fixture.run()
        job = await fixture.get("job")
        assert job is not None
        assert job.run_at == later
        await fixture.run(after=3600)
    assert fixture.done == ["job", "job"]
