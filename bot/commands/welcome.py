"""The message in a server that has added the bot, and its button **Set up**."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import discord
from discord import app_commands

from bot.commands import setup_screen
from bot.commands.components import PersistentItem, add_items
from bot.commands.guild_texts import guild_texts
from bot.commands.schedule.options import check_manager
from bot.commands.services import Services
from bot.ui import actions
from bot.ui import help as ui
from storage import guilds, schedules

log = logging.getLogger(__name__)


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Register the button of welcomes of any age."""
    add_items(tree.client, services, SetUp)


class SetUp(PersistentItem, template=actions.WELCOME):
    """The welcome's button."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Open the set-up screen for a manager."""
        check_manager(interaction)
        opened = await setup_screen.open_new(interaction, services)
        await setup_screen.show(interaction, opened, services)


async def welcome(guild: discord.Guild, services: Services, *, now: datetime) -> None:
    """Say hello in a server, unless that was done before or it has schedules.

    Where the bot finds no channel for it, it never says hello there.

    Raises:
        StorageError: The database can't be used.
    """
    if not await guilds.claim_welcome(services.database, guild.id, at=now):
        return
    if await schedules.of_guild(services.database, guild.id):
        return
    channel = find_channel(guild)
    if channel is None:
        log.info("no channel to say hello in server %d", guild.id)
        return
    texts = await guild_texts(guild, services)
    text, view = ui.render_welcome(texts)
    try:
        await channel.send(
            text,
            view=view,
            allowed_mentions=discord.AllowedMentions.none(),
            nonce=f"hello{guild.id}",
        )
    except discord.RateLimited:
        # Nothing was sent. The next connection tries again.
        await guilds.give_back_welcome(services.database, guild.id)
        log.warning("no hello in server %d yet: Discord limits the bot's requests", guild.id)
    except discord.HTTPException as error:
        log.warning("can't say hello in server %d: %s", guild.id, error)


def find_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the channel for a welcome: the system channel, or the first one that all write in.

    `None` if the bot may write in no such channel.
    """
    system = guild.system_channel
    if system is not None and _may_write(system, guild.me):
        return system
    return next(
        (
            channel
            for channel in _text_channels(guild)
            if _may_write(channel, guild.me) and _may_write(channel, guild.default_role)
        ),
        None,
    )


def _text_channels(guild: discord.Guild) -> Iterator[discord.TextChannel]:
    """Yield the text channels as people see them, from top to bottom, without announcements."""
    for _, channels in guild.by_category():
        for channel in channels:
            if isinstance(channel, discord.TextChannel) and not channel.is_news():
                yield channel


def _may_write(channel: discord.TextChannel, who: discord.Member | discord.Role) -> bool:
    permissions = channel.permissions_for(who)
    return permissions.view_channel and permissions.send_messages
