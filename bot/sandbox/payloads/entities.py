"""JSON of users, guilds, channels and commands, as Discord returns them."""

from collections.abc import Mapping

from bot.sandbox.model import (
    POSTS_ONLY,
    Channel,
    ChannelType,
    Command,
    GuildState,
    Json,
    Member,
    Overwrite,
    Role,
    User,
)
from bot.sandbox.rules.permissions import app_permissions, permissions_of

_REQUIRE_TAG = 1 << 4
_ABSENT = (
    *("icon", "description", "home_header", "splash", "discovery_splash", "banner"),
    *("application_id", "afk_channel_id", "widget_channel_id", "vanity_url_code"),
    *("rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id"),
    *("incidents_data", "max_presences"),
)
"""Fields of guilds that are always null."""


def user_payload(user: User) -> Json:
    """Return a user."""
    payload: Json = {
        "id": str(user.id),
        "username": user.name.lower().replace(" ", "_"),
        "global_name": None if user.bot else user.name,
        "discriminator": "0000" if user.bot else "0",
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }
    if user.bot:
        payload["bot"] = True
        payload["username"] = user.name
    return payload


def team_payload(team_id: int, members: Mapping[User, bool]) -> Json:
    """The team that owns an application: its members, with whether each has accepted."""
    owner = next(iter(members))
    return {
        "id": str(team_id),
        "icon": None,
        "name": "Team",
        "owner_user_id": str(owner.id),
        "members": [
            {
                "user": user_payload(user),
                "team_id": str(team_id),
                "membership_state": 2 if has_accepted else 1,
                "role": "developer",
                "permissions": ["*"],
            }
            for user, has_accepted in members.items()
        ],
    }


def member_payload(member: Member, *, with_user: bool = True) -> Json:
    """Return a member of a guild."""
    payload: Json = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": member.joined_at.isoformat(),
        "nick": member.nick,
        "pending": False,
        "premium_since": None,
        "roles": [str(role_id) for role_id in member.role_ids],
    }
    if with_user:
        payload |= {"user": user_payload(member.user), "mute": False, "deaf": False}
    return payload


def role_payload(role: Role) -> Json:
    """A role."""
    return {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(role.permissions),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.managed,
        "mentionable": role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def _overwrite_payload(overwrite: Overwrite) -> Json:
    return {
        "id": str(overwrite.id),
        "type": int(overwrite.is_member),
        "allow": str(overwrite.allow),
        "deny": str(overwrite.deny),
    }


def _id_or_none(thing: Channel | None) -> str | None:
    return str(thing.id) if thing else None


def channel_payload(channel: Channel) -> Json:
    """Return a channel of any type."""
    last = str(channel.last_message_id) if channel.last_message_id else None
    payload: Json = {"id": str(channel.id), "type": int(channel.type), "last_message_id": last}
    if channel.guild is None:
        payload |= {"flags": 0, "recipients": [user_payload(user) for user in channel.recipients]}
        if channel.type is ChannelType.GROUP_DM:
            payload |= {
                "name": channel.name or None,
                "icon": None,
                "owner_id": str(channel.recipients[0].id),
            }
        return payload
    payload |= {
        "guild_id": str(channel.guild.id),
        "name": channel.name,
        "parent_id": _id_or_none(channel.parent),
        "rate_limit_per_user": 0,
        "flags": _REQUIRE_TAG if channel.requires_tag else 0,
    }
    if channel.thread is not None:
        return payload | _thread_payload(channel)
    payload |= {
        "topic": channel.topic,
        "position": channel.position,
        "nsfw": channel.nsfw,
        "permission_overwrites": [_overwrite_payload(o) for o in channel.overwrites.values()],
    }
    if channel.type in POSTS_ONLY:
        payload |= {
            "available_tags": [
                {
                    "id": str(tag.id),
                    "name": tag.name,
                    "moderated": tag.moderated,
                    "emoji_id": None,
                    "emoji_name": None,
                }
                for tag in channel.tags.values()
            ],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
    return payload


def _thread_payload(channel: Channel) -> Json:
    thread = channel.thread
    assert thread is not None
    made = thread.created_at.isoformat()
    return {
        "owner_id": str(thread.owner_id),
        "message_count": max(len(channel.messages) - 1, 0),
        "total_message_sent": max(len(channel.messages) - 1, 0),
        "member_count": len(thread.member_ids),
        "applied_tags": [str(tag) for tag in thread.applied_tags],
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": made,
            "auto_archive_duration": thread.auto_archive_duration,
            "locked": thread.locked,
            "create_timestamp": made,
        },
    }


def thread_created_payload(channel: Channel, user: User) -> Json:
    """Return a new thread, with the membership of the user who created it."""
    assert channel.thread is not None
    return channel_payload(channel) | {
        "member": {
            "id": str(channel.id),
            "user_id": str(user.id),
            "join_timestamp": channel.thread.created_at.isoformat(),
            "flags": 0,
        }
    }


def resolved_channel_payload(channel: Channel, user: User) -> Json:
    """Return a channel in the resolved data of an interaction.

    It has the permissions of the user, and of the bot as `app_permissions`.
    """
    payload = channel_payload(channel)
    for key in ("permission_overwrites", "available_tags"):
        payload.pop(key, None)
    return payload | {
        "permissions": str(permissions_of(user, channel)),
        "app_permissions": str(app_permissions(channel)),
    }


def guild_payload(guild: GuildState) -> Json:
    """Return a guild, without channels and members."""
    system = guild.system_channel_id
    nothing: Json = dict.fromkeys(_ABSENT)
    return nothing | {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner_id),
        "preferred_locale": guild.locale,
        "roles": [role_payload(role) for role in guild.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "region": "deprecated",
        "afk_timeout": 300,
        "system_channel_id": str(system) if system else None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "verification_level": 0,
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
    }


def guild_create_payload(guild: GuildState) -> Json:
    """Return the data of GUILD_CREATE for a bot without privileged intents."""
    me = guild.me
    return guild_payload(guild) | {
        "unavailable": False,
        "member_count": len(guild.members),
        "large": False,
        "joined_at": me.joined_at.isoformat() if me else None,
        "channels": [channel_payload(channel) for channel in guild.channels.values()],
        "threads": [
            channel_payload(thread)
            for thread in guild.threads.values()
            if thread.thread and not thread.thread.archived
        ],
        "members": [member_payload(me)] if me else [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def command_payload(command: Command, application_id: int) -> Json:
    """Return an application command."""
    payload: Json = {
        "id": str(command.id),
        "application_id": str(application_id),
        "version": str(command.version),
        "default_member_permissions": None,
        "type": 1,
        "description": "",
        "name_localizations": None,
        "description_localizations": None,
        "dm_permission": True,
        "contexts": None,
        "integration_types": [0],
        "nsfw": False,
        **{key: value for key, value in command.body.items() if value is not None},
    }
    permissions = payload["default_member_permissions"]
    payload["default_member_permissions"] = None if permissions is None else str(permissions)
    if command.guild_id is not None:
        payload["guild_id"] = str(command.guild_id)
    return payload
