"""One process per database: a lock of the operating system on a file beside it.

The kernel releases it when the process ends, however it ends, so a second process that stands by
takes over at once. SQLite in WAL mode works on one host only, and so does this.

The kernel locks the file, not its path: if the file is deleted, another process can create and lock
one of the same name. So the process that holds the lock looks each second whether the file is still
there, and takes the lock anew if it isn't (`keep`). Another process gives it time for that: while
the file is missing although the database is in use, it waits a few seconds before it creates one.
"""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Final

from filelock import FileLock, Timeout

from storage.database_file import wal_of
from storage.errors import LostLockError, UnwritableDatabaseError

log = logging.getLogger(__name__)

_LOOK_SECONDS: Final = 0.5
"""Time between two attempts to take the lock."""
KEEP_SECONDS: Final = 1.0
"""Time between two calls of `keep`."""


class ProcessLock:
    """The lock that keeps a second bot off a database."""

    def __init__(self, database: Path, *, missing_seconds: float = 4 * KEEP_SECONDS) -> None:
        """Build it.

        Args:
            database: The file that it is for, or a symbolic link to it.
            missing_seconds: How long the lock's file must be missing, while the database seems to
                be in use, before it is created.
        """
        file = database.resolve()
        self.path = file.with_name(f"{file.name}.lock")
        self._wal = wal_of(file)
        self._missing_seconds = missing_seconds
        self._missing_since: float | None = None
        self._held: tuple[int, int] | None = None
        """The identity of the file that this process has locked."""
        self._holders = 0
        """How often it was acquired and not yet released."""
        self._lock = FileLock(self.path, mode=0o600, thread_local=False)

    async def acquire(self, stop: asyncio.Event) -> bool:
        """Wait until this process holds the lock; return `False` if `stop` was set first.

        It may be acquired again while it is held.

        Raises:
            UnwritableDatabaseError: The lock's file can't be made.
        """
        is_waiting = False
        while not stop.is_set():
            may_be_kept = self._may_be_kept()
            if self._holders or (not may_be_kept and self._try()):
                self._holders += 1
                if is_waiting:
                    log.warning("the other process has ended: this one works from now on")
                return True
            if not is_waiting and not may_be_kept:
                log.warning("another process works with this database: this one stands by")
                is_waiting = True
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _LOOK_SECONDS)
        return False

    async def acquire_now(self) -> bool:
        """Take the lock if no other process holds it; return whether it is held now.

        It waits only if the lock's file was just deleted, and another process may still take it.

        Raises:
            UnwritableDatabaseError: The lock's file can't be made.
        """
        while self._may_be_kept():  # noqa: ASYNC110 - another process creates the file
            await asyncio.sleep(_LOOK_SECONDS)
        if not self._holders and not self._try():
            return False
        self._holders += 1
        return True

    def _may_be_kept(self) -> bool:
        """Return whether the file was just deleted, and another process may still take it anew.

        SQLite deletes the write-ahead log when the last process closes the database.
        """
        if not self._missing_seconds or self.path.exists() or not self._wal.exists():
            self._missing_since = None
            return False
        if self._missing_since is None:
            self._missing_since = monotonic()
            log.warning(
                "%s is missing, but the database may be in use: this process waits for %.0f s",
                self.path,
                self._missing_seconds,
            )
        return monotonic() - self._missing_since < self._missing_seconds

    @property
    def is_held(self) -> bool:
        """Whether this process holds it."""
        return self._holders > 0

    def is_held_elsewhere(self) -> bool:
        """Return whether another process holds it, which is the bot.

        To find out, the lock is taken for a moment; a bot that starts just then looks again.

        Raises:
            UnwritableDatabaseError: The lock's file can't be opened.
        """
        if self._holders or not self.path.exists():
            return False
        is_free = self._try()
        if is_free:
            self._lock.release()
        return not is_free

    async def keep(self) -> None:
        """Take the lock anew if its file was deleted or replaced; call it every `KEEP_SECONDS`.

        Raises:
            LostLockError: Another process has locked the file that is there now.
            UnwritableDatabaseError: The lock's file can't be made again.
        """
        try:
            found = await asyncio.to_thread(_identity_of, self.path)
        except OSError:
            return  # a passing error of the disk
        if found == self._held:
            return
        self._lock.release()
        if not self._try():
            raise LostLockError(
                f"{self.path} was deleted or replaced, and another process works with this database"
                " now. This one ends. Leave the file where it is while the bot runs.",
                path=self.path,
            )
        log.warning("%s was deleted or replaced: the lock is held anew", self.path)

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
        self._held = _identity_of(self.path)
        return True

    def release(self) -> None:
        """Let another process take it, unless it was acquired more often than released.

        The end of the process releases it, too.
        """
        self._holders = max(self._holders - 1, 0)
        if not self._holders:
            self._lock.release()


def _identity_of(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another at the same path; `None` if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
