"""`daily-papers`, as a process that tries again soon what has failed.

    python impatient.py ARGUMENTS

Everything else is as in `daily-papers ARGUMENTS`.
"""

import functools
from pathlib import Path
from typing import Final
from unittest.mock import patch

from bot.__main__ import main
from bot.backoff import Backoff
from bot.cli import bot_process
from bot.cli.database_file import open_writable
from bot.client import ConnectionSettings
from bot.ingest import configured
from bot.sources.http import HttpClient
from storage.database import Database

_BACKOFF: Final = Backoff(first=0.05, longest=0.5)
_BUSY_TIMEOUT: Final = 0.2
"""Seconds that it waits for a locked database when it opens it."""


_open_database: Final = Database.open


async def open_soon(path: Path) -> Database:
    """Open a database, or fail soon if it is locked; once it is open, locks are waited for."""
    probe = await _open_database(path, busy_timeout=_BUSY_TIMEOUT)
    await probe.close()
    return await _open_database(path)


def become_impatient() -> None:
    """Replace how long the commands wait between attempts."""
    connection = functools.partial(
        ConnectionSettings, backoff=_BACKOFF, ready_after=0.05, identify_every=0.05
    )
    opening = functools.partial(open_writable, backoff=_BACKOFF)
    patch.object(bot_process, "ConnectionSettings", connection).start()
    patch.object(bot_process, "Backoff", lambda: _BACKOFF).start()
    patch.object(bot_process, "open_writable", opening).start()
    patch.object(configured, "HttpClient", functools.partial(HttpClient, backoff=0.05)).start()
    patch.object(Database, "open", open_soon).start()


if __name__ == "__main__":
    become_impatient()
    main()
