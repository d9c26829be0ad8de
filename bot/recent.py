"""What was asked for lately, kept until anything is written.

When a morning's post appears, many ask for the same few papers within minutes; each is read and
drawn once.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar, cast

from storage.database import Database

_MOST = 512

Made = TypeVar("Made")


class Recent:
    """Answers made lately, none of them from before the last change of the database.

    A change by this process counts at once, one by another (`daily-papers ingest` beside the bot)
    after a second at most.
    """

    def __init__(self, database: Database, *, most: int = _MOST) -> None:
        self._database = database
        self._most = most
        self._version: object = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Made]]) -> Made:
        """Return what was made for a key, or make it; what is returned is shared: don't change it.

        Raises:
            StorageError: The database can't be read.
        """
        version = await self._database.version()
        if version != self._version:
            self._kept.clear()
            self._version = version
        if key in self._kept:
            self._kept.move_to_end(key)
            return cast("Made", self._kept[key])
        made = await make()
        if version == self._version:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
