"""The state of the sandbox, and the changes that REST, gateway and people share."""

import asyncio
from collections.abc import Mapping
from itertools import islice

from bot.sandbox.model.entities import (
    Attachment,
    Channel,
    Command,
    GuildState,
    Message,
    ThreadState,
    User,
)
from bot.sandbox.model.enums import POSTS_ONLY, ChannelType
from bot.sandbox.model.events import Event, Feed
from bot.sandbox.model.interactions import FIRST_ANSWER, TOKEN_LIFE, Interaction
from bot.sandbox.model.session_starts import SessionStarts
from bot.sandbox.model.snowflakes import Clock, Snowflakes


class State:
    """The state of a Discord with one application and its bot in it.

    Each change is published as an event.

    Attributes:
        clock: what time it is there.
        feed: everything that happens.
        base_url: of the server, without a slash at its end; files and gateway are there.
        shards: that the bot is told to use.
        session_starts: how often the bot may identify.
        patience: real seconds that a person waits for anything, so that a test ends.
        first_answer: how long the bot may take for its first response to an interaction.
        owner: of the application.
        team: the members of the team that owns the application, each with whether they have
            accepted; empty if `owner` does.
    """

    owner: User

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
        """The global commands."""
        self.interactions: dict[int, Interaction] = {}
        self.interactions_by_token: dict[str, Interaction] = {}
        self.files: dict[int, Attachment] = {}
        self._dms: dict[int, Channel] = {}
        self.bot = User(self.new_id(), bot_name, bot=True)
        self.users[self.bot.id] = self.bot
        self.application_id = self.bot.id
        self.team: dict[User, bool] = {}

    def publish(
        self,
        name: str,
        subject: object,
        channel: Channel | None = None,
        only_for: int | None = None,
    ) -> None:
        """Publish an event."""
        channel_id = channel.id if channel else None
        self.feed.publish(Event(name, self.clock(), subject, channel_id, only_for))

    def dm(self, user: User) -> Channel:
        """Return the direct messages of a user and the bot, opened if they were not yet."""
        channel = self._dms.get(user.id)
        if channel is None:
            channel = Channel(self.new_id(), ChannelType.DM, recipients=(user,))
            self._dms[user.id] = self.channels[channel.id] = channel
        return channel

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
        """Start a thread, and publish it.

        Args:
            parent: the channel, of a guild.
            name: of the thread.
            owner: who starts it.
            type: where `None`, a public thread, or one of announcements in such a channel.
            id: of the message that it is started from, where there is one.
            state: its tags and the like; as usual where `None`.
        """
        guild = parent.guild
        assert guild is not None
        announced = parent.type is ChannelType.ANNOUNCEMENT
        usual = ChannelType.ANNOUNCEMENT_THREAD if announced else ChannelType.PUBLIC_THREAD
        state = state or ThreadState(owner.id, self.clock())
        state.member_ids.add(owner.id)
        thread = Channel(id or self.new_id(), type or usual, name, guild, parent, thread=state)
        guild.threads[thread.id] = self.channels[thread.id] = thread
        if parent.type in POSTS_ONLY:
            parent.last_message_id = thread.id
        self.publish("THREAD_CREATE", thread)
        return thread

    def remove_channel(self, guild: GuildState, channel: Channel) -> None:
        """Delete a channel with its threads, or a thread, and publish it."""
        for thread in [thread for thread in guild.threads.values() if thread.parent is channel]:
            del guild.threads[thread.id], self.channels[thread.id]
        del self.channels[channel.id]
        del (guild.threads if channel.is_thread else guild.channels)[channel.id]
        self.publish("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", channel)

    def remove_bot(self, guild: GuildState) -> None:
        """Take the bot out of a guild, and publish it."""
        del guild.members[self.bot.id]
        self.publish("GUILD_DELETE", guild)

    def add_message(self, message: Message) -> Message:
        """Add a message to its channel, and publish it."""
        channel = message.channel
        channel.all_messages[message.id] = message
        channel.last_message_id = message.id
        if channel.thread is not None and channel.thread.archived:
            channel.thread.archived = False
            self.publish("THREAD_UPDATE", channel, channel)
        for file in message.attachments:
            self.files[file.id] = file
        self.publish("MESSAGE_CREATE", message, channel, message.only_for)
        return message

    def message_changed(self, message: Message) -> None:
        """Publish that a message was changed by the caller."""
        for file in message.attachments:
            self.files[file.id] = file
        self.publish("MESSAGE_UPDATE", message, message.channel, message.only_for)

    def remove_message(self, message: Message) -> None:
        """Delete a message, and publish it."""
        message.channel.all_messages.pop(message.id, None)
        self.publish("MESSAGE_DELETE", message, message.channel, message.only_for)

    def add_interaction(self, interaction: Interaction) -> None:
        """Add an interaction, and publish it."""
        self._forget_old()
        self.interactions[interaction.id] = interaction
        self.interactions_by_token[interaction.token] = interaction
        self._watch(interaction)
        self.publish("INTERACTION_CREATE", interaction, interaction.channel, interaction.person.id)

    def _forget_old(self) -> None:
        """Remove interactions whose token is long invalid, so that memory stays bounded."""
        for interaction in tuple(islice(self.interactions.values(), 2)):
            if self.clock() - interaction.created_at > 2 * TOKEN_LIFE:
                del self.interactions[interaction.id], self.interactions_by_token[interaction.token]

    def interaction_changed(self, interaction: Interaction) -> None:
        """Publish that there is a response to an interaction."""
        interaction.changed.set()
        self.publish("INTERACTION_UPDATE", interaction, interaction.channel, interaction.person.id)

    def _watch(self, interaction: Interaction) -> None:
        """Let an interaction fail when its time is over, by the sandbox's clock.

        The clock may be set by hand, so the timer starts again if it fires too early.
        """
        left = (interaction.created_at + self.first_answer - self.clock()).total_seconds()
        if left <= 0:
            self.give_up(interaction)
        else:
            loop = asyncio.get_running_loop()
            interaction.timer = loop.call_later(max(left, 0.01), self._watch, interaction)

    def give_up(self, interaction: Interaction) -> None:
        """Let an interaction without a response fail."""
        if interaction.acknowledged or interaction.failed:
            return
        interaction.fail()
        self.interaction_changed(interaction)

    def tick(self) -> None:
        """Let interactions fail whose time is over; call it after the clock was set by hand."""
        for interaction in self.interactions.values():
            if self.clock() - interaction.created_at >= self.first_answer:
                self.give_up(interaction)

    def close(self) -> None:
        """Stop the timers."""
        for interaction in self.interactions.values():
            interaction.stop_timer()
