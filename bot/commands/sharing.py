"""The button that posts the card of a paper, which a reader has opened, in the channel."""

from typing import Any

import discord

from bot.commands.card_contexts import message_context
from bot.commands.card_messages import answer_posted, check_channel, post_card
from bot.commands.components import PersistentItem
from bot.commands.known_papers import known_paper
from bot.commands.paper_cards import render
from bot.commands.services import Services
from bot.ui import actions
from bot.ui.names import line_title, link_title


class SharePaper(PersistentItem, template=actions.SHARE):
    """The button of a private card that posts it for everyone in the channel."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Post the card in the reader's name, once, and link to it in private."""
        texts = services.texts(interaction)
        channel = check_channel(interaction, texts)
        await interaction.response.defer(ephemeral=True, thinking=True)
        known = await known_paper(interaction, self.state["arxiv_id"], services)
        card = await render(services, known, texts, interaction.created_at.date())
        message = await post_card(
            channel,
            texts("shared-by", user=interaction.user.mention, title=line_title(known.paper)),
            card,
            message_context(interaction.channel, interaction.guild),
        )
        await answer_posted(interaction, message, link_title(known.paper), texts)
