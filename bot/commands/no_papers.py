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
    newest = await _newest(services)
    if newest is not None:
        return newest
    raise UserError(_key(services, is_manager=_is_manager(interaction)))


async def no_papers_key(
    services: Services, interaction: discord.Interaction[Any] | None = None
) -> str | None:
    """Return the key of the text that says that there are no papers; `None` if there are.

    Without an interaction it is for everyone.
    """
    if await _newest(services) is not None:
        return None
    return _key(services, is_manager=interaction is not None and _is_manager(interaction))


async def _newest(services: Services) -> date | None:
    return await services.cache.get("newest", lambda: digests.newest(services.database))


def _is_manager(interaction: discord.Interaction[Any]) -> bool:
    return interaction.guild_id is not None and interaction.permissions.manage_guild


def _key(services: Services, *, is_manager: bool) -> str:
    if services.posting.is_reading():
        return "no-papers-yet-reading"
    return "no-papers-yet-manager" if is_manager else "no-papers-yet"
