"""Write texts as stored jobs: what the next posts show, what people open, or everything.

Each text is a job in one of the lanes `writer:1` to `writer:N`, so a restart loses none and a slow
model keeps nobody waiting: posts take what is there.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from itertools import cycle
from typing import Final

from bot.backoff import Backoff
from bot.jobs.outcomes import Done, GiveUp, JobOutcome, Retry, Skipped, Wait
from bot.jobs.runner import Kind
from bot.writer.errors import WriteError
from bot.writer.settings import WriterSettings
from bot.writer.writing import Writing
from storage import jobs, reports, terms, writer_attempts, written_texts
from storage.database import Database, Writer
from storage.records import Job, Reason
from storage.writer_attempts import LimitReachedError

log = logging.getLogger(__name__)

WRITE: Final = "write"
"""The kind of the jobs that write; the key of such a job is `write:2502.14499:ko`."""
PLAN: Final = "plan_writing"
"""The kind of the job that looks for what to write."""
_PLAN_KEY: Final = "plan:writer"
_PLAN_PAUSE: Final = timedelta(minutes=5)
_KEPT: Final = timedelta(days=3)
"""How long a text is attempted."""
_MOST_QUEUED: Final = 100
"""How many papers of a language are queued at once that only `all` asks for."""
_FAILURES: Final = 4
_FAILURES_WITHIN: Final = timedelta(days=7)
"""A paper that failed `_FAILURES` times within this time isn't attempted."""
_FIRST_PAUSE: Final = timedelta(minutes=10)
_GROWTH: Final = 6
"""Pauses of a paper that fails: 10 minutes, 1 hour, 6 hours."""
_OUTAGE: Final = Backoff(first=10.0, longest=600.0)
_DEADLINE: Final = 1800.0


class _Priority(IntEnum):
    """Within a lane, lower ones come first."""

    POST = 0
    OPENED = 1
    ALL = 2


class WriteResult(StrEnum):
    """Whether a person who has opened a paper gets a text in their language."""

    WRITTEN = "written"
    """There is a text in their language."""
    LATER = "later"
    """There is none yet; it is tried again, or takes longer than they want to wait."""
    NEVER = "never"
    """There won't be one: the language isn't written, or the paper can't be."""


Upcoming = Callable[[Sequence[str]], Awaitable[Sequence[tuple[str, str]]]]
"""Returns what the next posts in some languages show: ids of papers with a language, soonest
first."""


def write_job(arxiv_id: str, language: str, at: datetime, lane: int = 1) -> Job:
    """Return the job that writes a text because somebody wants it now."""
    return Job(
        key=f"{WRITE}:{arxiv_id}:{language}",
        kind=WRITE,
        lane=f"writer:{lane}",
        priority=_Priority.OPENED,
        run_at=at,
        expires_at=at + _KEPT,
    )


class WriterService:
    """Everything about written texts that the rest of the bot calls."""

    def __init__(
        self,
        database: Database,
        writing: Writing | None,
        settings: WriterSettings,
        *,
        upcoming: Upcoming,
        wake: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        """Build it; the runner calls its handlers.

        Args:
            database: Where jobs, papers and texts are.
            writing: Writes texts; `None` if no model is set: then jobs of an earlier one are
                removed.
            settings: Languages and limits.
            upcoming: Says what the next posts show.
            wake: Lets the runner look for due jobs at once.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._writing = writing
        self._settings = settings
        self._upcoming = upcoming
        self._wake = wake
        self._now = now
        self._lanes = cycle(range(1, settings.parallel + 1))
        self._running: set[str] = set()
        self._waiting: dict[str, asyncio.Future[WriteResult]] = {}
        """What people wait for, by the key of the job."""
        self._retried_at: dict[str, datetime] = {}
        """When texts that failed are attempted again, also before the runner has stored that."""
        self._outages = 0
        self._closed_until: datetime | None = None
        """Until when the server isn't asked, after it has failed."""

    @property
    def is_on(self) -> bool:
        """Whether a model is set."""
        return self._writing is not None

    def writes(self, language: str) -> bool:
        """Return whether texts in a language are written."""
        return self._writing is not None and language in self._settings.languages

    # Jobs

    def kinds(self) -> Mapping[str, Kind]:
        """Return the handlers, for the runner."""
        return {
            WRITE: Kind(self.run, uses_discord=False, deadline=_DEADLINE),
            PLAN: Kind(self.plan, uses_discord=False),
        }

    async def start(self) -> None:
        """Take over the jobs that are stored, and look at once for more.

        Terms of texts from before they were counted are counted first, also without a model.
        """
        await terms.count_older(self._database)
        stored = await jobs.of_kind(self._database, WRITE)
        async with self._database.transaction() as writer:
            for job in stored:
                if self._writing is None or _text_of(job)[1] not in self._settings.languages:
                    await jobs.remove(writer, job.key)
                elif self._is_of_other_lane(job):
                    await jobs.put(writer, replace(job, lane=self._next_lane()))
            if self._writing is None:
                await jobs.remove(writer, _PLAN_KEY)
        if self._writing is not None:
            await self._writing.start()
            await jobs.enqueue(self._database, [_plan_job(self._now())])

    async def check(self) -> None:
        """Write the job that plans if it is missing, or far too late after the clock was set."""
        if self._writing is None:
            return
        known = await jobs.get(self._database, _PLAN_KEY)
        if known is None or known.run_at > self._now() + _PLAN_PAUSE:
            await jobs.enqueue(self._database, [_plan_job(self._now())])

    async def plan(self, _job: Job) -> JobOutcome:
        """Store a job for each text that is missing, and plan again in a few minutes."""
        if self._writing is None:
            return Skipped()
        now = self._now()
        await writer_attempts.forget_old(self._database, now=now)
        await reports.forget_old(self._database, now=now)
        wanted = await self._missing_texts()
        stored = {job.key: job for job in await jobs.of_kind(self._database, WRITE)}
        new = []
        for number, (arxiv_id, language, priority) in enumerate(wanted):
            # Due at once; the times order them within a lane.
            at = now - timedelta(microseconds=len(wanted) - number)
            job = replace(
                write_job(arxiv_id, language, at), lane=self._next_lane(), priority=priority
            )
            known = stored.pop(job.key, None)
            if known is None:
                new.append(job)
            elif known.priority > priority:
                new.append(replace(known, priority=priority))
        # What only past posts would have shown doesn't keep waiting what the next ones show.
        new += [
            replace(known, priority=_Priority.ALL)
            for known in stored.values()
            if known.priority == _Priority.POST
        ]
        # What has run since it was looked for may have been given up.
        running = frozenset(self._running)
        given_up = await self._given_up()
        running |= self._running
        new = [job for job in new if job.key not in running and _text_of(job) not in given_up]

        async def record(_writer: Writer) -> Sequence[Job]:
            return [*new, _plan_job(now + _PLAN_PAUSE)]

        return Done(record=record)

    async def _missing_texts(self) -> list[tuple[str, str, _Priority]]:
        """Return the texts that are missing, the most urgent first."""
        languages = self._settings.languages
        given_up = await self._given_up()
        wanted: dict[tuple[str, str], _Priority] = {}
        shown = await self._upcoming(languages)
        for language in languages:
            ids = tuple(arxiv_id for arxiv_id, code in shown if code == language)
            lacking = set(await written_texts.without_text(self._database, ids, language))
            wanted |= {(each, language): _Priority.POST for each in ids if each in lacking}
        order = {text: index for index, text in enumerate(shown)}
        texts = sorted(wanted, key=lambda text: order[text])
        if self._settings.all:
            for language in languages:
                newest = await written_texts.newest_without_text(
                    self._database, language, limit=_MOST_QUEUED + len(given_up)
                )
                texts += [(each, language) for each in newest if (each, language) not in wanted]
        return [(*text, wanted.get(text, _Priority.ALL)) for text in texts if text not in given_up]

    async def _given_up(self) -> frozenset[tuple[str, str]]:
        assert self._writing is not None
        return await writer_attempts.given_up(
            self._database,
            self._writing.model,
            failures=_FAILURES,
            since=self._now() - _FAILURES_WITHIN,
        )

    async def run(self, job: Job) -> JobOutcome:
        """Write the text of a job."""
        self._running.add(job.key)
        result = WriteResult.LATER
        try:
            outcome, result = await self._run(job)
            self._remember(job.key, outcome)
            return outcome
        finally:
            self._running.discard(job.key)
            future = self._waiting.pop(job.key, None)
            if future is not None and not future.done():
                future.set_result(result)

    def _remember(self, key: str, outcome: JobOutcome) -> None:
        match outcome:
            case Retry():
                self._retried_at[key] = self._now() + timedelta(seconds=outcome.after)
            case Wait():
                self._retried_at[key] = outcome.until
            case _:
                self._retried_at.pop(key, None)

    async def _run(self, job: Job) -> tuple[JobOutcome, WriteResult]:
        arxiv_id, language = _text_of(job)
        if self._writing is None or language not in self._settings.languages:
            return Skipped(), WriteResult.NEVER
        if not await written_texts.without_text(self._database, (arxiv_id,), language):
            return Skipped(), WriteResult.WRITTEN
        if self._closed_until is not None and self._closed_until > self._now():
            return _wait(self._closed_until), WriteResult.LATER
        try:
            outcome = await self._writing.write(arxiv_id, language, self._settings.limits)
        except LimitReachedError as error:
            log.info("nothing more is written until midnight UTC: the limit is %s", error)
            return _wait(_next_midnight(self._now())), WriteResult.LATER
        except WriteError as error:
            return await self._handle_failure(job, error)
        self._server_answers()
        draft = outcome.draft
        log.info(
            "%s has written %s in %s: %d of %d sentences dropped",
            self._writing.model,
            arxiv_id,
            language,
            len(draft.dropped),
            draft.sentences,
        )
        return Done(), WriteResult.WRITTEN

    async def _handle_failure(self, job: Job, error: WriteError) -> tuple[JobOutcome, WriteResult]:
        assert self._writing is not None
        if error.failure.is_of_server:
            return _wait(self._server_fails(error)), WriteResult.LATER
        self._server_answers()
        if _text_of(job) in await self._given_up():
            log.warning("%s is given up: %s %s", job.key, self._writing.model, error)
            return GiveUp(), WriteResult.NEVER
        pause = _FIRST_PAUSE * _GROWTH ** min(job.attempts, 2)
        retry = Retry(
            reason=Reason.WRITER_UNAVAILABLE,
            after=pause.total_seconds(),
            detail=f"{self._writing.model} {error}",
        )
        return retry, WriteResult.LATER

    def _server_fails(self, error: WriteError) -> datetime:
        """Return when the server is asked again; the first failure is logged."""
        assert self._writing is not None
        self._outages += 1
        pause = max(error.retry_after, _OUTAGE.delay(self._outages))
        self._closed_until = self._now() + timedelta(seconds=pause)
        level = logging.WARNING if self._outages == 1 else logging.DEBUG
        log.log(level, "the model %s %s; it is asked again later", self._writing.model, error)
        return self._closed_until

    def _server_answers(self) -> None:
        assert self._writing is not None
        if self._outages:
            log.info("the model %s answers again", self._writing.model)
        self._outages, self._closed_until = 0, None

    # What people open

    async def write_now(
        self, arxiv_id: str, language: str, *, seconds: float = 120.0
    ) -> WriteResult:
        """Write a text that somebody has opened, next after those of posts; once for all readers.

        Args:
            arxiv_id: The paper; one that no list has is never written.
            language: The code of the reader's language.
            seconds: How long to wait; what takes longer is still written.
        """
        if self._writing is None or language not in self._settings.languages:
            return WriteResult.NEVER
        job = replace(write_job(arxiv_id, language, self._now()), lane=self._next_lane())
        future = self._waiting.get(job.key)
        if future is None:
            future = self._waiting[job.key] = asyncio.get_running_loop().create_future()
            try:
                early = await self._enqueue(job, (arxiv_id, language))
            except BaseException:
                self._end_wait(job.key, WriteResult.LATER)
                raise
            if early is not None:
                self._end_wait(job.key, early)
        done, _ = await asyncio.wait({future}, timeout=seconds)
        return future.result() if done else WriteResult.LATER

    def _end_wait(self, key: str, result: WriteResult) -> None:
        future = self._waiting.pop(key, None)
        if future is not None and not future.done():
            future.set_result(result)

    async def _enqueue(self, job: Job, text: tuple[str, str]) -> WriteResult | None:
        """Store the job of a text that somebody waits for; return what they get without it."""
        if not await written_texts.without_text(self._database, (text[0],), text[1]):
            has_text = await written_texts.has_text(self._database, *text)
            return WriteResult.WRITTEN if has_text else WriteResult.NEVER
        if text in await self._given_up():
            return WriteResult.NEVER
        known = await jobs.get(self._database, job.key)
        retried_at = (known.not_before if known else None, self._retried_at.get(job.key))
        if any(at is not None and at > self._now() for at in retried_at):
            return WriteResult.LATER  # it has failed before; opening it again is no reason to try
        is_planned = known is not None and known.priority <= job.priority
        if job.key not in self._running and not is_planned:
            await jobs.enqueue(self._database, [job])
        self._wake()
        return None

    def _next_lane(self) -> str:
        return f"writer:{next(self._lanes)}"

    def _is_of_other_lane(self, job: Job) -> bool:
        number = job.lane.partition(":")[2]
        return not number.isdigit() or int(number) > self._settings.parallel


def _plan_job(run_at: datetime) -> Job:
    return Job(key=_PLAN_KEY, kind=PLAN, lane=_PLAN_KEY, priority=_Priority.ALL, run_at=run_at)


def _text_of(job: Job) -> tuple[str, str]:
    """Return the paper and the language of a job."""
    _, arxiv_id, language = job.key.split(":")
    return arxiv_id, language


def _wait(until: datetime) -> Wait:
    return Wait(until=until, reason=Reason.WRITER_UNAVAILABLE)


def _next_midnight(now: datetime) -> datetime:
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1)
