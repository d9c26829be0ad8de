"""`/mydata`: show, export and delete what is stored about a person, or about a server."""

import asyncio
from typing import Any

import discord
from discord import app_commands

from bot.commands import responses
from bot.commands.card_contexts import is_in_server
from bot.commands.components import PersistentItem, add_items
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import actions
from bot.ui import mydata as ui
from storage import personal_data, schedules


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/mydata`, and the buttons of its questions."""
    label = services.label
    group = app_commands.Group(
        name=label("command-mydata-name"), description=label("command-mydata-description")
    )

    @group.command(
        name=label("command-mydata-show-name"),
        description=label("command-mydata-show-description"),
    )
    async def show(interaction: discord.Interaction[Any]) -> None:
        summary = await personal_data.summary(services.database, interaction.user.id)
        text = ui.render_summary(summary, services.texts(interaction))
        await responses.send(interaction, text, ephemeral=True)

    @group.command(
        name=label("command-mydata-export-name"),
        description=label("command-mydata-export-description"),
    )
    async def export(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        data = await personal_data.export(services.database, interaction.user.id, at=services.now())
        file = await asyncio.to_thread(ui.export_file, data)
        text = services.texts(interaction)("mydata-file")
        await interaction.followup.send(text, file=file, ephemeral=True)

    @group.command(
        name=label("command-mydata-forget-name"),
        description=label("command-mydata-forget-description"),
    )
    async def forget(interaction: discord.Interaction[Any]) -> None:
        texts = services.texts(interaction)
        summary = await personal_data.summary(services.database, interaction.user.id)
        if summary.is_empty:
            await responses.send(interaction, ui.render_summary(summary, texts), ephemeral=True)
            return
        text, view = ui.render_question(summary, texts)
        await responses.send(interaction, text, view=view, ephemeral=True)

    @group.command(
        name=label("command-mydata-forget-server-name"),
        description=label("command-mydata-forget-server-description"),
    )
    async def forget_server(interaction: discord.Interaction[Any]) -> None:
        guild = _owned_server(interaction)
        found = await schedules.of_guild(services.database, guild.id)
        text, view = ui.render_server_question(guild.name, len(found), services.texts(interaction))
        await responses.send(interaction, text, view=view, ephemeral=True)

    tree.add_command(group)
    add_items(tree.client, services, Forget)


class Forget(PersistentItem, template=actions.MY_DATA):
    """A button that deletes everything; what that is, is decided when it is pressed."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Delete what is stored about whoever pressed it, or about their server."""
        match self.state["action"]:
            case "forget":
                await services.forgetting.forget_person(interaction.user.id)
                key = "mydata-forgotten"
            case "server":
                guild = _owned_server(interaction)
                channels = [each.id for each in (*guild.channels, *guild.threads)]
                is_complete = await services.forgetting.forget_server(guild.id, channels)
                key = "mydata-server-forgotten" if is_complete else "mydata-server-finishing"
            case _:
                raise UserError("error-outdated")
        text = services.texts(interaction)(key)
        await interaction.response.edit_message(content=text, view=None)


def _owned_server(interaction: discord.Interaction[Any]) -> discord.Guild:
    """Return the server of an interaction by its owner.

    Raises:
        UserError: It comes from elsewhere, or from somebody else.
    """
    if interaction.guild_id is None:
        raise UserError("error-guild-only")
    guild = interaction.guild
    if guild is None or not is_in_server(interaction):
        raise UserError("error-not-in-guild")
    if guild.owner_id != interaction.user.id:
        raise UserError("mydata-owner-only")
    return guild
