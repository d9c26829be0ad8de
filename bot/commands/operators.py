"""Who runs the bot, as Discord knows it: the owner of its application, or the owner's team."""

import asyncio
from time import monotonic
from typing import Any, Final

import discord

_KEPT: Final = 300.0
"""Seconds until Discord is asked again."""


class Operators:
    """Knows who owns the application."""

    def __init__(self) -> None:
        self._known: frozenset[int] = frozenset()
        self._until = 0.0
        """When the cached owners expire, by the monotonic clock."""
        self._lock = asyncio.Lock()

    async def include(self, interaction: discord.Interaction[Any]) -> bool:
        """Return whether a person owns the application, or is a member of the team that does.

        Raises:
            discord.HTTPException: Discord can't say so.
        """
        async with self._lock:
            if monotonic() >= self._until:
                application = await interaction.client.application_info()
                self._known = _owners(application)
                self._until = monotonic() + _KEPT
        return interaction.user.id in self._known


def _owners(application: discord.AppInfo) -> frozenset[int]:
    if application.team is None:
        return frozenset({application.owner.id})
    # Those who were invited and haven't accepted are listed, too.
    return frozenset(
        member.id
        for member in application.team.members
        if member.membership_state is discord.TeamMembershipState.accepted
    )
