"""The action that cites a paper, and the buttons to further formats."""

from typing import Any

import discord

from bot.citations import Format
from bot.commands import responses
from bot.commands.components import PersistentItem
from bot.commands.known_papers import known_paper
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import actions, cited


class CitePaper(PersistentItem, template=actions.CITE):
    """The button that shows a paper's BibTeX."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the citation in private."""
        known = await known_paper(interaction, self.state["arxiv_id"], services)
        message = cited.render_citation(known.paper, services.texts(interaction))
        await responses.send(interaction, **message, ephemeral=True)


class CiteInFormat(PersistentItem, template=actions.CITATION):
    """The button that sends a paper's citation as a file."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Send the file in private."""
        to = format_of(self.state["format"])
        known = await known_paper(interaction, self.state["arxiv_id"], services)
        await responses.send(interaction, file=cited.citation_file(known.paper, to), ephemeral=True)


def format_of(name: str) -> Format:
    """Return the format that a `custom_id` names.

    Raises:
        UserError: There is none of that name.
    """
    try:
        return Format(name)
    except ValueError:
        raise UserError("error-outdated") from None
