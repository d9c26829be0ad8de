"""Sources on local servers, and the real jobs that read them by a clock that tests set."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from jobs_fixture import Gate
from posting_fixture import eventually

from bot.demo.services.addresses import LocalFiles
from bot.demo.services.huggingface import LocalHuggingFace
from bot.ingest.lists import HuggingFaceLists, ListSource, UrlDigests
from bot.ingest.polling import Polling, PollingTimes
from bot.jobs.context import FatalError, RunnerContext
from bot.jobs.outcomes import Done, JobOutcome
from bot.jobs.runner import Kind, Runner
from bot.observer import Observer
from bot.sources.http import HttpClient
from bot.sources.huggingface import HuggingFace
from bot.sources.url import UrlSource
from storage import digests, jobs, sources
from storage.database import Database
from storage.records import Job, SourceDay

START = datetime(2026, 6, 16, 12, 0, tzinfo=UTC)
"""A Tuesday, whose list has been open for more than 10 hours."""
TODAY = date(2026, 6, 16)
PAPERS = 6
"""Of each list: what many papers need is time."""
AGE = timedelta(hours=10)
PATH = "/logs/{date:%Y-%m-%d}.md"
HUGGINGFACE, ARCHIVE = "huggingface", "archive"


@dataclass
class PollingFixture:
    """A bot that reads lists and posts nothing: what is due as a post is only noted."""

    path: Path
    now: datetime = START
    posts: list[datetime] = field(default_factory=list)
    """When jobs of posts ran."""
    read_seconds: float = 300.0
    timeout: float = 20.0
    skew: timedelta = timedelta(0)
    """How far the services' clock is ahead of the bot's."""
    database: Database = field(init=False)
    service: LocalHuggingFace = field(init=False)
    files: LocalFiles = field(init=False)
    polling: Polling = field(init=False)
    runner: Runner = field(init=False)

    async def __aenter__(self) -> Self:
        self._stack = AsyncExitStack()
        self.database = await self._stack.enter_async_context(
            await Database.open(self.path, busy_timeout=0.1)
        )
        self.service = await self._stack.enter_async_context(
            LocalHuggingFace(lambda: self.now + self.skew, papers_per_day=PAPERS)
        )
        self.files = await self._stack.enter_async_context(LocalFiles(self.clock))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        await self._stack.aclose()

    def clock(self) -> datetime:
        return self.now

    def lists(self, *names: str) -> list[ListSource]:
        """Return new sources, each with an HTTP client of its own, as after a restart."""
        return [self._list(name) for name in names]

    def _list(self, name: str) -> ListSource:
        # Waiting for a rate limit takes time by the clock of the test, and none of its own.
        client = HttpClient(
            timeout=self.timeout,
            backoff=0.01,
            timer=lambda: self.clock().timestamp(),
            sleep=self._sleep,
        )
        self._stack.push_async_callback(client.close)
        if name == HUGGINGFACE:
            return HuggingFaceLists(name, HuggingFace(client, url=self.service.url), now=self.clock)
        source = UrlSource(client, self.files.url + PATH)
        return UrlDigests(name, source, language="en", now=self.clock)

    async def _sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    async def start(
        self,
        *given: str | ListSource,
        jitter: timedelta = timedelta(0),
        observer: Observer | None = None,
    ) -> None:
        """Start a bot with some sources, Hugging Face alone by default."""
        self.polling = Polling(
            self.database,
            [self._list(each) if isinstance(each, str) else each for each in given]
            or self.lists(HUGGINGFACE),
            now=self.clock,
            times=PollingTimes(
                list_age=AGE,
                pause=timedelta(seconds=1),
                jitter=jitter,
                read_seconds=self.read_seconds,
            ),
            observer=observer,
        )
        context = RunnerContext(
            database=self.database, now=self.clock, gate=Gate(), on_fatal=self._on_fatal
        )
        self.runner = Runner(context, {**self.polling.kinds(), "occurrence": Kind(self._post)})
        await self.polling.start()
        await self.runner.start()

    async def stop(self) -> None:
        """Stop the bot at once; what it was doing is cancelled, as by a kill."""
        if hasattr(self, "runner"):
            await self.runner.stop()

    async def _post(self, _job: Job) -> JobOutcome:
        self.posts.append(self.now)
        return Done()

    async def _on_fatal(self, error: FatalError) -> None:
        raise AssertionError(error)

    async def add_posts(self, moments: Iterable[datetime]) -> None:
        """Store jobs of posts that are due at some moments."""
        await jobs.enqueue(
            self.database,
            [
                Job(
                    key=f"occurrence:{at:%m%d%H%M%S}",
                    kind="occurrence",
                    lane=f"post:{at:%m%d%H%M%S}",
                    priority=1,
                    run_at=at,
                )
                for at in moments
            ],
        )

    async def settle(self) -> None:
        """Run what is due now; a job that becomes due later waits."""
        async with asyncio.timeout(30):
            await self.runner.run_due()
            await self.runner.until_idle()

    async def run_until(self, moment: datetime) -> None:
        """Let the time pass from one due job to the next."""
        await self.settle()
        while (following := await self.next_due()) is not None and following <= moment:
            self.now = max(self.now, following)
            await self.settle()
        self.now = max(self.now, moment)

    async def run_for(self, **duration: float) -> None:
        """Let some time pass: `hours=1`."""
        await self.run_until(self.now + timedelta(**duration))

    async def begin_reading(self, requests: int = 1) -> None:
        """Start what is due, and return when so many more requests have come."""
        wanted = self.service.count() + self.files.count() + requests
        await self.runner.run_due()
        await eventually(lambda: self.service.count() + self.files.count() >= wanted)

    async def run_until_read(self) -> None:
        """Let the time pass until no list is due."""
        for _ in range(100):
            await self.settle()
            following = await self.next_due()
            if following is None or following > self.now + timedelta(seconds=10):
                return
            self.now = following
        raise AssertionError("lists are read without end")

    async def next_due(self) -> datetime | None:
        """Return when the next job is due that is not yet."""
        every = [
            job
            for kind in ("read", "occurrence")
            for job in await jobs.of_kind(self.database, kind)
        ]
        times = (job.due_at for job in every)
        return min((at for at in times if at > self.now), default=None)

    async def job(self, name: str = HUGGINGFACE) -> Job:
        found = await jobs.get(self.database, f"read:{name}")
        assert found is not None
        return found

    async def days(self, name: str = HUGGINGFACE) -> dict[date, SourceDay]:
        return await sources.days(self.database, name, since=date(2020, 1, 1))

    async def state(self, day: date = TODAY, name: str = HUGGINGFACE) -> SourceDay:
        return (await self.days(name))[day]

    async def papers(self, day: date = TODAY) -> list[str]:
        """Return the ids of a day's papers."""
        found = await digests.get(self.database, day)
        return [each.paper.arxiv_id for each in found.papers] if found else []

    async def readings(self) -> int:
        """Return how many readings of votes are stored."""
        ((count,),) = await self.database.read("SELECT count(*) FROM vote_readings")
        return int(count)

    def asked(self, since: int = 0) -> list[date]:
        """Return the days that Hugging Face was asked for, without the first requests."""
        requests: Sequence[Any] = self.service.requests[since:]
        return [date.fromisoformat(request.query["date"]) for request in requests]

    def asked_at(self, day: date, since: int = 0) -> list[datetime]:
        """Return when Hugging Face was asked for a day."""
        requests = self.service.requests[since:]
        return [request.at for request in requests if request.query["date"] == day.isoformat()]
