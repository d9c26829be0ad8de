"""Write the outcomes of jobs into the database: delete them, let them wait, or retry them."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from bot.backoff import Backoff
from bot.jobs.outcomes import Blocked, Done, Ended, GiveUp, Record, Retry, Skipped, Wait
from bot.observer import Observer
from storage import jobs
from storage.database import Database
from storage.records import Job, Reason

log = logging.getLogger(__name__)

_NAMES: Final[Mapping[type[Ended], str]] = MappingProxyType(
    {Done: "done", Skipped: "skipped", Blocked: "blocked", GiveUp: "given_up"}
)
"""What an outcome is called in metrics."""


class OutcomeWriter:
    """Writes what becomes of jobs."""

    def __init__(
        self,
        database: Database,
        *,
        backoff: Backoff,
        now: Callable[[], datetime],
        observer: Observer,
    ) -> None:
        """Build it.

        Args:
            database: Where the jobs are.
            backoff: How long failed jobs wait.
            now: The wall clock, in UTC.
            observer: Is told of each outcome.
        """
        self._database = database
        self._backoff = backoff
        self._now = now
        self._observer = observer

    async def end(self, job: Job, outcome: Ended) -> list[Job]:
        """Delete a job and record its outcome; return the jobs to queue.

        Those are the jobs that follow from it, and the job itself if it was written again since it
        was read: that one stays.
        """
        async with self._database.transaction(durable=True) as writer:
            new = _list(await jobs.end(writer, job))
            if outcome.record is not None:
                new += await outcome.record(writer)
                await jobs.put(writer, *new)
        self._observer.job_attempted(job.kind, _NAMES[type(outcome)])
        if outcome.history is not None:
            self._observer.post_ended(outcome.history)
        if outcome.committed is not None:
            try:
                outcome.committed()
            except Exception:
                log.exception("job %s ended, and this was not reported", job.key)
        return new

    async def wait(self, job: Job, outcome: Wait) -> list[Job]:
        """Let a job wait; return the job if it was written again since it was read.

        Raises:
            Rerun: What it would wait for has come meanwhile.
        """
        async with self._database.transaction() as writer:
            if outcome.check is not None:
                await outcome.check(writer)
            again = await jobs.postpone(
                writer,
                job,
                not_before=outcome.until,
                attempts=job.attempts,
                reason=outcome.reason,
                payload=outcome.payload,
            )
        self._observer.job_attempted(job.kind, "waiting")
        return _list(again)

    async def retry(
        self, job: Job, outcome: Retry, record: Record | None
    ) -> tuple[datetime | None, list[Job]]:
        """Let a failed job wait; return until when, and the jobs to queue.

        If the job was written again since it was read, it doesn't wait: the time is `None`, and the
        job is among those to queue.
        """
        attempts = 0 if outcome.has_progressed else job.attempts
        if outcome.reason is Reason.RATE_LIMITED:
            # Discord has said when to retry, so this isn't counted as a failure.
            pause, charged = outcome.after, 0
        else:
            pause, charged = max(outcome.after, self._backoff.delay(attempts + 1)), 1
        not_before = self._now() + timedelta(seconds=pause)
        if job.expires_at is not None:
            not_before = min(not_before, job.expires_at)
        async with self._database.transaction() as writer:
            again = await jobs.postpone(
                writer,
                job,
                not_before=not_before,
                attempts=attempts + charged,
                reason=outcome.reason,
            )
            new = list(await record(writer)) if record is not None else []
            await jobs.put(writer, *new)
        is_internal = outcome.reason is Reason.INTERNAL
        self._observer.job_attempted(job.kind, "failed" if is_internal else "retried")
        if again is not None:
            return None, [again, *new]
        log.info(
            "job %s is retried in %.0f s: %s", job.key, pause, outcome.detail or outcome.reason
        )
        return not_before, new


def _list(job: Job | None) -> list[Job]:
    return [job] if job is not None else []
