"""The pages of the papers that a person has saved."""

from typing import Any

import discord

from bot.commands import responses
from bot.commands.services import Services
from bot.ui import saved as ui
from bot.ui.pager import Pager
from storage import saved_papers


async def show_page(
    interaction: discord.Interaction[Any], page: int, services: Services, *, is_new: bool
) -> None:
    """Show a page (0-based) of what the person has saved, or say that there is nothing.

    Args:
        interaction: A command, or a press on the message of the pages.
        page: The number of a page; one past the last gives the last page.
        services: The parts of the app.
        is_new: Whether it is a new message, instead of the one with the button.
    """
    texts, user_id = services.texts(interaction), interaction.user.id
    count = await saved_papers.count(services.database, user_id)
    pager = Pager.at(page, items=count, size=ui.PAGE)
    entries = await saved_papers.page(services.database, user_id, limit=ui.PAGE, offset=pager.first)
    if not entries:
        text = texts("saved-none")
        if is_new:
            await responses.send(interaction, text, ephemeral=True)
        else:
            await interaction.response.edit_message(content=text, embed=None, view=None)
        return
    embed, view = ui.render_page(entries, pager, count, texts)
    if is_new:
        await responses.send(interaction, embed=embed, view=view, ephemeral=True)
    else:
        await interaction.response.edit_message(content=None, embed=embed, view=view)
