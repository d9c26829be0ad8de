"""Embed papers as a stored job: those that arrive, those whose texts change, and older ones.

A model has a process of its own with the lowest priority, and papers are stored some at a time, so
that neither posts nor answers wait.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from time import monotonic
from typing import Final, Protocol

from bot.jobs.outcomes import Done, JobOutcome, Skipped
from bot.jobs.runner import Kind
from bot.semantic.process import ModelDiedError, ModelProcess, ModelUnavailableError
from bot.tasks import log_failure
from storage import jobs, vectors
from storage.database import Database, Writer
from storage.records import Job
from storage.vectors import WaitingPaper

log = logging.getLogger(__name__)

EMBED: Final = "embed"
"""The kind of the job that embeds papers."""
_KEY: Final = "embed:papers"
_PRIORITY: Final = 3
_FIRST: Final = timedelta(seconds=20)
"""How long after the start: what came due during an absence is done first."""
_PAUSE: Final = timedelta(minutes=5)
_FAILED: Final = timedelta(minutes=30)
_SECONDS: Final = 240.0
"""How long one run takes at most, far less than a job's deadline, which ends the process."""
_BATCH: Final = 16
"""Papers of a transaction."""


class VectorConsumer(Protocol):
    """Uses the stored vectors, of which it keeps a copy in memory."""

    async def load(self, model_id: int) -> bool:
        """Read the vectors of a model; return whether there are any."""

    def add(self, stored: Sequence[tuple[int, bytes]]) -> bool:
        """Add vectors; return whether to load them anew."""

    async def start(self) -> None:
        """Get ready for queries."""

    async def close(self) -> None:
        """End."""


class Embedding:
    """The job that embeds papers, if there is a model."""

    def __init__(
        self,
        database: Database,
        process: ModelProcess | None,
        consumer: VectorConsumer | None,
        *,
        now: Callable[[], datetime],
    ) -> None:
        """Build it; the runner calls its handler.

        Args:
            database: Where papers, vectors and jobs are.
            process: Embeds papers; `None` if there is no model.
            consumer: Uses the vectors; `None` if there is no model.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._process = process
        self._consumer = consumer
        self._now = now
        self._model_id: int | None = None
        self._loading: asyncio.Task[None] | None = None
        self._starting: asyncio.Task[None] | None = None
        self._is_failing = False
        """Whether the failure is in the log."""

    def kinds(self) -> Mapping[str, Kind]:
        """Return the handler, for the runner."""
        return {EMBED: Kind(self.run, uses_discord=False)}

    async def start(self) -> None:
        """Load the vectors in the background, and write the job; without a model, remove it."""
        if self._process is None:
            async with self._database.transaction() as writer:
                await jobs.remove(writer, _KEY)
            return
        self._model_id = await vectors.use_model(self._database, self._process.model.name)
        self._load()
        await jobs.enqueue(self._database, [_job(self._now() + _FIRST)])

    async def check(self) -> None:
        """Write the job if it is missing, or far too late after the clock was set."""
        if self._process is None:
            return
        now = self._now()
        known = await jobs.get(self._database, _KEY)
        if known is None or known.due_at > now + _FAILED:
            await jobs.enqueue(self._database, [_job(now + _FIRST)])

    def _load(self) -> None:
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._load_vectors(), name="load vectors")
            self._loading.add_done_callback(log_failure)

    async def _load_vectors(self) -> None:
        assert self._consumer is not None
        assert self._model_id is not None
        has_vectors = await self._consumer.load(self._model_id)
        if has_vectors and self._starting is None:
            self._starting = asyncio.create_task(self._consumer.start(), name="start the model")
            self._starting.add_done_callback(log_failure)

    async def run(self, _job: Job) -> JobOutcome:
        """Embed papers that wait, as many as fit in the time."""
        if self._process is None or self._consumer is None or self._model_id is None:
            return Skipped()
        until = monotonic() + _SECONDS
        embedded = 0
        try:
            while monotonic() < until:
                batch = await vectors.waiting(self._database, self._model_id, limit=_BATCH)
                if not batch:
                    break
                embedded += await self._embed_batch(batch, self._process, self._model_id)
        except ModelUnavailableError as error:
            if not self._is_failing:
                name = self._process.model.name
                log.warning("papers can't be embedded: %s: %s; it is tried again", name, error)
            self._is_failing = True
            return self._again(_FAILED)
        self._is_failing = False
        if embedded:
            log.info("embedded %d papers", embedded)
        has_more = monotonic() >= until
        if not has_more:
            # Its memory is for others until papers arrive.
            await self._process.close()
        return self._again(timedelta(0) if has_more else _PAUSE)

    async def _embed_batch(
        self, batch: Sequence[WaitingPaper], process: ModelProcess, model_id: int
    ) -> int:
        """Embed papers and store their vectors; return how many were stored."""
        found: list[tuple[WaitingPaper, bytes | None]] = []
        for paper in batch:
            # One at a time: a process that is stopped ends soon.
            packed = None
            if paper.text is not None and not paper.has_vector:
                packed = await self._embed(paper, process)
            found.append((paper, packed))
        stored = await vectors.store(self._database, model_id, found)
        assert self._consumer is not None
        new = [
            (paper.paper_id, packed)
            for paper, packed in found
            if packed is not None and paper.paper_id in stored
        ]
        if self._consumer.add(new):
            self._load()
        return len(new)

    async def _embed(self, paper: WaitingPaper, process: ModelProcess) -> bytes | None:
        """Return a paper's vector; `None` if the model crashes on it, twice."""
        for _ in range(2):
            try:
                (packed,) = await process.embed([paper.text or ""], is_query=False)
            except ModelDiedError:
                continue
            return packed
        log.warning("paper %d is not embedded: %s ends on it", paper.paper_id, process.model.name)
        return None

    def _again(self, pause: timedelta) -> Done:
        async def record(_writer: Writer) -> Sequence[Job]:
            return [_job(self._now() + pause)]

        return Done(record=record)

    async def close(self) -> None:
        """End the processes; vectors that were stored stay."""
        tasks = {task for task in (self._loading, self._starting) if task is not None}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        if self._process is not None:
            await self._process.close()
        if self._consumer is not None:
            await self._consumer.close()


def _job(run_at: datetime) -> Job:
    return Job(key=_KEY, kind=EMBED, lane=_KEY, priority=_PRIORITY, run_at=run_at)
