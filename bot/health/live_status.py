"""Collect what `/status` shows of the running bot."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.health import report
from bot.health.checker import Checker, WatchedParts
from bot.health.checks import WantedSources
from storage.errors import StorageError
from storage.records import Check, SourceKind, Status, StoredStatus

_SOURCE_AGE: Final = timedelta(hours=36)
"""How long ago a source may have been read, as `[http] source_max_hours` is by default."""


def wanted_sources(precedence: Sequence[tuple[str, SourceKind]]) -> WantedSources:
    """Return which sources are to be read, by the names and kinds of all sources."""
    return WantedSources(
        network=[name for name, kind in precedence if kind is not SourceKind.FOLDER],
        folders=[name for name, kind in precedence if kind is SourceKind.FOLDER],
        max_age=_SOURCE_AGE,
    )


class LiveStatus:
    """Finds out how the bot is that this process runs."""

    def __init__(self, watched: WatchedParts, sources: WantedSources) -> None:
        """Build it; `sources` are those of the settings."""
        self._watched = watched
        self._sources = sources
        self._checker = Checker(watched, sources)

    async def read(self) -> Status:
        """Return how the bot is; what can't be read is a check that fails."""
        database = self._watched.database
        checks = await self._checker.check()
        names = (*self._sources.network, *self._sources.folders)
        try:
            stored = await report.read(database, names, now=self._watched.now())
        except StorageError as error:
            stored = StoredStatus()
            checks.append(Check("file", is_ok=False, detail=str(error)))
        return Status(
            is_running=True,
            checks=checks,
            stored=stored,
            versions=report.versions(),
            database=database.path,
            database_bytes=database.size(),
        )
