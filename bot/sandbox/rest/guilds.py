"""Guilds with their channels, roles and members."""

from bot.sandbox.payloads.entities import (
    channel_payload,
    guild_payload,
    member_payload,
    role_payload,
)
from bot.sandbox.rest.call import NO_CONTENT, Call, Reply
from bot.sandbox.rest.lookup import find_guild
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.permissions import permissions_in_guild


def get_guild(call: Call) -> Reply:
    """Return a guild."""
    guild = find_guild(call)
    payload = guild_payload(guild)
    if call.flag("with_counts"):
        count = len(guild.members)
        payload |= {"approximate_member_count": count, "approximate_presence_count": count}
    return Reply(payload)


def list_my_guilds(call: Call) -> Reply:
    """Return the guilds of the bot."""
    return Reply(
        [
            {
                "id": str(guild.id),
                "name": guild.name,
                "icon": None,
                "banner": None,
                "owner": False,
                "permissions": str(permissions_in_guild(guild.me)),
                "features": [],
            }
            for guild in call.world.guilds.values()
            if guild.me is not None
        ]
    )


def list_guild_channels(call: Call) -> Reply:
    """Return the channels of a guild, without threads."""
    guild = find_guild(call)
    return Reply([channel_payload(channel) for channel in guild.channels.values()])


def list_guild_roles(call: Call) -> Reply:
    """Return the roles of a guild."""
    guild = find_guild(call)
    return Reply([role_payload(role) for role in guild.roles.values()])


def get_guild_member(call: Call) -> Reply:
    """Return a member of a guild."""
    member = find_guild(call).members.get(call.id("user_id"))
    if member is None:
        raise ApiError(Refusal.UNKNOWN_MEMBER)
    return Reply(member_payload(member))


def get_my_guild_member(call: Call) -> Reply:
    """Return the bot as a member of a guild."""
    guild = find_guild(call)
    assert guild.me is not None
    return Reply(member_payload(guild.me))


def leave_guild(call: Call) -> Reply:
    """Take the bot out of a guild."""
    call.world.remove_bot(find_guild(call))
    return NO_CONTENT
