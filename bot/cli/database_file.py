"""Open the database when the bot starts, and notice when its files are deleted or replaced."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.backoff import Backoff
from storage import sources
from storage.database import Database
from storage.errors import (
    BusyDatabaseError,
    DiskFullError,
    LostLockError,
    ReplacedDatabaseError,
    UnwritableDatabaseError,
)
from storage.process_lock import KEEP_SECONDS, ProcessLock
from storage.records import SourceKind

log = logging.getLogger(__name__)

_BACKOFF: Final = Backoff(longest=60.0)


async def open_writable(
    path: Path,
    *,
    precedence: Sequence[tuple[str, SourceKind]] = (),
    backoff: Backoff = _BACKOFF,
) -> Database:
    """Open a database for writing; retry while its disk is full or it is locked.

    Args:
        path: The file.
        precedence: The names and kinds of the sources, which are recorded.
        backoff: How long to wait between attempts.

    Raises:
        StorageError: It can't be used, and waiting won't help; see `Database.open`.
    """
    failures = 0
    while True:
        try:
            database = await Database.open(path)
            try:
                await database.check_writable()
                await sources.configure(database, precedence)
            except BaseException:
                await database.close()
                raise
        except (DiskFullError, BusyDatabaseError) as error:
            failures += 1
            pause = backoff.delay(failures)
            log.warning("the database can't be used yet, tried again in %.1f s: %s", pause, error)
            await asyncio.sleep(pause)
        else:
            return database


async def watch_files(database: Database, lock: ProcessLock, *, stop: asyncio.Event) -> None:
    """Check each second that the database's file and its lock are in place, until `stop` is set.

    Raises:
        ReplacedDatabaseError: The database's file was deleted or replaced; this is logged, too.
        LostLockError: Another process has the lock; this is logged, too.
    """
    while not stop.is_set():
        try:
            await asyncio.to_thread(database.check_in_place)
            await lock.keep()
        except (ReplacedDatabaseError, LostLockError, UnwritableDatabaseError) as error:
            log.critical("%s", error)
            raise
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), KEEP_SECONDS)
