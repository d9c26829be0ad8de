"""One process per database: a lock of the operating system on a file beside it.

The kernel releases it when the process ends, however it ends, so a second process that stands by
takes over at once. SQLite in WAL mode works on one host only, and so does this.
"""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from storage.errors import UnwritableDatabaseError

log = logging.getLogger(__name__)

_LOOK_SECONDS: Final = 0.5
"""Between two attempts to take the lock."""


class ProcessLock:
    """The lock that the one process holds which is the bot."""

    def __init__(self, database: Path) -> None:
        """Build it; `database` is the file that it is for, or a symbolic link to it."""
        file = database.resolve()
        self.path = file.with_name(f"{file.name}.lock")
        self._lock = FileLock(self.path, mode=0o600, thread_local=False)

    async def acquire(self, stop: asyncio.Event) -> bool:
        """Wait until this process holds the lock; return `False` if `stop` was set first.

        Raises:
            UnwritableDatabaseError: The lock's file can't be made.
        """
        is_waiting = False
        while not stop.is_set():
            if self._try():
                if is_waiting:
                    log.warning("the other process has ended: this one works from now on")
                return True
            if not is_waiting:
                log.warning("another process works with this database: this one stands by")
                is_waiting = True
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _LOOK_SECONDS)
        return False

    def _try(self) -> bool:
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        except OSError as error:
            raise UnwritableDatabaseError(
                f"{self.path} cannot be written ({error.strerror}). Give this user the right to"
                " write the folder of the database.",
                path=self.path,
            ) from error
        return True

    def release(self) -> None:
        """Let another process take it; the end of the process does the same."""
        self._lock.release()
