"""The link by which people add the bot to a server."""

from typing import Final

import discord

_PERMISSIONS: Final = discord.Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
    create_public_threads=True,
    send_messages_in_threads=True,
)
"""What posts of every layout need, and nothing else."""


def invite_url(application_id: int) -> str:
    """Return the address that adds the bot to a server with the least permissions."""
    return discord.utils.oauth_url(
        application_id, permissions=_PERMISSIONS, scopes=("bot", "applications.commands")
    )
