"""Read a day's list from a source and record what came of it."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from typing import Final, TypeAlias

from bot.ingest.lists import ListSource
from bot.sources.errors import SourceError
from storage import digests, sources
from storage.database import Database
from storage.errors import StorageError
from storage.records import SourceDay, SourceList, StoredDigest

READ_SECONDS: Final = 300.0
"""How long reading one list may take: far less than a job's deadline, which ends the process."""

Answer: TypeAlias = SourceList | SourceError | None
"""Of a source for a day; `None`: it has no papers, or is as it was."""


async def read_day(
    database: Database,
    source: ListSource,
    day: date,
    known: SourceDay | None,
    *,
    now: Callable[[], datetime],
    seconds: float = READ_SECONDS,
) -> StoredDigest | None:
    """Read a day's list from a source and store it; return what changed, `None` if nothing did.

    Args:
        database: Where to store it.
        source: The source.
        day: The day.
        known: What is known of the day.
        now: The wall clock, in UTC.
        seconds: How long reading may take.

    Raises:
        SourceError: It could not be read, which is recorded.
        StorageError: It could not be stored.
    """
    try:
        answer = await ask(source, day, known, seconds=seconds)
        return await store_answer(database, source, day, answer, now=now)
    except (SourceError, StorageError):
        raise
    except Exception as error:
        # An error that nobody foresaw counts too: the other days are read before this one again.
        text = f"led to {type(error).__name__}"
        await sources.failed(database, source.name, day, error=text, at=now())
        raise


async def ask(
    source: ListSource, day: date, known: SourceDay | None, *, seconds: float = READ_SECONDS
) -> Answer:
    """Return a source's answer for a day; errors are returned, not raised.

    Args:
        source: The source.
        day: The day.
        known: What is known of the day.
        seconds: How long it may take.
    """
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            return await source.read(day, known)
    except SourceError as error:
        return error
    except TimeoutError:
        if not limit.expired():
            raise
        return SourceError(f"took more than {seconds:g} s", is_unreachable=True)


async def store_answer(
    database: Database,
    source: ListSource,
    day: date,
    answer: Answer,
    *,
    now: Callable[[], datetime],
) -> StoredDigest | None:
    """Store a source's answer for a day; return what changed, `None` if nothing did.

    Raises:
        SourceError: It is the answer, which is recorded.
        StorageError: It could not be stored.
    """
    if isinstance(answer, SourceError):
        await sources.failed(database, source.name, day, error=str(answer), at=now())
        raise answer
    if answer is None:
        await sources.unchanged(database, source.name, day, at=now())
        stored = None
    else:
        (stored,) = await digests.store_lists(database, [answer])
    await sources.succeeded(database, source.name, at=now())
    return stored
