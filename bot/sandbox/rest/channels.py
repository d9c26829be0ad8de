"""Channels: get, edit, delete."""

from bot.sandbox.model import THREADS, Channel, Json, Tag
from bot.sandbox.payloads.entities import channel_payload
from bot.sandbox.rest.call import Call, Reply
from bot.sandbox.rest.lookup import find_channel, require
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.permissions import Permission
from bot.sandbox.rules.shape import (
    Problems,
    boolean,
    json_object,
    list_of,
    one_of,
    snowflake,
    text,
)

_NAME = text(100, least=1)
_THREAD = json_object(
    {
        "name": _NAME,
        "archived": boolean,
        "locked": boolean,
        "auto_archive_duration": one_of(60, 1440, 4320, 10080),
        "applied_tags": list_of(snowflake, 5),
    }
)
_CHANNEL = json_object(
    {
        "name": _NAME,
        "topic": text(4096),
        "available_tags": list_of(
            json_object(
                {"id": snowflake, "name": text(20, least=1), "moderated": boolean},
                required=("name",),
            ),
            20,
        ),
    }
)


def get_channel(call: Call) -> Reply:
    """Return a channel or thread."""
    return Reply(channel_payload(find_channel(call)))


def update_channel(call: Call) -> Reply:
    """Change a channel or thread."""
    channel = find_channel(call)
    if channel.is_private:
        raise ApiError(Refusal.NOT_IN_DM)
    body = call.body
    problems = Problems()
    is_thread = channel.type in THREADS
    (_THREAD if is_thread else _CHANNEL)(body, (), problems)
    problems.refuse()
    if is_thread:
        _change_thread(call, channel, body)
    else:
        require(call, channel, Permission.MANAGE_CHANNELS)
        _change_channel(call, channel, body)
    call.world.publish("THREAD_UPDATE" if is_thread else "CHANNEL_UPDATE", channel, channel)
    return Reply(channel_payload(channel))


def _change_thread(call: Call, channel: Channel, body: Json) -> None:
    thread = channel.thread
    assert thread is not None
    if thread.archived and body.get("archived") is not False:
        raise ApiError(Refusal.THREAD_ARCHIVED)
    if thread.owner_id != call.world.bot.id or "locked" in body:
        require(call, channel, Permission.MANAGE_THREADS)
    channel.name = body.get("name") or channel.name
    thread.archived = bool(body.get("archived", thread.archived))
    thread.locked = bool(body.get("locked", thread.locked))
    thread.auto_archive_duration = body.get("auto_archive_duration") or thread.auto_archive_duration
    if body.get("applied_tags") is not None:
        thread.applied_tags = tuple(int(tag) for tag in body["applied_tags"])


def _change_channel(call: Call, channel: Channel, body: Json) -> None:
    channel.name = body.get("name") or channel.name
    channel.topic = body.get("topic", channel.topic)
    if body.get("available_tags") is None:
        return
    tags = {}
    for entry in body["available_tags"]:
        number = int(entry["id"]) if entry.get("id") else call.world.new_id()
        tags[number] = Tag(number, entry["name"], bool(entry.get("moderated")))
    channel.tags = tags


def delete_channel(call: Call) -> Reply:
    """Delete a channel or thread."""
    channel = find_channel(call)
    if channel.guild is not None:
        needed = Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS
        require(call, channel, needed)
        call.world.remove_channel(channel.guild, channel)
    return Reply(channel_payload(channel))
