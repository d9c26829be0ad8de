"""Interface of the sources of papers, as posts need it."""

from datetime import datetime
from typing import Protocol

from bot.jobs.provided import JobProvider
from storage.records import Trouble


class Sources(JobProvider, Protocol):
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
