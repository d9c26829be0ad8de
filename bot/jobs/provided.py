"""Interface of a part of the bot that has kinds of jobs of its own."""

from collections.abc import Mapping
from typing import Protocol

from bot.jobs.runner import Kind


class JobProvider(Protocol):
    """Has kinds of jobs of its own, and writes those jobs by itself."""

    def kinds(self) -> Mapping[str, Kind]:
        """Return the handlers of its jobs, by kind."""

    async def start(self) -> None:
        """Write its jobs, before the first of them runs."""

    async def check(self) -> None:
        """Write jobs that are missing; called every hour and after the clock was set."""
