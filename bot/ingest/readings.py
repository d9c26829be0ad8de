"""Read a day's list from a source and record what came of it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeAlias

from bot.ingest.lists import ListSource
from bot.sources.errors import SourceError
from storage import digests, sources
from storage.database import Database
from storage.records import SourceDay, SourceList, StoredDigest

Answer: TypeAlias = SourceList | SourceError | None
"""Of a source for a day; `None`: it has no papers, or is as it was."""


async def read_day(
    database: Database,
    source: ListSource,
    day: date,
    known: SourceDay | None,
    *,
    now: Callable[[], datetime],
) -> StoredDigest | None:
    """Read a day's list from a source and store it; return what changed, `None` if nothing did.

    Raises:
        SourceError: It could not be read, which is recorded.
        StorageError: It could not be stored.
    """
    return await store_answer(database, source, day, await ask(source, day, known), now=now)


async def ask(source: ListSource, day: date, known: SourceDay | None) -> Answer:
    """Return a source's answer for a day; errors are returned, not raised."""
    try:
        return await source.read(day, known)
    except SourceError as error:
        return error


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
