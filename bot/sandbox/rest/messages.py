"""Messages: create, get, list, edit, delete, crosspost."""

from datetime import timedelta

from bot.sandbox.model import (
    POSTS_ONLY,
    Channel,
    ChannelType,
    Message,
    MessageFlag,
    MessageType,
)
from bot.sandbox.payloads.messages import message_payload
from bot.sandbox.rest.call import NO_CONTENT, Call, Reply
from bot.sandbox.rest.composing import Draft, draft, fill, new_message
from bot.sandbox.rest.crossposts import send_copies, update_copies
from bot.sandbox.rest.lookup import find_channel, find_message, require
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.permissions import Permission, permissions_of

_OLD = timedelta(hours=1)
_NONCE_MEMORY = timedelta(minutes=5)
_PAGE = 100


def check_can_send(call: Call, channel: Channel, found: Draft) -> None:
    """Check that the bot may send a message to a channel.

    Raises:
        ApiError: it can't.
    """
    if channel.type in POSTS_ONLY or channel.type is ChannelType.CATEGORY:
        raise ApiError(Refusal.NOT_A_TEXT_CHANNEL)
    if channel.is_private:
        if not channel.has_bot or not all(user.accepts_dms for user in channel.recipients):
            raise ApiError(Refusal.CANNOT_SEND_TO_USER)
        return
    needed = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    if found.get("embeds"):
        needed |= Permission.EMBED_LINKS
    if call.files:
        needed |= Permission.ATTACH_FILES
    require(call, channel, needed)
    if channel.thread is not None and channel.thread.locked:
        require(call, channel, Permission.MANAGE_THREADS, Refusal.THREAD_LOCKED)


def _replied_to(call: Call, channel: Channel, found: Draft) -> Message | None:
    reference = found.get("message_reference")
    if not reference:
        return None
    require(call, channel, Permission.READ_MESSAGE_HISTORY, Refusal.NO_HISTORY_FOR_REPLY)
    message = channel.all_messages.get(int(reference["message_id"]))
    if message is None and reference.get("fail_if_not_exists", True):
        error = {"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}
        raise ApiError(
            Refusal.INVALID_FORM_BODY, errors={"message_reference": {"_errors": [error]}}
        )
    return message


def create_message(call: Call) -> Reply:
    """Send a message."""
    channel = find_channel(call)
    found = draft(call, call.body, new=True)
    check_can_send(call, channel, found)
    replied_to = _replied_to(call, channel, found)
    nonce = found.get("nonce")
    if nonce is not None and found.get("enforce_nonce"):
        known = _with_nonce(call, channel, str(nonce))
        if known is not None:
            return Reply(message_payload(known, with_nonce=True))
    message = new_message(call, channel, call.world.bot, found)
    message.nonce = nonce
    if replied_to is not None:
        message.reply_to, message.type = replied_to, MessageType.REPLY
        allowed = found.get("allowed_mentions")
        if allowed is None or allowed.get("replied_user"):
            message.pings |= {replied_to.author.mention}
    call.world.add_message(message)
    return Reply(message_payload(message, with_nonce=True))


def _with_nonce(call: Call, channel: Channel, nonce: str) -> Message | None:
    """Return the bot's message of the last minutes with a nonce."""
    since = call.world.clock() - _NONCE_MEMORY
    for message in reversed(channel.all_messages.values()):
        if message.created_at < since:
            return None
        if message.author is call.world.bot and str(message.nonce) == nonce:
            return message
    return None


def list_messages(call: Call) -> Reply:
    """Return messages of a channel, newest first."""
    channel = find_channel(call)
    query = call.request.query
    limit = query.get("limit", "50")
    if not limit.isdecimal() or not 1 <= int(limit) <= _PAGE:
        message = f"int value should be between 1 and {_PAGE}."
        error = {"code": "NUMBER_TYPE_MAX", "message": message}
        raise ApiError(Refusal.INVALID_FORM_BODY, errors={"limit": {"_errors": [error]}})
    size = int(limit)
    held = permissions_of(call.world.bot, channel)
    if not channel.is_private and not held & Permission.READ_MESSAGE_HISTORY:
        return Reply([])
    messages = channel.messages
    if "after" in query:
        page = [message for message in messages if message.id > int(query["after"])][:size]
    elif "around" in query:
        middle, half = int(query["around"]), size // 2
        page = [message for message in messages if message.id < middle][-half:] if half else []
        page += [message for message in messages if message.id >= middle][: size - half]
    else:
        before = int(query.get("before", 1 << 64))
        page = [message for message in messages if message.id < before][-size:]
    return Reply([message_payload(message) for message in reversed(page)])


def get_message(call: Call) -> Reply:
    """Return a message."""
    message = find_message(call)
    if not message.channel.is_private:
        require(call, message.channel, Permission.READ_MESSAGE_HISTORY)
    return Reply(message_payload(message))


def update_message(call: Call) -> Reply:
    """Edit a message."""
    message = find_message(call)
    if message.author is not call.world.bot:
        raise ApiError(Refusal.NOT_THE_AUTHOR)
    if message.channel.thread is not None and message.channel.thread.archived:
        raise ApiError(Refusal.THREAD_ARCHIVED)
    found = draft(call, call.body, new=False, present=message)
    edit(call, message, found)
    return Reply(message_payload(message))


def edit(call: Call, message: Message, found: Draft) -> None:
    """Edit a message by a draft, and publish it.

    Raises:
        ApiError: it would be empty, or it is old and was edited too often.
    """
    if call.world.clock() - message.created_at > _OLD:
        wait = call.limiter.old_edit(message.channel.id)
        if wait is not None:
            raise ApiError(
                Refusal.TOO_MANY_OLD_EDITS, detail={"retry_after": wait, "global": False}
            )
    if would_be_empty(call, message, found):
        raise ApiError(Refusal.EMPTY_MESSAGE)
    fill(call, message, found)
    message.edited_at = call.world.clock()
    message.flags &= ~MessageFlag.LOADING
    call.world.message_changed(message)
    update_copies(call.world, message)


def would_be_empty(call: Call, message: Message, found: Draft) -> bool:
    """Return whether a message would be empty after an edit."""

    def left(name: str, present: object) -> object:
        return found.get(name) if name in found else present

    if message.flags & MessageFlag.COMPONENTS_V2 or found.flags & MessageFlag.COMPONENTS_V2:
        return not left("components", message.components)
    return not (
        (left("content", message.content) or "")
        or left("embeds", message.embeds)
        or left("attachments", message.attachments)
        or call.files
    )


def delete_message(call: Call) -> Reply:
    """Delete a message."""
    message = find_message(call)
    if message.author is not call.world.bot:
        if message.channel.is_private:
            raise ApiError(Refusal.NOT_IN_DM)
        require(call, message.channel, Permission.MANAGE_MESSAGES)
    call.world.remove_message(message)
    return NO_CONTENT


def crosspost_message(call: Call) -> Reply:
    """Publish a message of an announcement channel."""
    message = find_message(call)
    if message.channel.type is not ChannelType.ANNOUNCEMENT:
        raise ApiError(Refusal.WRONG_CHANNEL_TYPE)
    require(call, message.channel, Permission.SEND_MESSAGES)
    if message.author is not call.world.bot:
        require(call, message.channel, Permission.MANAGE_MESSAGES)
    if message.type is not MessageType.DEFAULT:
        raise ApiError(Refusal.WRONG_MESSAGE_TYPE)
    if message.crossposted:
        raise ApiError(Refusal.ALREADY_CROSSPOSTED)
    message.flags |= MessageFlag.CROSSPOSTED
    call.world.message_changed(message)
    send_copies(call.world, message)
    return Reply(message_payload(message))


def trigger_typing_indicator(call: Call) -> Reply:
    """Show that the bot is typing."""
    channel = find_channel(call)
    check_can_send(call, channel, Draft({}, 0))
    call.world.publish("TYPING_START", call.world.bot, channel)
    return NO_CONTENT
