"""Copies of published messages in the channels that follow.

A copy has content, embeds and files, but no components
(https://github.com/discord/discord-api-docs/issues/6311). Of a message with Components V2 nothing
is left then. Whether Discord sends such a copy at all is not documented: it is assumed to be empty,
so that a bot's author sees that publishing such a message is of no use.
"""

from bot.sandbox.model import Message, MessageFlag, User
from bot.sandbox.model.state import State


def send_copies(world: State, message: Message) -> None:
    """Send a published message to the channels that follow."""
    source = message.channel
    guild = source.guild.name if source.guild else ""
    for channel in source.followers:
        author = User(world.new_id(), f"{guild} #{source.name}", bot=True)
        copy = Message(world.new_id(), channel, author, world.clock(), copy_of=message)
        _write(message, copy)
        message.copies.append(copy)
        world.add_message(copy)


def update_copies(world: State, message: Message) -> None:
    """Edit the copies of a published message."""
    for copy in message.copies:
        if copy.id in copy.channel.all_messages:
            _write(message, copy)
            copy.edited_at = message.edited_at
            world.message_changed(copy)


def _write(message: Message, copy: Message) -> None:
    kept = message.flags & (MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS)
    copy.content, copy.embeds = message.content, list(message.embeds)
    copy.attachments = list(message.attachments)
    copy.flags = int(MessageFlag.IS_CROSSPOST | kept)
