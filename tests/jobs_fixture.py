"""A database file with jobs, a clock that tests set, and a runner with handlers of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from bot.jobs.context import FatalError, RunnerContext
from bot.jobs.outcomes import Done, JobOutcome
from bot.jobs.runner import Kind, Runner
from storage import jobs
from storage.database import Database
from storage.records import Job

START = datetime(2025, 2, 22, 8, 0, tzinfo=UTC)
KIND = "test"


class Gate:
    """A gate that tests open and close."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self.is_clock_wrong = False

    @property
    def is_open(self) -> bool:
        return self._open.is_set()

    async def wait(self) -> None:
        await self._open.wait()

    def close(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()


@dataclass
class RunnerFixture:
    """A runner whose one handler does what a test says."""

    database: Database
    gate: Gate = field(default_factory=Gate)
    now: datetime = START
    done: list[str] = field(default_factory=list)
    """The keys of the jobs that the handler was called with, in order."""
    handle: Callable[[Job], Awaitable[JobOutcome]] | None = None
    kind: dict[str, Any] = field(default_factory=dict)
    """Further options of the kind."""
    fatal: list[FatalError] = field(default_factory=list)
    runner: Runner = field(init=False)

    def start(self, *, at_once: int = 4, first_backoff: float = 1.0) -> "RunnerFixture":
        """Build the runner, which starts with `async with`."""

        async def run(job: Job) -> JobOutcome:
            self.done.append(job.key)
            return await self.handle(job) if self.handle is not None else Done()

        context = RunnerContext(
            database=self.database,
            now=lambda: self.now,
            gate=self.gate,
            on_fatal=self.on_fatal,
        )
        self.runner = Runner(
            context,
            {KIND: Kind(run, **self.kind)},
            at_once=at_once,
            first_backoff=first_backoff,
        )
        return self

    async def on_fatal(self, error: FatalError) -> None:
        self.fatal.append(error)

    async def __aenter__(self) -> Self:
        await self.runner.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.runner.stop()

    async def put(self, *keys: str, lane: str = "a", **options: Any) -> None:  # noqa: ANN401 - passed on
        """Store jobs that are due one second after the other."""
        values: dict[str, Any] = {"kind": KIND, "lane": lane, "priority": 1} | options
        await jobs.enqueue(
            self.database,
            [
                Job(key=key, **({"run_at": START - timedelta(hours=1, seconds=-n)} | values))
                for n, key in enumerate(keys)
            ],
        )

    async def run(self, *, after: float = 0.0) -> None:
        """Let some seconds pass on the clock, and run what is due until nothing is."""
        self.now += timedelta(seconds=after)
        async with asyncio.timeout(20):
            await self.runner.run_due()
            await self.runner.until_idle()

    async def get(self, key: str) -> Job | None:
        return await jobs.get(self.database, key)
