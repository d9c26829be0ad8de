"""Look up papers that no list has, at services on the network, and remember what they said."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeAlias

from bot.sources.errors import SourceError
from storage import lookups
from storage.database import Database
from storage.errors import StorageError
from storage.lookups import StoredLookup
from storage.records import Paper, UnlistedPaper

log = logging.getLogger(__name__)

FOUND_FOR: Final = timedelta(days=7)
"""How long a paper is kept before the services are asked again."""
NOT_FOUND_FOR: Final = timedelta(hours=1)
"""The same for an id that no service knows, and for a paper that a better service may know."""
TIME_LIMIT: Final = 20.0
"""Seconds for each service; Discord accepts an answer for 15 minutes."""


class LookupService(Protocol):
    """A service that knows papers."""

    @property
    def name(self) -> str:
        """The name that people read, such as `arXiv`."""

    async def read_paper(self, arxiv_id: str) -> Paper | None:
        """Return a paper by its id without version; `None` if the service doesn't know it.

        Raises:
            SourceError: The service can't be reached, or its answer can't be read.
        """


@dataclass(frozen=True, slots=True)
class NotFound:
    """All services were asked, and none knows the id."""

    services: tuple[str, ...]
    """Their names."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No service knows the id, but some could not be asked."""

    services: tuple[str, ...]
    """The names of those that could not."""


Result: TypeAlias = UnlistedPaper | NotFound | Unavailable


class LiveLookup:
    """Asks services for papers, the first one that knows a paper wins."""

    def __init__(
        self,
        database: Database,
        services: Sequence[LookupService],
        now: Callable[[], datetime],
        *,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        """Make a look-up.

        Args:
            database: Where answers are kept.
            services: In the order in which they are asked.
            now: Returns the time.
            time_limit: Seconds for each service.
        """
        self._database = database
        self._services = tuple(services)
        self._now = now
        self._time_limit = time_limit
        self._tasks: dict[str, asyncio.Task[Result]] = {}

    async def recall(self, arxiv_id: str) -> UnlistedPaper | NotFound | None:
        """Return what the services said lately, without asking them; `None` if nothing is known.

        Raises:
            StorageError: The database can't be read.
        """
        stored = await lookups.get(self._database, arxiv_id)
        if stored is None or stored.expires_at <= self._now():
            return None
        return _paper_of(stored) or NotFound(self._names())

    async def find(self, arxiv_id: str) -> Result:
        """Return a paper, from the services unless they were asked lately.

        Requests for one id at the same time share one look-up, which goes on if a request is
        cancelled. A paper whose time has expired is returned if the services can't be asked.

        Raises:
            StorageError: The database can't be read.
        """
        task = self._tasks.get(arxiv_id)
        if task is None:
            task = asyncio.create_task(self._find(arxiv_id), name=f"look up {arxiv_id}")
            self._tasks[arxiv_id] = task
            task.add_done_callback(lambda done: self._end(arxiv_id, done))
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Cancel the look-ups that are under way."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _end(self, arxiv_id: str, task: asyncio.Task[Result]) -> None:
        del self._tasks[arxiv_id]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s failed: %s", task.get_name(), error)

    async def _find(self, arxiv_id: str) -> Result:
        recalled = await self.recall(arxiv_id)
        if recalled is not None:
            return recalled
        failed: list[str] = []
        for service in self._services:
            try:
                async with asyncio.timeout(self._time_limit):
                    paper = await service.read_paper(arxiv_id)
            except TimeoutError:
                log.warning("%s didn't answer within %.0f s", service.name, self._time_limit)
                failed.append(service.name)
            except SourceError as error:
                log.warning("%s %s", service.name, error)
                failed.append(service.name)
            except Exception:
                # Another service may know the paper.
                log.exception("%s couldn't be asked for %s", service.name, arxiv_id)
                failed.append(service.name)
            else:
                if paper is not None:
                    # A service that failed is asked before this one, so it may know more.
                    kept = NOT_FOUND_FOR if failed else FOUND_FOR
                    return await self._keep_paper(arxiv_id, paper, service.name, kept)
        if failed:
            stored = await lookups.get(self._database, arxiv_id)
            return (stored and _paper_of(stored)) or Unavailable(tuple(failed))
        now = self._now()
        await self._keep(StoredLookup(arxiv_id, None, None, now, now + NOT_FOUND_FOR))
        # A paper that somebody has saved stays, though no service knows it any more.
        return await self.recall(arxiv_id) or NotFound(self._names())

    async def _keep_paper(
        self, arxiv_id: str, paper: Paper, service: str, kept: timedelta
    ) -> UnlistedPaper:
        now = self._now()
        await self._keep(StoredLookup(arxiv_id, paper, service, now, now + kept))
        return UnlistedPaper(paper, service, now)

    async def _keep(self, lookup: StoredLookup) -> None:
        """Store an answer; if that fails, the services are asked again next time."""
        try:
            await lookups.put(self._database, lookup)
        except StorageError as error:
            log.error("couldn't keep the look-up of %s: %s", lookup.arxiv_id, error)  # noqa: TRY400 - the sentence is for the operator

    def _names(self) -> tuple[str, ...]:
        return tuple(service.name for service in self._services)


async def recall_any(database: Database, arxiv_id: str) -> UnlistedPaper | None:
    """Return a paper that a service knew at any time, for when look-ups are turned off."""
    stored = await lookups.get(database, arxiv_id)
    return _paper_of(stored) if stored is not None else None


def _paper_of(stored: StoredLookup) -> UnlistedPaper | None:
    if stored.paper is None:
        return None
    return UnlistedPaper(stored.paper, stored.service or "", stored.fetched_at)
