"""The checks of a process that runs the bot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.health import checks
from bot.health.checks import Shard, WantedSources
from bot.health.liveness import Liveness, try_check
from storage.database import Database
from storage.process_lock import ProcessLock
from storage.records import Check


@dataclass(frozen=True, slots=True)
class WatchedParts:
    """What the checks look at."""

    database: Database
    liveness: Liveness
    lock: ProcessLock
    shards: Callable[[], Sequence[Shard]]
    """Returns the shards that have connected before."""
    shard_count: Callable[[], int | None]
    now: Callable[[], datetime]
    """The wall clock, in UTC."""


class Checker:
    """Checks the process, and what it is for."""

    def __init__(self, watched: WatchedParts, sources: WantedSources) -> None:
        """Build it; `sources` are those of the settings."""
        self._watched = watched
        self._sources = sources

    async def check(self) -> list[Check]:
        """Return what comes of the checks."""
        watched = self._watched
        return [
            *await watched.liveness.check(),
            checks.check_gateway(watched.shards(), watched.shard_count()),
            checks.check_lock(is_held=watched.lock.is_held),
            await try_check("sources", self._check_sources),
            await try_check("jobs", self._check_jobs),
        ]

    async def _check_sources(self) -> Check:
        watched = self._watched
        return await checks.check_sources(watched.database, self._sources, now=watched.now())

    async def _check_jobs(self) -> Check:
        return await checks.check_jobs(self._watched.database, now=self._watched.now())
