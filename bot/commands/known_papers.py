"""The paper of a button or menu, which may be older than what the database has by now."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import discord

from bot.commands.components import chosen_values
from bot.commands.no_papers import no_papers_key
from bot.commands.paper_cards import describe_missing
from bot.commands.services import Services
from bot.errors import UserError
from bot.ingest.live_lookup import NotFound, Result, Unavailable, recall_any
from bot.ui.actions import StaticView
from bot.ui.papers import list_names, render_suggestions
from config.texts import Texts
from storage import papers, suggestions
from storage.records import KnownPaper, ListedPaper, UnlistedPaper


async def find_chosen(interaction: discord.Interaction[Any], services: Services) -> ListedPaper:
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
    found = await look_up(services, arxiv_id, lambda: deferral(interaction))
    match found:
        case UnlistedPaper():
            return found
        case Unavailable(names):
            joined = services.texts(interaction).join(names)
            raise UserError("paper-services-down", id=arxiv_id, services=joined)
        case _:
            raise UserError("paper-gone")


async def look_up(
    services: Services, arxiv_id: str, progress: Callable[[], AbstractAsyncContextManager[None]]
) -> Result | None:
    """Return what services say of a paper that no list has; `None` if look-ups are turned off.

    Args:
        services: The parts of the app.
        arxiv_id: The paper's id.
        progress: Entered while the services are asked, which can take seconds.
    """
    live = services.live_lookup
    if live is None:
        return await recall_any(services.database, arxiv_id)
    found = await live.recall(arxiv_id)
    if found is not None:
        return found
    async with progress():
        return await live.find(arxiv_id)


async def explain_missing(
    services: Services,
    arxiv_id: str,
    missing: NotFound | Unavailable | None,
    texts: Texts,
    interaction: discord.Interaction[Any] | None = None,
) -> tuple[str, StaticView]:
    """Return the text and the buttons for an id that no paper has, with papers of similar ids.

    `missing` is what `look_up` returned. Without an interaction it is for everyone.
    """
    near = await suggestions.near(services.database, arxiv_id)
    text = describe_missing(arxiv_id, missing, near, texts)
    if (key := await no_papers_key(services, interaction)) is not None:
        text += "\n" + texts(key)
    text = list_names(text, near, texts)
    return text, render_suggestions(arxiv_id, near, texts, private=interaction is not None)


@asynccontextmanager
async def deferral(interaction: discord.Interaction[Any]) -> AsyncIterator[None]:
    """Defer a private answer, unless that was done."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True, thinking=True)
    yield
