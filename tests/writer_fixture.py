"""What writes texts, on a real database and a local server of language models."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from jobs_fixture import Gate

from bot.backoff import Backoff
from bot.demo.services.chat import LocalChat
from bot.jobs.context import FatalError, RunnerContext
from bot.jobs.runner import Runner
from bot.observer import Observer
from bot.writer.client import ChatClient
from bot.writer.drafting import Drafting
from bot.writer.service import WriterService
from bot.writer.settings import WriterSettings
from bot.writer.writing import Writing
from storage import jobs, writer_attempts, written_texts
from storage.database import Database
from storage.records import Details, Digest, Job, Paper
from storage.writer_attempts import DailyUsage
from storage.written_texts import WrittenText

MODEL = "local-model"
NOW = datetime(2025, 2, 22, 8, tzinfo=UTC)
GYM, WINDOWS, BARE = "2502.00001", "2502.00002", "2502.00003"
ABSTRACTS = {
    GYM: (
        "Agents that plan experiments are seldom tested on whole laboratories. We introduce a gym "
        "with 13 tasks from chemistry and biology for such agents. Each agent acts through a "
        "shell and gets a reward after every step. The best of five models solves 41.5% of the "
        "tasks in our gym."
    ),
    WINDOWS: (
        "Long contexts cost too much time and memory in language models. We propose striped "
        "windows that need no change of the weights. A learned router picks 64 stripes for each "
        "head of the model. On a million tokens the kernel is 8.3 times as fast as before."
    ),
}


def papers_to_write(day: date = date(2025, 2, 21)) -> Digest:
    """Return a digest of two papers with an abstract and one without."""
    return Digest(
        day,
        tuple(
            Paper(
                arxiv_id,
                f"Title of {arxiv_id}",
                30 - number,
                details=Details(abstract=ABSTRACTS.get(arxiv_id)),
            )
            for number, arxiv_id in enumerate((GYM, WINDOWS, BARE))
        ),
    )


class SmallTexts:
    """Knows the full text of a few papers."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    async def read_full_text(self, arxiv_id: str) -> str | None:
        return self.texts.get(arxiv_id)


class Attempts(Observer):
    """Keeps what it is told of attempts to write: tokens, sentences, dropped ones."""

    def __init__(self) -> None:
        self.attempts: list[tuple[int, int, int]] = []

    def text_attempted(self, *, tokens: int, sentences: int, dropped: int) -> None:
        self.attempts.append((tokens, sentences, dropped))


@dataclass
class WriterFixture:
    """A writer, and a runner for its jobs."""

    database: Database
    chat: LocalChat
    now: datetime = NOW
    upcoming: list[tuple[str, str]] = field(default_factory=list)
    """What the next posts show."""
    full_texts: SmallTexts = field(default_factory=SmallTexts)
    observer: Attempts = field(default_factory=Attempts)
    writing: Writing = field(init=False)
    service: WriterService = field(init=False)
    runner: Runner = field(init=False)

    @asynccontextmanager
    async def connected(self, *, seconds: float = 20.0) -> AsyncIterator[None]:
        """Build what writes, without jobs."""
        client = ChatClient(
            self.chat.base, MODEL, key=self.chat.key, timeout=seconds, backoff=Backoff(0.01, 0.02)
        )
        drafting = Drafting(self.database, client, self.full_texts)
        self.writing = Writing(
            self.database, drafting, MODEL, now=lambda: self.now, observer=self.observer
        )
        await self.writing.start()
        try:
            yield
        finally:
            await client.close()

    @asynccontextmanager
    async def running(self, settings: WriterSettings | None = None) -> AsyncIterator[None]:
        """Run the writer's jobs, as the bot does."""
        self.build(settings)
        await self.service.start()
        await self.runner.start()
        try:
            yield
        finally:
            await self.runner.stop()

    def build(self, settings: WriterSettings | None = None, *, is_on: bool = True) -> None:
        """Build service and runner, which don't run yet."""
        self.service = WriterService(
            self.database,
            self.writing if is_on else None,
            settings or WriterSettings(),
            upcoming=self._upcoming,
            wake=self._wake,
            now=lambda: self.now,
        )
        context = RunnerContext(
            database=self.database, now=lambda: self.now, gate=Gate(), on_fatal=_on_fatal
        )
        self.runner = Runner(context, self.service.kinds())

    def _wake(self) -> None:
        self.runner.wake()

    async def _upcoming(self, languages: Sequence[str]) -> list[tuple[str, str]]:
        return [text for text in self.upcoming if text[1] in languages]

    async def settle(self, **after: float) -> None:
        """Let some time pass, and wait until nothing can be done any more."""
        self.now += timedelta(**after)
        async with asyncio.timeout(30):
            self.runner.wake()
            await self.runner.until_idle()
            # What was planned is due at once.
            self.runner.wake()
            await self.runner.until_idle()

    async def until_asked(self) -> None:
        """Wait until the model gets a question."""
        async with asyncio.timeout(30):
            while not self.chat.requests:  # noqa: ASYNC110 - it sends no event
                await asyncio.sleep(0.01)

    async def text(self, arxiv_id: str = GYM, language: str = "ko") -> WrittenText | None:
        """Return what readers see."""
        return await written_texts.get(self.database, arxiv_id, language)

    async def texts(self) -> set[tuple[str, str]]:
        """Return all texts that are stored."""
        rows = await self.database.read(
            "SELECT arxiv_id, language FROM texts JOIN papers ON papers.id = paper_id"
        )
        return {(row["arxiv_id"], row["language"]) for row in rows}

    async def usage(self) -> DailyUsage:
        """Return what was used up today."""
        return await writer_attempts.usage(self.database, now=self.now)

    async def outcomes(self) -> list[str]:
        """Return how all attempts ended, oldest first."""
        rows = await self.database.read("SELECT outcome FROM writer_attempts ORDER BY id")
        return [row["outcome"] for row in rows]

    async def jobs(self) -> dict[str, Job]:
        """Return the stored jobs that write."""
        return {job.key: job for job in await jobs.of_kind(self.database, "write")}

    async def everything(self) -> str:
        """Return all texts that the database has, in one."""
        found = []
        for table in ("sections", "receipts", "papers", "messages"):
            rows: list[Any] = await self.database.read(f"SELECT * FROM {table}")  # noqa: S608 - names of tables
            found += [str(value) for row in rows for value in tuple(row)]
        return "\n".join(found)


async def _on_fatal(error: FatalError) -> None:
    raise error
