"""Find a schedule's channel, and check the permissions that the bot needs there."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import discord
from discord import app_commands

from bot.jobs.outcomes import Blocked, Retry
from bot.posting import tags
from bot.posting.discord_errors import translate_errors
from storage.records import Layout, Reason, ScheduleSettings

Channel: TypeAlias = discord.abc.GuildChannel | discord.Thread

FORUMS: Final = frozenset({discord.ChannelType.forum, discord.ChannelType.media})
THREADS: Final = frozenset(
    {
        discord.ChannelType.public_thread,
        discord.ChannelType.private_thread,
        discord.ChannelType.news_thread,
    }
)
KINDS: Final = (discord.ChannelType.text, discord.ChannelType.news, *FORUMS, *THREADS)
"""The kinds of channels that hold posts."""
LOG_KINDS: Final = (discord.ChannelType.text, discord.ChannelType.news)
"""The kinds of channels that can be a server's log channel."""


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What decides whether and how a schedule can post to a channel."""

    id: int
    kind: discord.ChannelType
    permissions: discord.Permissions
    """The bot's, there."""
    is_locked: bool = False
    """Whether it is a locked thread: writing there takes the permission to manage threads."""
    lacks_tag: bool = False
    """Whether a post there must have a tag, and no tag exists that the bot could give."""

    @property
    def is_forum(self) -> bool:
        """Whether it holds posts with a name and replies, and no plain messages."""
        return self.kind in FORUMS


def facts_of(
    channel: Channel | app_commands.AppCommandChannel | app_commands.AppCommandThread,
    permissions: discord.Permissions,
) -> ChannelFacts:
    """Return the facts of a channel, from the cache or as an interaction names it.

    Args:
        channel: Of any kind; only the cache knows a forum's tags.
        permissions: The bot's, there.
    """
    thread = (
        channel if isinstance(channel, discord.Thread | app_commands.AppCommandThread) else None
    )
    forum = channel if isinstance(channel, discord.ForumChannel) else None
    return ChannelFacts(
        id=channel.id,
        kind=channel.type,
        permissions=permissions,
        is_locked=thread is not None and thread.locked,
        lacks_tag=forum is not None and tags.of_forum(forum, permissions) is None,
    )


@dataclass(frozen=True, slots=True)
class FoundChannel:
    """A channel that the bot sees."""

    guild: discord.Guild
    channel: Channel
    facts: ChannelFacts

    @property
    def can_read(self) -> bool:
        """Whether the bot may search it for its own messages."""
        return self.facts.permissions.read_message_history

    @property
    def can_attach(self) -> bool:
        """Whether the bot may send files there."""
        return self.facts.permissions.attach_files

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread itself."""
        return isinstance(self.channel, discord.Thread)


async def find_channel(client: discord.Client, guild_id: int, channel_id: int) -> FoundChannel:
    """Find a channel and the bot's permissions there.

    Raises:
        Blocked: It doesn't exist, or the bot can't see it.
        Retry: Discord can't be asked at the moment.
    """
    guild = client.get_guild(guild_id)
    if guild is None and client.is_ready():
        raise Blocked(reason=Reason.LEFT)
    if guild is None or guild.unavailable:
        raise Retry(reason=Reason.GUILD_UNAVAILABLE, detail=f"server {guild_id} is unavailable")
    channel: Channel | None = guild.get_channel_or_thread(channel_id)
    if channel is None:
        channel = await _fetch_thread(client, channel_id)
    try:
        permissions = channel.permissions_for(guild.me)
    except discord.ClientException as error:
        # A thread whose parent channel is gone.
        raise Blocked(reason=Reason.CHANNEL_GONE) from error
    return FoundChannel(guild, channel, facts_of(channel, permissions))


async def _fetch_thread(client: discord.Client, channel_id: int) -> discord.Thread:
    """Fetch an archived thread, which Discord does not send by itself."""
    try:
        async with translate_errors():
            channel = await client.fetch_channel(channel_id)
    except discord.InvalidData as error:
        raise Blocked(reason=Reason.CHANNEL_GONE) from error
    if not isinstance(channel, discord.Thread):
        raise Blocked(reason=Reason.CHANNEL_GONE)
    return channel


def check_channel(facts: ChannelFacts, settings: ScheduleSettings) -> None:
    """Check that a post can be sent, as far as the cached permissions show.

    Raises:
        Blocked: The post can't be sent.
    """
    if facts.kind not in KINDS:
        raise Blocked(reason=Reason.WRONG_CHANNEL)
    missing = missing_permissions(facts, settings)
    if not missing:
        return
    if missing == ("manage_threads",):
        raise Blocked(reason=Reason.ARCHIVED)
    raise Blocked(
        reason=Reason.NEEDS_TAG if missing == ("manage_channels",) else Reason.LACKS_PERMISSION
    )


def missing_for_log(facts: ChannelFacts) -> tuple[str, ...]:
    """Return the permissions that the bot lacks to write plain text, by discord.py's names."""
    needed = ("view_channel", "send_messages")
    return tuple(name for name in needed if not getattr(facts.permissions, name))


def missing_permissions(facts: ChannelFacts, settings: ScheduleSettings) -> tuple[str, ...]:
    """Return the permissions that the bot lacks for a schedule, by discord.py's names.

    Publishing one's own message takes the same permissions as sending it. In a forum
    `send_messages` creates a post; the post's further messages are sent in a thread.

    Source: https://docs.discord.com/developers/topics/threads#permissions,
    https://docs.discord.com/developers/resources/message#crosspost-message
    """
    needed = ["view_channel"]
    if facts.kind in THREADS:
        needed += ["send_messages_in_threads", *(["manage_threads"] if facts.is_locked else [])]
    elif facts.is_forum:
        needed += ["send_messages", "send_messages_in_threads"]
        needed += ["manage_channels"] if facts.lacks_tag else []
    elif settings.layout is Layout.THREAD:
        needed += ["send_messages", "create_public_threads", "send_messages_in_threads"]
    else:
        needed += ["send_messages"]
    needed += ["embed_links"]
    return tuple(name for name in needed if not getattr(facts.permissions, name))
