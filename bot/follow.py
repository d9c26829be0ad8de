"""Keeps the database up with a folder: what is there at first, and what comes."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import aclosing, suppress
from datetime import datetime
from pathlib import Path

from bot.ingest import Ingested, ingest_files
from bot.sources import folder
from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)

_RETRY_SECONDS = 60


async def follow(
    database: Database,
    path: Path,
    *,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    stored: Callable[[], None] = lambda: None,
) -> None:
    """Read the digests of a folder, now and whenever one changes, until `stop` is set.

    What is wrong with a file is logged, and the others are read. Where the database can't be
    written, the same files are tried again every minute.

    Args:
        database: where to.
        path: the folder; it may come into being later.
        now: says what time it is; votes are noted as read then.
        stop: ends it.
        stored: called after digests were stored, for those who wait for one.
    """
    async with aclosing(folder.watch(path, stop=stop)) as changes:
        async for files in changes:
            while not await _stored(database, sorted(files), now()) and not stop.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), _RETRY_SECONDS)
            stored()


async def _stored(database: Database, files: Iterable[Path], read_at: datetime) -> bool:
    """Read files and log what came of it; say whether the database took them."""
    try:
        async with aclosing(ingest_files(database, files, read_at=read_at)) as results:
            async for ingested in results:
                _report(ingested)
    except StorageError as error:
        log.error("digests can't be stored, tried again in %d s: %s", _RETRY_SECONDS, error)  # noqa: TRY400 - the sentence is for the operator; the traceback says no more
        return False
    return True


def _report(ingested: Ingested) -> None:
    if ingested.refused is not None:
        log.warning("%s %s", ingested.path, ingested.refused)
    for problem in ingested.problems:
        log.warning(
            "%s:%d: %s: %s", ingested.path, problem.line, problem.kind.value, problem.message
        )
    for stored in ingested.stored:
        if stored.is_new or stored.new or stored.changed:
            log.info(
                "read the digest of %s: %d papers new, %d changed, %d the same",
                stored.date,
                stored.new,
                stored.changed,
                stored.same,
            )
