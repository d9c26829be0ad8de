"""From events of the state to events of the gateway."""

from collections.abc import Sequence
from enum import IntFlag

from bot.sandbox.model import Channel, GuildState, Interaction, Json, Member, Message, Role
from bot.sandbox.model.events import Event
from bot.sandbox.model.state import State
from bot.sandbox.payloads.entities import (
    channel_payload,
    guild_create_payload,
    member_payload,
    role_payload,
    user_payload,
)
from bot.sandbox.payloads.messages import interaction_payload, message_payload
from bot.sandbox.rules.permissions import Permission, permissions_of


class Intent(IntFlag):
    """Gateway intents.

    Source: https://discord.com/developers/docs/events/gateway#gateway-intents
    """

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15
    ALL = (1 << 26) - 1


PRIVILEGED = int(Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT)
"""Intents that must be granted to the bot."""

_ABOUT_MESSAGES = {"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"}
_ABOUT_GUILDS = {"GUILD_CREATE", "GUILD_AVAILABLE", "GUILD_DELETE"}
_ABOUT_MEMBERS = {"GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE"}
_ABOUT_ROLES = {"GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE"}
_ABOUT_CHANNELS = {
    "CHANNEL_CREATE",
    "CHANNEL_UPDATE",
    "CHANNEL_DELETE",
    "THREAD_CREATE",
    "THREAD_UPDATE",
    "THREAD_DELETE",
}


def ready_payload(
    world: State, session_id: str, shard: tuple[int, int], guilds: Sequence[GuildState]
) -> Json:
    """Return the data of READY."""
    return {
        "v": 10,
        "user": user_payload(world.bot)
        | {"verified": True, "mfa_enabled": False, "locale": "en-US", "email": None},
        "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
        "private_channels": [],
        "session_id": session_id,
        "resume_gateway_url": world.base_url.replace("http", "ws", 1) + "/gateway",
        "shard": list(shard),
        "application": {"id": str(world.application_id), "flags": 0},
    }


def dispatch_of(
    world: State, event: Event, shard: tuple[int, int], intents: int
) -> tuple[str, Json] | None:
    """Return name and data of the gateway's event; `None` if the session doesn't get it."""
    name, subject = event.name, event.subject
    data: Json | None = None
    if name == "INTERACTION_CREATE" and isinstance(subject, Interaction):
        if _is_of(shard, subject.channel.guild):
            data = interaction_payload(world, subject)
    elif name in _ABOUT_MESSAGES and isinstance(subject, Message):
        data = _message(world, name, subject, shard, intents)
    elif intents & Intent.GUILDS:
        if name in _ABOUT_CHANNELS and isinstance(subject, Channel):
            data = _channel(world, name, subject, shard)
        elif name in _ABOUT_GUILDS and isinstance(subject, GuildState) and _is_of(shard, subject):
            data = _guild(name, subject)
        elif name in _ABOUT_MEMBERS and isinstance(subject, Member):
            data = _member(world, subject, shard, intents)
        elif name in _ABOUT_ROLES:
            guild, role = subject
            data = _role(guild, role, shard)
    return None if data is None else ("GUILD_CREATE" if name == "GUILD_AVAILABLE" else name, data)


def _is_of(shard: tuple[int, int], guild: GuildState | None) -> bool:
    """Return whether a shard gets the events of a guild; the first one gets those of DMs."""
    number, count = shard
    return ((guild.id >> 22) % count if guild else 0) == number


def _message(
    world: State, name: str, message: Message, shard: tuple[int, int], intents: int
) -> Json | None:
    channel = message.channel
    needed = Intent.GUILD_MESSAGES if channel.guild else Intent.DIRECT_MESSAGES
    if message.only_for is not None or not intents & needed or not _is_of(shard, channel.guild):
        return None
    if not permissions_of(world.bot, channel) & Permission.VIEW_CHANNEL:
        return None
    where = {"guild_id": str(channel.guild.id)} if channel.guild else {}
    if name == "MESSAGE_DELETE":
        return {"id": str(message.id), "channel_id": str(channel.id), **where}
    payload = message_payload(message, with_nonce=name == "MESSAGE_CREATE") | where
    if channel.guild is not None and message.author.id in channel.guild.members:
        member = channel.guild.members[message.author.id]
        payload["member"] = member_payload(member, with_user=False)
    own = message.author is world.bot or world.bot.mention in message.pings
    if not (own or channel.guild is None or intents & Intent.MESSAGE_CONTENT):
        payload |= {"content": "", "embeds": [], "attachments": [], "components": []}
    return payload


def _channel(world: State, name: str, channel: Channel, shard: tuple[int, int]) -> Json | None:
    guild = channel.guild
    if guild is None or guild.me is None or not guild.available or not _is_of(shard, guild):
        return None
    if channel.is_thread and not permissions_of(world.bot, channel):
        return None
    payload = channel_payload(channel)
    if name == "THREAD_CREATE":
        payload["newly_created"] = True
    if name == "THREAD_DELETE":
        payload = {key: payload[key] for key in ("id", "guild_id", "parent_id", "type")}
    return payload


def _guild(name: str, guild: GuildState) -> Json | None:
    if name == "GUILD_DELETE":
        gone: Json = {"id": str(guild.id)}
        return gone if guild.available else gone | {"unavailable": True}
    if guild.me is None:
        return None
    payload = guild_create_payload(guild)
    if name == "GUILD_CREATE":  # by its absence a bot knows that it was invited just now
        del payload["unavailable"]
    return payload


def _member(world: State, member: Member, shard: tuple[int, int], intents: int) -> Json | None:
    me = member.user is world.bot
    if not _is_of(shard, member.guild) or not (me or intents & Intent.GUILD_MEMBERS):
        return None
    return member_payload(member) | {"guild_id": str(member.guild.id)}


def _role(guild: GuildState, role: Role, shard: tuple[int, int]) -> Json | None:
    if guild.me is None or not _is_of(shard, guild):
        return None
    return {"guild_id": str(guild.id), "role": role_payload(role)}
