"""Copy the database every day, as a stored job."""

import asyncio
import logging
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.jobs.outcomes import Done, JobOutcome, Skipped
from bot.jobs.runner import Kind
from bot.keeping.settings import KeepingSettings
from storage import backups, jobs
from storage.database import Database, Writer
from storage.errors import BackupError, StorageError
from storage.records import Job

log = logging.getLogger(__name__)

BACKUP: Final = "backup"
"""The kind of the job that copies the database."""
_KEY: Final = "backup:database"
_PRIORITY: Final = 1
_DAY: Final = timedelta(days=1)
_FIRST: Final = timedelta(minutes=5)
"""How long after the start the first copy is made."""
_AFTER_POSTS: Final = timedelta(minutes=30)
"""How long after the last post of a day: it may have to wait, and is refreshed."""
_LONGEST: Final = _DAY + _AFTER_POSTS
"""The most time until the next copy."""
_FAILED: Final = timedelta(hours=1)
_DEADLINE: Final = 4 * 3600.0


class BackingUp:
    """The job that copies the database, if the settings name a folder."""

    def __init__(
        self,
        database: Database,
        settings: KeepingSettings,
        *,
        posts: str,
        now: Callable[[], datetime],
    ) -> None:
        """Build it; the runner calls its handler.

        Args:
            database: What is copied.
            settings: Where to, and how many copies are kept.
            posts: The kind of the jobs that post, after which it is copied.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._folder = settings.backup_folder
        self._keep = settings.backups
        self._posts = posts
        self._now = now
        self._is_failing = False
        """Whether the failure is in the log."""

    def kinds(self) -> Mapping[str, Kind]:
        """Return the handler, for the runner."""
        return {BACKUP: Kind(self.run, uses_discord=False, deadline=_DEADLINE)}

    async def start(self) -> None:
        """Write the job, if there is a folder and no job yet; a failure before may be over."""
        await self.check()

    async def check(self) -> None:
        """Write the job if it is missing, or far too late after the clock was set."""
        if self._folder is None:
            return
        now = self._now()
        known = await jobs.get(self._database, _KEY)
        if known is None or known.due_at > now + _LONGEST:
            await jobs.enqueue(self._database, [_job(now + _FIRST)])

    async def run(self, _job: Job) -> JobOutcome:
        """Make a copy, and delete the oldest ones."""
        if self._folder is None:
            return Skipped()
        stop = threading.Event()
        try:
            await asyncio.to_thread(self._back_up, self._folder, stop)
        except asyncio.CancelledError:
            stop.set()
            raise
        except StorageError as error:
            if not self._is_failing:
                reason = str(error).removesuffix(".")
                log.warning("the database can't be backed up: %s; it is tried again", reason)
            self._is_failing = True
            return _again(self._now() + _FAILED)
        if self._is_failing:
            log.info("the database can be backed up again")
        self._is_failing = False
        return _again(await self._next())

    def _back_up(self, folder: Path, stop: threading.Event) -> None:
        path = self._database.path
        name = f"{path.stem}-{self._now().astimezone(UTC):%Y%m%dT%H%M%SZ}{path.suffix}"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BackupError(f"{folder} can't be made: {error.strerror}.", path=folder) from error
        size = backups.back_up(path, folder / name, replace=True, stop=stop)
        log.info("backed up the database to %s, %s", folder / name, backups.readable_size(size))
        pattern = rf"{re.escape(path.stem)}-\d{{8}}T\d{{6}}Z{re.escape(path.suffix)}"
        backups.remove_oldest(folder, re.compile(pattern), keep=self._keep)

    async def _next(self) -> datetime:
        """Return when the next copy is made: after the last post of a day from now."""
        now = self._now()
        last = await jobs.last_of_kind(self._database, self._posts, after=now, until=now + _DAY)
        return now + _DAY if last is None else last + _AFTER_POSTS


def _again(run_at: datetime) -> Done:
    async def record(_writer: Writer) -> Sequence[Job]:
        return [_job(run_at)]

    return Done(record=record)


def _job(run_at: datetime) -> Job:
    return Job(key=_KEY, kind=BACKUP, lane=_KEY, priority=_PRIORITY, run_at=run_at)
