"""Choose the tag of a post in a forum or media channel."""

from collections.abc import Iterable
from typing import Final, Protocol

import discord

TAG_NAME: Final = "Daily Papers"
"""The tag that is made where one is required and there is none; at most 20 characters."""
_FITTING: Final = (
    "daily papers",
    "데일리 페이퍼",
    "papers",
    "논문",
    "paper",
    "digest",
    "arxiv",
)
"""Names that say what a post is, the most fitting first."""


class Tag(Protocol):
    """The attributes of a forum tag that are used here."""

    @property
    def id(self) -> int:
        """Discord's id."""

    @property
    def name(self) -> str:
        """Its name, as written in the forum's settings."""

    @property
    def moderated(self) -> bool:
        """Whether giving it requires the permission to manage threads."""


def choose(
    available: Iterable[Tag], *, required: bool, is_moderator: bool
) -> tuple[int, ...] | None:
    """Return a post's tag ids: one that matches by name, else the first if one is required.

    `None` means that a tag is required but none can be given, so one has to be created.
    """
    usable = [tag for tag in available if is_moderator or not tag.moderated]
    named = {tag.name.strip().casefold(): tag.id for tag in reversed(usable)}
    for name in _FITTING:
        if name in named:
            return (named[name],)
    if not required:
        return ()
    return (usable[0].id,) if usable else None


def of_forum(
    forum: discord.ForumChannel, permissions: discord.Permissions
) -> tuple[int, ...] | None:
    """Return the result of `choose` for a forum or media channel with these permissions."""
    return choose(
        forum.available_tags,
        required=forum.flags.require_tag,
        is_moderator=permissions.manage_threads,
    )
