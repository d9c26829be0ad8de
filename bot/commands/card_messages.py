"""A paper's card as a message that a person lets the bot post: permissions, once, errors."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from typing import Any, Final

import discord

from bot.commands.paper_cards import PaperCard
from bot.errors import UserError
from bot.ui.paper_actions import Place
from config.texts import Texts

_SEARCHED: Final = 100
"""The newest messages of a thread among which a card is looked for: those of one request."""
_UNKNOWN_CHANNEL: Final = 10003
_UNKNOWN_MESSAGE: Final = 10008
_NO_ACCESS: Final = 50001
_CLOSED: Final = frozenset({50083, 160005})
"""An archived or locked thread."""


def check_permissions(
    interaction: discord.Interaction[Any],
    texts: Texts,
    *,
    person: Iterable[str],
    bot: Iterable[str],
) -> None:
    """Check that a person and the bot have permissions, by discord.py's names, in a channel.

    Raises:
        UserError: One lacks permissions, which the text names.
    """
    for key, held, needed in (
        ("share-not-allowed", interaction.permissions, person),
        ("share-bot-not-allowed", interaction.app_permissions, bot),
    ):
        missing = [texts(f"permission-{name}") for name in needed if not getattr(held, name)]
        if missing:
            raise UserError(key, permissions=", ".join(missing))


async def post_card(
    channel: discord.Thread | discord.PartialMessageable,
    content: str,
    card: PaperCard,
    place: Place,
) -> discord.Message:
    """Post a card in a channel; return the message, or the one of some minutes ago that has it.

    Discord answers the same nonce with the message that is there, so that pressing twice, at once
    or around a restart of the bot, posts once.

    Raises:
        UserError: It can't be posted.
    """
    try:
        return await channel.send(
            content,
            embed=card.embed,
            view=card.view(place),
            nonce=_nonce(channel.id, card.opened.arxiv_id),
            allowed_mentions=discord.AllowedMentions.none(),
        )
    except discord.HTTPException as error:
        raise _translated(error) from error


def _nonce(channel_id: int, arxiv_id: str) -> str:
    """Return the nonce of a paper's card in a channel: 24 characters."""
    key = f"{channel_id} {arxiv_id}".encode()
    return urlsafe_b64encode(hashlib.blake2b(key, digest_size=18).digest()).decode()


async def find_card(
    interaction: discord.Interaction[Any], thread: discord.Thread, url: str
) -> discord.Message | None:
    """Return the bot's newest message in a thread that shows the paper of an address."""
    assert interaction.client.user is not None
    bot_id = interaction.client.user.id
    try:
        async for message in thread.history(limit=_SEARCHED):
            if message.author.id == bot_id and any(each.url == url for each in message.embeds):
                return message
    except discord.HTTPException as error:
        raise _translated(error) from error
    return None


def _translated(error: discord.HTTPException) -> Exception:
    """Return the error that a person reads; others stay as they are."""
    if error.code in {_UNKNOWN_CHANNEL, _NO_ACCESS}:
        return UserError("share-channel-gone")
    if error.code == _UNKNOWN_MESSAGE:  # the message with the same nonce
        return UserError("share-deleted")
    if error.code in _CLOSED:
        return UserError("share-closed")
    return UserError("share-refused") if isinstance(error, discord.Forbidden) else error
