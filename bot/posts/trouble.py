"""What stands in the way of a post: what Discord's errors mean, and what can be seen before."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

import discord

from bot.posts import setup, tags
from storage.records import NewSchedule

Channel: TypeAlias = discord.abc.GuildChannel | discord.Thread

LACKS_PERMISSION: Final = "lacks_permission"
CHANNEL_GONE: Final = "channel_gone"
LEFT: Final = "left"
ARCHIVED: Final = "archived"
NEEDS_TAG: Final = "needs_tag"
TOO_MANY_THREADS: Final = "too_many_threads"
WRONG_CHANNEL: Final = "wrong_channel"
REFUSED: Final = "refused"

UNKNOWN_MESSAGE: Final = 10008
ALREADY_PUBLISHED: Final = 40033
THREAD_EXISTS: Final = 160004

_REASONS: Final = MappingProxyType(
    {
        10003: CHANNEL_GONE,
        10004: LEFT,
        10087: NEEDS_TAG,
        40067: NEEDS_TAG,
        50001: LACKS_PERMISSION,
        50008: WRONG_CHANNEL,
        50013: LACKS_PERMISSION,
        50024: WRONG_CHANNEL,
        50083: ARCHIVED,
        160005: ARCHIVED,
        160006: TOO_MANY_THREADS,
        160007: TOO_MANY_THREADS,
    }
)
_UNAUTHORIZED: Final = 401
_REQUEST_TIMEOUT: Final = 408
_TOO_MANY: Final = 429
_SERVER_ERRORS: Final = 500


class TroubleError(Exception):
    """Something that someone has to put right before there can be a post."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """A word, such as `lacks_permission`."""


class LaterError(Exception):
    """Something that passes; what was asked is to be tried again."""

    def __init__(
        self,
        why: str,
        *,
        retry_after: float = 0.0,
        is_uncertain: bool = False,
        is_rate_limit: bool = False,
    ) -> None:
        super().__init__(why)
        self.retry_after = retry_after
        """Seconds to wait at least."""
        self.is_uncertain = is_uncertain
        """Whether it may have been done nevertheless."""
        self.is_rate_limit = is_rate_limit
        """Whether Discord only asked to send the request later: nothing is wrong with it."""


class TokenRefusedError(Exception):
    """Discord takes the bot's token no longer: nothing can be done until it has another."""


@dataclass(frozen=True, slots=True)
class Found:
    """A schedule's channel."""

    guild: discord.Guild
    channel: Channel
    place: setup.Place

    @property
    def can_read(self) -> bool:
        """Whether the bot may look for its own messages there."""
        return self.place.permissions.read_message_history

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread itself."""
        return isinstance(self.channel, discord.Thread)


def raise_for(error: discord.HTTPException) -> None:
    """Raise what a refusal of Discord's means to a post; what passes raises nothing.

    Raises:
        TroubleError: Someone has to put something right.
        TokenRefusedError: The token is not good any more.
    """
    if error.status == _UNAUTHORIZED:
        raise TokenRefusedError(
            "Discord no longer takes the bot's token: it was reset, or the application is gone."
            " Get a new one from Discord's developer portal and start again with it."
        ) from error
    if error.status >= _SERVER_ERRORS or error.status in (_REQUEST_TIMEOUT, _TOO_MANY):
        return
    raise TroubleError(_REASONS.get(error.code, REFUSED)) from error


async def find(client: discord.Client, schedule: NewSchedule, *, channel_id: int) -> Found:
    """Find the channel that a schedule posts to, and what the bot may do there.

    Raises:
        TroubleError: It is not there, or the bot can't see it.
        LaterError: Discord does not tell at the moment.
    """
    guild = client.get_guild(schedule.guild_id)
    if guild is None and client.is_ready():
        raise TroubleError(LEFT)
    if guild is None or guild.unavailable:
        raise LaterError(f"server {schedule.guild_id} is unavailable")
    channel: Channel | None = guild.get_channel_or_thread(channel_id)
    if channel is None:
        channel = await _thread(client, channel_id)
    return Found(guild, channel, place_of(guild, channel))


async def _thread(client: discord.Client, channel_id: int) -> discord.Thread:
    """Ask for a thread that is archived, which Discord does not tell of by itself."""
    try:
        channel = await client.fetch_channel(channel_id)
    except discord.HTTPException as error:
        raise_for(error)
        raise LaterError(str(error)) from error
    except discord.RateLimited as error:
        raise LaterError(str(error), retry_after=error.retry_after, is_rate_limit=True) from error
    except discord.InvalidData as error:
        raise TroubleError(CHANNEL_GONE) from error
    if not isinstance(channel, discord.Thread):
        raise TroubleError(CHANNEL_GONE)
    return channel


def place_of(guild: discord.Guild, channel: Channel) -> setup.Place:
    """Return a channel as what a post needs to know of it.

    Raises:
        TroubleError: It is a thread of a channel that is gone.
    """
    try:
        permissions = channel.permissions_for(guild.me)
    except discord.ClientException as error:
        raise TroubleError(CHANNEL_GONE) from error
    return setup.Place(
        id=channel.id,
        kind=channel.type,
        permissions=permissions,
        is_locked=isinstance(channel, discord.Thread) and channel.locked,
        lacks_tag=isinstance(channel, discord.ForumChannel)
        and tags.of_forum(channel, permissions) is None,
    )


def check(found: Found, schedule: NewSchedule) -> None:
    """See whether a post can be made, as far as that can be seen without trying.

    Raises:
        TroubleError: It can't.
    """
    if found.place.kind not in setup.CHANNELS:
        raise TroubleError(WRONG_CHANNEL)
    lacking = setup.lacking(found.place, schedule)
    if not lacking:
        return
    if lacking == ("manage_threads",):
        raise TroubleError(ARCHIVED)
    raise TroubleError(NEEDS_TAG if lacking == ("manage_channels",) else LACKS_PERMISSION)
