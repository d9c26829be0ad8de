"""The paper of a button or menu, which may be older than what the database has by now."""

from typing import Any

import discord

from bot.commands.components import chosen_values
from bot.commands.services import Services
from bot.errors import UserError
from bot.ingest.live_lookup import Result, Unavailable, recall_any
from storage import papers
from storage.records import KnownPaper, ListedPaper, UnlistedPaper


async def chosen(interaction: discord.Interaction[Any], services: Services) -> ListedPaper:
    """Return the paper chosen in a menu.

    Raises:
        UserError: The paper doesn't exist any more.
    """
    listed = await papers.get(services.database, chosen_values(interaction)[0])
    if listed is None:
        raise UserError("paper-gone")
    return listed


async def known_paper(
    interaction: discord.Interaction[Any], arxiv_id: str, services: Services
) -> KnownPaper:
    """Return a paper with a button; it may take a request, for which the answer is deferred.

    Raises:
        UserError: The paper doesn't exist any more, or can't be looked up at the moment.
    """
    listed = await papers.get(services.database, arxiv_id)
    if listed is not None:
        return listed
    live = services.live_lookup
    if live is None:
        found: Result | None = await recall_any(services.database, arxiv_id)
    else:
        found = await live.recall(arxiv_id)
        if found is None:
            if not interaction.response.is_done():
                await interaction.response.defer(ephemeral=True, thinking=True)
            found = await live.find(arxiv_id)
    match found:
        case UnlistedPaper():
            return found
        case Unavailable(names):
            joined = services.texts(interaction).join(names)
            raise UserError("paper-services-down", id=arxiv_id, services=joined)
        case _:
            raise UserError("paper-gone")
