"""One small Discord: who and what comes into it, and what of it the bot can see."""

from bot.sandbox.errors import ApiError, Refusal
from bot.sandbox.guilds import Guild
from bot.sandbox.model import Channel, ChannelType, Role, User
from bot.sandbox.permissions import ORDINARY
from bot.sandbox.person import Person, new_person
from bot.sandbox.snowflakes import Clock
from bot.sandbox.state import State


class World(State):
    """A Discord with one application, its bot, and people who make servers."""

    guilds: dict[int, Guild]

    def __init__(
        self, clock: Clock, *, bot_name: str, patience: float = 30.0, shards: int = 1
    ) -> None:
        super().__init__(clock, bot_name=bot_name, patience=patience, shards=shards)
        self.guilds = {}
        self._dms: dict[int, Channel] = {}
        self.owner = self.add_person("Owner")

    def add_person(self, name: str, *, locale: str = "en-US") -> Person:
        """Let someone make an account; `locale` is the language of their Discord."""
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
        """Let someone make a server, without channels as yet, and invite the bot."""
        owner = owner or self.owner
        guild = Guild(self, self.new_id(), name, owner.id, locale)
        guild.roles[guild.id] = Role(guild.id, "@everyone", ORDINARY)
        self.guilds[guild.id] = guild
        guild.add_member(owner)
        if with_bot:
            guild.add_bot(bot_permissions)
        return guild

    def dm(self, person: User) -> Channel:
        """Return the conversation of a person with the bot, opened if there is none yet."""
        channel = self._dms.get(person.id)
        if channel is None:
            channel = Channel(self.new_id(), ChannelType.DM, recipients=(person,))
            self._dms[person.id] = self.channels[channel.id] = channel
        return channel

    def add_group(self, *people: Person) -> Channel:
        """Let people talk among themselves, without the bot: two of them, or a group of more."""
        kind = ChannelType.DM if len(people) == 2 else ChannelType.GROUP_DM  # noqa: PLR2004  a pair
        channel = Channel(self.new_id(), kind, recipients=tuple(people), has_bot=False)
        self.channels[channel.id] = channel
        return channel

    def channel(self, channel_id: int) -> Channel:
        """Return a channel that the bot can see.

        Raises:
            ApiError: there is none, or the bot can't see it.
        """
        channel = self.channels.get(channel_id)
        if channel is None:
            raise ApiError(Refusal.UNKNOWN_CHANNEL)
        if not self.permissions_of(self.bot, channel):
            raise ApiError(Refusal.MISSING_ACCESS)
        return channel

    def guild(self, guild_id: int) -> Guild:
        """Return a server that the bot is in.

        Raises:
            ApiError: there is none, or the bot is no member.
        """
        guild = self.guilds.get(guild_id)
        if guild is None:
            raise ApiError(Refusal.UNKNOWN_GUILD)
        if guild.me is None:
            raise ApiError(Refusal.MISSING_ACCESS)
        return guild
