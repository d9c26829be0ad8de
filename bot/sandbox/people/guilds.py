"""Guilds with methods that change them."""

from bot.sandbox.model import (
    Channel,
    ChannelType,
    GuildState,
    Member,
    Overwrite,
    Role,
    Tag,
    ThreadState,
    User,
)
from bot.sandbox.model.state import State
from bot.sandbox.people.errors import NotSentError
from bot.sandbox.people.person import Person, new_person
from bot.sandbox.rules.permissions import ORDINARY, permissions_in


class Guild(GuildState):
    """A guild with methods that change it; each change is published."""

    __slots__ = ("world",)

    def __init__(
        self,
        world: State,
        id: int,  # noqa: A002  Discord's own word for it
        name: str,
        owner_id: int,
        locale: str = "en-US",
    ) -> None:
        super().__init__(id, name, owner_id, world.bot, locale)
        self.world = world

    def add_role(self, name: str, permissions: int = 0, *, mentionable: bool = False) -> Role:
        """Add a role above the others."""
        role = Role(self.world.new_id(), name, int(permissions), len(self.roles), mentionable)
        self.roles[role.id] = role
        self.world.publish("GUILD_ROLE_CREATE", (self, role))
        return role

    def set_permissions(self, role: Role, permissions: int) -> None:
        """Replace the permissions of a role."""
        role.permissions = int(permissions)
        self.world.publish("GUILD_ROLE_UPDATE", (self, role))

    def add_member(
        self,
        person: Person | str,
        *,
        roles: tuple[Role, ...] = (),
        permissions: int = 0,
        locale: str | None = None,
    ) -> Person:
        """Add a member.

        Args:
            person: a person, or the name of a new one.
            roles: of this guild.
            permissions: permissions beyond those of @everyone, by a role of their own.
            locale: of a new person; the guild's where `None`.
        """
        if isinstance(person, str):
            person = new_person(self.world, person, locale=locale or self.locale)
        held = {role.id for role in roles}
        if permissions:
            held.add(self.add_role(person.name, permissions).id)
        member = Member(person, self, self.world.clock(), held)
        self.members[person.id] = member
        self.world.publish("GUILD_MEMBER_ADD", member)
        return person

    def set_roles(self, user: User, roles: tuple[Role, ...]) -> None:
        """Replace the roles of a member, a person or the bot."""
        member = self.members[user.id]
        member.role_ids = {role.id for role in roles}
        self.world.publish("GUILD_MEMBER_UPDATE", member)

    def add_bot(self, permissions: int = ORDINARY) -> Role:
        """Add the bot; return its role."""
        bot = self.world.bot
        role = Role(self.world.new_id(), bot.name, int(permissions), len(self.roles), managed=True)
        self.roles[role.id] = role
        self.members[bot.id] = Member(bot, self, self.world.clock(), {role.id})
        self.world.publish("GUILD_CREATE", self)
        return role

    def remove_bot(self) -> None:
        """Remove the bot."""
        self.world.remove_bot(self)

    def set_available(self, available: bool) -> None:  # the state is the argument
        """Begin or end an outage of this guild."""
        self.available = available
        self.world.publish("GUILD_AVAILABLE" if available else "GUILD_DELETE", self)

    def add_channel(
        self,
        name: str,
        type: ChannelType = ChannelType.TEXT,  # noqa: A002  Discord's own word for it
        *,
        topic: str | None = None,
        parent: Channel | None = None,
        tags: tuple[str, ...] = (),
        requires_tag: bool = False,
    ) -> Channel:
        """Add a channel; `tags` and `requires_tag` are for forums."""
        channel = Channel(
            self.world.new_id(),
            type,
            name,
            self,
            parent,
            topic=topic,
            position=len(self.channels),
            requires_tag=requires_tag,
        )
        for tag in tags:
            tag_id = self.world.new_id()
            channel.tags[tag_id] = Tag(tag_id, tag)
        self.channels[channel.id] = self.world.channels[channel.id] = channel
        if self.system_channel_id is None and type is ChannelType.TEXT:
            self.system_channel_id = channel.id
        self.world.publish("CHANNEL_CREATE", channel)
        return channel

    def follow(self, announcements: Channel, into: Channel) -> None:
        """Let a channel of another guild follow an announcement channel of this one."""
        announcements.followers.append(into)

    def add_thread(
        self,
        parent: Channel,
        name: str,
        owner: User,
        *,
        type: ChannelType | None = None,  # noqa: A002  Discord's own word for it
        id: int | None = None,  # noqa: A002  the same
        state: ThreadState | None = None,
    ) -> Channel:
        """Start a thread.

        Args:
            parent: the channel.
            name: of the thread.
            owner: who starts it.
            type: where `None`, a public thread, or one of announcements in such a channel.
            id: of the message it is started from, where there is one.
            state: its tags and the like; as usual where `None`.
        """
        return self.world.add_thread(parent, name, owner, type=type, id=id, state=state)

    def remove_channel(self, channel: Channel) -> None:
        """Delete a channel or thread, and a channel's threads with it."""
        self.world.remove_channel(self, channel)

    def set_overwrite(
        self, channel: Channel, target: Role | User, *, allow: int = 0, deny: int = 0
    ) -> None:
        """Replace the permission overwrite of a role or member in a channel."""
        channel.overwrites[target.id] = Overwrite(
            target.id, isinstance(target, User), int(allow), int(deny)
        )
        self.world.publish("CHANNEL_UPDATE", channel)

    def permissions_of(self, user: User, channel: Channel) -> int:
        """Return the permissions of a member in a channel of this guild.

        Raises:
            NotSentError: the user is no member.
        """
        member = self.members.get(user.id)
        if member is None:
            raise NotSentError("{name} is not a member of {guild}", name=user.name, guild=self.name)
        return permissions_in(channel, member)
