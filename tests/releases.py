"""Databases as released versions left them, and the state of Discord that belongs to each.

`storage/make_0_1_0.py` and `storage/make_release.py` made them.
"""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.sandbox import Channel, ChannelType, Guild, Message, Person, Sandbox
from bot.sandbox.model import Member, MessageType, Overwrite, Role, Tag, ThreadState

FOLDER: Final = Path(__file__).parent / "storage"
VERSIONS: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.*.*.sql")))


class Release:
    """A released version's database and Discord."""

    def __init__(self, version: str) -> None:
        self._sql = FOLDER / f"{version}.sql"
        facts = self._sql.with_suffix(".json").read_text("utf-8")
        self.facts: Final[dict[str, Any]] = json.loads(facts)
        """The server, channels and messages that the database refers to; see `restore`."""
        self.now: Final = datetime.fromisoformat(self.facts["now"])
        """When the database was copied, UTC."""

    def load(self, path: Path) -> None:
        """Create the database at a path where no file exists."""
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(self._sql.read_text("utf-8"))

    def restore(self, sandbox: Sandbox) -> Guild:
        """Put the server, its channels and their messages into a sandbox; return the server.

        Call it before a bot connects, in a sandbox whose clock is at `now` or later, so that new
        ids are greater than the restored ones.
        """
        world, facts = sandbox.world, self.facts
        del world.users[world.bot.id]
        world.bot.id, world.application_id = facts["bot_id"], facts["application_id"]
        world.users[world.bot.id] = world.bot
        admin = Person(facts["admin"]["id"], facts["admin"]["name"], world=world)
        world.users[admin.id] = admin
        guild = Guild(world, facts["guild"]["id"], facts["guild"]["name"], admin.id)
        guild.locale = facts["guild"]["locale"]
        guild.roles = {role["id"]: Role(**role) for role in facts["roles"]}
        guild.members = {
            admin.id: Member(admin, guild, self.now),
            world.bot.id: Member(world.bot, guild, self.now, set(facts["bot_roles"])),
        }
        for each in facts["channels"]:
            channel = _channel(guild, each)
            world.channels[channel.id] = channel
            (guild.threads if channel.is_thread else guild.channels)[channel.id] = channel
        for each in facts["messages"]:
            channel = world.channels[each["channel_id"]]
            channel.all_messages[each["id"]] = _message(sandbox, channel, each)
        world.guilds[guild.id] = guild
        return guild


def _channel(guild: Guild, facts: dict[str, Any]) -> Channel:
    """Return a channel or thread; the parent of a thread must already be in the server."""
    channel = Channel(facts["id"], ChannelType(facts["type"]), facts["name"], guild)
    if facts["parent_id"] is not None:
        channel.parent = guild.channels[facts["parent_id"]]
    channel.overwrites = {each["id"]: Overwrite(**each) for each in facts["overwrites"]}
    channel.tags = {each["id"]: Tag(**each) for each in facts["tags"]}
    channel.last_message_id = facts["last_message_id"]
    if (thread := facts["thread"]) is not None:
        channel.thread = ThreadState(
            thread["owner_id"],
            datetime.fromisoformat(thread["created_at"]),
            archived=thread["archived"],
            applied_tags=tuple(thread["applied_tags"]),
            member_ids={thread["owner_id"]},
        )
    return channel


def _message(sandbox: Sandbox, channel: Channel, facts: dict[str, Any]) -> Message:
    world = sandbox.world
    edited_at = facts["edited_at"]
    return Message(
        facts["id"],
        channel,
        world.users[facts["author_id"]],
        datetime.fromisoformat(facts["created_at"]),
        facts["content"],
        facts["embeds"],
        facts["components"],
        type=MessageType(facts["type"]),
        flags=facts["flags"],
        edited_at=datetime.fromisoformat(edited_at) if edited_at else None,
        nonce=facts["nonce"],
        thread=world.channels[facts["thread_id"]] if facts["thread_id"] else None,
    )
