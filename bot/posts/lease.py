"""Who posts: of several processes on one database, the one that holds the lease."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Final

from storage import leases
from storage.database import Database
from storage.errors import LeaseLostError, StorageError

log = logging.getLogger(__name__)

_UNKNOWN: Final = "?"
"""In place of the holder while the database can't be asked."""


class Lease:
    """Taken, renewed, and given back; by the machine's clock, whatever time the bot goes by."""

    def __init__(self, database: Database, *, lasting: timedelta = timedelta(seconds=30)) -> None:
        """Make one that nobody holds yet.

        Args:
            database: Which one it is for.
            lasting: After which time it is another's to take, unless it is renewed; that is done
                three times as often.
        """
        self._database = database
        self._lasting = lasting
        self._every = lasting.total_seconds() / 3
        self._valid_until = 0.0
        self._task: asyncio.Task[None] | None = None
        self._stopped = asyncio.Event()
        self.holder = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"

    @property
    def is_held(self) -> bool:
        """Whether it is held now, for certain."""
        return monotonic() < self._valid_until

    def check(self) -> None:
        """See that it is held.

        Raises:
            LeaseLostError: It is not, or it may be another's by now.
        """
        if not self.is_held:
            raise LeaseLostError(f"{self.holder} does not hold the lease any more")

    def start(
        self, on_taken: Callable[[], Awaitable[None]], on_lost: Callable[[], Awaitable[None]]
    ) -> None:
        """Renew it from now on; say when it is lost, and when it is taken again."""
        self._task = asyncio.create_task(self._keep(on_taken, on_lost))

    async def wait(self) -> bool:
        """Wait until it can be taken, and take it; `False` where it was stopped first."""
        other = await self._take()
        if other is None:
            return True
        if other != _UNKNOWN:
            log.warning("another process (%s) works on this database: this one stands by", other)
        while other is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), self._every)
                return False
            other = await self._take()
        log.warning("this process has the lease and works from now on")
        return True

    async def stop(self) -> None:
        """Give it back, so that another process need not wait for it to lapse; wait no more."""
        self._stopped.set()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        if self._valid_until:
            self._valid_until = 0.0
            await leases.give_up(self._database, leases.POSTS, self.holder)

    async def _take(self) -> str | None:
        """Take or renew it; return who has it, where that is another or cannot be told."""
        before = monotonic()
        try:
            other = await leases.take(
                self._database,
                leases.POSTS,
                self.holder,
                at=datetime.now(UTC),
                lasting=self._lasting,
            )
        except StorageError as error:
            log.warning("the lease can't be renewed: %s", error)
            return None if self.is_held else _UNKNOWN
        # A part is left for the way that a request is on when it lapses.
        self._valid_until = before + self._lasting.total_seconds() * 0.8 if other is None else 0.0
        return other

    async def _keep(
        self, on_taken: Callable[[], Awaitable[None]], on_lost: Callable[[], Awaitable[None]]
    ) -> None:
        while True:
            await asyncio.sleep(self._every)
            other = await self._take()
            if other is not None:
                log.error("the lease is lost (holder: %s): nothing is sent", other)
                self._valid_until = 0.0
                await on_lost()
                await self.wait()
                await on_taken()
