"""The log channel of a server: choose it, and say whether the bot can write there."""

import discord

from bot.commands.schedule import options
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services
from bot.errors import UserError
from bot.posting.channels import LOG_KINDS, facts_of, missing_for_log
from config.texts import Texts
from storage import guild_log


async def describe(interaction: Interaction, services: Services) -> str | None:
    """Return which channel of the server is its log, and what is in the way there.

    `None` if it has none.
    """
    guild, texts = options.guild_of(interaction), services.texts(interaction)
    channel_id = await guild_log.channel_of(services.database, guild.id)
    return None if channel_id is None else _describe(guild, channel_id, texts)


def _describe(guild: discord.Guild, channel_id: int, texts: Texts) -> str:
    channel = guild.get_channel(channel_id)
    if channel is None:
        return texts("log-channel-gone")
    missing = missing_for_log(facts_of(channel, channel.permissions_for(guild.me)))
    if not missing:
        return texts("log-channel", channel=str(channel_id))
    names = ", ".join(texts(f"permission-{name}") for name in missing)
    return texts("log-channel-lacks", channel=str(channel_id), permissions=names)


async def find_channel_id(interaction: Interaction, services: Services) -> int | None:
    """Return the log channel of the server as long as it is there; `None` if it has none."""
    guild = options.guild_of(interaction)
    channel_id = await guild_log.channel_of(services.database, guild.id)
    is_there = channel_id is not None and guild.get_channel(channel_id) is not None
    return channel_id if is_there else None


async def choose(interaction: Interaction, value: str, services: Services) -> None:
    """Make a channel the log of the server, or none if the value is empty.

    Raises:
        UserError: It is no channel of the server that the bot could write in.
    """
    guild = options.guild_of(interaction)
    if not value:
        await guild_log.set_channel(services.database, guild.id, None)
        return
    channel = guild.get_channel(int(value)) if value.isascii() and value.isdigit() else None
    if channel is None or channel.type not in LOG_KINDS:
        raise UserError("log-channel-bad", channel=value[:20])
    await guild_log.set_channel(services.database, guild.id, channel.id)
