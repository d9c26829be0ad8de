"""Finding the channel, guild or message of a path, and checking permissions."""

from bot.sandbox.model import Channel, GuildState, Message
from bot.sandbox.rest.call import Call
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.permissions import Permission, permissions_of


def find_channel(call: Call) -> Channel:
    """Return the channel of a path.

    Raises:
        ApiError: there is none, or the bot can't see it.
    """
    channel = call.world.channels.get(call.id("channel_id"))
    if channel is None:
        raise ApiError(Refusal.UNKNOWN_CHANNEL)
    if not permissions_of(call.world.bot, channel):
        raise ApiError(Refusal.MISSING_ACCESS)
    return channel


def find_guild(call: Call) -> GuildState:
    """Return the guild of a path.

    Raises:
        ApiError: there is none, or the bot is no member.
    """
    guild = call.world.guilds.get(call.id("guild_id"))
    if guild is None:
        raise ApiError(Refusal.UNKNOWN_GUILD)
    if guild.me is None:
        raise ApiError(Refusal.MISSING_ACCESS)
    return guild


def find_message(call: Call) -> Message:
    """Return the message of a path.

    Raises:
        ApiError: there is none, or the bot can't see it.
    """
    message = find_channel(call).all_messages.get(call.id("message_id"))
    if message is None or message.ephemeral:
        raise ApiError(Refusal.UNKNOWN_MESSAGE)
    return message


def require(
    call: Call,
    channel: Channel,
    needed: Permission,
    refusal: Refusal = Refusal.MISSING_PERMISSIONS,
) -> None:
    """Check that the bot has permissions in a channel.

    Raises:
        ApiError: it lacks one.
    """
    held = permissions_of(call.world.bot, channel)
    if held & needed != needed:
        raise ApiError(refusal)
