"""Runs due jobs: lanes of one at a time, retries with backoff, and nothing kept only in memory.

What is due stands in the database. The runner holds a copy of the due jobs' keys, lane by lane, and
reads each job again before it runs it, so that a job which was changed or deleted meanwhile is not
run as it was.
"""

import asyncio
import heapq
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Final, Protocol

from bot.jobs.outcomes import Again, Ended, JobOutcome, Record, Retry, Wait
from storage import jobs
from storage.database import Database
from storage.errors import StorageError
from storage.records import Job, Reason

log = logging.getLogger(__name__)

_LONGEST_BACKOFF: Final = 600.0
_RESCAN_SECONDS: Final = 60.0
"""How often all due jobs are read, not only those that became due since the last look."""
_STORAGE_PAUSE: Final = 5.0
"""Seconds until a job is attempted again after the database could not be used."""


class FatalError(Exception):
    """Nothing can be done any more, for example because Discord refuses the bot's token."""


class Gate(Protocol):
    """Closed while Discord as a whole can't be used."""

    @property
    def is_open(self) -> bool:
        """Whether jobs may run."""

    async def wait(self) -> None:
        """Return when it is open."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the runner needs to know of one kind of job."""

    run: Callable[[Job], Awaitable[JobOutcome]]
    """Does the work; returns an outcome or raises one."""
    expire: Callable[[Job], Awaitable[JobOutcome]] | None = None
    """Says how a job ends whose `expires_at` has passed; without it the job is deleted."""
    failed: Callable[[Job], Awaitable[Record | None]] | None = None
    """Says what is recorded after an error that nobody foresaw."""
    uses_discord: bool = True
    """Whether it waits while the gate is closed."""
    deadline: float = 1800.0
    """Seconds after which a run is taken to hang, and the watchdog ends the process."""


@dataclass(slots=True)
class _Lane:
    name: str
    queue: list[tuple[int, datetime, str]] = field(default_factory=list)
    """A heap of priority, `run_at` and key."""
    keys: set[str] = field(default_factory=set)
    """Those in the queue."""
    held_until: datetime | None = None
    is_active: bool = False
    """Whether it is ready, runs, or waits at the gate."""

    def push(self, job: Job) -> None:
        if job.key not in self.keys:
            self.keys.add(job.key)
            heapq.heappush(self.queue, (job.priority, job.run_at, job.key))

    def pop(self) -> str:
        _, _, key = heapq.heappop(self.queue)
        self.keys.discard(key)
        return key


class Runner:
    """Runs the due jobs of a database."""

    def __init__(
        self,
        database: Database,
        kinds: Mapping[str, Kind],
        *,
        now: Callable[[], datetime],
        gate: Gate,
        on_fatal: Callable[[FatalError], Awaitable[None]],
        at_once: int = 64,
        first_backoff: float = 1.0,
    ) -> None:
        """Build it; nothing runs until `start`.

        Args:
            database: Where the jobs are.
            kinds: The handlers, by kind.
            now: The wall clock, in UTC.
            gate: Closed while Discord as a whole can't be used.
            on_fatal: Called when a job finds that nothing can be done any more.
            at_once: How many lanes run at the same time.
            first_backoff: Seconds before the first retry; each further pause is twice as long, at
                most ten minutes.
        """
        self._database = database
        self._kinds = kinds
        self._now = now
        self._gate = gate
        self._on_fatal = on_fatal
        self._at_once = at_once
        self._first_backoff = first_backoff
        self._lanes: dict[str, _Lane] = {}
        self._ready: deque[_Lane] = deque()
        self._held: set[str] = set()
        self._gated: list[_Lane] = []
        self._workers: set[asyncio.Task[None]] = set()
        self._gate_task: asyncio.Task[None] | None = None
        self._wake_task: asyncio.Task[None] | None = None
        self._woken_again = False
        self._scanning = asyncio.Lock()
        self._scanned_until: datetime | None = None
        self._rescan_at = 0.0
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
        """Begin to run jobs; lanes that waited for Discord before go on waiting."""
        for name, until in (await jobs.held_lanes(self._database, now=self._now())).items():
            self._hold(self._lane(name), until)
        self._is_running = True
        self.wake()

    async def stop(self) -> None:
        """Cancel what runs; it is found and run again after the next start."""
        self._is_running = False
        tasks = [*self._workers, *filter(None, (self._gate_task, self._wake_task))]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for future in self._waiters.values():
            if not future.done():
                future.set_result(None)
        self._waiters.clear()
        self._workers.clear()
        self._lanes.clear()
        self._ready.clear()
        self._held.clear()
        self._gated.clear()
        self.running.clear()
        self._scanned_until = None
        self._rescan_at = 0.0
        self._idle.set()

    def wake(self) -> None:
        """Look for due jobs now rather than at the scheduler's next tick."""
        if not self._is_running:
            return
        self._rescan_at = 0.0
        if self._wake_task is not None and not self._wake_task.done():
            self._woken_again = True
            return
        self._wake_task = asyncio.create_task(self._run_woken(), name="jobs: wake")

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
            async with self._scanning:
                found = await self._scan()
        except StorageError as error:
            self._log_storage(error)
            return
        if not self._is_running:
            return
        for job in found:
            self._lane(job.lane).push(job)
        now = self._now()
        for name in [*self._held]:
            lane = self._lane(name)
            if lane.held_until is None or lane.held_until <= now:
                lane.held_until = None
                self._held.discard(name)
        for job_lane in {job.lane for job in found} | set(self._lanes):
            self._activate(self._lane(job_lane))
        self._start_workers()

    async def until_idle(self) -> None:
        """Wait until nothing is due that can be done now; what waits for later is left aside."""
        while True:
            if self._wake_task is not None and not self._wake_task.done():
                await asyncio.wait((self._wake_task,))
            await self._idle.wait()
            if self._wake_task is None or self._wake_task.done():
                return

    async def run_now(self, job: Job) -> JobOutcome | None:
        """Run a stored job in its lane, and return the outcome of its next attempt.

        `None` if the runner was stopped first.
        """
        if not self._is_running:
            return None
        future = self._waiters.setdefault(job.key, asyncio.get_running_loop().create_future())
        self._queue((job,))
        return await asyncio.shield(future)

    def _queue(self, new: Iterable[Job]) -> None:
        now = self._now()
        for job in new:
            if max(job.run_at, job.not_before or job.run_at) <= now:
                lane = self._lane(job.lane)
                lane.push(job)
                self._activate(lane)
        self._start_workers()

    async def _scan(self) -> tuple[Job, ...]:
        now = self._now()
        if self._scanned_until is None or now < self._scanned_until:
            self._rescan_at = 0.0
        is_full = monotonic() >= self._rescan_at
        since = None if is_full else self._scanned_until
        found = await jobs.due(self._database, now=now, since=since)
        self._scanned_until = now
        if is_full:
            self._rescan_at = monotonic() + _RESCAN_SECONDS
        return found

    def _lane(self, name: str) -> _Lane:
        lane = self._lanes.get(name)
        if lane is None:
            lane = self._lanes[name] = _Lane(name)
        return lane

    def _hold(self, lane: _Lane, until: datetime) -> None:
        lane.held_until = until
        self._held.add(lane.name)

    def release(self, lane_name: str) -> None:
        """Let a lane that waits for Discord go on at once, for example after its server is back."""
        lane = self._lanes.get(lane_name)
        if lane is not None and lane.held_until is not None:
            lane.held_until = None
            self._held.discard(lane_name)
            self._activate(lane)
            self._start_workers()

    async def clock_stepped(self) -> None:
        """Attempt failed jobs again at once: the wall clock was set, so their pauses are wrong."""
        await jobs.retry_at_once(self._database)
        for name in [*self._held]:
            self.release(name)
        self._rescan_at = 0.0

    def _activate(self, lane: _Lane) -> None:
        if lane.is_active:
            return
        if not lane.queue:
            if lane.held_until is None:
                self._lanes.pop(lane.name, None)
            return
        if lane.held_until is not None:
            return
        lane.is_active = True
        self._ready.append(lane)

    def _start_workers(self) -> None:
        if not self._ready or not self._is_running:
            return
        self._idle.clear()
        for _ in range(min(self._at_once - len(self._workers), len(self._ready))):
            task = asyncio.create_task(self._work(), name="jobs: worker")
            self._workers.add(task)
            task.add_done_callback(self._worker_ended)

    def _worker_ended(self, task: asyncio.Task[None]) -> None:
        self._workers.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("a worker of the job runner ended", exc_info=error)
        if self._ready:
            self._start_workers()
        elif not self._workers:
            self._idle.set()

    async def _work(self) -> None:
        while self._ready:
            lane = self._ready.popleft()
            await self._run_next(lane)

    async def _run_next(self, lane: _Lane) -> None:
        """Run the first job of a lane, then let the lane queue up again."""
        try:
            job = await self._read(lane)
            if job is not None:
                kind = self._kinds.get(job.kind)
                if kind is None:
                    log.error(
                        "job %s is of the unknown kind %r and is left alone", job.key, job.kind
                    )
                elif kind.uses_discord and not self._gate.is_open:
                    lane.push(job)
                    self._wait_at_gate(lane)
                    return
                else:
                    await self._attempt(lane, job, kind)
        except StorageError as error:
            self._log_storage(error)
            self._hold(lane, self._now() + timedelta(seconds=_STORAGE_PAUSE))
            self._rescan_at = 0.0
        lane.is_active = False
        self._activate(lane)

    async def _read(self, lane: _Lane) -> Job | None:
        """Take the next job of a lane as it is stored now; `None` if it is not due any more."""
        key = lane.pop()
        job = await jobs.get(self._database, key)
        if job is None or job.lane != lane.name:
            self._resolve(key, None)
            return None
        if max(job.run_at, job.not_before or job.run_at) > self._now():
            return None
        return job

    def _wait_at_gate(self, lane: _Lane) -> None:
        self._gated.append(lane)
        if self._gate_task is None or self._gate_task.done():
            self._gate_task = asyncio.create_task(self._pass_gate(), name="jobs: gate")

    async def _pass_gate(self) -> None:
        await self._gate.wait()
        lanes, self._gated = self._gated, []
        for lane in lanes:
            lane.is_active = False
            self._activate(lane)
        self._start_workers()

    async def _attempt(self, lane: _Lane, job: Job, kind: Kind) -> None:
        record: Record | None = None
        self.running[job.key] = monotonic() + kind.deadline
        try:
            is_expired = job.expires_at is not None and job.expires_at <= self._now()
            if not is_expired:
                outcome = await kind.run(job)
            elif kind.expire is not None:
                outcome = await kind.expire(job)
            else:
                outcome = Ended()
        except JobOutcome as raised:
            outcome = raised
        except FatalError as error:
            await self._on_fatal(error)
            return
        except StorageError:
            raise
        except Exception:
            log.exception("job %s failed", job.key)
            outcome = Retry(reason=Reason.INTERNAL)
            if kind.failed is not None:
                record = await kind.failed(job)
        finally:
            self.running.pop(job.key, None)
        await self._apply(lane, job, outcome, record)

    async def _apply(
        self, lane: _Lane, job: Job, outcome: JobOutcome, record: Record | None
    ) -> None:
        """Write what an outcome means for a job, and tell whoever waits for it."""
        match outcome:
            case Ended():
                new: list[Job] = []
                try:
                    async with self._database.transaction(durable=True) as writer:
                        await jobs.remove(writer, job.key)
                        if outcome.record is not None:
                            new += await outcome.record(writer)
                            await jobs.put(writer, *new)
                except Again:
                    lane.push(job)
                    return
                if outcome.committed is not None:
                    outcome.committed()
                self._queue(new)
            case Again():
                lane.push(job)
                return
            case Wait():
                async with self._database.transaction() as writer:
                    await jobs.postpone(
                        writer,
                        job.key,
                        not_before=outcome.until,
                        attempts=job.attempts,
                        reason=outcome.reason,
                    )
            case Retry():
                await self._retry(lane, job, outcome, record)
            case _:
                raise AssertionError(f"unknown outcome {outcome!r}")
        self._resolve(job.key, outcome)

    async def _retry(self, lane: _Lane, job: Job, outcome: Retry, record: Record | None) -> None:
        holds = outcome.reason.is_discord_trouble
        if holds and not self._gate.is_open:
            # Discord as a whole is the cause: no attempt is charged, and nothing is written.
            lane.push(job)
            return
        attempts = 0 if outcome.has_progressed else job.attempts
        if outcome.reason is Reason.RATE_LIMITED:
            # Discord has said when: that is no failure.
            pause, charged = outcome.after, 0
        else:
            pause, charged = max(outcome.after, self._backoff(attempts)), 1
        not_before = self._now() + timedelta(seconds=pause)
        if job.expires_at is not None:
            not_before = min(not_before, job.expires_at)
        async with self._database.transaction() as writer:
            await jobs.postpone(
                writer,
                job.key,
                not_before=not_before,
                attempts=attempts + charged,
                reason=outcome.reason,
            )
            new = list(await record(writer)) if record is not None else []
            await jobs.put(writer, *new)
        log.info(
            "job %s is retried in %.0f s: %s", job.key, pause, outcome.detail or outcome.reason
        )
        if holds:
            lane.push(job)
            self._hold(lane, not_before)
        self._queue(new)

    def _backoff(self, attempts: int) -> float:
        longest: float = min(self._first_backoff * 2 ** min(attempts, 30), _LONGEST_BACKOFF)
        return longest * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret

    def _resolve(self, key: str, outcome: JobOutcome | None) -> None:
        future = self._waiters.pop(key, None)
        if future is not None and not future.done():
            future.set_result(outcome)

    def _log_storage(self, error: StorageError) -> None:
        log.error("jobs wait, since the database can't be used: %s", error)
