"""Threads on messages: find or open one, or say why there is none."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import discord

from bot.errors import UserError

_ARCHIVE_AFTER: Final = 3 * 24 * 60
"""Minutes without a message."""
_UNKNOWN_CHANNEL: Final = 10003
_UNKNOWN_MESSAGE: Final = 10008
_THREAD_EXISTS: Final = 160004
_TOO_MANY_THREADS: Final = frozenset({160006, 160007})


async def find_or_open(
    interaction: discord.Interaction[Any],
    message: discord.Message,
    make_name: Callable[[], Awaitable[str]],
) -> discord.Thread:
    """Return the thread of a message; it is opened if there is none.

    Args:
        interaction: Of the person who asks for it.
        message: In a text or announcement channel.
        make_name: Returns the name of a thread that is opened.

    Raises:
        UserError: There can't be one, or person or bot may not open one.
    """
    if message.flags.has_thread:
        return await _find(interaction, message.id)
    if not interaction.permissions.create_public_threads:
        raise UserError("discuss-not-allowed")
    if not interaction.app_permissions.create_public_threads:
        raise UserError("discuss-bot-not-allowed")
    name = await make_name()
    try:
        return await message.create_thread(name=name, auto_archive_duration=_ARCHIVE_AFTER)
    except discord.HTTPException as error:
        if error.code != _THREAD_EXISTS:
            raise _translate(error) from error
    # Somebody else has pressed at the same time, or it was deleted.
    return await _find(interaction, message.id)


async def _find(interaction: discord.Interaction[Any], thread_id: int) -> discord.Thread:
    """Return the thread of a message, if it was not deleted: a message has only one, ever.

    Raises:
        UserError: It was deleted, or the bot can't see it.
    """
    try:
        found = await interaction.client.fetch_channel(thread_id)
    except discord.HTTPException as error:
        raise _translate(error) from error
    assert isinstance(found, discord.Thread)  # it has the id of the message
    return found


def _translate(error: discord.HTTPException) -> Exception:
    """Return the error that a person reads; others stay as they are."""
    if error.code == _UNKNOWN_CHANNEL:
        return UserError("discuss-deleted")
    if error.code == _UNKNOWN_MESSAGE:
        return UserError("discuss-message-gone")
    if error.code in _TOO_MANY_THREADS:
        return UserError("discuss-too-many")
    return UserError("discuss-bot-not-allowed") if isinstance(error, discord.Forbidden) else error
