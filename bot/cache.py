"""One cache for values that are worked out from what is stored."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Cache:
    """Keeps the values that were used last, until the version of what they come from changes.

    Each value is made once, however many ask for it at the same time, and none that was begun under
    an earlier version is returned to somebody who asks under a later one. What is returned is
    shared: don't change it.
    """

    def __init__(self, version: Callable[[], Awaitable[Hashable]], *, size: int = 512) -> None:
        """Build it.

        Args:
            version: Returns something else whenever values may be outdated.
            size: How many values are kept.
        """
        self._version = version
        self._size = size
        self._seen: Hashable = None
        self._entries: OrderedDict[Hashable, asyncio.Future[Any]] = OrderedDict()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """Return the value of a key, or make it; what `make` raises is raised and not kept."""
        version = await self._version()
        if version != self._seen:
            self._entries.clear()
            self._seen = version
        entry = self._entries.get(key)
        if entry is None:
            # A task of its own, so that one who asks and is cancelled takes nothing from others.
            entry = asyncio.create_task(_run(make), name="cache: make a value")
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
