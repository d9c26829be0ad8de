"""Keep the full-text index in step with the papers while the bot runs.

No stored job: what is to be indexed is in the database anyway, also after a crash.
"""

import asyncio
import logging
from typing import Final

from bot.backoff import Backoff
from bot.retry import retry
from storage import search_index
from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)

_INTERVAL: Final = 1.0
"""Seconds between two looks at what is to be indexed; other processes store papers, too."""
_MANY: Final = 1_000
"""So many papers in one go are worth a line in the log: they were stored by an older version, or
are years of digests."""


async def keep_indexed(database: Database, *, backoff: Backoff) -> None:
    """Index papers that have changed, between other work, until the task is cancelled.

    Args:
        database: Where they are.
        backoff: How long to wait after failures.
    """
    while True:
        indexed = await retry(
            "index papers for the search",
            lambda: search_index.catch_up(database),
            backoff=backoff,
            transient=lambda error: isinstance(error, StorageError),
        )
        if indexed >= _MANY:
            log.info("indexed %d papers for the search", indexed)
        await asyncio.sleep(_INTERVAL)
