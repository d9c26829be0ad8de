"""Write what concerns the bot as a whole into all log channels, each time once."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from storage import guild_log, key_value
from storage.database import Database
from storage.records import LogKind, NewLogEntry, Trouble

log = logging.getLogger(__name__)

_VERSION: Final = "announced version"
_NO_PAPERS: Final = "announced no papers since"


async def report_update(database: Database, version: str, *, now: datetime) -> None:
    """Announce that the bot was updated, if another version has run on the database before.

    Args:
        database: Where the servers are.
        version: The version that runs now.
        now: The wall clock, in UTC.
    """
    before = await key_value.get(database, _VERSION)
    if before != version:
        facts = {"old": before, "new": version} if before is not None else None
        await _announce(database, _VERSION, version, LogKind.UPDATED, facts, now)


async def report_no_papers(database: Database, trouble: Trouble | None, *, now: datetime) -> None:
    """Announce that no source has brought papers for two weekdays, once while that lasts.

    Args:
        database: Where the servers are.
        trouble: `None` if papers come.
        now: The wall clock, in UTC.
    """
    if trouble is None:
        return
    since = trouble.since.isoformat()
    announced = await key_value.get(database, _NO_PAPERS)
    if announced is None or announced < since:
        facts = {"since": since, "sources": list(trouble.sources)}
        await _announce(database, _NO_PAPERS, since, LogKind.NO_PAPERS, facts, now)


async def _announce(  # noqa: PLR0917 - all that one transaction writes
    database: Database,
    key: str,
    value: str,
    kind: LogKind,
    facts: Mapping[str, Any] | None,
    now: datetime,
) -> None:
    """Remember that something was announced, and write entries for it, unless it has no facts."""
    async with database.transaction(durable=True) as writer:
        await key_value.put_in(writer, key, value)
        if facts is not None:
            servers = await guild_log.add_everywhere(
                writer, NewLogEntry(kind=kind, at=now, facts=facts)
            )
            log.info("added to the logs of %d servers: %s", servers, kind.replace("_", " "))
