"""`/schedule`: manage a server's scheduled posts."""

from typing import Any

import discord
from discord import app_commands

from bot.commands.schedule import changing, keeping, listing, options, posting
from bot.commands.schedule.options import Interaction
from bot.commands.services import Services


class _ManagerGroup(app_commands.Group):
    """A command group that requires the permission to manage the server.

    Discord hides the commands from others, unless the server's settings say otherwise; so the bot
    checks the permission, too.
    """

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Check that the user may manage the server."""
        if interaction.guild is not None:
            options.check_manager(interaction)
        return True


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/schedule`, its subcommands, and the buttons of their responses."""
    label = services.label
    group = _ManagerGroup(
        name=label("command-schedule-name"),
        description=label("command-schedule-description"),
        default_permissions=discord.Permissions(manage_guild=True),
        # Without these, the group would inherit the tree's settings, which allow everything.
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    changing.register(group, services)
    keeping.register(group, services)
    listing.register(group, services, tree.client)
    posting.register(group, services, tree.client)
    tree.add_command(group)
