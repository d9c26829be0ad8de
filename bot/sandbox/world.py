"""One small Discord: everyone and everything in it, and what happens to them."""

import asyncio
from itertools import islice

from bot.sandbox.errors import ApiError, Refusal
from bot.sandbox.exchange import FIRST_ANSWER, TOKEN_LIFE, Exchange
from bot.sandbox.feed import Event, Feed
from bot.sandbox.guilds import Guild
from bot.sandbox.model import Attachment, Channel, ChannelType, Command, Message, Role, User
from bot.sandbox.permissions import IN_DM, ORDINARY, permissions_in
from bot.sandbox.person import Person
from bot.sandbox.session_starts import SessionStarts
from bot.sandbox.snowflakes import Clock, Snowflakes


class World:
    """The state of a Discord with one application and its bot in it.

    Attributes:
        clock: what time it is there.
        feed: everything that happens.
        base_url: of the server, without a slash at its end; files and gateway are there.
        shards: that the bot is told to use.
        session_starts: how often the bot may identify.
        patience: real seconds that a person waits for anything, so that a test ends.
    """

    def __init__(
        self, clock: Clock, *, bot_name: str, patience: float = 10.0, shards: int = 1
    ) -> None:
        self.clock = clock
        self.shards = shards
        self.session_starts = SessionStarts()
        self.feed = Feed()
        self.base_url = ""
        self.patience = patience
        self.new_id = Snowflakes(clock)
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.commands: dict[int, Command] = {}
        """Those registered for everywhere."""
        self.exchanges: dict[int, Exchange] = {}
        self.exchanges_by_token: dict[str, Exchange] = {}
        self.files: dict[int, Attachment] = {}
        self._dms: dict[int, Channel] = {}
        self.bot = User(self.new_id(), bot_name, bot=True)
        self.users[self.bot.id] = self.bot
        self.application_id = self.bot.id
        self.owner = self.add_person("Owner")

    def publish(
        self,
        name: str,
        subject: object,
        channel: Channel | None = None,
        only_for: int | None = None,
    ) -> None:
        """Say that something happened."""
        place = channel.id if channel else None
        self.feed.publish(Event(name, self.clock(), subject, place, only_for))

    def add_person(self, name: str, *, locale: str = "en-US") -> Person:
        """Let someone make an account; `locale` is the language of their Discord."""
        person = Person(self.new_id(), name, locale=locale, world=self)
        self.users[person.id] = person
        return person

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

    def permissions_of(self, user: User, channel: Channel) -> int:
        """Return what a user may do in a channel: 0 where they are not in it at all."""
        if channel.guild is None:
            inside = user in channel.recipients or (user is self.bot and channel.has_bot)
            return IN_DM if inside else 0
        member = channel.guild.members.get(user.id)
        return permissions_in(channel, member) if member else 0

    def app_permissions(self, channel: Channel) -> int:
        """Return what the application may do in a channel, also where its bot is no member."""
        if channel.guild is None or channel.guild.me is None:
            return IN_DM
        return self.permissions_of(self.bot, channel)

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

    def add_message(self, message: Message) -> Message:
        """Put a message into its channel, and tell."""
        channel = message.channel
        channel.everything[message.id] = message
        channel.last_message_id = message.id
        if channel.thread is not None and channel.thread.archived:
            channel.thread.archived = False
            self.publish("THREAD_UPDATE", channel, channel)
        for file in message.attachments:
            self.files[file.id] = file
        self.publish("MESSAGE_CREATE", message, channel, message.only_for)
        return message

    def message_changed(self, message: Message) -> None:
        """Tell that a message was edited or published, which is done already."""
        for file in message.attachments:
            self.files[file.id] = file
        self.publish("MESSAGE_UPDATE", message, message.channel, message.only_for)

    def remove_message(self, message: Message) -> None:
        """Take a message away, and tell."""
        message.channel.everything.pop(message.id, None)
        self.publish("MESSAGE_DELETE", message, message.channel, message.only_for)

    def add_exchange(self, exchange: Exchange) -> None:
        """Let an interaction begin, and tell."""
        self._forget_old()
        self.exchanges[exchange.id] = exchange
        self.exchanges_by_token[exchange.token] = exchange
        self._watch(exchange)
        self.publish("INTERACTION_CREATE", exchange, exchange.channel, exchange.person.id)

    def _forget_old(self) -> None:
        """Forget interactions whose time is long over, so that a world can run for days."""
        for exchange in tuple(islice(self.exchanges.values(), 2)):
            if self.clock() - exchange.created_at > 2 * TOKEN_LIFE:
                del self.exchanges[exchange.id], self.exchanges_by_token[exchange.token]

    def exchange_changed(self, exchange: Exchange) -> None:
        """Tell that something came back for an interaction."""
        exchange.changed.set()
        self.publish("INTERACTION_UPDATE", exchange, exchange.channel, exchange.person.id)

    def _watch(self, exchange: Exchange) -> None:
        """Give an interaction up when its time is over, by the clock of this world.

        That clock may be set by hand, so the timer asks again where it has come too early.
        """
        left = (exchange.created_at + FIRST_ANSWER - self.clock()).total_seconds()
        if left <= 0:
            self.give_up(exchange)
        else:
            loop = asyncio.get_running_loop()
            exchange.timer = loop.call_later(max(left, 0.01), self._watch, exchange)

    def give_up(self, exchange: Exchange) -> None:
        """Let an interaction that nobody has answered fail."""
        if exchange.acknowledged or exchange.failed:
            return
        exchange.fail()
        self.exchange_changed(exchange)

    def tick(self) -> None:
        """Look at the clock: to be called by whoever has set it, for what is over by then."""
        for exchange in self.exchanges.values():
            if self.clock() - exchange.created_at >= FIRST_ANSWER:
                self.give_up(exchange)

    def close(self) -> None:
        """Stop the timers."""
        for exchange in self.exchanges.values():
            exchange.stop_timer()
