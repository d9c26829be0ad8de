"""The buttons below a paper's card, and the menu of further actions."""

from typing import Any, Final

import discord
from discord import app_commands

from bot.commands import responses
from bot.commands.citing import CiteInFormat, CitePaper
from bot.commands.components import PersistentItem, add_items, chosen_values
from bot.commands.discussions import DiscussPaper
from bot.commands.known_papers import known_paper
from bot.commands.quotes import ShowQuotes
from bot.commands.reporting import ReportText
from bot.commands.saving import SavePaper
from bot.commands.services import Services
from bot.commands.sharing import SharePaper
from bot.commands.similar import ShareSimilar, ShowSimilar
from bot.errors import UserError
from bot.ui import actions
from bot.ui.full_text import render_abstract, render_full_text


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Register the buttons of cards of any age."""
    add_items(tree.client, services, *KINDS, MoreActions, CiteInFormat, ShareSimilar)


class ShowWhole(PersistentItem, template=actions.FULL_TEXT):
    """The button that shows a paper's whole text."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the paper's whole text in private."""
        known = await known_paper(interaction, self.state["arxiv_id"], services)
        texts = services.texts(interaction)
        text = render_full_text(known, texts)
        await responses.send_text(interaction, known.paper.arxiv_id, text, texts)


class ShowAbstract(PersistentItem, template=actions.ABSTRACT):
    """The button that shows a paper's whole abstract."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the paper's abstract in private."""
        known = await known_paper(interaction, self.state["arxiv_id"], services)
        texts = services.texts(interaction)
        abstract = render_abstract(known, texts)
        if abstract is None:
            raise UserError("paper-abstract-gone")
        await responses.send_text(interaction, known.paper.arxiv_id, abstract, texts)


KINDS: Final[tuple[type[PersistentItem], ...]] = (
    ShowWhole,
    ShowQuotes,
    SavePaper,
    DiscussPaper,
    SharePaper,
    ShowSimilar,
    ShowAbstract,
    CitePaper,
    ReportText,
)
"""What answers the actions of `bot.ui.paper_actions.ACTIONS`."""


class MoreActions(PersistentItem, template=actions.MORE):
    """The menu of the actions that are not buttons; its values are `custom_id`s of buttons."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Do what the button of the chosen action would do."""
        value = chosen_values(interaction)[0]
        for kind in KINDS:
            if (state := kind.state_in(value)) is not None:
                button = discord.ui.Button[Any](custom_id=value)
                await kind(button, state).answer(interaction, services)
                return
        raise UserError("error-outdated")
