"""What there is in one small Discord, and how its messages and interactions change."""

import asyncio
from collections.abc import Mapping
from itertools import islice

from bot.sandbox.exchange import FIRST_ANSWER, TOKEN_LIFE, Exchange
from bot.sandbox.feed import Event, Feed
from bot.sandbox.model import Attachment, Channel, Command, GuildState, Message, User
from bot.sandbox.permissions import IN_DM, permissions_in
from bot.sandbox.session_starts import SessionStarts
from bot.sandbox.snowflakes import Clock, Snowflakes


class State:
    """The state of a Discord with one application and its bot in it.

    Attributes:
        clock: what time it is there.
        feed: everything that happens.
        base_url: of the server, without a slash at its end; files and gateway are there.
        shards: that the bot is told to use.
        session_starts: how often the bot may identify.
        patience: real seconds that a person waits for anything, so that a test ends.
        first_answer: how long the bot may take for its first answer to an interaction.
    """

    def __init__(
        self, clock: Clock, *, bot_name: str, patience: float = 30.0, shards: int = 1
    ) -> None:
        self.clock = clock
        self.shards = shards
        self.session_starts = SessionStarts()
        self.feed = Feed()
        self.base_url = ""
        self.patience = patience
        self.first_answer = FIRST_ANSWER
        self.new_id = Snowflakes(clock)
        self.users: dict[int, User] = {}
        self.guilds: Mapping[int, GuildState] = {}
        self.channels: dict[int, Channel] = {}
        self.commands: dict[int, Command] = {}
        """Those registered for everywhere."""
        self.exchanges: dict[int, Exchange] = {}
        self.exchanges_by_token: dict[str, Exchange] = {}
        self.files: dict[int, Attachment] = {}
        self.bot = User(self.new_id(), bot_name, bot=True)
        self.users[self.bot.id] = self.bot
        self.application_id = self.bot.id

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
        left = (exchange.created_at + self.first_answer - self.clock()).total_seconds()
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
            if self.clock() - exchange.created_at >= self.first_answer:
                self.give_up(exchange)

    def close(self) -> None:
        """Stop the timers."""
        for exchange in self.exchanges.values():
            exchange.stop_timer()
