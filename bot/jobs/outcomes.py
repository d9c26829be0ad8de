"""How a job's handler ends: it returns one of these, or raises it from deep inside.

The runner alone applies them. `record` runs in the transaction that does so, and returns further
jobs to write in it; `committed` runs after that transaction.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from storage.database import Writer
from storage.records import Job, Outcome, Reason

Record: TypeAlias = Callable[[Writer], Awaitable[Sequence[Job]]]
"""Writes what follows from an outcome; returns the jobs that follow from it."""


@dataclass(slots=True, eq=False)
class JobOutcome(Exception):  # noqa: N818 - the end of a job, most often no error
    """The base class of all outcomes."""

    def __str__(self) -> str:
        return repr(self)


@dataclass(slots=True, eq=False, kw_only=True)
class Ended(JobOutcome):
    """The job is over and is deleted, unless `record` writes it again."""

    record: Record | None = None
    committed: Callable[[], None] | None = None
    """Called after the commit, for logs and for what is kept in memory."""
    wakes_jobs: bool = False
    """Whether the run may have ended the wait of other jobs, for which the runner then looks."""
    reason: Reason | None = None
    history: Outcome | None = None
    """What `record` writes into the history of a schedule, for metrics."""


@dataclass(slots=True, eq=False, kw_only=True)
class Done(Ended):
    """The work is done."""


@dataclass(slots=True, eq=False, kw_only=True)
class Skipped(Ended):
    """There is nothing to do, or not any more."""


@dataclass(slots=True, eq=False, kw_only=True)
class Blocked(Ended):
    """Someone has to change something first, such as a permission."""


@dataclass(slots=True, eq=False, kw_only=True)
class GiveUp(Ended):
    """The job could not be completed in time."""


@dataclass(slots=True, eq=False, kw_only=True)
class Wait(JobOutcome):
    """The job waits for something missing; no attempt is counted, and the lane's other jobs run.

    The transaction that stores what is missing can wake the job by clearing its `not_before`.
    """

    until: datetime
    reason: Reason
    payload: str | None = None
    """JSON that replaces the job's payload; `None` if it stays."""
    check: Callable[[Writer], Awaitable[None]] | None = None
    """Called in the transaction that records the wait.

    It raises `Rerun` if what was missing has been stored since the handler looked: the transaction
    that stored it could not wake a job that was not waiting yet.
    """


@dataclass(slots=True, eq=False, kw_only=True)
class Retry(JobOutcome):
    """The job failed, and is retried with backoff."""

    reason: Reason
    """If Discord is the cause, the lane waits with the job, so that the order is kept."""
    after: float = 0.0
    """The least number of seconds to wait, for example Discord's Retry-After."""
    has_progressed: bool = False
    """Whether part of the work was done, which resets the backoff."""
    detail: str = ""
    """For the log."""


@dataclass(slots=True, eq=False, kw_only=True)
class Rerun(JobOutcome):
    """The job runs again at once, because the data that its handler read has changed since."""
