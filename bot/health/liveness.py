"""Whether the process itself works: its event loop runs, and the database can be written."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.health import checks
from bot.health.loop_lag import LoopLag
from storage.database import Database
from storage.errors import StorageError
from storage.patience import set_write_timeout
from storage.records import Check

log = logging.getLogger(__name__)

LONGEST_CHECK: Final = 5.0
"""Seconds that a check may take."""
LONGEST_WRITE: Final = 60.0
"""Seconds that a single write may take; the bot's are done in less than one."""
_LONGEST_WAIT: Final = 2.0
"""Seconds for which the check of the database waits for other writers."""


class Liveness:
    """Checks the process between `start` and `stop`."""

    def __init__(
        self,
        database: Database,
        *,
        most_lag: float = checks.MOST_LAG,
        longest_write: float = LONGEST_WRITE,
    ) -> None:
        """Build it.

        Args:
            database: The one that is written.
            most_lag: Seconds for which the event loop may stand still.
            longest_write: Seconds after which a write counts as hanging.
        """
        self._database = database
        self._longest_write = longest_write
        self._most_lag = most_lag
        self._lag = LoopLag()
        self._writing: asyncio.Task[Check] | None = None
        """The check of the database that runs now; all who ask meanwhile share it."""

    def start(self) -> None:
        """Begin to measure the running event loop."""
        self._lag.start()

    def stop(self) -> None:
        """Stop measuring."""
        self._lag.stop()
        if self._writing is not None:
            self._writing.cancel()

    @property
    def lag(self) -> float:
        """The longest time by which the event loop was late in the last while, in seconds."""
        return self._lag.longest()

    async def check(self) -> list[Check]:
        """Return what comes of the checks."""
        if self._writing is None or self._writing.done():
            writing = try_check("database", self._check_writable)
            self._writing = asyncio.create_task(writing, name="health: check the database")
        database = await asyncio.shield(self._writing)
        return [checks.check_event_loop(self.lag, most=self._most_lag), database]

    def hangs(self) -> str | None:
        """Return why only a restart helps; `None` if the process doesn't hang.

        That the event loop runs, whoever calls this sees for themselves. A full disk, a database
        that another program has locked, and many writes that wait for each other are no reason: a
        restart changes nothing about them.
        """
        seconds = self._database.writing_for
        if seconds > self._longest_write:
            return f"a write to the database has not ended for {seconds:.0f} seconds"
        return None

    async def _check_writable(self) -> Check:
        set_write_timeout(_LONGEST_WAIT)
        await self._database.check_writable()
        return Check("database", is_ok=True, detail="can be written")


async def try_check(name: str, check: Callable[[], Awaitable[Check]]) -> Check:
    """Run a check that may fail itself, within a time limit."""
    try:
        async with asyncio.timeout(LONGEST_CHECK):
            return await check()
    except StorageError as error:
        return Check(name, is_ok=False, detail=str(error))
    except TimeoutError:
        return Check(name, is_ok=False, detail=f"no answer within {LONGEST_CHECK:.0f} s")
    except Exception as error:
        log.exception("the check of %s failed", name)
        return Check(name, is_ok=False, detail=f"failed: {type(error).__name__}")
