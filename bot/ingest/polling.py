"""Read the lists of sources over the network, as stored jobs: one per source.

A source's job reads one day's list and stores it, then is due again when the next list is. What was
read when is in the database, so that the work goes on after a restart.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.ingest.lists import ListSource
from bot.ingest.readings import READ_SECONDS, read_day
from bot.ingest.timetable import (
    DAYS_BACK,
    LiveTimetable,
    NextReading,
    WrittenTimetable,
    lists_of_post,
    next_reading,
)
from bot.ingest.trouble import WatchedSource, find_trouble
from bot.jobs.outcomes import Done, JobOutcome, Record, Retry, Skipped
from bot.jobs.runner import Kind
from bot.observer import Observer
from bot.sources.errors import SourceError
from bot.sources.huggingface import HuggingFace
from storage import jobs, sources
from storage.database import Database, Writer
from storage.records import FILES, Job, Reason, SourceDay, SourceKind, Trouble

log = logging.getLogger(__name__)

READ: Final = sources.READ_JOB
"""The kind of the jobs that read."""
CHECK: Final = "check"
"""The kind of the job that warns of sources without papers."""
_CHECK_KEY: Final = "check:sources"
_CHECK_PAUSE: Final = timedelta(hours=1)
_WARN_AGAIN: Final = timedelta(days=1)
_OCCURRENCE: Final = "occurrence"
"""The kind of the jobs that post."""
_PRIORITY: Final = 1
_LONGEST_WAIT: Final = timedelta(minutes=5)
"""How long after it was planned a job looks again: a schedule may have been added meanwhile."""
_FIRST_READING: Final = timedelta(seconds=60)
"""How long after the start a post waits for the newest list."""
_LOOK_AGAIN: Final = 0.02
_SETTLED: Final = 4
"""After so many readings, newest first, the list of any post was among them, also on Mondays."""
_DEADLINE: Final = 600.0
_LONGEST_BACKOFF: Final = timedelta(minutes=10)
"""The longest pause of the runner after failures."""
_LONGEST_REFUSAL: Final = timedelta(days=1)
_REFUSED: Final = '{"refused": true}'
"""The payload of a job whose source has said how long it wants no requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollingTimes:
    """Times of the readings; tests and the demo make them shorter."""

    list_age: timedelta
    """How long a live list must have been open when a post takes it."""
    pause: timedelta = timedelta(0)
    """Between two readings of one source."""
    jitter: timedelta = timedelta(0)
    """By how much readings are put off at random, so that not all bots read at the same moment."""
    read_seconds: float = READ_SECONDS
    """How long reading one list may take."""


class Polling:
    """Keeps the lists of sources up to date."""

    def __init__(
        self,
        database: Database,
        lists: Sequence[ListSource],
        *,
        now: Callable[[], datetime],
        times: PollingTimes,
        precedence: Sequence[tuple[str, SourceKind]] | None = None,
        observer: Observer | None = None,
    ) -> None:
        """Build it; the runner calls its handler.

        Args:
            database: Where the lists and jobs are.
            lists: The sources, by precedence.
            now: The wall clock, in UTC.
            times: When and how long it reads.
            precedence: The names and kinds of all sources, also of those that are not read here,
                in order; those of `lists` if not given.
            observer: Is told which readings succeeded.
        """
        self._database = database
        self._lists = {source.name: source for source in lists}
        self._now = now
        self._times = times
        self._age = times.list_age
        self.precedence = precedence or [(source.name, source.kind) for source in lists]
        """The names and kinds of all sources, in order."""
        self._observer = observer or Observer()
        self._started_at: datetime | None = None
        self._readings: Counter[str] = Counter()
        """How many lists of each source were read since the start, at least `_SETTLED` if all."""
        self._failing: set[str] = set()
        """The sources whose failure is in the log."""
        self._watched = _watch(self.precedence)
        self._warned_at: datetime | None = None
        """When the log last warned of trouble; `None` if there is none."""

    def kinds(self) -> Mapping[str, Kind]:
        """Return the handlers, for the runner."""
        return {
            READ: Kind(self.run, uses_discord=False, deadline=_DEADLINE),
            CHECK: Kind(self.warn, uses_discord=False),
        }

    async def start(self) -> None:
        """Write the jobs of all sources, due at once, and delete those of other sources.

        A source that has said how long it wants no requests is left alone until then. Other
        failures may be over after a restart, such as that of a network.
        """
        await sources.configure(self._database, self.precedence)
        self._started_at = now = self._now()
        self._readings.clear()
        known = {job.key: job for job in await jobs.of_kind(self._database, READ)}
        wanted = [self._job(name, now) for name in self._lists]
        for number, job in enumerate(wanted):
            before = known.get(job.key)
            if before is not None and _is_refused(before, now):
                wanted[number] = replace(before, run_at=now)
                self._readings[_source_of(job)] = _SETTLED
        async with self._database.transaction() as writer:
            for key in known.keys() - {job.key for job in wanted}:
                await jobs.remove(writer, key)
            await jobs.put(writer, *wanted)
        await self._add_check(now)

    async def check(self) -> None:
        """Write the jobs that are missing, or far too late after the clock was set."""
        now = self._now()
        known = {job.key: job for job in await jobs.of_kind(self._database, READ)}
        wanted = [self._job(name, now) for name in self._lists]
        wrong = [
            job for job in wanted if job.key not in known or self._is_too_late(known[job.key], now)
        ]
        if wrong:
            await jobs.enqueue(self._database, wrong)
        await self._add_check(now)

    async def _add_check(self, now: datetime) -> None:
        """Write the job that warns of trouble, if it is missing or far too late."""
        known = await jobs.get(self._database, _CHECK_KEY)
        if known is None or known.run_at > now + _CHECK_PAUSE:
            await jobs.enqueue(self._database, [_check_job(now + _FIRST_READING)])

    async def run(self, job: Job) -> JobOutcome:
        """Read the list of a source that is due, if one is."""
        source = self._lists.get(_source_of(job))
        if source is None:
            return Skipped()
        known = await self._known(source)
        following = await self._next(source, known)
        day = _day_to_retry(job, known, following.day, self._now())
        if day is None:
            self._readings[source.name] += _SETTLED
            return self._again(source, self._spread(following.at))
        async with self._database.transaction():
            pass  # What can't be stored is not asked for: it raises if the database is locked.
        is_stored = False
        try:
            is_stored = await self._read_day(source, day, known.get(day))
        except SourceError as error:
            self._observer.source_read(source.name, is_success=False)
            self._log_failure(source, day, error)
            if error.is_unreachable:
                self._readings[source.name] += _SETTLED
                return self._retry(job, source, error)
        else:
            self._observer.source_read(source.name, is_success=True)
        self._readings[source.name] += 1
        return self._again(source, self._now() + self._times.pause, wakes_jobs=is_stored)

    def _retry(self, job: Job, source: ListSource, error: SourceError) -> JobOutcome:
        """Try again with growing pauses, and not before the service wants to be asked."""
        if error.retry_after is None:
            return Retry(reason=Reason.SOURCE_UNAVAILABLE, detail=f"{source.name} {error}")
        now = self._now()
        pause = min(timedelta(seconds=2.0 ** min(job.attempts, 10)), _LONGEST_BACKOFF)
        refused = replace(
            self._job(source.name, now),
            not_before=now + max(timedelta(seconds=error.retry_after), pause),
            attempts=job.attempts + 1,
            reason=Reason.SOURCE_UNAVAILABLE,
            payload=_REFUSED,
        )

        async def record(_writer: Writer) -> Sequence[Job]:
            return [refused]

        return Done(record=record)

    async def _read_day(self, source: ListSource, day: date, known: SourceDay | None) -> bool:
        """Read a list; return whether one was stored, for which posts may wait."""
        stored = await read_day(
            self._database, source, day, known, now=self._now, seconds=self._times.read_seconds
        )
        if source.name in self._failing:
            self._failing.discard(source.name)
            log.info("%s can be read again", source.name)
        if stored is not None and (stored.is_new or stored.new):
            log.info("%s: list of %s, %d new papers", source.name, day, stored.new)
        return stored is not None

    def _log_failure(self, source: ListSource, day: date, error: SourceError) -> None:
        """Log a failure; while it lasts, further ones only for those who look closely."""
        level = logging.DEBUG if source.name in self._failing else logging.WARNING
        self._failing.add(source.name)
        log.log(level, "%s, list of %s: %s; it is tried again", source.name, day, error)

    async def _known(self, source: ListSource) -> dict[date, SourceDay]:
        newest = source.timetable.newest_day(self._now())
        since = newest - timedelta(days=DAYS_BACK + 1)
        return await sources.days(self._database, source.name, since=since)

    async def _next(self, source: ListSource, known: Mapping[date, SourceDay]) -> NextReading:
        now = self._now()
        posts = await jobs.times_of_kind(self._database, _OCCURRENCE, after=now)
        return next_reading(source.timetable, known, posts, now=now, age=self._age)

    def _spread(self, at: datetime) -> datetime:
        """Return when to look again for a reading that is due at a moment."""
        latest = self._now() + _LONGEST_WAIT
        return at + self._times.jitter * random.random() if at <= latest else latest  # noqa: S311 - not a secret

    def _again(self, source: ListSource, at: datetime, *, wakes_jobs: bool = False) -> Done:
        async def record(_writer: Writer) -> Sequence[Job]:
            return [self._job(source.name, at)]

        return Done(record=record, wakes_jobs=wakes_jobs)

    def _is_too_late(self, job: Job, now: datetime) -> bool:
        """Return whether a job waits for longer than it ever does."""
        longest = _LONGEST_REFUSAL if job.payload == _REFUSED else _LONGEST_BACKOFF
        not_before = job.not_before or job.run_at
        return job.run_at > now + _LONGEST_WAIT + self._times.jitter or not_before > now + longest

    @staticmethod
    def _job(name: str, run_at: datetime) -> Job:
        return Job(
            key=f"{READ}:{name}",
            kind=READ,
            lane=f"source:{name}",
            priority=_PRIORITY,
            run_at=run_at,
        )

    async def look_again(self) -> None:
        """Let the jobs of all sources look at once which list is due."""
        keys = [f"{READ}:{name}" for name in self._lists]
        if keys:
            await jobs.wake(self._database, keys, at=self._now())

    async def until_read(self) -> None:
        """Wait until the lists of all sources that are due have been read, or could not be."""
        for source in self._lists.values():
            while (await self._next(source, await self._known(source))).day is not None:  # noqa: ASYNC110 - rows of a table send no event
                await asyncio.sleep(_LOOK_AGAIN)

    # What posts ask

    def is_reading(self, due: datetime) -> bool:
        """Return whether the newest list is about to be read, which is only true after a start."""
        if self._started_at is None or self._started_at < due - timedelta(minutes=10):
            return False
        # Less than nothing: the clock was set back, and nobody knows how long ago it started.
        is_early = timedelta(0) <= self._now() - self._started_at < _FIRST_READING
        return is_early and any(self._readings[name] < _SETTLED for name in self._lists)

    async def is_unavailable(self, due: datetime) -> bool:
        """Return whether the list for a post due at a moment is missing because of a failure.

        Weekends and holidays have no list anyway.
        """
        for source in self._lists.values():
            known = await self._known(source)
            newest = source.timetable.newest_day(due)
            days = lists_of_post(source.timetable, known, due, newest=newest, age=self._age)
            day = known.get(days[0]) if days else None
            if (
                day is not None
                and day.arrived_at is None
                and day.error is not None
                and day.date.weekday() < 5  # noqa: PLR2004 - Saturday
                and not source.timetable.is_empty(day, self._age)
            ):
                return True
        return False

    # What people are told

    async def trouble(self) -> Trouble | None:
        """Return since when no source has brought papers, if that is two weekdays or more."""
        now = self._now()
        if self.is_reading(now):
            return None  # after a long time without the bot, the lists of these days come now
        known = await sources.days_since_news(self._database)
        return find_trouble(known, self._watched, now=now, age=self._age)

    async def warn(self, _job: Job) -> JobOutcome:
        """Log a warning when trouble begins and once a day while it lasts, and when it is over."""
        now = self._now()
        if self._started_at is not None and now < self._started_at + _FIRST_READING:
            # What came during an absence is only being read.
            return Done(record=_check_at(self._started_at + _FIRST_READING))
        trouble = await self.trouble()
        if trouble is None:
            if self._warned_at is not None:
                log.info("new papers have come again")
            self._warned_at = None
        elif self._warned_at is None or abs(now - self._warned_at) >= _WARN_AGAIN:
            self._warned_at = now
            log.warning(
                "no source has brought papers since %s%s%s",
                f"{trouble.since:%A, %Y-%m-%d}",
                f"; not readable: {', '.join(trouble.sources)}" if trouble.sources else "",
                f"; the newest error: {trouble.error}" if trouble.error else "",
            )
        return Done(record=_check_at(now + _CHECK_PAUSE))


def _watch(precedence: Sequence[tuple[str, SourceKind]]) -> dict[str, WatchedSource]:
    """Return what is known of the sources; if there are none, of what is ingested."""
    return {
        name: WatchedSource(HuggingFace.name, LiveTimetable())
        if kind is SourceKind.HUGGINGFACE
        else WatchedSource(name, WrittenTimetable())
        for name, kind in precedence or [(FILES, SourceKind.FOLDER)]
    }


def _check_at(run_at: datetime) -> Record:
    async def record(_writer: Writer) -> Sequence[Job]:
        return [_check_job(run_at)]

    return record


def _check_job(run_at: datetime) -> Job:
    return Job(key=_CHECK_KEY, kind=CHECK, lane=_CHECK_KEY, priority=_PRIORITY, run_at=run_at)


def _source_of(job: Job) -> str:
    return job.key.removeprefix(f"{READ}:")


def _is_refused(job: Job, now: datetime) -> bool:
    """Return whether a source still wants no requests."""
    return (
        job.payload == _REFUSED
        and job.not_before is not None
        and now < job.not_before <= now + _LONGEST_REFUSAL
    )


def _day_to_retry(
    job: Job, known: Mapping[date, SourceDay], due: date | None, now: datetime
) -> date | None:
    """Return the day to read: the due one, or if it is newer the one that was tried last.

    A service that can't be reached is asked for the same list again, and not for one after the
    other: so the newest list is the first one that it gives when it is back.
    """
    if job.reason is not Reason.SOURCE_UNAVAILABLE:
        return due
    tried = [
        (state.checked_at, day)
        for day, state in known.items()
        if state.error is not None and state.checked_at is not None and state.checked_at <= now
    ]
    if not tried:
        return due
    _, last = max(tried)
    return last if due is None else max(last, due)
