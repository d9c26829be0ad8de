"""Where a paper's card is shown, which decides what a reader can do with it."""

from typing import Any, Final

import discord

from bot.ui.paper_actions import CardContext

_WITH_THREADS: Final = frozenset({discord.ChannelType.text, discord.ChannelType.news})
"""The kinds of channels whose messages can have threads."""


def response_context(interaction: discord.Interaction[Any], *, is_private: bool) -> CardContext:
    """Return the context of a card that answers an interaction, and wasn't opened from a post."""
    if not is_in_server(interaction):
        return CardContext()
    if is_private:
        return CardContext(can_share=True)
    return CardContext(can_discuss=_has_threads(interaction.channel))


def opened_context(interaction: discord.Interaction[Any], post_id: int | None) -> CardContext:
    """Return the context of a private card that was opened from a post.

    `post_id` is the post's message; `None` for a preview.
    """
    if not is_in_server(interaction):
        return CardContext()
    can_discuss = post_id is not None and _has_threads(interaction.channel)
    return CardContext(
        can_share=True, can_discuss=can_discuss, post_id=post_id if can_discuss else None
    )


def message_context(channel: object, guild: discord.Guild | None) -> CardContext:
    """Return the context of a card that is a message in a channel."""
    return CardContext(can_discuss=guild is not None and _has_threads(channel))


def is_in_server(interaction: discord.Interaction[Any]) -> bool:
    """Return whether an interaction comes from a server that has the bot.

    People can bring the bot into other servers, where it can only answer them.
    """
    return interaction.guild_id is not None and interaction.is_guild_integration()


def _has_threads(channel: object) -> bool:
    """Return whether the messages of a channel can have threads: not in threads and forums."""
    return getattr(channel, "type", None) in _WITH_THREADS
