"""The button of a post that opens a thread on it, or links to the thread that is there."""

import re
from typing import Any, Final

import discord
from discord import app_commands

from bot.commands.components import PersistentItem, add_items
from bot.commands.services import Services
from bot.errors import UserError
from bot.posting.coverage import Coverage
from bot.posting.layout import short_title
from bot.ui import actions
from bot.ui.names import thread_name
from storage import papers
from storage.records import ListedPaper

_ARCHIVE_AFTER: Final = 3 * 24 * 60
"""Minutes without a message."""
_LINK: Final = re.compile(r"https://arxiv\.org/abs/([^\s()]+)")
_UNKNOWN_CHANNEL: Final = 10003
_UNKNOWN_MESSAGE: Final = 10008
_THREAD_EXISTS: Final = 160004
_TOO_MANY_THREADS: Final = frozenset({160006, 160007})


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Register the button of posts of any age."""
    add_items(tree.client, services, Discuss)


class Discuss(PersistentItem, template=actions.POST_DISCUSS):
    """The button that opens a thread on a post."""

    async def answer(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Open the thread if there is none, and link to it in private."""
        message = interaction.message
        assert message is not None
        texts = services.texts(interaction)
        thread_id = message.id if message.flags.has_thread else None
        if thread_id is None and not interaction.permissions.create_public_threads:
            raise UserError("discuss-not-allowed")
        await interaction.response.defer(ephemeral=True, thinking=True)
        if thread_id is None:
            thread_id = await self._open(interaction, message, services)
        else:
            await _check_exists(interaction, thread_id)
        await interaction.edit_original_response(
            content=texts("discuss-here", thread=str(thread_id))
        )

    async def _open(
        self,
        interaction: discord.Interaction[Any],
        message: discord.Message,
        services: Services,
    ) -> int:
        """Open a thread on a post, and return its id, which is the message's.

        Raises:
            UserError: There can't be one.
        """
        if not interaction.app_permissions.create_public_threads:
            raise UserError("discuss-bot-not-allowed")
        name = await self._name(interaction, message, services)
        try:
            await message.create_thread(name=name, auto_archive_duration=_ARCHIVE_AFTER)
        except discord.HTTPException as error:
            if error.code == _THREAD_EXISTS:  # somebody else has pressed, too, or it was deleted
                await _check_exists(interaction, message.id)
            else:
                raise _translated(error) from error
        return message.id

    async def _name(
        self,
        interaction: discord.Interaction[Any],
        message: discord.Message,
        services: Services,
    ) -> str:
        """Return the name of a post's thread in the server's language."""
        try:
            coverage = Coverage.parse(self.state["coverage"])
        except ValueError:
            raise UserError("error-outdated") from None
        texts = services.catalogue.for_locale(str(interaction.guild_locale or interaction.locale))
        found: list[ListedPaper] = []
        for arxiv_id in _papers_of(message):
            listed = await papers.get(services.database, arxiv_id)
            found += [listed] if listed is not None else []
        if not found:
            raise UserError("paper-gone")
        return thread_name(short_title(coverage, texts), found)


async def _check_exists(interaction: discord.Interaction[Any], thread_id: int) -> None:
    """Check that the thread of a post was not deleted: a post can have only one, ever.

    Raises:
        UserError: It was deleted, or the bot can't see it.
    """
    try:
        await interaction.client.fetch_channel(thread_id)
    except discord.HTTPException as error:
        raise _translated(error) from error


def _translated(error: discord.HTTPException) -> Exception:
    """Return the error that a person reads; others stay as they are."""
    if error.code == _UNKNOWN_CHANNEL:
        return UserError("discuss-deleted")
    if error.code == _UNKNOWN_MESSAGE:
        return UserError("error-outdated")
    if error.code in _TOO_MANY_THREADS:
        return UserError("discuss-too-many")
    return UserError("discuss-bot-not-allowed") if isinstance(error, discord.Forbidden) else error


def _papers_of(message: discord.Message) -> list[str]:
    """Return the ids of the papers that a message shows, in order."""
    texts = [text for embed in message.embeds for text in (embed.url, embed.description) if text]
    return list(dict.fromkeys(found for text in texts for found in _LINK.findall(text)))
