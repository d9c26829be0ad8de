"""How a job's handler ends: it returns one of these, or raises it from deep inside.

The runner alone applies them. `record` runs in the transaction that does so, and returns further
jobs to write in it; `committed` runs after that transaction.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from storage.database import Writer
from storage.records import Job, Reason

Record: TypeAlias = Callable[[Writer], Awaitable[Sequence[Job]]]
"""Writes what follows from an outcome; returns the jobs that follow from it."""


@dataclass(slots=True, eq=False)
class JobOutcome(Exception):  # noqa: N818 - the end of a job, most often no error
    """The common base; see below."""

    def __str__(self) -> str:
        return repr(self)


@dataclass(slots=True, eq=False, kw_only=True)
class Ended(JobOutcome):
    """The job is over and is deleted, unless `record` writes it anew."""

    record: Record | None = None
    committed: Callable[[], None] | None = None
    """Called after the commit, for logs and for what is kept in memory."""
    reason: Reason | None = None


@dataclass(slots=True, eq=False, kw_only=True)
class Done(Ended):
    """The work is done."""


@dataclass(slots=True, eq=False, kw_only=True)
class Skipped(Ended):
    """There was nothing to do, or no longer."""


@dataclass(slots=True, eq=False, kw_only=True)
class Blocked(Ended):
    """Someone has to change something first, such as a permission."""


@dataclass(slots=True, eq=False, kw_only=True)
class GiveUp(Ended):
    """It could not be done in time."""


@dataclass(slots=True, eq=False, kw_only=True)
class Wait(JobOutcome):
    """Something is missing that will come; no attempt is charged, and other jobs of the lane run.

    A transaction that brings what is missing can wake the job by clearing its `not_before`.
    """

    until: datetime
    reason: Reason
    check: Callable[[Writer], Awaitable[None]] | None = None
    """Called in the transaction that records the wait.

    It raises `Again` if what is missing has come since the handler looked: what wakes waiting jobs
    has not seen this one.
    """


@dataclass(slots=True, eq=False, kw_only=True)
class Retry(JobOutcome):
    """It failed, and is attempted again after a growing pause."""

    reason: Reason
    """If Discord is the cause, the lane waits with the job, so that the order is kept."""
    after: float = 0.0
    """Seconds to wait at least, for example Discord's Retry-After."""
    has_progressed: bool = False
    """Whether part of the work was done, so that the pauses begin small again."""
    detail: str = ""
    """For the log."""


@dataclass(slots=True, eq=False, kw_only=True)
class Again(JobOutcome):
    """What the handler had read has changed since: it is run again at once."""
