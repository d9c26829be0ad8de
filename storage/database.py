"""The database file: one connection that writes, a few that read.

**What survives what.** The write-ahead log makes a transaction visible whole or not at all, also
after the process was killed. With `synchronous = NORMAL` the log is not waited for at each commit:
when the machine loses power, the last transactions before it may be gone, each of them whole, and
the file is sound. That is right for digests, which can be read again. What cannot be known again,
such as that a message was posted, is written in a `durable` transaction, which is on the disk when
it ends. See https://sqlite.org/pragma.html#pragma_synchronous
"""

import asyncio
import math
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Concatenate, Final, ParamSpec, Self, TypeAlias, TypeVar

import aiosqlite

from storage import migrations
from storage.errors import UnwritableDatabaseError, storage_error

_READERS: Final = 4
_LOOK_EVERY: Final = 1.0
"""Seconds after which to look again whether another process has written."""
_CHECKPOINT_PAGES: Final = 4000
"""16 MB of log before it is folded into the file, so that a run of digests seldom waits for it."""

P = ParamSpec("P")
T = TypeVar("T")
Parameters: TypeAlias = Sequence[Any] | Mapping[str, Any]
"""For `?`, or for `:names`."""


def fits(number: int) -> bool:
    """Return whether SQLite can hold a number: whether it has at most 64 bits with its sign."""
    return -(2**63) <= number < 2**63


class Writer(aiosqlite.Connection):
    """The connection that writes, inside a transaction."""

    async def run(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function of many statements on the connection's own thread.

        What aiosqlite offers is one statement a call, each a trip to the thread and back; for a
        digest of twenty papers the trips would take as long as the work.
        """
        return await self._execute(work, self._conn, *args, **kwargs)  # type: ignore[no-any-return, no-untyped-call]


class Database:
    """An open database. Make it with `open`, and `close` it, or use it in an `async with`."""

    def __init__(self, path: Path, writer: Writer, readers: Sequence[aiosqlite.Connection]) -> None:
        self.path = path
        self.look_every = _LOOK_EVERY
        self._looked_at = -math.inf
        self._written_here = 0
        self._written_elsewhere = 0
        self._seen: dict[aiosqlite.Connection, int] = {}
        self._writer = writer
        self._writing = asyncio.Lock()
        # Last in, first out: the reader used last has the pages of the file at hand.
        self._idle: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        self._readers = tuple(readers)
        for reader in readers:
            self._idle.put_nowait(reader)

    @classmethod
    async def open(cls, path: Path, *, busy_timeout: float = 5.0) -> Self:
        """Open a database and bring it up to date; where there is no file, one is made.

        Args:
            path: The file. Two more stand beside it while it is open: `-wal` and `-shm`.
            busy_timeout: Seconds to wait for another process that writes.

        Raises:
            NotADatabaseError: The file is something else, or damaged; it is left as it is.
            NewerDatabaseError: A newer version of this program wrote it; it is left as it is.
            UnwritableDatabaseError: The file or its folder is missing or cannot be written.
            DiskFullError: There is no room for it.
            BusyDatabaseError: Another process kept it locked.
            StorageError: The disk failed.
        """
        uri = _uri(path)
        opened: list[Writer] = []
        with _explaining(path):
            await asyncio.to_thread(_prepare, path, uri, busy_timeout)
            try:
                writer = await _connect(f"{uri}?mode=rw", busy_timeout)
                opened.append(writer)
                await writer.execute("PRAGMA synchronous = NORMAL")
                await writer.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
                await writer.execute("PRAGMA foreign_keys = ON")
                for _ in range(_READERS):
                    reader = await _connect(f"{uri}?mode=ro", busy_timeout)
                    opened.append(reader)
                    await reader.execute("PRAGMA query_only = ON")
            except BaseException:
                await _to_the_end(_close(opened))
                raise
        return cls(path, writer, opened[1:])

    async def close(self) -> None:
        """Close it, once the transaction under way has ended."""
        async with self._writing:
            await _to_the_end(_close([*self._readers, self._writer]))

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
        """Write: all that is done inside is kept when it ends, or nothing is.

        Tasks take turns; readers go on seeing what was before. An exception undoes everything, and
        so does a cancellation, unless it comes while the end is being written: that is finished,
        and the cancellation raised after it. Wait for nothing else inside, the network least of
        all.

        Args:
            durable: Whether it must be on the disk when it ends, against a loss of power.

        Raises:
            DiskFullError: There is no room for it.
            BusyDatabaseError: Another process kept the database locked.
            UnwritableDatabaseError: The file cannot be written any more.
            NotADatabaseError: The file is damaged.
            StorageError: The disk failed.
        """
        async with self._writing:
            try:
                with _explaining(self.path):
                    if durable:
                        await self._writer.execute("PRAGMA synchronous = FULL")
                    await self._writer.execute("BEGIN IMMEDIATE")
                    yield self._writer
                    await _to_the_end(self._writer.execute("COMMIT"))
            except BaseException:
                # It comes after all that was asked for before, a cancelled BEGIN too; where there
                # is no transaction it does nothing.
                await _to_the_end(self._writer.rollback())
                raise
            finally:
                # Undone too: whether a cancellation came before or after the end, nobody knows.
                self._written_here += 1
                if durable:
                    await _to_the_end(self._writer.execute("PRAGMA synchronous = NORMAL"))

    async def version(self) -> tuple[int, int]:
        """Return what differs whenever something has been written since.

        What this process wrote shows at once, what another wrote within `look_every` seconds.

        Raises:
            NotADatabaseError: The file is damaged.
            StorageError: The disk failed.
        """
        now = monotonic()
        if now - self._looked_at >= self.look_every:
            self._looked_at = now
            async with self._reader() as reader:
                ((seen,),) = await reader.execute_fetchall("PRAGMA data_version")
                # What one connection says compares with nothing that another one says.
                if self._seen.get(reader) != seen:
                    self._seen[reader] = seen
                    self._written_elsewhere += 1
        return self._written_here, self._written_elsewhere

    async def read(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Ask for rows. A few questions are answered at the same time, further ones wait.

        Raises:
            NotADatabaseError: The file is damaged.
            StorageError: The disk failed.
        """
        async with self._reader() as reader:
            return list(await reader.execute_fetchall(sql, parameters))

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[aiosqlite.Connection]:
        reader = await self._idle.get()
        try:
            with _explaining(self.path):
                yield reader
        except asyncio.CancelledError:
            # Nobody waits for the answer any more, and the next one should not have to.
            await reader.interrupt()
            raise
        finally:
            self._idle.put_nowait(reader)


def _uri(path: Path) -> str:
    """Return the address of a database file in a folder that is there."""
    try:
        if path.is_dir():
            problem = f"{path} is a folder. Name a file in it as `database`."
        elif not path.parent.is_dir():
            problem = f"The folder {path.parent} is not there. Make it, or set `database` to"
            problem += " a path in one that is."
        else:
            return path.absolute().as_uri()
    except OSError as error:
        problem = f"{path} cannot be opened ({error}). Set `database` to another path."
    raise UnwritableDatabaseError(problem, path=path)


def _prepare(path: Path, uri: str, busy_timeout: float) -> None:
    """See what is on the disk, make a file where there is none, and bring it up to date."""
    connection = sqlite3.connect(
        f"{uri}?mode=rwc", uri=True, isolation_level=None, timeout=busy_timeout
    )
    with closing(connection):
        migrations.identify(connection, path=path)
        ((mode,),) = connection.execute("PRAGMA journal_mode = WAL")
        if mode != "wal":
            raise UnwritableDatabaseError(
                f"The disk of {path} cannot hold a write-ahead log, as network folders often can't."
                " Set `database` to a path on a local disk.",
                path=path,
            )
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = OFF")
        migrations.apply(connection, migrations.load(), path=path)


async def _connect(uri: str, busy_timeout: float) -> Writer:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, timeout=busy_timeout, cached_statements=256
        )
        connection.row_factory = sqlite3.Row
        return connection

    connection = Writer(connect, iter_chunk_size=64)
    try:
        await connection
    except BaseException:
        # aiosqlite tells its thread to end and does not wait; it still speaks to the event loop,
        # which may be closed by then. In its version 0.21 the connection is the thread.
        thread: Any = getattr(connection, "_thread", connection)
        await _to_the_end(asyncio.to_thread(thread.join))
        raise
    return connection


async def _close(connections: Sequence[aiosqlite.Connection]) -> None:
    """Close them all: each has a thread, for which the program would wait at its end."""
    async with AsyncExitStack() as stack:
        for connection in reversed(connections):
            stack.push_async_callback(connection.close)


async def _to_the_end(work: Coroutine[Any, Any, object]) -> None:
    """Wait until something is done, though the task that waits be cancelled; that comes after."""
    task = asyncio.ensure_future(work)
    cancelled = False
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError:
            cancelled = True
    error = task.exception()
    if cancelled:
        raise asyncio.CancelledError from error
    if error is not None:
        raise error


@contextmanager
def _explaining(path: Path) -> Iterator[None]:
    """Raise an error of SQLite's as the operator should read it, where it is for the operator."""
    try:
        yield
    except sqlite3.Error as error:
        explained = storage_error(error, path=path)
        if explained is None:
            raise
        raise explained from error
