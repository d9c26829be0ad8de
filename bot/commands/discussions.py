"""The buttons that open a thread on a post or a paper's card, and bring a paper into a thread."""

import re
from typing import Any, Final

import discord
from discord import app_commands

from bot.commands import threads
from bot.commands.card_messages import check_permissions, find_card, post_card
from bot.commands.components import PersistentItem, add_items
from bot.commands.guild_texts import guild_texts
from bot.commands.known_papers import known_paper
from bot.commands.paper_cards import render
from bot.commands.services import Services
from bot.errors import UserError
from bot.posting.coverage import Coverage
from bot.posting.layout import short_title
from bot.ui import actions
from bot.ui.names import line_title, link_title, paper_thread_name, thread_name
from bot.ui.paper_actions import CardContext
from storage import papers, posted
from storage.records import ListedPaper

BOT_NEEDS: Final = ("send_messages_in_threads", "embed_links", "read_message_history")
"""The permissions of the bot to bring a card into a thread, by discord.py's names."""
_LINK: Final = re.compile(r"https://arxiv\.org/abs/([^\s()]+)")


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Register the button of posts of any age."""
    add_items(tree.client, services, DiscussPost)


class DiscussPost(PersistentItem, template=actions.POST_DISCUSS):
    """The button that opens a thread on a post."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Open the thread if there is none, and link to it in private."""
        message = interaction.message
        assert message is not None
        await interaction.response.defer(ephemeral=True, thinking=True)

        async def make_name() -> str:
            post = await posted.find_message(services.database, message.channel.id, message.id)
            language = post.language if post else None
            return await _name_of_post(message, services, self.state["coverage"], language)

        thread = await threads.find_or_open(interaction, message, make_name)
        text = services.texts(interaction)("discuss-here", thread=str(thread.id))
        await interaction.edit_original_response(content=text)


class DiscussPaper(PersistentItem, template=actions.DISCUSS):
    """The button of a paper's card that takes readers to a thread about it."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Open a thread on a public card, or post a private one into the thread of its post."""
        post_id = self.state["post"]
        if post_id is None:
            await self._open_thread(interaction, services)
        else:
            await self._post_into_thread(interaction, services, int(post_id))

    async def _open_thread(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Open a thread on the card if there is none, and link to it in private."""
        message = interaction.message
        assert message is not None
        await interaction.response.defer(ephemeral=True, thinking=True)

        async def make_name() -> str:
            known = await known_paper(interaction, self.state["arxiv_id"], services)
            return paper_thread_name(known.paper)

        thread = await threads.find_or_open(interaction, message, make_name)
        text = services.texts(interaction)("discuss-paper-here", thread=str(thread.id))
        await interaction.edit_original_response(content=text)

    async def _post_into_thread(
        self, interaction: discord.Interaction[Any], services: Services, post_id: int
    ) -> None:
        """Post the card into the thread of a post, once, and link to it in private."""
        texts = services.texts(interaction)
        check_permissions(
            interaction,
            texts,
            person=("send_messages_in_threads",),
            bot=BOT_NEEDS,
        )
        await interaction.response.defer(ephemeral=True, thinking=True)
        known = await known_paper(interaction, self.state["arxiv_id"], services)
        assert interaction.channel_id is not None
        post = await posted.find_message(services.database, interaction.channel_id, post_id)
        channel = interaction.client.get_partial_messageable(
            interaction.channel_id, guild_id=interaction.guild_id
        )
        try:
            message = await channel.fetch_message(post.message_id if post else post_id)
        except discord.NotFound as error:
            raise UserError("discuss-message-gone") from error

        async def make_name() -> str:
            if post is None:
                return paper_thread_name(known.paper)
            return await _name_of_post(message, services, post.coverage, post.language)

        thread = await threads.find_or_open(interaction, message, make_name)
        if thread.locked:
            raise UserError("discuss-locked", thread=str(thread.id))
        found = await find_card(interaction, thread, known.paper.url)
        if found is None:
            card = await render(services, known, texts, interaction.created_at.date())
            title = line_title(known.paper)
            content = texts("discuss-asked", user=interaction.user.mention, title=title)
            found = await post_card(thread, content, card, CardContext())
        is_new = found.id > interaction.id
        key = "discuss-posted" if is_new else "discuss-already"
        text = texts(key, title=link_title(known.paper), link=found.jump_url)
        await interaction.edit_original_response(content=text)


async def _name_of_post(
    message: discord.Message, services: Services, coverage_key: str, language: str | None
) -> str:
    """Return the name of a post's thread in the post's language, or else in the server's."""
    try:
        coverage = Coverage.parse(coverage_key)
    except ValueError:
        raise UserError("error-outdated") from None
    if language is not None:
        texts = services.catalogue.for_locale(language)
    else:
        assert message.guild is not None, "threads are only in servers"
        texts = await guild_texts(message.guild, services)
    found: list[ListedPaper] = []
    for arxiv_id in _papers_of(message):
        listed = await papers.get(services.database, arxiv_id)
        found += [listed] if listed is not None else []
    if not found:
        raise UserError("paper-gone")
    return thread_name(short_title(coverage, texts), found)


def _papers_of(message: discord.Message) -> list[str]:
    """Return the ids of the papers that a message shows, in order."""
    texts = [text for embed in message.embeds for text in (embed.url, embed.description) if text]
    return list(dict.fromkeys(found for text in texts for found in _LINK.findall(text)))
