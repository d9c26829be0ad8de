"""What the app gives a runner of jobs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.observer import Observer
from storage.database import Database


class FatalError(Exception):
    """The bot can't go on, for example because Discord refuses its token."""


class Gate(Protocol):
    """Closed while Discord as a whole can't be used."""

    @property
    def is_open(self) -> bool:
        """Whether jobs that use Discord may run; not while the clock is known to be wrong."""

    @property
    def is_clock_wrong(self) -> bool:
        """Whether the wall clock is known to be wrong."""

    async def wait(self) -> None:
        """Return when it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerContext:
    """What a runner works with, whatever its kinds of jobs are."""

    database: Database
    """Where the jobs are."""
    now: Callable[[], datetime]
    """The wall clock, in UTC."""
    gate: Gate
    """Closed while Discord as a whole can't be used."""
    on_fatal: Callable[[FatalError], Awaitable[None]]
    """Called when a job raises `FatalError`."""
    observer: Observer = field(default_factory=Observer)
    """Is told of each outcome."""
