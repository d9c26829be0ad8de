"""Find the due jobs in the database: each second the new ones, once a minute all of them."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from storage import jobs
from storage.database import Database
from storage.records import Job

_RESCAN_SECONDS: Final = 60.0
"""How often all due jobs are read, not only those that became due since the last scan."""
_OVERLAP: Final = timedelta(seconds=2)
"""A job may be committed a moment after its due time, so each scan overlaps the one before."""


class Scanner:
    """Reads due jobs, one scan after the other."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        """Build it; `now` returns the wall clock, in UTC."""
        self._database = database
        self._now = now
        self._lock = asyncio.Lock()
        self._scanned_until: datetime | None = None
        self._rescan_at = 0.0

    def rescan(self) -> None:
        """Let the next scan read all due jobs, also if one is under way now."""
        self._rescan_at = 0.0

    async def scan(self) -> tuple[Job, ...]:
        """Return the jobs that became due since the last scan, or all due jobs."""
        async with self._lock:
            now = self._now()
            if self._scanned_until is None or now < self._scanned_until:
                self._rescan_at = 0.0
            since = None
            if monotonic() >= self._rescan_at:
                # Set before the read, since `rescan` may be called meanwhile.
                self._rescan_at = monotonic() + _RESCAN_SECONDS
            elif self._scanned_until is not None:
                since = self._scanned_until - _OVERLAP
            try:
                found = await jobs.due(self._database, now=now, since=since)
            except BaseException:
                self._rescan_at = 0.0
                raise
            self._scanned_until = now
            return found
