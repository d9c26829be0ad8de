"""Steps of database connections, which must not be cut short: opening, interrupting, closing."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from typing import Any, Final, TypeVar

import aiosqlite

Connection = TypeVar("Connection", bound=aiosqlite.Connection)
_INTERRUPT_EVERY: Final = 0.01
"""Seconds between two attempts to interrupt a query that nobody waits for."""


def connector(
    open_: Callable[[], sqlite3.Connection], *settings: str
) -> Callable[[], sqlite3.Connection]:
    """Return what opens a connection, and runs statements of settings.

    Both happen on the thread that has the connection from then on.
    """

    def make() -> sqlite3.Connection:
        connection = open_()
        for statement in settings:
            connection.execute(statement)
        connection.row_factory = sqlite3.Row
        return connection

    return make


async def begin(connection: Connection) -> Connection:
    """Connect; if that fails, wait for the end of the connection's thread."""
    try:
        await connection
    except BaseException:
        # aiosqlite tells its thread to end and does not wait; the thread still calls the event
        # loop, which may be closed by then. In version 0.21 the connection is the thread.
        thread: Any = getattr(connection, "_thread", connection)
        await run_uncancelled(asyncio.to_thread(thread.join))
        raise
    return connection


async def interrupt(connection: aiosqlite.Connection) -> None:
    """Interrupt the query of a connection, and wait until its thread is free.

    `interrupt` has no effect on a query that the thread has not begun, so it is repeated until what
    was queued behind the query has run: a rollback, which does nothing outside of a transaction.
    """
    is_free = asyncio.create_task(connection.rollback(), name="database: interrupt")
    while not is_free.done():
        await connection.interrupt()
        await asyncio.wait((is_free,), timeout=_INTERRUPT_EVERY)
    await is_free


async def close_all(connections: Sequence[aiosqlite.Connection]) -> None:
    """Close all connections, also if one fails: the program can't end before their threads."""
    async with AsyncExitStack() as stack:
        for connection in reversed(connections):
            stack.push_async_callback(connection.close)


async def run_uncancelled(work: Coroutine[Any, Any, object]) -> None:
    """Await a coroutine to its end; a cancellation meanwhile is raised after it."""
    task = asyncio.create_task(work, name="database: finish a step")
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
