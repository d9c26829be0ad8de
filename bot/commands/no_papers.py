"""What commands say while the database has no papers."""

from datetime import date
from typing import Any

import discord

from bot.commands.services import Services
from bot.errors import UserError
from storage import digests


async def find_newest_day(interaction: discord.Interaction[Any], services: Services) -> date:
    """Return the day of the newest list.

    Raises:
        UserError: There is none. People who manage the server read where the reason is.
    """
    newest = await services.cache.get("newest", lambda: digests.newest(services.database))
    if newest is not None:
        return newest
    if services.posting.is_reading():
        raise UserError("no-papers-yet-reading")
    is_manager = interaction.guild_id is not None and interaction.permissions.manage_guild
    raise UserError("no-papers-yet-manager" if is_manager else "no-papers-yet")
