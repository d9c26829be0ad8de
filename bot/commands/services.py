"""What the commands need, built once and handed to each."""

from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.cache import Cache
from bot.posting.service import PostingService
from config.texts import Catalogue, Texts
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of the running bot."""

    database: Database
    catalogue: Catalogue
    posting: PostingService
    cache: Cache

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
