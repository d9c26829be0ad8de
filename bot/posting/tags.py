"""Which tag a post in a forum or media channel gets."""

from collections.abc import Iterable
from typing import Final, Protocol

import discord

TAG_NAME: Final = "Daily Papers"
"""Of the tag that is made where one is required and there is none; at most 20 characters."""
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
    """What is needed of a forum's tag."""

    @property
    def id(self) -> int:
        """Discord's id."""

    @property
    def name(self) -> str:
        """As its makers wrote it."""

    @property
    def moderated(self) -> bool:
        """Whether only who may manage threads can give it."""


def choose(
    available: Iterable[Tag], *, required: bool, is_moderator: bool
) -> tuple[int, ...] | None:
    """Return the ids of the tags for a post: one whose name fits, else the first where one must be.

    `None` means that there must be one, and none can be given: it has to be made.
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
    """Return what `choose` says of a forum or media channel, for who has these permissions."""
    return choose(
        forum.available_tags,
        required=forum.flags.require_tag,
        is_moderator=permissions.manage_threads,
    )
