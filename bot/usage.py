"""Count how much is read: gathered in memory, and added to the database once a minute.

So nothing that a person waits for writes to the database. What was gathered since the last time is
lost if the process is killed. Posts aren't gathered: they are counted from the history.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from storage import usage
from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)

_PAUSE: Final = 60.0
"""Seconds between two additions."""
_MOST: Final = 10_000
"""Different messages, threads and servers that are kept in memory; further ones don't count."""


class UsageCounter:
    """Counts opened papers, searches and messages in threads, without persons."""

    def __init__(self, database: Database, *, weeks: int, now: Callable[[], datetime]) -> None:
        """Build it; nothing is written until `run`.

        Args:
            database: Where the counts are.
            weeks: For how many weeks they are kept; 0 turns counting off.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._weeks = weeks
        self._now = now
        self._gathered = usage.GatheredCounts()
        self._adding = usage.GatheredCounts()
        """What waits for its transaction."""
        self._one_at_a_time = asyncio.Lock()

    def paper_opened(self, guild_id: int | None, message_id: int) -> None:
        """Count that a paper was opened from a message, which may be one of a post."""
        if guild_id is not None and self._has_room:
            opens = self._gathered.opens
            opens[guild_id, message_id] = opens.get((guild_id, message_id), 0) + 1

    def searched(self, guild_id: int | None) -> None:
        """Count a search; `None` stands for one outside of servers."""
        self._count("searches", guild_id or usage.NOWHERE)

    def server_added(self, guild_id: int) -> None:
        """Count that a server has added the bot."""
        self._count("added", guild_id)

    def server_removed(self, guild_id: int) -> None:
        """Count that a server has removed the bot."""
        self._count("removed", guild_id)

    def forget_server(self, guild_id: int) -> None:
        """Move a server's gathered counts to the sums that belong to no server.

        To be called in the transaction in which the server is forgotten, so that they aren't added
        to the stored counts under its id later.
        """
        for gathered in (self._gathered, self._adding):
            gathered.forget_guild(guild_id)

    def _count(self, name: str, guild_id: int) -> None:
        if self._has_room:
            key = usage.week_of(self._now()), guild_id, name
            self._gathered.counts[key] = self._gathered.counts.get(key, 0) + 1

    def written_in_thread(self, guild_id: int, thread_id: int, *, is_own: bool) -> None:
        """Count a message of a person in a thread; `is_own` if the bot has opened the thread."""
        if self._has_room:
            messages = self._gathered.messages
            messages[guild_id, thread_id] = messages.get((guild_id, thread_id), 0) + 1
            if is_own:
                self._gathered.own_threads.add(thread_id)

    @property
    def _has_room(self) -> bool:
        return bool(self._weeks) and len(self._gathered) < _MOST

    async def run(self) -> None:
        """Turn counting on or off as the settings say, then add what was gathered, forever."""
        is_begun = False
        while True:
            try:
                if not is_begun:
                    await usage.begin(self._database, weeks=self._weeks)
                    is_begun = True
                await self.flush()
            except StorageError as error:
                log.warning("usage can't be counted, it is tried again: %s", error)
            await asyncio.sleep(_PAUSE)

    async def close(self) -> None:
        """Add what was gathered for the last time; it is lost if the database can't be written."""
        try:
            await self.flush()
        except StorageError as error:
            log.warning("what was counted since the last minute is lost: %s", error)

    async def flush(self) -> None:
        """Add what was gathered, and new posts, to the counts.

        If it is cancelled, what was gathered is lost: it may have been added, and nothing counts
        twice.

        Raises:
            StorageError: The database can't be written; what was gathered is kept.
        """
        if not self._weeks:
            return
        async with self._one_at_a_time:
            await self._flush()

    async def _flush(self) -> None:
        if not self._gathered and not await usage.is_behind(self._database):
            return
        self._adding, self._gathered = self._gathered, usage.GatheredCounts()
        try:
            await usage.add(self._database, self._adding, now=self._now(), weeks=self._weeks)
        except StorageError:
            self._gathered.merge(self._adding)
            raise
        finally:
            self._adding = usage.GatheredCounts()
