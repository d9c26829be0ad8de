"""Fetch the lists of past days from a source over the network."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from http import HTTPStatus
from math import ceil
from typing import Final, TypeAlias

from bot.ingest.lists import ListSource
from bot.ingest.readings import Answer, ask, store_answer
from bot.ingest.timetable import Timetable
from bot.sources.errors import SourceError
from storage import sources
from storage.database import Database
from storage.records import SourceDay

_MOST_WAITS: Final = 5
"""How often the same day waits for the service's limit."""
_UNKNOWN_WAIT: Final = 60
"""Seconds to wait for a service that refuses requests without saying for how long."""
_MOST_FAILURES: Final = 3
"""After so many days in a row on which the service failed, the others aren't asked for."""


class FetchOutcome(StrEnum):
    """How the attempt to fetch a day's list ended."""

    KNOWN = "known"
    """It was not read, since it had been read after its list had closed."""
    STORED = "stored"
    UNCHANGED = "unchanged"
    """The list is as it was when it was last read."""
    EMPTY = "empty"
    """There are no papers."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FetchedDay:
    """The result of fetching a day's list."""

    source: str
    """The name."""
    day: date
    outcome: FetchOutcome
    papers: int = 0
    """Of the list, if it was stored."""
    new: int = 0
    """Those of them that no digest had listed before."""
    error: str | None = None
    """Why it failed: a predicate that continues the name of the source."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The service wants no requests for some time."""

    source: str
    """The name."""
    seconds: int
    reason: str
    """A predicate that continues the name of the source."""


Sleep: TypeAlias = Callable[[float], Awaitable[object]]
_Read: TypeAlias = tuple[date, Answer]


class Fetcher:
    """Reads lists of past days and stores them."""

    def __init__(
        self,
        database: Database,
        *,
        now: Callable[[], datetime],
        on_pause: Callable[[Pause], None] = lambda _: None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """Make a fetcher.

        Args:
            database: Where to store; the sources are known to it.
            now: The wall clock, in UTC.
            on_pause: Called before it waits because a service asks for that.
            sleep: Waits.
        """
        self._database = database
        self._now = now
        self._on_pause = on_pause
        self._sleep = sleep

    async def fetch(
        self, source: ListSource, days: Iterable[date], *, is_again: bool = False
    ) -> AsyncGenerator[FetchedDay, None]:
        """Read a source's lists in order, store them, and yield what came of each day.

        Days that are known already come first. The next list is read while one is stored; there is
        one request at a time. If the service fails for three days in a row, this ends early.

        Args:
            source: What to read.
            days: Which days.
            is_again: Whether to read and store anew what is known already.

        Raises:
            StorageError: The database can't be written. Everything yielded before is stored.
        """
        wanted = list(days)
        known: Mapping[date, SourceDay] = {}
        if wanted and not is_again:
            known = await sources.days(self._database, source.name, since=min(wanted))
        unread = []
        for day in wanted:
            if _is_complete(source.timetable, day, known.get(day)):
                yield FetchedDay(source.name, day, FetchOutcome.KNOWN)
            else:
                unread.append(day)
        failures = 0
        answers = _one_ahead(self._read(source, unread, known))
        async with aclosing(answers):
            async for day, answer in answers:
                yield await self._store(source, day, answer, known.get(day))
                is_down = isinstance(answer, SourceError) and answer.is_unreachable
                failures = failures + 1 if is_down else 0
                if failures == _MOST_FAILURES:
                    return

    async def _read(
        self, source: ListSource, days: Iterable[date], known: Mapping[date, SourceDay]
    ) -> AsyncGenerator[_Read, None]:
        for day in days:
            answer = await ask(source, day, known.get(day))
            for _ in range(_MOST_WAITS):
                seconds = _seconds_to_wait(answer)
                if seconds is None:
                    break
                self._on_pause(Pause(source.name, seconds, str(answer)))
                await self._sleep(seconds)
                answer = await ask(source, day, known.get(day))
            yield day, answer

    async def _store(
        self, source: ListSource, day: date, answer: Answer, known: SourceDay | None
    ) -> FetchedDay:
        try:
            stored = await store_answer(self._database, source, day, answer, now=self._now)
        except SourceError as error:
            return FetchedDay(source.name, day, FetchOutcome.FAILED, error=str(error))
        if stored is not None:
            papers = stored.new + stored.changed + stored.same
            return FetchedDay(source.name, day, FetchOutcome.STORED, papers, stored.new)
        has_papers = known is not None and known.arrived_at is not None
        return FetchedDay(
            source.name, day, FetchOutcome.UNCHANGED if has_papers else FetchOutcome.EMPTY
        )


def _is_complete(timetable: Timetable, day: date, known: SourceDay | None) -> bool:
    """Return whether a day was read after its list had closed."""
    if known is None or known.read_at is None:
        return False
    return known.read_at >= timetable.closes_at(day)


def _seconds_to_wait(answer: Answer) -> int | None:
    """Return for how long the service wants no requests, if that is its answer."""
    if not isinstance(answer, SourceError):
        return None
    if answer.retry_after is not None:
        return ceil(answer.retry_after)
    return _UNKNOWN_WAIT if answer.status == HTTPStatus.TOO_MANY_REQUESTS else None


async def _one_ahead(answers: AsyncGenerator[_Read, None]) -> AsyncGenerator[_Read, None]:
    """Yield answers; the next one is awaited while the caller uses one."""

    async def get() -> _Read | None:
        return await anext(answers, None)

    upcoming = asyncio.create_task(get(), name="read the next list")
    try:
        while (answer := await upcoming) is not None:
            upcoming = asyncio.create_task(get(), name="read the next list")
            yield answer
    finally:
        upcoming.cancel()
        await asyncio.gather(upcoming, return_exceptions=True)
        await answers.aclose()
