"""Threads, and the posts of forums."""

from bot.sandbox.model import (
    POSTS_ONLY,
    Channel,
    ChannelType,
    GuildState,
    Json,
    Message,
    MessageFlag,
    MessageType,
    ThreadState,
)
from bot.sandbox.payloads.entities import channel_payload, thread_created_payload
from bot.sandbox.payloads.messages import message_payload
from bot.sandbox.rest.call import NO_CONTENT, Call, Reply
from bot.sandbox.rest.composing import draft, fill
from bot.sandbox.rest.lookup import find_channel, find_guild, find_message, require
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.permissions import Permission, permissions_of
from bot.sandbox.rules.shape import Problems, json_object, list_of, number, one_of, snowflake, text

_MINUTES = one_of(60, 1440, 4320, 10080)
_NAME = text(100, least=1)
_SLOW = number(0, 21600)
_THREAD = json_object(
    {
        "name": _NAME,
        "auto_archive_duration": _MINUTES,
        "rate_limit_per_user": _SLOW,
        "type": one_of(10, 11, 12),
    },
    required=("name",),
)
_POST = json_object(
    {
        "name": _NAME,
        "auto_archive_duration": _MINUTES,
        "rate_limit_per_user": _SLOW,
        "applied_tags": list_of(snowflake, 5),
        "message": json_object({}),
    },
    required=("name", "message"),
)
_FITTING = {
    ChannelType.TEXT: (ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD),
    ChannelType.ANNOUNCEMENT: (ChannelType.ANNOUNCEMENT_THREAD,),
}


def _parent(call: Call) -> tuple[Channel, GuildState]:
    channel = find_channel(call)
    if channel.guild is None or channel.type not in POSTS_ONLY | _FITTING.keys():
        raise ApiError(Refusal.WRONG_CHANNEL_TYPE)
    return channel, channel.guild


def _make(
    call: Call,
    guild: GuildState,
    parent: Channel,
    body: Json,
    *,
    id: int | None = None,  # noqa: A002  Discord's own word for it
    tags: tuple[int, ...] = (),
) -> Channel:
    active = sum(not thread.thread.archived for thread in guild.threads.values() if thread.thread)
    if active >= guild.active_thread_limit:
        raise ApiError(Refusal.TOO_MANY_ACTIVE_THREADS)
    kind, world = body.get("type"), call.world
    state = ThreadState(world.bot.id, world.clock(), applied_tags=tags)
    state.auto_archive_duration = body.get("auto_archive_duration") or state.auto_archive_duration
    return world.add_thread(
        parent,
        body["name"].strip(),
        world.bot,
        type=ChannelType(kind) if kind else None,
        id=id,
        state=state,
    )


def create_thread(call: Call) -> Reply:
    """Start a thread without a message, or a post of a forum."""
    parent, guild = _parent(call)
    body = call.body
    problems = Problems()
    is_post = parent.type in POSTS_ONLY
    (_POST if is_post else _THREAD)(body, (), problems)
    problems.refuse()
    if is_post:
        return _create_post(call, parent, guild, body)
    kind = ChannelType(body.get("type") or ChannelType.PRIVATE_THREAD)
    if kind not in _FITTING[parent.type]:
        raise ApiError(Refusal.WRONG_CHANNEL_TYPE)
    private = kind is ChannelType.PRIVATE_THREAD
    needed = Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS
    require(call, parent, needed)
    thread = _make(call, guild, parent, body | {"type": kind})
    if not private:
        world = call.world
        note = Message(world.new_id(), parent, world.bot, world.clock(), thread.name)
        note.type, note.thread = MessageType.THREAD_CREATED, thread
        world.add_message(note)
    return Reply(thread_created_payload(thread, call.world.bot), 201)


def _create_post(call: Call, forum: Channel, guild: GuildState, body: Json) -> Reply:
    content = draft(call, body["message"], ("message",), new=True)
    needed = Permission.SEND_MESSAGES
    if content.get("embeds"):
        needed |= Permission.EMBED_LINKS
    if call.files:
        needed |= Permission.ATTACH_FILES
    require(call, forum, needed)
    tags = _tags(call, forum, body)
    world = call.world
    thread = _make(call, guild, forum, body, tags=tags)
    message = Message(thread.id, thread, world.bot, world.clock())
    fill(call, message, content)
    world.add_message(message)
    payload = thread_created_payload(thread, world.bot) | {"message": message_payload(message)}
    return Reply(payload, 201)


def _tags(call: Call, forum: Channel, body: Json) -> tuple[int, ...]:
    tags = tuple(int(tag) for tag in body.get("applied_tags") or ())
    for tag in tags:
        if tag not in forum.tags:
            raise ApiError(Refusal.UNKNOWN_TAG)
        if forum.tags[tag].moderated:
            require(call, forum, Permission.MANAGE_THREADS)
    if forum.requires_tag and not tags:
        raise ApiError(Refusal.TAG_REQUIRED)
    return tags


def create_thread_from_message(call: Call) -> Reply:
    """Start a thread from a message."""
    parent, guild = _parent(call)
    message = find_message(call)
    body = call.body
    problems = Problems()
    _THREAD(body, (), problems)
    problems.refuse()
    require(call, parent, Permission.CREATE_PUBLIC_THREADS)
    if message.thread is not None:
        raise ApiError(Refusal.THREAD_EXISTS)
    thread = _make(call, guild, parent, body | {"type": None}, id=message.id)
    message.thread = thread
    message.flags |= MessageFlag.HAS_THREAD
    call.world.message_changed(message)
    return Reply(thread_created_payload(thread, call.world.bot), 201)


def get_active_guild_threads(call: Call) -> Reply:
    """Return the threads of a guild that are not archived."""
    guild = find_guild(call)
    threads = [
        channel_payload(thread)
        for thread in guild.threads.values()
        if thread.thread and not thread.thread.archived and permissions_of(call.world.bot, thread)
    ]
    return Reply({"threads": threads, "members": [], "has_more": False})


def list_public_archived_threads(call: Call) -> Reply:
    """Return the archived threads of a channel, newest first."""
    parent, guild = _parent(call)
    require(call, parent, Permission.READ_MESSAGE_HISTORY)
    threads = [
        channel_payload(thread)
        for thread in reversed(guild.threads.values())
        if thread.parent is parent and thread.thread and thread.thread.archived
    ]
    return Reply({"threads": threads, "members": [], "has_more": False})


def join_thread(call: Call) -> Reply:
    """Add the bot to a thread."""
    thread = find_channel(call)
    if thread.thread is None:
        raise ApiError(Refusal.WRONG_CHANNEL_TYPE)
    if thread.thread.archived:
        raise ApiError(Refusal.THREAD_ARCHIVED)
    thread.thread.member_ids.add(call.world.bot.id)
    return NO_CONTENT
