"""A cache of values computed from the database, invalidated by a version."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Cache:
    """Keeps the most recently used values until the version changes.

    Single-flight: concurrent requests for a key compute its value once. A value whose computation
    began before an invalidation is never returned to a request that came after it. Values are
    shared: don't change them.
    """

    def __init__(self, version: Callable[[], Awaitable[Hashable]], *, size: int = 512) -> None:
        """Build an empty cache.

        Args:
            version: Returns a new value whenever cached values may be outdated.
            size: The most values that are kept.
        """
        self._version = version
        self._size = size
        self._seen: Hashable = None
        self._entries: OrderedDict[Hashable, asyncio.Future[Any]] = OrderedDict()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """Return the value of a key, computed by `make` if needed; its errors are not cached."""
        while True:
            version = await self._version()
            if version != self._seen:
                self._entries.clear()
                self._seen = version
            entry = self._entries.get(key)
            if entry is None:
                return await self._compute(key, make)
            self._entries.move_to_end(key)
            if entry.done():
                return cast("T", entry.result())
            try:
                return cast("T", await asyncio.shield(entry))
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if not entry.cancelled() or (task is not None and task.cancelling()):
                    raise
                # The request that computed it was cancelled, not this one.

    async def _compute(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        entry: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._entries[key] = entry
        try:
            value = await make()
        except BaseException as error:
            if self._entries.get(key) is entry:
                del self._entries[key]
            if isinstance(error, Exception):
                entry.set_exception(error)
                entry.exception()  # retrieved, so that asyncio does not log it
            else:
                entry.cancel()
            raise
        entry.set_result(value)
        while len(self._entries) > self._size:
            self._entries.popitem(last=False)
        return value
