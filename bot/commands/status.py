"""`/status`: how the bot is, for those who run it, in direct messages."""

from typing import Any

import discord
from discord import app_commands

from bot.commands.services import Services
from bot.errors import UserError
from bot.ui.status import render_status


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/status`.

    No permission of a server says who runs the bot. So the command isn't offered in servers, where
    nearly everybody would only be refused.
    """
    label = services.label

    @tree.command(
        name=label("command-status-name"), description=label("command-status-description")
    )
    @app_commands.allowed_contexts(guilds=False, dms=True, private_channels=False)
    async def show_status(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        if not await services.operators.include(interaction):
            raise UserError("status-not-yours")
        embed = render_status(await services.status(), services.texts(interaction))
        await interaction.edit_original_response(
            embed=embed, allowed_mentions=discord.AllowedMentions.none()
        )
