"""Send messages of plain text once.

The caller stores the nonce before the message is sent. After a crash or a broken response, the same
nonce is sent again, to which Discord answers for some minutes with the message that is there; later
its text is looked for in the channel.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import discord

from bot.posting.discord_errors import translate_errors
from bot.posting.settings import MOST_SKEW, NONCE_LIVES

_SEARCHED: Final = 200
"""The most messages of a channel among which one is looked for."""


@dataclass(frozen=True, slots=True)
class TextMessage:
    """A message of plain text."""

    text: str
    nonce: str
    begun_at: datetime
    """UTC; when it was sent for the first time, if it was."""


async def send_once(
    channel: discord.abc.Messageable,
    message: TextMessage,
    *,
    now: datetime,
    author_id: int,
    can_read: bool = True,
) -> None:
    """Send a message, unless it is in the channel already.

    Args:
        channel: Where to.
        message: The message.
        now: The wall clock, in UTC.
        author_id: The id of the bot's user.
        can_read: Whether the bot may read the channel's history. If not, a message that was begun
            long ago counts as sent, because missing is better than twice.

    Raises:
        Blocked: The bot can't write there.
        Retry: Discord can't be reached.
    """
    if not now - NONCE_LIVES <= message.begun_at <= now and (
        not can_read or await _is_there(channel, message, author_id)
    ):
        return
    async with translate_errors(is_single=True):
        await channel.send(
            message.text, nonce=message.nonce, allowed_mentions=discord.AllowedMentions.none()
        )


async def _is_there(channel: discord.abc.Messageable, message: TextMessage, author_id: int) -> bool:
    """Return whether the bot has written a message since it was begun."""
    after = discord.Object(discord.utils.time_snowflake(message.begun_at - MOST_SKEW))
    async with translate_errors():
        async for each in channel.history(limit=_SEARCHED, after=after, oldest_first=True):
            if each.author.id == author_id and each.content == message.text:
                return True
    return False
