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
        version = await self._version()
        if version != self._seen:
            self._entries.clear()
            self._seen = version
        entry = self._entries.get(key)
        if entry is None:
            # A task of its own, so that a cancelled request does not cancel the others.
            entry = asyncio.create_task(_run(make), name="cache: compute a value")
            self._entries[key] = entry
            entry.add_done_callback(lambda done: self._settle(key, done))
        else:
            self._entries.move_to_end(key)
        return cast("T", await asyncio.shield(entry))

    def _settle(self, key: Hashable, done: asyncio.Future[Any]) -> None:
        if done.cancelled() or done.exception() is not None:
            if self._entries.get(key) is done:
                del self._entries[key]
            return
        while len(self._entries) > self._size:
            self._entries.popitem(last=False)


async def _run(make: Callable[[], Awaitable[T]]) -> T:
    return await make()
