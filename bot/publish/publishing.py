"""Keep the archive up to date, as a stored job."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.jobs.outcomes import Done, JobOutcome, Skipped
from bot.jobs.runner import Kind
from bot.publish.archive import Archive
from bot.publish.publisher import Publisher, PublishResult
from config.texts import Catalogue
from storage import jobs, sources
from storage.database import Database, Writer
from storage.records import Job

log = logging.getLogger(__name__)

ARCHIVE: Final = "archive"
"""The kind of the job that writes the archive."""
_KEY: Final = "archive:folder"
_PRIORITY: Final = 1
_PAUSE: Final = timedelta(hours=1)
_FIRST: Final = timedelta(seconds=60)
"""How long after the start: what came during an absence is read first."""
_READING: Final = timedelta(seconds=30)
"""How long it waits while lists are being read, whose votes may be final afterwards."""
_SOON: Final = timedelta(seconds=5)
_FAILED: Final = timedelta(minutes=10)
_SECONDS: Final = 300.0
"""How long one run takes at most, far less than a job's deadline, which ends the process."""


class Publishing:
    """The job that writes the archive, if there is one."""

    def __init__(
        self,
        database: Database,
        archive: Archive | None,
        *,
        catalogue: Catalogue,
        now: Callable[[], datetime],
    ) -> None:
        """Build it; the runner calls its handler.

        Args:
            database: Where the papers and jobs are.
            archive: The folder; `None` if nothing is published.
            catalogue: The texts of pages.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._publisher = Publisher(database, archive, catalogue) if archive is not None else None
        self._now = now
        self._is_failing = False
        """Whether the failure is in the log."""
        self._foreign: set[Path] = set()
        """The files of others that are in the log."""

    def kinds(self) -> Mapping[str, Kind]:
        """Return the handler, for the runner."""
        return {ARCHIVE: Kind(self.run, uses_discord=False)}

    async def start(self) -> None:
        """Write the job, if there is an archive; its failure before may be over."""
        if self._publisher is not None:
            await jobs.enqueue(self._database, [_job(self._now() + _FIRST)])

    async def check(self) -> None:
        """Write the job if it is missing, or far too late after the clock was set."""
        if self._publisher is None:
            return
        now = self._now()
        known = await jobs.get(self._database, _KEY)
        if known is None or known.due_at > now + _PAUSE:
            await jobs.enqueue(self._database, [_job(now + _FIRST)])

    async def run(self, _job: Job) -> JobOutcome:
        """Write what is missing in the archive or has changed."""
        if self._publisher is None:
            return Skipped()
        if await self._is_reading():
            return self._again(_READING)
        result = await self._publisher.publish(self._now(), seconds=_SECONDS)
        self._log(result)
        if result.failures:
            return self._again(_FAILED)
        return self._again(_PAUSE if result.is_complete else _SOON)

    async def _is_reading(self) -> bool:
        """Return whether a list is read now or in a moment, and doesn't fail."""
        soon = self._now() + _SOON
        return any(
            job.reason is None and job.due_at <= soon
            for job in await jobs.of_kind(self._database, sources.READ_JOB)
        )

    def _again(self, pause: timedelta) -> Done:
        async def record(_writer: Writer) -> Sequence[Job]:
            return [_job(self._now() + pause)]

        return Done(record=record)

    def _log(self, result: PublishResult) -> None:
        """Log what has come of it; a failure once, until it is over."""
        for path in sorted(result.foreign - self._foreign):
            log.warning("%s is no file of the archive and is left alone", path)
        self._foreign = result.foreign
        if result.finished:
            log.info(
                "published %d %s, the newest of %s",
                len(result.finished),
                "list" if len(result.finished) == 1 else "lists",
                max(result.finished),
            )
        if result.failures and not self._is_failing:
            log.warning("the archive can't be written: %s; it is tried again", result.failures[0])
        elif self._is_failing and not result.failures:
            log.info("the archive can be written again")
        self._is_failing = bool(result.failures)


def _job(run_at: datetime) -> Job:
    return Job(key=_KEY, kind=ARCHIVE, lane=_KEY, priority=_PRIORITY, run_at=run_at)
