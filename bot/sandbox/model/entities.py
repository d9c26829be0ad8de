"""Users, guilds, channels, messages and commands."""

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
    """A user, a person or a bot."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    """The language of the person's client, such as `ko`."""
    installed: bool = False
    """Whether the application is installed for this user."""
    accepts_dms: bool = True
    """Whether the user accepts direct messages of bots."""

    @property
    def mention(self) -> str:
        """The text that mentions the user in a message."""
        return f"<@{self.id}>"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name} {self.id}>"


@dataclass(slots=True, eq=False, repr=False)
class Role:
    """A role of a guild; the one with the guild's id is @everyone."""

    id: int
    name: str
    permissions: int = 0
    position: int = 0
    mentionable: bool = False
    managed: bool = False

    @property
    def mention(self) -> str:
        """The text that mentions the role in a message."""
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
    """A member of a guild."""

    user: User
    guild: "GuildState"
    joined_at: datetime
    role_ids: set[int] = field(default_factory=set)
    """Without @everyone."""
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
    """The fields that only threads have."""

    owner_id: int
    created_at: datetime
    archived: bool = False
    locked: bool = False
    auto_archive_duration: int = 1440
    """Minutes without a message after which it is archived."""
    applied_tags: tuple[int, ...] = ()
    member_ids: set[int] = field(default_factory=set)


@dataclass(slots=True, eq=False, repr=False)
class Channel:
    """A channel of a guild, a thread, or direct messages."""

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
    """Of a private channel: its users without the bot."""
    has_bot: bool = True
    """Of a private channel: whether the bot is a recipient."""
    followers: list["Channel"] = field(default_factory=list)
    """Of an announcement channel: the channels that follow it."""
    last_message_id: int | None = None
    all_messages: dict[int, "Message"] = field(default_factory=dict)
    """All messages that are not deleted, by id, ephemeral ones included."""

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread or a post of a forum."""
        return self.type in THREADS

    @property
    def is_private(self) -> bool:
        """Whether it belongs to no guild."""
        return self.type in PRIVATE

    @property
    def mention(self) -> str:
        """The text that mentions the channel in a message."""
        return f"<#{self.id}>"

    @property
    def messages(self) -> list["Message"]:
        """The messages that are not ephemeral, oldest first."""
        return [message for message in self.all_messages.values() if message.only_for is None]

    def seen_by(self, user: User) -> list["Message"]:
        """Return the messages that a user can see, oldest first, ephemeral ones included."""
        return [
            message
            for message in self.all_messages.values()
            if message.only_for is None or message.only_for == user.id
        ]

    def __repr__(self) -> str:
        return f"<Channel {self.type.name} {self.name} {self.id}>"


@dataclass(frozen=True, slots=True)
class Attachment:
    """Return an attachment."""

    id: int
    filename: str
    content: bytes
    content_type: str
    url: str
    description: str | None = None


@dataclass(slots=True, eq=False, repr=False)
class Message:
    """A message, with embeds and components as Discord returns them."""

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
    interaction: "InteractionMetadata | None" = None
    """The interaction that it is a response to."""
    only_for: int | None = None
    """Of an ephemeral message: the id of the user who can see it."""
    pings: frozenset[str] = frozenset()
    """Mentions that notify, as `allowed_mentions` allows: `everyone`, `<@id>`, `<@&id>`."""
    thread: Channel | None = None
    """The thread that was created from it."""
    copies: list["Message"] = field(default_factory=list)
    """Its copies in the channels that follow, if it was published."""
    copy_of: "Message | None" = None
    """The published message that it is a copy of."""
    webhook_id: int | None = None
    """The id of the webhook that sent it."""

    @property
    def ephemeral(self) -> bool:
        """Whether only one user can see it."""
        return self.only_for is not None

    @property
    def loading(self) -> bool:
        """Whether it is a deferred response, shown as "thinking…"."""
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def crossposted(self) -> bool:
        """Whether it was published."""
        return bool(self.flags & MessageFlag.CROSSPOSTED)

    @property
    def silent(self) -> bool:
        """Whether it sends no notifications."""
        return bool(self.flags & MessageFlag.SUPPRESS_NOTIFICATIONS)

    @property
    def push_text(self) -> str | None:
        """The text of its push notification; `None` where there is none.

        It is the content alone, so it is empty for Components V2
        (https://github.com/discord/discord-api-docs/issues/7854).
        """
        return None if self.silent or self.ephemeral else self.content

    @property
    def controls(self) -> list[Json]:
        """Its buttons and select menus, in reading order."""
        return [part for part in walk(self.components) if part["type"] in CONTROLS]

    def __repr__(self) -> str:
        return f"<Message {self.id} in {self.channel.name or 'a DM'}: {self.content[:40]!r}>"


@dataclass(slots=True, eq=False, repr=False)
class InteractionMetadata:
    """The metadata of an interaction that its responses have."""

    id: int
    kind: InteractionType
    name: str
    """The name of the command, or the `custom_id` of the component."""
    person: User
    """The user who triggered it."""
    data: Json
    """The `data` of the interaction."""
    integration_owners: dict[str, str]
    """`authorizing_integration_owners`: ids by type of installation."""
    source: Message | None = field(default=None, kw_only=True)
    """The message of the component that was used, or from which a modal was opened."""
    trigger: "InteractionMetadata | None" = field(default=None, kw_only=True)
    """Of a modal: the interaction that opened it."""
    message: Message | None = field(default=None, kw_only=True)
    """The message of the first response; of an update, `source` itself."""


@dataclass(slots=True, eq=False, repr=False)
class GuildState:
    """The data of a guild; `bot.sandbox.people.guilds.Guild` has methods that change it."""

    id: int
    name: str
    owner_id: int
    bot: User
    """The bot, whether it is a member or not."""
    locale: str = "en-US"
    """`preferred_locale`, such as `ko`."""
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    """By id of the user."""
    channels: dict[int, Channel] = field(default_factory=dict)
    """Without threads."""
    threads: dict[int, Channel] = field(default_factory=dict)
    system_channel_id: int | None = None
    available: bool = True
    """False during an outage."""
    active_thread_limit: int = 1000
    commands: dict[int, "Command"] = field(default_factory=dict)
    """The commands of this guild, by id."""

    @property
    def everyone(self) -> Role:
        """The role @everyone."""
        return self.roles[self.id]

    @property
    def me(self) -> Member | None:
        """The bot as a member; `None` where it is none."""
        return self.members.get(self.bot.id)

    @property
    def text_channels(self) -> list[Channel]:
        """The text and announcement channels."""
        wanted = (ChannelType.TEXT, ChannelType.ANNOUNCEMENT)
        return [channel for channel in self.channels.values() if channel.type in wanted]

    def __repr__(self) -> str:
        return f"<Guild {self.name} {self.id}>"


@dataclass(slots=True, eq=False)
class Command:
    """An application command."""

    id: int
    version: int
    body: Json
    """The body of the request."""
    guild_id: int | None = None

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.body["name"])

    @property
    def type(self) -> int:
        """1 slash command, 2 user command, 3 message command."""
        return int(self.body.get("type") or 1)
