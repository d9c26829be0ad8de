"""What the commands need, built once and handed to each."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import discord
from discord import app_commands

from bot.commands.autocomplete import Autocompletes
from bot.posts.layouts import Selection
from bot.posts.outcomes import Nothing, Posted
from bot.posts.pace import Pace
from bot.recent import Recent
from config.texts import Catalogue, Texts
from storage.database import Database
from storage.records import Schedule
from storage.schedules import Limits


class Worker(Protocol):
    """What commands need of what posts."""

    def now(self) -> datetime:
        """Return the time that the bot goes by, in UTC."""

    def next_due(self, schedule: Schedule) -> datetime | None:
        """Return when a schedule posts next, in UTC; `None` while it is paused."""

    async def schedule_changed(self, schedule: Schedule) -> None:
        """Go by a schedule as it is now; a new one too."""

    async def schedule_removed(self, schedule_id: int) -> None:
        """Forget a schedule."""

    async def preview(self, schedule: Schedule) -> Selection | Nothing:
        """Return what would be posted if it were time."""

    async def post_now(self, schedule: Schedule, *, again: bool = False) -> Posted | Nothing:
        """Post what is newest, at once; what the channel has had only where `again` says so."""


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of the running bot."""

    database: Database
    catalogue: Catalogue
    worker: Worker
    recent: Recent
    pace: Pace
    limits: Limits = Limits()  # noqa: RUF009 - it is frozen
    """How many schedules a server and a channel may have."""
    autocompletes: Autocompletes = field(default_factory=Autocompletes)

    def texts(self, interaction: discord.Interaction[Any]) -> Texts:
        """Return the texts in the language of the person who asks."""
        return self.catalogue.for_locale(interaction.locale.value)

    def label(self, key: str) -> app_commands.locale_str:
        """Return a name or description for Discord's list of commands, in every language."""
        english = self.catalogue.for_locale(str(discord.Locale.american_english))
        return app_commands.locale_str(english(key), key=key)


class Translator(app_commands.Translator):
    """Gives Discord the names and descriptions of commands in each language there is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - discord.py's signature
    ) -> str | None:
        """Return a label's text in `locale`; `None` leaves the default, which is English."""
        texts = self._catalogue.for_locale(locale.value)
        key = string.extras.get("key")
        if key is None or texts.language != locale.value:
            return None
        return texts(key)
