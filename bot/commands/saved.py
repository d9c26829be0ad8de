"""`/saved`: the papers that a person has saved, their notes, and citations of all of them."""

import asyncio
from typing import Any, Final

import discord
from discord import app_commands

from bot.commands.citing import format_of
from bot.commands.components import PersistentItem, add_items, chosen_values
from bot.commands.saved_pages import show_page
from bot.commands.saving import SavedEntry, saved_entry
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import actions, cited
from bot.ui import saved as ui
from storage import saved_papers

_FILE_NAME: Final = "saved-papers"


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add `/saved`, and the components of its pages."""
    label = services.label

    @tree.command(name=label("command-saved-name"), description=label("command-saved-description"))
    async def saved(interaction: discord.Interaction[Any]) -> None:
        await show_page(interaction, 0, services, is_new=True)

    add_items(tree.client, services, SavedItem, SavedEntry)


class SavedItem(PersistentItem, template=actions.SAVED):
    """A button or menu below a page of saved papers."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Do what was pressed, with the papers of whoever pressed it."""
        page = int(self.state["page"])
        match self.state["action"]:
            case "page":
                await show_page(interaction, page, services, is_new=False)
            case "manage":
                await _manage(interaction, page, services)
            case "clear":
                await _ask(interaction, page, services)
            case "erase":
                await _erase(interaction, services)
            case name:
                await _send_files(interaction, name, services)


async def _manage(interaction: discord.Interaction[Any], page: int, services: Services) -> None:
    """Show the saved paper that was chosen, with its buttons."""
    entry = await saved_entry(interaction, chosen_values(interaction)[0], services)
    text, view = ui.render_entry(entry, services.texts(interaction), page=page)
    await interaction.response.edit_message(content=text, embed=None, view=view)


async def _ask(interaction: discord.Interaction[Any], page: int, services: Services) -> None:
    """Ask whether everything shall be deleted."""
    count = await saved_papers.count(services.database, interaction.user.id)
    text, view = ui.render_question(count, page, services.texts(interaction))
    await interaction.response.edit_message(content=text, embed=None, view=view)


async def _erase(interaction: discord.Interaction[Any], services: Services) -> None:
    count = await saved_papers.remove_all(services.database, interaction.user.id)
    text = services.texts(interaction)("saved-cleared", count=count)
    await interaction.response.edit_message(content=text, embed=None, view=None)


async def _send_files(interaction: discord.Interaction[Any], name: str, services: Services) -> None:
    """Send citations of all saved papers in a format."""
    to = format_of(name)
    await interaction.response.defer(ephemeral=True, thinking=True)
    papers = await saved_papers.facts(services.database, interaction.user.id)
    if not papers:
        raise UserError("saved-none")
    # Authors of a thousand papers can be many, and posts must not wait for them.
    files = await asyncio.to_thread(cited.citation_files, papers, to, _FILE_NAME)
    text = services.texts(interaction)("saved-file", count=len(papers), format=to.label)
    for file in files:
        await interaction.followup.send(text, file=file, ephemeral=True)
