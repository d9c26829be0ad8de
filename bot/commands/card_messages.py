"""Messages that a person lets the bot post, such as a paper's card: permissions, once, errors."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from typing import Any, Final

import discord

from bot.commands.card_contexts import is_in_server
from bot.commands.paper_cards import PaperCard
from bot.errors import UserError
from bot.ui.paper_actions import CardContext
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


def check_channel(
    interaction: discord.Interaction[Any], texts: Texts, *, also: tuple[str, ...] = ()
) -> discord.PartialMessageable:
    """Return the channel of an interaction, in which the bot may post for the person.

    Args:
        interaction: A press on a button.
        texts: In the language of the person.
        also: Permissions that both need besides those to write, by discord.py's names.

    Raises:
        UserError: The bot may not post there, or the person may not.
    """
    channel = interaction.channel
    if not is_in_server(interaction) or channel is None:
        raise UserError("error-not-in-guild")
    is_thread = isinstance(channel, discord.Thread)
    write = "send_messages_in_threads" if is_thread else "send_messages"
    needed = (write, "embed_links", *also)
    check_permissions(interaction, texts, person=needed, bot=needed)
    if isinstance(channel, discord.Thread) and channel.locked:
        raise UserError("share-closed")
    client: discord.Client = interaction.client
    return client.get_partial_messageable(channel.id, guild_id=interaction.guild_id)


async def post_card(
    channel: discord.Thread | discord.PartialMessageable,
    content: str,
    card: PaperCard,
    context: CardContext,
) -> discord.Message:
    """Post a card in a channel; return the message, or the one of some minutes ago that has it.

    Raises:
        UserError: It can't be posted.
    """
    message = {"embed": card.embed, "view": card.view(context)}
    return await post_once(channel, card.opened.arxiv_id, content, **message)


async def post_once(
    channel: discord.Thread | discord.PartialMessageable,
    key: str,
    content: str,
    **message: Any,  # noqa: ANN401 - passed on
) -> discord.Message:
    """Post a message in a channel; return it, or the one of some minutes ago with the same key.

    Discord answers the same nonce with the message that is there, so that pressing twice, at once
    or around a restart of the bot, posts once.

    Raises:
        UserError: It can't be posted.
    """
    try:
        return await channel.send(
            content,
            **message,
            nonce=_nonce(channel.id, key),
            allowed_mentions=discord.AllowedMentions.none(),
        )
    except discord.HTTPException as error:
        raise _translate(error) from error


def _nonce(channel_id: int, key: str) -> str:
    """Return the nonce of a message in a channel, such as a paper's card: 24 characters."""
    hashed = hashlib.blake2b(f"{channel_id} {key}".encode(), digest_size=18)
    return urlsafe_b64encode(hashed.digest()).decode()


async def answer_posted(
    interaction: discord.Interaction[Any], message: discord.Message, title: str, texts: Texts
) -> None:
    """Link to what was posted, in private; say if it had been there before.

    Args:
        interaction: The press, whose answer was deferred.
        message: As `post_once` has returned it.
        title: Of what it shows, escaped.
        texts: In the language of the person.
    """
    key = "share-done" if message.id > interaction.id else "share-already"
    text = texts(key, title=title, link=message.jump_url)
    await interaction.edit_original_response(content=text)


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
        raise _translate(error) from error
    return None


def _translate(error: discord.HTTPException) -> Exception:
    """Return the error that a person reads; others stay as they are."""
    if error.code in {_UNKNOWN_CHANNEL, _NO_ACCESS}:
        return UserError("share-channel-gone")
    if error.code == _UNKNOWN_MESSAGE:  # the message with the same nonce
        return UserError("share-deleted")
    if error.code in _CLOSED:
        return UserError("share-closed")
    return UserError("share-refused") if isinstance(error, discord.Forbidden) else error
