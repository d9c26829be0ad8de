"""Keep the database up to date with the digests of a folder."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import aclosing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.ingest.read import ingest_files
from bot.ingest.report import log_result
from bot.sources import folder
from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)

_RETRY_SECONDS: Final = 60


async def watch(
    database: Database,
    path: Path,
    *,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    stored: Callable[[], None] = lambda: None,
) -> None:
    """Ingest the digests of a folder, at the start and whenever a file changes.

    Problems of a file are logged, and the other files are read. If the database can't be written,
    the same files are tried again every minute.

    Args:
        database: Where to store.
        path: The folder; it need not exist yet.
        now: Returns the current time, which is stored as the time of the votes.
        stop: Ends the watch once it is set.
        stored: Called after digests were stored.
    """
    async with aclosing(folder.watch(path, stop=stop)) as changes:
        async for files in changes:
            while not await _ingest(database, sorted(files), now()) and not stop.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), _RETRY_SECONDS)
            stored()


async def _ingest(database: Database, files: Iterable[Path], read_at: datetime) -> bool:
    """Ingest files and log the results; return whether the database could be written."""
    try:
        async with aclosing(ingest_files(database, files, read_at=read_at)) as results:
            async for result in results:
                log_result(result)
    except StorageError as error:
        log.error("digests can't be stored, retrying in %d s: %s", _RETRY_SECONDS, error)  # noqa: TRY400 - the message is for the operator; the traceback adds nothing
        return False
    return True
