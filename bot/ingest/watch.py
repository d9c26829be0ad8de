"""Keep the database up to date with the digests of a folder."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.ingest.read import ingest_files
from bot.ingest.report import IngestResult, log_result
from bot.sources import folder
from storage import sources
from storage.database import Database
from storage.errors import StorageError
from storage.records import FILES

log = logging.getLogger(__name__)

_RETRY_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder of digests."""

    path: Path
    """It need not exist yet."""
    name: str = FILES
    """Of the source that it is."""
    language: str | None = None
    """Of the texts; `None` to recognize it."""


async def watch(
    database: Database,
    watched: WatchedFolder,
    *,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    stored: Callable[[], None] = lambda: None,
) -> None:
    """Ingest the digests of a folder, at the start and whenever a file changes.

    Problems of a file are logged, and the other files are read. If the database can't be written,
    the same files are tried again every minute. Files that this program has published are skipped,
    since the folder may be the one that it publishes in.

    Args:
        database: Where to store.
        watched: The folder; its source is known to the database.
        now: Returns the current time, which is stored as the time of the votes.
        stop: Ends the watch once it is set.
        stored: Called after digests were stored.
    """
    async with aclosing(folder.watch(watched.path, stop=stop)) as changes:
        async for files in changes:
            while not stop.is_set():
                try:
                    await _ingest(database, watched, sorted(files), now())
                    break
                except StorageError as error:
                    log.error(  # noqa: TRY400 - the message is for the operator; the traceback adds nothing
                        "digests can't be stored, retrying in %d s: %s", _RETRY_SECONDS, error
                    )
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), _RETRY_SECONDS)
            stored()


async def _ingest(
    database: Database, watched: WatchedFolder, files: Iterable[Path], read_at: datetime
) -> None:
    """Ingest files, log the results, and record whether the source could be read.

    Raises:
        StorageError: The database can't be written.
    """
    was_read = False
    refused: list[IngestResult] = []
    ingesting = ingest_files(
        database,
        files,
        read_at=read_at,
        source=watched.name,
        language=watched.language,
        skip_published=True,
    )
    async with aclosing(ingesting) as results:
        async for result in results:
            log_result(result)
            was_read = was_read or result.refused is None
            if result.refused is not None:
                refused.append(result)
    if was_read:
        await sources.succeeded(database, watched.name, at=read_at)
    if refused:
        error = f"{refused[0].path} {refused[0].refused}"
        if len(refused) > 1:
            error += f"; {len(refused):,} files are refused"
        # Bytes of a path that are no text are lone surrogates, which SQLite refuses.
        error = error.encode(errors="replace").decode()
        await sources.failed(database, watched.name, error=error, at=read_at)
