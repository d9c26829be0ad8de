"""The state with people, who create guilds and groups."""

from bot.sandbox.model import Channel, ChannelType, Role
from bot.sandbox.model.snowflakes import Clock
from bot.sandbox.model.state import State
from bot.sandbox.people.guilds import Guild
from bot.sandbox.people.person import Person, new_person
from bot.sandbox.rules.permissions import ORDINARY


class World(State):
    """The state with people, who create guilds and groups."""

    guilds: dict[int, Guild]
    owner: Person

    def __init__(
        self, clock: Clock, *, bot_name: str, patience: float = 30.0, shards: int = 1
    ) -> None:
        super().__init__(clock, bot_name=bot_name, patience=patience, shards=shards)
        self.guilds = {}
        self.owner = self.add_person("Owner")

    def add_person(self, name: str, *, locale: str = "en-US") -> Person:
        """Create a user; `locale` is the language of their client."""
        return new_person(self, name, locale=locale)

    def add_guild(
        self,
        name: str,
        *,
        locale: str = "en-US",
        owner: Person | None = None,
        with_bot: bool = True,
        bot_permissions: int = ORDINARY,
    ) -> Guild:
        """Create a guild without channels, and add the bot."""
        owner = owner or self.owner
        guild = Guild(self, self.new_id(), name, owner.id, locale)
        guild.roles[guild.id] = Role(guild.id, "@everyone", ORDINARY)
        self.guilds[guild.id] = guild
        guild.add_member(owner)
        if with_bot:
            guild.add_bot(bot_permissions)
        return guild

    def add_group(self, *people: Person) -> Channel:
        """Create direct messages of two people, or a group, without the bot."""
        kind = ChannelType.DM if len(people) == 2 else ChannelType.GROUP_DM  # noqa: PLR2004  a pair
        channel = Channel(self.new_id(), kind, recipients=tuple(people), has_bot=False)
        self.channels[channel.id] = channel
        return channel
