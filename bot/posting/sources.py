"""What posts need of the sources of papers, and the runner of other work that is stored."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.jobs.runner import Kind
from storage.records import Trouble


class StoredWork(Protocol):
    """Work that stored jobs do beside the posts."""

    def kinds(self) -> Mapping[str, Kind]:
        """Return the handlers of its jobs, by kind."""

    async def start(self) -> None:
        """Write its jobs, due at once or soon."""

    async def check(self) -> None:
        """Write jobs that are missing."""


class Sources(StoredWork, Protocol):
    """Reads lists as stored jobs, and says whether the newest one could be read."""

    async def look_again(self) -> None:
        """Look at once which list is due: another post may be due soon."""

    def is_reading(self, due: datetime) -> bool:
        """Return whether the list for a post due at a moment is about to be read.

        It is true for a short time only, after the start of the bot.
        """

    async def is_unavailable(self, due: datetime) -> bool:
        """Return whether the list for a post due at a moment is missing because of a failure."""

    async def trouble(self) -> Trouble | None:
        """Return since when no source has brought papers, if that is two weekdays or more."""
