"""Remove what is long over every day, as a stored job."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.jobs.outcomes import Done, JobOutcome, Skipped
from bot.jobs.runner import Kind
from storage import jobs, pruning
from storage.database import Database, Writer
from storage.records import Job

log = logging.getLogger(__name__)

PRUNE: Final = "prune"
"""The kind of the job that removes what is long over."""
_KEY: Final = "prune:database"
_PRIORITY: Final = 3
_DAY: Final = timedelta(days=1)
_FIRST: Final = timedelta(minutes=20)
"""How long after the start: what came due during an absence is done first."""
_PAUSE: Final = 0.05
"""Seconds between two steps, in which others write."""


class Pruning:
    """The job that removes posts and history after a number of days."""

    def __init__(
        self, database: Database, *, days: int | None, now: Callable[[], datetime]
    ) -> None:
        """Build it; the runner calls its handler.

        Args:
            database: Where they are.
            days: How long they are kept; `None` forever.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._days = days
        self._now = now

    def kinds(self) -> Mapping[str, Kind]:
        """Return the handler, for the runner."""
        return {PRUNE: Kind(self.run, uses_discord=False, deletes_by_age=True)}

    async def start(self) -> None:
        """Write the job if there is none."""
        await self.check()

    async def check(self) -> None:
        """Write the job if it is missing, or far too late after the clock was set."""
        if self._days is None:
            return
        now = self._now()
        known = await jobs.get(self._database, _KEY)
        if known is None or known.due_at > now + _DAY:
            await jobs.enqueue(self._database, [_new_job(now + _FIRST)])

    async def run(self, _job: Job) -> JobOutcome:
        """Remove in steps what is older than the limit, and give empty room back to the disk."""
        if self._days is None:
            return Skipped()
        before = self._now() - timedelta(days=self._days)
        removed = 0
        for prune in (pruning.prune_deliveries, pruning.prune_history):
            next_id: int | None = 0
            while next_id is not None:
                step = await prune(self._database, before=before, from_id=next_id)
                removed, next_id = removed + step.removed, step.next_id
                await asyncio.sleep(_PAUSE if step.removed else 0)
        while await pruning.free_room(self._database):  # noqa: ASYNC110 - a step of work each time
            await asyncio.sleep(_PAUSE)
        if removed:
            log.info(
                "removed %s posts and lines of the history from before %s",
                f"{removed:,}",
                before.date(),
            )

        async def record(_writer: Writer) -> Sequence[Job]:
            return [_new_job(self._now() + _DAY)]

        return Done(record=record)


def _new_job(run_at: datetime) -> Job:
    return Job(key=_KEY, kind=PRUNE, lane=_KEY, priority=_PRIORITY, run_at=run_at)
