"""Permissions of members and users in channels."""

from enum import IntFlag

from bot.sandbox.model import Channel, Member, User


class Permission(IntFlag):
    """The permissions that the sandbox checks.

    Source: https://discord.com/developers/docs/topics/permissions
    """

    NONE = 0
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EXTERNAL_APPS = 1 << 50


ALL = (1 << 53) - 1
"""Every permission, future ones included."""

ORDINARY = int(
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.USE_EXTERNAL_APPS
)
"""The permissions of @everyone in a new guild."""

IN_DM = ORDINARY & ~int(
    Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
"""The permissions in direct messages."""


def permissions_in_guild(member: Member) -> int:
    """Return the permissions of a member's roles, without overwrites of channels."""
    guild = member.guild
    if guild.owner_id == member.user.id:
        return ALL
    allowed = guild.roles[guild.id].permissions
    for role_id in member.role_ids:
        allowed |= guild.roles[role_id].permissions
    return ALL if allowed & Permission.ADMINISTRATOR else allowed


def permissions_in(channel: Channel, member: Member) -> int:
    """Return the permissions of a member in a channel of the guild.

    A thread has the overwrites of its parent. Without VIEW_CHANNEL there are none.
    """
    allowed = permissions_in_guild(member)
    if allowed == ALL:
        return ALL
    overwrites = (channel.parent if channel.is_thread and channel.parent else channel).overwrites
    everyone = overwrites.get(member.guild.id)
    if everyone is not None:
        allowed = allowed & ~everyone.deny | everyone.allow
    allow = deny = 0
    for role_id in member.role_ids:
        overwrite = overwrites.get(role_id)
        if overwrite is not None:
            allow |= overwrite.allow
            deny |= overwrite.deny
    allowed = allowed & ~deny | allow
    own = overwrites.get(member.user.id)
    if own is not None:
        allowed = allowed & ~own.deny | own.allow
    return allowed if allowed & Permission.VIEW_CHANNEL else 0


def permissions_of(user: User, channel: Channel) -> int:
    """Return the permissions of a user in a channel; 0 for one who is not in it."""
    if channel.guild is None:
        is_inside = user in channel.recipients or (user.bot and channel.has_bot)
        return IN_DM if is_inside else 0
    member = channel.guild.members.get(user.id)
    return permissions_in(channel, member) if member else 0


def app_permissions(channel: Channel) -> int:
    """Return the permissions of the application in a channel, also where the bot is no member."""
    if channel.guild is None or channel.guild.me is None:
        return IN_DM
    return permissions_in(channel, channel.guild.me)
