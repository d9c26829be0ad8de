"""The ids that were seen lately, in memory: what Discord or a person sends twice is done once."""

from collections import OrderedDict
from typing import Final

_MOST: Final = 1_000


class RecentIds:
    """Remembers the newest ids."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int, None] = OrderedDict()

    def add(self, new_id: int) -> bool:
        """Remember an id; return whether it wasn't remembered before."""
        if new_id in self._ids:
            return False
        self._ids[new_id] = None
        if len(self._ids) > _MOST:
            self._ids.popitem(last=False)
        return True
