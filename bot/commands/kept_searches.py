"""Searches that are stored for buttons, such as those with the nearest spellings."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

import discord

from bot.commands.services import Services
from bot.ui.search_results import render_corrections
from storage import searches
from storage.errors import StorageError
from storage.patience import set_write_timeout
from storage.search import Request

_WRITE_TIMEOUT: Final = 0.5
"""Seconds to wait for another process that writes, before an answer comes without buttons."""


async def keep_search(
    interaction: discord.Interaction[Any], services: Services, request: Request
) -> int | None:
    """Store a search for its buttons, and return its id; `None` if that isn't possible now."""
    set_write_timeout(_WRITE_TIMEOUT)
    with suppress(StorageError):
        return await searches.keep(services.database, request, today=interaction.created_at.date())
    return None


async def add_corrections(
    interaction: discord.Interaction[Any],
    services: Services,
    view: discord.ui.View,
    request: Request,
    similar: Sequence[str],
) -> None:
    """Add a button to a message for each of the nearest spellings, which searches for it.

    Args:
        interaction: Of the person who searched.
        services: The parts of the app.
        view: Of the message.
        request: What was searched for.
        similar: Queries with all of its terms, those of the options included.
    """
    kept = [
        (
            text,
            await keep_search(
                interaction, services, replace(request, text=text, author="", org="")
            ),
        )
        for text in similar
    ]
    found = [(text, search_id) for text, search_id in kept if search_id is not None]
    for button in render_corrections(found, interaction.user.id):
        view.add_item(button)
