"""The things a Discord is made of: users, servers, channels, messages, commands."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.model.components import CONTROLS, walk
from bot.sandbox.model.enums import (
    PRIVATE,
    THREADS,
    ChannelType,
    InteractionType,
    MessageFlag,
    MessageType,
)

Json = dict[str, Any]
"""A JSON object."""


@dataclass(slots=True, eq=False, repr=False)
class User:
    """Someone with an account; a bot has one as well."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    """The language that the person's Discord speaks, such as `ko`."""
    installed: bool = False
    """Whether the person has installed the application for themselves."""
    accepts_dms: bool = True
    """Whether a bot may write to the person."""

    @property
    def mention(self) -> str:
        """How a message names the user."""
        return f"<@{self.id}>"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name} {self.id}>"


@dataclass(slots=True, eq=False, repr=False)
class Role:
    """A role of a server; the one with the server's id is everyone's."""

    id: int
    name: str
    permissions: int = 0
    position: int = 0
    mentionable: bool = False
    managed: bool = False

    @property
    def mention(self) -> str:
        """How a message names the role."""
        return f"<@&{self.id}>"

    def __repr__(self) -> str:
        return f"<Role {self.name} {self.id}>"


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel allows or denies a role or a member."""

    id: int
    """Of the role or user."""
    is_member: bool
    allow: int
    deny: int


@dataclass(slots=True, eq=False, repr=False)
class Member:
    """A user in a server."""

    user: User
    guild: "GuildState"
    joined_at: datetime
    role_ids: set[int] = field(default_factory=set)
    """Without everyone's."""
    nick: str | None = None

    def __repr__(self) -> str:
        return f"<Member {self.user.name} of {self.guild.name}>"


@dataclass(slots=True, eq=False)
class Tag:
    """A tag of a forum."""

    id: int
    name: str
    moderated: bool = False


@dataclass(slots=True, eq=False)
class ThreadState:
    """What a thread has that other channels have not."""

    owner_id: int
    created_at: datetime
    archived: bool = False
    locked: bool = False
    auto_archive_duration: int = 1440
    """Minutes without a message after which it is put away."""
    applied_tags: tuple[int, ...] = ()
    member_ids: set[int] = field(default_factory=set)


@dataclass(slots=True, eq=False, repr=False)
class Channel:
    """A place for messages, in a server or between people."""

    id: int
    type: ChannelType
    name: str = ""
    guild: "GuildState | None" = None
    parent: "Channel | None" = None
    """The category of a channel, the channel of a thread."""
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    topic: str | None = None
    position: int = 0
    nsfw: bool = False
    tags: dict[int, Tag] = field(default_factory=dict)
    requires_tag: bool = False
    """Of a forum: whether a post without a tag is refused."""
    thread: ThreadState | None = None
    recipients: tuple[User, ...] = ()
    """Of a private channel: everyone in it but the bot."""
    has_bot: bool = True
    """Of a private channel: whether the bot takes part."""
    followers: list["Channel"] = field(default_factory=list)
    """Of an announcement channel: the channels of other servers that get its published messages."""
    last_message_id: int | None = None
    everything: dict[int, "Message"] = field(default_factory=dict)
    """The messages that are still there, by id, those for one person's eyes too."""

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread, a forum's post included."""
        return self.type in THREADS

    @property
    def is_private(self) -> bool:
        """Whether it belongs to no server."""
        return self.type in PRIVATE

    @property
    def mention(self) -> str:
        """How a message names the channel."""
        return f"<#{self.id}>"

    @property
    def messages(self) -> list["Message"]:
        """What everyone here can see, oldest first."""
        return [message for message in self.everything.values() if message.only_for is None]

    def seen_by(self, user: User) -> list["Message"]:
        """Return what one user can see here, oldest first, answers for their eyes only included."""
        return [
            message
            for message in self.everything.values()
            if message.only_for is None or message.only_for == user.id
        ]

    def __repr__(self) -> str:
        return f"<Channel {self.type.name} {self.name} {self.id}>"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message."""

    id: int
    filename: str
    content: bytes
    content_type: str
    url: str
    description: str | None = None


@dataclass(slots=True, eq=False, repr=False)
class Message:
    """A message, its embeds and components as Discord gives them back."""

    id: int
    channel: Channel
    author: User
    created_at: datetime
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    type: MessageType = MessageType.DEFAULT
    flags: int = 0
    edited_at: datetime | None = None
    nonce: str | int | None = None
    reply_to: "Message | None" = None
    exchange: "InteractionMetadata | None" = None
    """The interaction that it answers."""
    only_for: int | None = None
    """Id of the one user who can see it."""
    pings: frozenset[str] = frozenset()
    """Whom it notifies: `everyone`, `<@id>`, `<@&id>`; what `allowed_mentions` left of them."""
    thread: Channel | None = None
    """The thread that was started from it."""
    copies: list["Message"] = field(default_factory=list)
    """Its copies in the channels that follow, where it was published."""
    copy_of: "Message | None" = None
    """The published message that it is a copy of."""
    webhook_id: int | None = None
    """The webhook that wrote it."""

    @property
    def ephemeral(self) -> bool:
        """Whether only one person can see it."""
        return self.only_for is not None

    @property
    def loading(self) -> bool:
        """Whether it says no more than "… is thinking"."""
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def crossposted(self) -> bool:
        """Whether it was published to the servers that follow."""
        return bool(self.flags & MessageFlag.CROSSPOSTED)

    @property
    def silent(self) -> bool:
        """Whether nobody is notified of it."""
        return bool(self.flags & MessageFlag.SUPPRESS_NOTIFICATIONS)

    @property
    def push_text(self) -> str | None:
        """What a push notification says of it; `None` where there is none.

        That is the content alone, so it is empty for Components V2
        (https://github.com/discord/discord-api-docs/issues/7854).
        """
        return None if self.silent or self.ephemeral else self.content

    @property
    def controls(self) -> list[Json]:
        """Its buttons and menus, in reading order."""
        return [part for part in walk(self.components) if part["type"] in CONTROLS]

    def __repr__(self) -> str:
        return f"<Message {self.id} in {self.channel.name or 'a DM'}: {self.content[:40]!r}>"


@dataclass(slots=True, eq=False, repr=False)
class InteractionMetadata:
    """What a message tells of the interaction that it answers."""

    id: int
    kind: InteractionType
    name: str
    """Of the command, or the `custom_id` of the component."""
    person: User
    """Who did it."""
    data: Json
    """What was sent to the bot as the interaction's `data`."""
    owners: dict[str, str]
    """Through which installations it reached the bot: kind to whose."""
    source: Message | None = field(default=None, kw_only=True)
    """The message whose button or menu was used, or that a modal came from."""
    trigger: "InteractionMetadata | None" = field(default=None, kw_only=True)
    """The interaction that opened the form, of a form that was sent."""
    message: Message | None = field(default=None, kw_only=True)
    """The answer to see: the bot's message, or for an update `source` itself."""


@dataclass(slots=True, eq=False, repr=False)
class GuildState:
    """What a server consists of. `bot.sandbox.guilds.Guild` adds the ways to change it."""

    id: int
    name: str
    owner_id: int
    bot: User
    """The application's bot, a member or not."""
    locale: str = "en-US"
    """The language that the server states for itself, such as `ko`."""
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    """By user id."""
    channels: dict[int, Channel] = field(default_factory=dict)
    """Without threads."""
    threads: dict[int, Channel] = field(default_factory=dict)
    system_channel_id: int | None = None
    available: bool = True
    """Not so during an outage of Discord's."""
    active_thread_limit: int = 1000
    commands: dict[int, "Command"] = field(default_factory=dict)
    """Those registered for this server alone."""

    @property
    def everyone(self) -> Role:
        """The role that every member has."""
        return self.roles[self.id]

    @property
    def me(self) -> Member | None:
        """The bot here; `None` where it is no member."""
        return self.members.get(self.bot.id)

    @property
    def text_channels(self) -> list[Channel]:
        """The channels that take messages, threads aside."""
        wanted = (ChannelType.TEXT, ChannelType.ANNOUNCEMENT)
        return [channel for channel in self.channels.values() if channel.type in wanted]

    def __repr__(self) -> str:
        return f"<Guild {self.name} {self.id}>"


@dataclass(slots=True, eq=False)
class Command:
    """An application command as it was registered."""

    id: int
    version: int
    body: Json
    """The request's own, defaults filled in."""
    guild_id: int | None = None

    @property
    def name(self) -> str:
        """The name by which it is called."""
        return str(self.body["name"])

    @property
    def type(self) -> int:
        """1 slash command, 2 of a user's menu, 3 of a message's menu."""
        return int(self.body.get("type") or 1)
