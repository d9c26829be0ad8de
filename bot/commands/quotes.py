"""The button that shows what a written text rests on, and those that turn its pages."""

from typing import Any

import discord

from bot.commands.components import PersistentItem
from bot.commands.services import Services
from bot.commands.written import find_written
from bot.ui import actions
from bot.ui.quotes import QuotedSection, render_quotes


class ShowQuotes(PersistentItem, template=actions.QUOTES):
    """The button that shows each sentence of a written text with its quote."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the first page in private, or turn to the page of the button."""
        shown = await find_written(services, self.state["arxiv_id"], self.state["language"])
        page = self.state["page"]
        quoted = [
            QuotedSection(
                section.heading,
                tuple((sentence.text, sentence.quote) for sentence in section.sentences),
            )
            for section in shown.text.sections
        ]
        embed, view = render_quotes(
            shown.listed.paper, shown.chosen, quoted, services.texts(interaction), int(page or 0)
        )
        if page is None:
            await interaction.response.send_message(embed=embed, view=view, ephemeral=True)
        else:
            await interaction.response.edit_message(embed=embed, view=view)
