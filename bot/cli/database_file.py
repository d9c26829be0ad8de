"""Open the database when the bot starts, and notice when its file is deleted or replaced."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.backoff import Backoff
from storage.database import Database
from storage.errors import BusyDatabaseError, DiskFullError, ReplacedDatabaseError

log = logging.getLogger(__name__)

_BACKOFF: Final = Backoff(longest=60.0)


async def open_writable(path: Path, *, backoff: Backoff = _BACKOFF) -> Database:
    """Open a database for writing; retry while its disk is full or it is locked.

    Args:
        path: The file.
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


async def watch_file(database: Database, *, stop: asyncio.Event, interval: float = 5.0) -> None:
    """Check every `interval` seconds that the database's file is in place, until `stop` is set.

    Raises:
        ReplacedDatabaseError: The file was deleted or replaced; this is logged, too.
    """
    while not stop.is_set():
        try:
            await asyncio.to_thread(database.check_in_place)
        except ReplacedDatabaseError as error:
            log.critical("%s", error)
            raise
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), interval)
