"""What `status` shows: read from the database without writing, and from a bot that serves it."""

import asyncio
import http.client
import json
from datetime import datetime
from typing import Any, Final

from bot.cli.wanted_sources import wanted_sources
from bot.health import report
from bot.health.checks import check_jobs, check_sources
from config.settings import Http, Settings
from storage.database import Database
from storage.errors import StorageError
from storage.process_lock import ProcessLock
from storage.records import Check, Status, StoredStatus

_LONGEST_ANSWER: Final = 10.0
"""Seconds that the bot may take to answer."""
_EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - asked, not bound


async def read_status(settings: Settings, *, now: datetime, has_database: bool) -> Status:
    """Find out how the bot is; what can't be read is a check that fails.

    Args:
        settings: Those that the bot runs with.
        now: The wall clock, in UTC.
        has_database: Whether there is a file.
    """
    checks, is_running = await asyncio.to_thread(_check_process, settings)
    stored, size = StoredStatus(), 0
    if not has_database:
        checks.append(Check("file", is_ok=False, detail="there is none yet"))
    else:
        try:
            async with await Database.open_read_only(settings.database) as database:
                size = database.size()
                wanted = wanted_sources(settings)
                names = (*wanted.network, *wanted.folders)
                stored = await report.read(database, names, now=now)
                checks += [
                    await check_sources(database, wanted, now=now),
                    await check_jobs(database, now=now),
                    Check("file", is_ok=True, detail="can be read"),
                ]
        except StorageError as error:
            checks.append(Check("file", is_ok=False, detail=str(error)))
    # What a running bot says of itself is better than what its file says.
    by_name = {check.name: check for check in reversed(checks)}
    return Status(
        is_running=is_running,
        checks=list(reversed(by_name.values())),
        stored=stored,
        versions=report.versions(),
        database=settings.database,
        database_bytes=size,
    )


def _check_process(settings: Settings) -> tuple[list[Check], bool]:
    """Return what is to be found out of the process, and whether there is one."""
    try:
        is_running = ProcessLock(settings.database).is_held_elsewhere()
    except StorageError as error:
        return [Check("lock", is_ok=False, detail=str(error))], False
    if not is_running:
        return [
            Check("lock", is_ok=False, detail="no process holds it: the bot doesn't run")
        ], False
    lock = Check("lock", is_ok=True, detail="held by the bot")
    if settings.http.port is None:
        return [lock], True
    try:
        return [*_ask(settings.http, settings.http.port), lock], True
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError) as error:
        detail = f"/readyz doesn't answer as expected: {str(error) or type(error).__name__}"
        return [Check("http", is_ok=False, detail=detail), lock], True


def _ask(settings: Http, port: int) -> list[Check]:
    """Return the checks of the running bot, as its `/readyz` says them."""
    host = "127.0.0.1" if settings.host in _EVERYWHERE else settings.host
    connection = http.client.HTTPConnection(host, port, timeout=_LONGEST_ANSWER)
    try:
        connection.request("GET", "/readyz")
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return [
        Check(
            name,
            bool(values["ok"]),
            str(values["detail"]),
            {key: value for key, value in values.items() if key not in {"ok", "detail"}},
        )
        for name, values in answer["checks"].items()
    ]
