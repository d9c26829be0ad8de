"""The language of a server: of what the bot says there unasked, and of its new schedules."""

import discord

from bot.commands.services import Services
from config.texts import Texts
from storage import guilds


async def guild_texts(guild: discord.Guild, services: Services) -> Texts:
    """Return the texts in the language chosen for a server, or else in the server's own.

    Raises:
        StorageError: The database can't be read.
    """
    chosen = await guilds.language(services.database, guild.id)
    return services.catalogue.for_locale(chosen or guild.preferred_locale.value)
