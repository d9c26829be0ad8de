"""The button that posts the card of a paper, which a reader has opened, in the channel."""

from typing import Any

import discord

from bot.commands.card_messages import check_permissions, post_card
from bot.commands.components import PersistentItem
from bot.commands.known_papers import known_paper
from bot.commands.paper_cards import render
from bot.commands.places import is_in_server, message_place
from bot.commands.services import Services
from bot.errors import UserError
from bot.ui import actions
from bot.ui.names import line_title, link_title


class SharePaper(PersistentItem, template=actions.SHARE):
    """The button of a private card that posts it for everyone in the channel."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Post the card in the reader's name, once, and link to it in private."""
        channel = interaction.channel
        if not is_in_server(interaction) or channel is None:
            raise UserError("error-not-in-guild")
        texts = services.texts(interaction)
        is_thread = isinstance(channel, discord.Thread)
        write = "send_messages_in_threads" if is_thread else "send_messages"
        needed = (write, "embed_links")
        check_permissions(interaction, texts, person=needed, bot=needed)
        if isinstance(channel, discord.Thread) and channel.locked:
            raise UserError("share-closed")
        await interaction.response.defer(ephemeral=True, thinking=True)
        known = await known_paper(interaction, self.state["arxiv_id"], services)
        card = await render(services, known, texts, interaction.created_at.date())
        message = await post_card(
            interaction.client.get_partial_messageable(channel.id, guild_id=interaction.guild_id),
            texts("shared-by", user=interaction.user.mention, title=line_title(known.paper)),
            card,
            message_place(channel, interaction.guild),
        )
        is_new = message.id > interaction.id
        key = "share-done" if is_new else "share-already"
        text = texts(key, title=link_title(known.paper), link=message.jump_url)
        await interaction.edit_original_response(content=text)
