"""Responses to interactions, whether they were deferred or not."""

from typing import Any

import discord

from bot.commands.paper_cards import PaperCard, cached_card
from bot.commands.services import Services
from bot.ui.full_text import FullText
from bot.ui.paper_actions import CardContext, render_written_actions
from config.texts import Texts


async def send(interaction: discord.Interaction[Any], *args: Any, **more: Any) -> None:  # noqa: ANN401 - passed on
    """Answer an interaction, which may be deferred; if it is, that decided who sees the answer."""
    if interaction.response.is_done():
        await interaction.followup.send(*args, **more)
    else:
        await interaction.response.send_message(*args, **more)


async def send_card(
    interaction: discord.Interaction[Any],
    card: PaperCard,
    services: Services,
    context: CardContext,
    *,
    is_private: bool,
) -> None:
    """Answer an interaction with a paper's card.

    If the paper has no text in the reader's language, it is written, and the card is edited when it
    is there.
    """
    view = card.view(context)
    sent: discord.WebhookMessage | None = None
    if interaction.response.is_done():
        sent = await interaction.followup.send(
            embed=card.embed, view=view, ephemeral=is_private, wait=True
        )
    else:
        await interaction.response.send_message(embed=card.embed, view=view, ephemeral=is_private)

    async def update() -> None:
        today = interaction.created_at.date()
        new = await cached_card(services, card.opened.arxiv_id, card.texts, today)
        if new is None or new.lacks_text:
            return
        # Nobody else can change a private message.
        if not is_private and await _is_changed(interaction, sent):
            return
        changes: dict[str, Any] = {"embed": new.embed, "view": new.view(context)}
        if sent is None:
            await interaction.edit_original_response(**changes)
        else:
            await interaction.followup.edit_message(sent.id, **changes)

    if card.lacks_text:
        services.awaited_texts.follow(card.opened.arxiv_id, card.texts.language, update)


async def _is_changed(
    interaction: discord.Interaction[Any], sent: discord.WebhookMessage | None
) -> bool:
    """Return whether a public answer was edited, or its embed removed, after it was sent.

    `sent` is `None` for the original response.
    """
    message: discord.Message
    if sent is None:
        message = await interaction.original_response()
    else:
        message = await interaction.followup.fetch_message(sent.id)
    return message.edited_at is not None or not message.embeds


async def send_text(
    interaction: discord.Interaction[Any], arxiv_id: str, text: FullText, texts: Texts
) -> None:
    """Send a paper's text in private, with buttons below one that a language model wrote."""
    *others, last = text.embeds
    last_options: dict[str, Any] = {"embed": last}
    if text.written is not None:
        last_options["view"] = render_written_actions(arxiv_id, text.written, texts)
    if text.file is not None:
        last_options["file"] = text.file
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=True, thinking=True)
    for embed in others:
        await send(interaction, embed=embed, ephemeral=True)
    await send(interaction, **last_options, ephemeral=True)
