"""Answers to interactions, whether they were deferred or not."""

from typing import Any

import discord

from bot.commands.paper_cards import PaperCard
from bot.ui.full_text import FullText
from bot.ui.paper_actions import Place


async def send(interaction: discord.Interaction[Any], *args: Any, **more: Any) -> None:  # noqa: ANN401 - passed on
    """Answer an interaction, which may be deferred; if it is, that decided who sees the answer."""
    if interaction.response.is_done():
        await interaction.followup.send(*args, **more)
    else:
        await interaction.response.send_message(*args, **more)


async def send_card(
    interaction: discord.Interaction[Any], card: PaperCard, place: Place, *, is_private: bool
) -> None:
    """Answer an interaction with a paper's card."""
    await send(interaction, embed=card.embed, view=card.view(place), ephemeral=is_private)


async def send_text(interaction: discord.Interaction[Any], text: FullText) -> None:
    """Send a paper's text in private."""
    first, *others = text.embeds
    if text.file is not None:
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(embed=first, file=text.file, ephemeral=True)
        return
    await send(interaction, embed=first, ephemeral=True)
    for embed in others:
        await interaction.followup.send(embed=embed, ephemeral=True)
