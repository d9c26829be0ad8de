"""Run due jobs: one at a time per lane, with retries and backoff, all stored in the database.

The runner keeps only the keys of due jobs in memory, lane by lane. It reads each job from the
database just before it runs it, so that a job that was changed or deleted meanwhile is never run in
its old form. A job that is written again while it runs is run once more afterwards.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from bot.backoff import Backoff
from bot.jobs.context import FatalError, RunnerContext
from bot.jobs.gated_lanes import GatedLanes
from bot.jobs.lanes import Lane, Lanes
from bot.jobs.outcome_writer import OutcomeWriter
from bot.jobs.outcomes import Ended, GiveUp, JobOutcome, Record, Rerun, Retry, Wait
from bot.jobs.scanner import Scanner
from bot.log_ids import with_log_ids, without_ids
from bot.tasks import is_being_cancelled, log_failure
from storage import jobs
from storage.errors import StorageError
from storage.records import Job, Reason

log = logging.getLogger(__name__)

_LONGEST_BACKOFF: Final = 600.0
_ERROR_PAUSE: Final = timedelta(seconds=5)
"""How long a lane is held after the database could not be used, or after an unexpected error."""
_DISCORD_REASONS: Final = frozenset(each for each in Reason if each.is_discord_error)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of jobs, as the runner needs to know it."""

    run: Callable[[Job], Awaitable[JobOutcome]]
    """Does the work; returns an outcome or raises one."""
    expire: Callable[[Job], Awaitable[JobOutcome]] | None = None
    """Says how a job ends whose `expires_at` has passed; without it the job is deleted."""
    failed: Callable[[Job], Awaitable[Record | None]] | None = None
    """Returns what to record after an unexpected exception."""
    uses_discord: bool = True
    """Whether it waits while the gate is closed."""
    deletes_by_age: bool = False
    """Whether it deletes what is old, so that it waits while the clock is known to be wrong."""
    holds_lane_for: Collection[Reason] = _DISCORD_REASONS
    """The reasons of a retry for which all jobs of its lane wait, so that they keep their order."""
    deadline: float = 1800.0
    """Seconds after which a run counts as hanging, and the watchdog ends the process."""


class Runner:
    """Runs the due jobs of a database."""

    def __init__(
        self,
        context: RunnerContext,
        kinds: Mapping[str, Kind],
        *,
        at_once: int = 64,
        first_backoff: float = 1.0,
    ) -> None:
        """Build the runner; it runs no job until `start`.

        Args:
            context: What it works with.
            kinds: The handlers, by kind.
            at_once: How many lanes run at the same time.
            first_backoff: Seconds before the first retry; each further pause is twice as long, at
                most ten minutes.
        """
        self._database = context.database
        self._kinds = kinds
        self._now = context.now
        self._gate = context.gate
        self._on_fatal = context.on_fatal
        self._at_once = at_once
        self._writer = OutcomeWriter(
            context.database,
            backoff=Backoff(first_backoff, _LONGEST_BACKOFF),
            now=context.now,
            observer=context.observer,
        )
        self._lanes = Lanes()
        self._gated = GatedLanes(context.gate, self._gate_opened)
        self._workers: set[asyncio.Task[None]] = set()
        self._wake_task: asyncio.Task[None] | None = None
        self._woken_again = False
        self._scanner = Scanner(context.database, context.now)
        self._waiters: dict[str, asyncio.Future[JobOutcome | None]] = {}
        self._is_running = False
        self._idle = asyncio.Event()
        self._idle.set()
        self.running: dict[str, float] = {}
        """The keys that run now, each with the `monotonic` time at which its deadline ends."""

    @property
    def is_running(self) -> bool:
        """Whether it runs jobs: between `start` and `stop`."""
        return self._is_running

    async def start(self) -> None:
        """Begin to run jobs; lanes that were held because of Discord stay held."""
        for job in await jobs.waiting_for_discord(self._database, now=self._now()):
            assert job.reason is not None
            self._hold(job, job.due_at, job.reason)
        self._is_running = True
        self.wake()

    async def stop(self) -> None:
        """Cancel the running jobs; they run again after the next start."""
        self._is_running = False
        tasks = [*self._workers, *filter(None, [self._wake_task])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._gated.stop()
        for future in self._waiters.values():
            if not future.done():
                future.set_result(None)
        self._waiters.clear()
        self._workers.clear()
        self._lanes.clear()
        self.running.clear()
        self._scanner.rescan()
        self._idle.set()

    def wake(self) -> None:
        """Look for due jobs now rather than at the scheduler's next tick."""
        if not self._is_running:
            return
        self._scanner.rescan()
        if self._wake_task is not None and not self._wake_task.done():
            self._woken_again = True
            return
        self._wake_task = asyncio.create_task(self._run_woken(), name="jobs: wake")
        self._wake_task.add_done_callback(log_failure)

    async def _run_woken(self) -> None:
        while True:
            self._woken_again = False
            await self.run_due()
            if not self._woken_again:
                return

    async def run_due(self) -> None:
        """Queue the jobs that are due and start as many lanes as may run at the same time."""
        if not self._is_running:
            return
        try:
            found = await self._scanner.scan()
        except StorageError as error:
            self._log_storage(error)
            return
        if not self._is_running:
            return
        for job in found:
            self._lanes.push(job)
        self._lanes.release_after(self._now())
        self._gated.watch()
        self._start_workers()

    async def until_idle(self) -> None:
        """Wait until no due job can run now; jobs with a later time are not waited for."""
        while True:
            if self._wake_task is not None and not self._wake_task.done():
                await asyncio.wait((self._wake_task,))
            await self._idle.wait()
            if self._wake_task is None or self._wake_task.done():
                return

    async def run_now(self, job: Job) -> JobOutcome | None:
        """Run a stored job in its lane, and return the outcome of its next attempt.

        The outcome is `None` if the runner was stopped first, or if the job is stored no more.
        """
        if not self._is_running:
            return None
        future = self._waiters.setdefault(job.key, asyncio.get_running_loop().create_future())
        self._queue((job,))
        return await asyncio.shield(future)

    def _queue(self, new: Iterable[Job]) -> None:
        now = self._now()
        for job in new:
            if job.due_at <= now:
                self._lanes.push(job)
        self._start_workers()

    async def retry_now(self, *reasons: Reason, lanes: Collection[str] | None = None) -> None:
        """Retry jobs at once that wait for one of some reasons.

        A lane that is held for another reason stays held.

        Args:
            reasons: Such as `GUILD_UNAVAILABLE`, when a server is available again.
            lanes: Only the jobs of these lanes; `None` for all.
        """
        try:
            await jobs.end_wait(self._database, reasons, lanes=lanes)
        except StorageError as error:
            self._log_storage(error)
            return  # the jobs still wait, so their lanes stay held
        self._lanes.release(reasons, lanes)
        self.wake()

    def _start_workers(self) -> None:
        if not self._lanes.ready_count or not self._is_running:
            return
        self._idle.clear()
        for _ in range(min(self._at_once - len(self._workers), self._lanes.ready_count)):
            task = asyncio.create_task(self._work(), name="jobs: worker", context=without_ids())
            self._workers.add(task)
            task.add_done_callback(log_failure)
            task.add_done_callback(self._worker_ended)

    def _worker_ended(self, task: asyncio.Task[None]) -> None:
        self._workers.discard(task)
        if self._lanes.ready_count:
            self._start_workers()
        elif not self._workers:
            self._idle.set()

    async def _work(self) -> None:
        while self._lanes.ready_count:
            lane = self._lanes.take()
            is_gated = False
            try:
                is_gated = await self._run_next(lane)
            except (Exception, asyncio.CancelledError) as error:
                if is_being_cancelled():
                    raise
                if isinstance(error, StorageError):
                    self._log_storage(error)
                else:
                    log.exception("lane %s pauses after an unexpected error", lane.name)
                self._lanes.hold(lane.name, self._now() + _ERROR_PAUSE, Reason.INTERNAL)
                self._scanner.rescan()
            if not is_gated:
                self._lanes.finish(lane)

    async def _run_next(self, lane: Lane) -> bool:
        """Run the first job of a lane; return whether it waits for the gate instead."""
        job = await self._read(lane)
        if job is None:
            return False
        kind = self._kinds.get(job.kind)
        with with_log_ids(job=job.key, schedule_id=job.schedule_id, delivery_id=job.delivery_id):
            if kind is None:
                log.error("job %s is of the unknown kind %r and is left alone", job.key, job.kind)
            elif self._must_wait(kind):
                lane.push(job)
                self._gated.add(lane)
                return True
            else:
                await self._attempt(lane, job, kind)
        return False

    async def _read(self, lane: Lane) -> Job | None:
        """Return a lane's next job as it is stored now, or `None` if it isn't due any more."""
        key = lane.pop()
        job = await jobs.get(self._database, key)
        if job is None:
            self._resolve(key, None)
            return None
        if job.lane != lane.name:
            self._queue((job,))
            return None
        if job.due_at > self._now():
            return None
        return job

    def _must_wait(self, kind: Kind) -> bool:
        """Return whether jobs of a kind wait for the gate now."""
        if kind.uses_discord:
            return not self._gate.is_open
        return kind.deletes_by_age and self._gate.is_clock_wrong

    def _gate_opened(self, lanes: Sequence[Lane]) -> None:
        for lane in lanes:
            self._lanes.finish(lane)
        self._start_workers()

    async def _attempt(self, lane: Lane, job: Job, kind: Kind) -> None:
        """Run a job and apply its outcome; an unexpected exception is retried."""
        self.running[job.key] = monotonic() + kind.deadline
        try:
            outcome = await self._run(job, kind)
            await self._apply(lane, job, outcome)
        except FatalError as error:
            await self._on_fatal(error)
        except StorageError:
            raise
        except (Exception, asyncio.CancelledError):
            if is_being_cancelled():
                raise
            log.exception("job %s failed", job.key)
            await self._apply_failure(lane, job, kind)
        finally:
            self.running.pop(job.key, None)

    async def _run(self, job: Job, kind: Kind) -> JobOutcome:
        try:
            if job.expires_at is None or job.expires_at > self._now():
                return await kind.run(job)
            return await kind.expire(job) if kind.expire is not None else GiveUp()
        except JobOutcome as raised:
            return raised

    async def _apply_failure(self, lane: Lane, job: Job, kind: Kind) -> None:
        """Retry a job after an unexpected exception, and record the failure."""
        retry = Retry(reason=Reason.INTERNAL)
        try:
            record = await kind.failed(job) if kind.failed is not None else None
            await self._retry(lane, job, retry, record)
        except StorageError:
            raise
        except (Exception, asyncio.CancelledError):
            if is_being_cancelled():
                raise
            log.exception("the failure of job %s is not recorded", job.key)
            await self._retry(lane, job, retry, None)
        self._resolve(job.key, retry)

    async def _apply(self, lane: Lane, job: Job, outcome: JobOutcome) -> None:
        """Write the effect of an outcome, and pass it on to the caller that waits for the job."""
        try:
            match outcome:
                case Ended():
                    self._queue(await self._writer.end(job, outcome))
                    if outcome.wakes_jobs:
                        self.wake()
                case Rerun():
                    raise outcome
                case Wait():
                    self._queue(await self._writer.wait(job, outcome))
                case Retry():
                    await self._retry(lane, job, outcome, None)
                case _:
                    raise AssertionError(f"unknown outcome {outcome!r}")
        except Rerun:
            lane.push(job)
            return
        self._resolve(job.key, outcome)

    async def _retry(self, lane: Lane, job: Job, outcome: Retry, record: Record | None) -> None:
        if outcome.reason.is_discord_error and not self._gate.is_open:
            # Discord as a whole is the cause: no attempt is counted, and nothing is written.
            lane.push(job)
            return
        not_before, new = await self._writer.retry(job, outcome, record)
        if not_before is not None:
            self._hold(job, not_before, outcome.reason)
        self._queue(new)

    def _hold(self, job: Job, until: datetime, reason: Reason) -> None:
        """Hold a lane until one of its jobs is retried, before later ones, if its kind says so."""
        kind = self._kinds.get(job.kind)
        if kind is not None and reason in kind.holds_lane_for:
            self._lanes.hold(job.lane, until, reason)
            self._lanes.push(job)

    def _resolve(self, key: str, outcome: JobOutcome | None) -> None:
        future = self._waiters.pop(key, None)
        if future is not None and not future.done():
            future.set_result(outcome)

    def _log_storage(self, error: StorageError) -> None:
        log.error("jobs wait, since the database can't be used: %s", error)
