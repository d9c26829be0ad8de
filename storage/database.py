"""The database file: one connection that writes, a few that read.

**Durability.** The write-ahead log makes a transaction visible whole or not at all, also after the
process was killed. With `synchronous = NORMAL` a commit doesn't wait for the disk: a power failure
may lose the last transactions, each of them whole, but never corrupts the file. That is enough for
digests, which can be read again. What can't be found out again, such as that a message was posted,
is written in a `durable` transaction, which is on the disk when it ends.
See https://sqlite.org/pragma.html#pragma_synchronous

**Locks of other processes.** The writer never waits inside SQLite: it tries to begin, and if
another process holds the write lock, it lets other tasks run and retries later. So a task
with a short time-out (`set_write_timeout`) doesn't wait behind those with a long one.

**Never open the database file here except through SQLite**: closing any other descriptor of it
drops the locks that SQLite holds on it. See https://sqlite.org/howtocorrupt.html, section 2.2.
"""

import asyncio
import math
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Concatenate, Final, ParamSpec, Self, TypeAlias, TypeVar

import aiosqlite

from storage import write_transactions
from storage.connections import begin, close_all, connector, interrupt, run_uncancelled
from storage.database_file import (
    connect,
    file_id,
    open_writer,
    read_only_uri,
    size_of,
    uri_of,
    wal_of,
)
from storage.errors import BusyDatabaseError, ReplacedDatabaseError, is_busy, translate_errors
from storage.patience import Patience

_READERS: Final = 4
_CHECK_EVERY: Final = 1.0
"""Seconds between two checks whether another process has written."""
_CHECKPOINT_PAGES: Final = 4000
"""16 MB of log before a checkpoint, so that storing many digests seldom waits for one."""
_WRITER_CACHE_KIB: Final = 8000
"""Enough for a transaction of many digests: what doesn't fit is written to the log twice."""

P = ParamSpec("P")
T = TypeVar("T")
Parameters: TypeAlias = Sequence[Any] | Mapping[str, Any]
"""For `?`, or for `:names`."""


class Writer(aiosqlite.Connection):
    """The connection that writes, inside a transaction."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)

    async def run(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function of many statements on the connection's own thread.

        aiosqlite runs one statement per call, each a round trip to the thread; for a digest of
        twenty papers the round trips would take as long as the statements.
        """
        return await self._execute(work, self._conn, *args, **kwargs)  # type: ignore[no-any-return, no-untyped-call]  # aiosqlite has no types here


class Database:
    """An open database; get one from `open`, and `close` it or use it in an `async with`."""

    def __init__(
        self,
        path: Path,
        writer: Writer,
        readers: Sequence[Writer],
        *,
        busy_timeout: float,
    ) -> None:
        self.path = path
        self._busy_timeout = busy_timeout
        self._files = {name: file_id(name) for name in (path, wal_of(path))}
        self.check_every = _CHECK_EVERY
        self._checked_at = -math.inf
        self._writes = 0
        self._content: tuple[int, int] | None = None
        self._writer = writer
        self._writing = asyncio.Lock()
        self._writing_since: float | None = None
        # Last in, first out: the reader used last has the most pages in its cache.
        self._idle: asyncio.LifoQueue[Writer] = asyncio.LifoQueue()
        self.readers = tuple(readers)
        """The read-only connections that `read` uses, to trace or extend them."""
        for reader in readers:
            self._idle.put_nowait(reader)

    @classmethod
    async def open(cls, path: Path, *, busy_timeout: float = 5.0) -> Self:
        """Open a database, create it if there is no file, and apply missing migrations.

        Args:
            path: The file. Two more are next to it while it is open: `-wal` and `-shm`.
            busy_timeout: Seconds to wait for another process that writes.

        Raises:
            NotADatabaseError: The file is something else, or damaged; it is left as it is.
            NewerDatabaseError: A newer version of this program wrote it; it is left as it is.
            UnwritableDatabaseError: The file or its folder is missing or cannot be written. A file
                that is up to date may be opened for reading all the same; see `check_writable`.
            DiskFullError: There is no room for it.
            BusyDatabaseError: Another process kept it locked.
            StorageError: The disk failed.
        """
        uri = uri_of(path)
        opened: list[Writer] = []
        with translate_errors(path):
            try:
                writer = await begin(
                    Writer(
                        connector(
                            partial(open_writer, path, uri, busy_timeout),
                            "PRAGMA busy_timeout = 0",
                            f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}",
                            f"PRAGMA cache_size = -{_WRITER_CACHE_KIB}",
                            "PRAGMA foreign_keys = ON",
                            # What people delete is overwritten; see `storage/erasure.py`.
                            "PRAGMA secure_delete = ON",
                        )
                    )
                )
                opened.append(writer)
                reading = connector(
                    partial(connect, f"{uri}?mode=ro", busy_timeout), "PRAGMA query_only = ON"
                )
                for _ in range(_READERS):
                    reader = await begin(Writer(reading))
                    opened.append(reader)
            except BaseException:
                await run_uncancelled(close_all(opened))
                raise
        return cls(path, writer, opened[1:], busy_timeout=busy_timeout)

    @classmethod
    async def open_read_only(cls, path: Path, *, busy_timeout: float = 5.0) -> Self:
        """Open a database to look at it, also beside a bot: it is neither created nor upgraded.

        Raises:
            StorageError: It can't be read, or is of another version of this program.
        """
        with translate_errors(path):
            uri = await asyncio.to_thread(read_only_uri, path, busy_timeout)
            reading = connector(partial(connect, uri, busy_timeout))
            writer = await begin(Writer(reading))
            try:
                reader = await begin(Writer(reading))
            except BaseException:
                await run_uncancelled(close_all([writer]))
                raise
        return cls(path, writer, [reader], busy_timeout=busy_timeout)

    async def close(self) -> None:
        """Close the database after the running transaction has ended."""
        async with self._writing:
            try:
                self.check_in_place()
            except ReplacedDatabaseError:
                # SQLite would leave our log at its path, where the file that replaced ours would
                # use it. Its content belongs in our file, wherever that is now.
                with suppress(sqlite3.Error):
                    await self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                await run_uncancelled(close_all([*self.readers, self._writer]))

    def check_in_place(self) -> None:
        """Check that the open files are still those at their paths; two `stat` calls at most.

        Raises:
            ReplacedDatabaseError: The database or its log was deleted, moved, replaced or emptied.
        """
        for name, opened in self._files.items():
            try:
                is_same = opened is None or file_id(name) == opened
            except OSError:
                continue  # a passing error of the disk
            if not is_same:
                raise ReplacedDatabaseError(
                    f"{name} was deleted or replaced while it was in use. What is written now would"
                    " be lost. Put the right file in place and start again.",
                    path=self.path,
                )

    def size(self) -> int:
        """Return the size of the file and its log in bytes, without those that aren't there."""
        return size_of(self.path) + size_of(wal_of(self.path))

    @property
    def writing_for(self) -> float:
        """For how many seconds the write that runs now has kept others waiting; 0 if none runs."""
        return 0.0 if self._writing_since is None else monotonic() - self._writing_since

    async def check_writable(self) -> None:
        """Check that the database can be written, with a write that changes nothing.

        SQLite opens a read-only file without an error; only a write fails.

        Raises:
            StorageError: As in `transaction`.
        """
        async with self.transaction(durable=True) as writer:
            ((version,),) = await writer.execute_fetchall("PRAGMA user_version")
            await writer.execute(f"PRAGMA user_version = {version}")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    @asynccontextmanager
    async def transaction(self, *, durable: bool = False) -> AsyncIterator[Writer]:
        """Begin a write transaction: it is committed at the end, or rolled back on an exception.

        One task writes at a time; readers see the state before it until the commit. A cancellation
        rolls back as well, unless it comes during the commit: then the commit is completed first.
        Don't await anything else inside, least of all the network.

        Args:
            durable: Whether it must be on the disk when it ends, against a loss of power.

        Raises:
            DiskFullError: There is no room for it.
            BusyDatabaseError: Another process kept the database locked, or the time-out set by
                `set_write_timeout` has passed.
            UnwritableDatabaseError: The file cannot be written any more.
            ReplacedDatabaseError: The file was deleted or replaced.
            NotADatabaseError: The file is damaged.
            StorageError: The disk failed.
        """
        patience = Patience(self._busy_timeout)
        while True:
            async with self._acquire_writer(patience.give_up_at):
                busy = None
                try:
                    with translate_errors(self.path):
                        busy = await self._writer.run(self._begin, durable)
                        if busy is None:
                            yield self._writer
                            await run_uncancelled(self._writer.run(write_transactions.commit))
                            return
                except BaseException:
                    # The thread runs it after all queued statements, a cancelled BEGIN included;
                    # without a transaction it does nothing.
                    await run_uncancelled(self._writer.run(write_transactions.roll_back))
                    raise
            if not await patience.pause():
                with translate_errors(self.path):
                    raise busy

    async def write(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement as a transaction of its own, and return how many rows it has changed.

        It takes one round trip to the connection's thread, of which a `transaction` takes three.

        Raises:
            StorageError: As in `transaction`.
        """
        patience = Patience(self._busy_timeout)
        while True:
            async with self._acquire_writer(patience.give_up_at):
                with translate_errors(self.path):
                    outcome = await self._writer.run(self._run_alone, sql, parameters)
            if isinstance(outcome, int):
                return outcome
            if not await patience.pause():
                with translate_errors(self.path):
                    raise outcome

    def _run_alone(
        self, connection: sqlite3.Connection, sql: str, parameters: Parameters
    ) -> int | sqlite3.OperationalError:
        """Run a statement; return the number of rows, or SQLite's error as `_begin` does."""
        self.check_in_place()
        try:
            return connection.execute(sql, parameters).rowcount
        except sqlite3.OperationalError as error:
            if is_busy(error):
                return error
            raise

    @asynccontextmanager
    async def _acquire_writer(self, give_up_at: float | None) -> AsyncIterator[None]:
        """Wait for the other tasks that write, until a moment of `monotonic` if one is given."""
        try:
            async with asyncio.timeout(None if give_up_at is None else give_up_at - monotonic()):
                await self._writing.acquire()
        except TimeoutError:
            raise BusyDatabaseError(
                f"{self.path} is busy: other tasks of this process write to it.", path=self.path
            ) from None
        self._writing_since = monotonic()
        try:
            yield
        finally:
            self._writing_since = None
            self._writing.release()

    def _begin(
        self, connection: sqlite3.Connection, durable: bool
    ) -> sqlite3.OperationalError | None:
        """Begin a transaction; return SQLite's error if another process holds the write lock."""
        self.check_in_place()
        return write_transactions.begin(connection, durable=durable)

    async def content_version(self) -> tuple[int, int]:
        """Return two numbers: one grows with new or changed papers, the other with new votes.

        A change by this process shows at once, one by another (`daily-papers ingest` beside the
        bot) within `check_every` seconds.

        Raises:
            NotADatabaseError: The file is damaged.
            StorageError: The disk failed.
        """
        now = monotonic()
        if self._content is None or now - self._checked_at >= self.check_every:
            writes = self._writes
            ((papers, votes),) = await self.read("SELECT papers, votes FROM content_versions")
            if writes != self._writes:
                return papers, votes
            self._checked_at = now
            self._content = (papers, votes)
        return self._content

    def content_changed(self) -> None:
        """Invalidate the cached `content_version`: this process has stored a digest."""
        self._writes += 1
        self._content = None

    async def read(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Run a query and return its rows. A few queries run at the same time, further ones wait.

        Raises:
            NotADatabaseError: The file is damaged.
            StorageError: The disk failed.
        """
        async with self._reader() as reader:
            return list(await reader.execute_fetchall(sql, parameters))

    async def run(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function of several queries on the thread of a reading connection.

        Raises:
            NotADatabaseError: The file is damaged.
            StorageError: The disk failed.
        """
        async with self._reader() as reader:
            return await reader.run(work, *args, **kwargs)

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[Writer]:
        reader = await self._idle.get()
        try:
            with translate_errors(self.path):
                yield reader
        except asyncio.CancelledError:
            # Nobody waits for the result any more, and the next query should not have to.
            await run_uncancelled(interrupt(reader))
            raise
        finally:
            self._idle.put_nowait(reader)
