"""The action that saves a paper, and the buttons and the form of one saved paper."""

import re
from typing import Any

import discord

from bot.commands import responses
from bot.commands.components import PersistentForm, PersistentItem
from bot.commands.known_papers import known_paper
from bot.commands.saved_pages import show_page
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import actions
from bot.ui import saved as ui
from storage import saved_papers
from storage.records import SavedPaper
from storage.saved_papers import MOST, Saving


class SavePaper(PersistentItem, template=actions.SAVE):
    """The button that saves a paper for whoever presses it."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Save the paper, or say that it is saved; offer to note and remove it."""
        arxiv_id, user_id = self.state["arxiv_id"], interaction.user.id
        entry = await saved_papers.get(services.database, user_id, arxiv_id)
        is_new = False
        if entry is None:
            known = await known_paper(interaction, arxiv_id, services)
            result = await saved_papers.save(
                services.database, user_id, known.paper, at=interaction.created_at
            )
            if result is Saving.FULL:
                raise UserError("saved-full", most=MOST)
            is_new = result is Saving.SAVED
            entry = await saved_entry(interaction, arxiv_id, services)
        texts = services.texts(interaction)
        text, view = ui.render_entry(entry, texts, page=None, is_new=is_new)
        await responses.send(interaction, text, view=view, ephemeral=True)


async def saved_entry(
    interaction: discord.Interaction[Any], arxiv_id: str, services: Services
) -> SavedPaper:
    """Return a paper that the person has saved.

    Raises:
        UserError: They have removed it meanwhile.
    """
    entry = await saved_papers.get(services.database, interaction.user.id, arxiv_id)
    if entry is None:
        raise UserError("saved-gone")
    return entry


class SavedEntry(PersistentItem, template=actions.ENTRY):
    """A button of one saved paper."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Open the form of the note, or remove the paper."""
        entry = await saved_entry(interaction, self.state["arxiv_id"], services)
        texts = services.texts(interaction)
        page = page_of(self.state)
        match self.state["action"]:
            case "note":
                await interaction.response.send_modal(ui.NoteForm(entry, page, texts))
            case "remove":
                await saved_papers.remove(services.database, interaction.user.id, entry.arxiv_id)
                if page is None:
                    text, view = ui.render_removed(entry, texts)
                    await interaction.response.edit_message(content=text, view=view)
                else:
                    await show_page(interaction, page, services, is_new=False)
            case _:
                raise UserError("error-outdated")


class NoteForm(PersistentForm):
    """The form of a note."""

    template = re.compile(actions.ENTRY)

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Store the note, and show it in the place of what the form was opened from."""
        arxiv_id, page = self.state["arxiv_id"], page_of(self.state)
        note = ui.tidy_note(next(iter(self.values.get(ui.NOTE_FIELD, ())), ""))
        await saved_papers.set_note(services.database, interaction.user.id, arxiv_id, note)
        entry = await saved_entry(interaction, arxiv_id, services)
        if page is None:
            text, view = ui.render_entry(entry, services.texts(interaction), page=None)
            await interaction.response.edit_message(content=text, view=view)
        else:
            await show_page(interaction, page, services, is_new=False)


def page_of(state: dict[str, str]) -> int | None:
    """Return the page that a button goes back to; `None` if there is none."""
    page: str | None = state["page"]
    return int(page) if page is not None else None
