"""What the bot does when servers add, remove or change it: from the client's queue to the rest."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

import discord

from bot.client import (
    ChannelGone,
    Connected,
    GuildAvailable,
    GuildChanged,
    GuildEvent,
    GuildJoined,
    Ready,
)
from bot.commands.services import Services
from bot.commands.welcome import welcome
from bot.posting.guild_events import GuildEvents
from bot.tasks import log_failure
from storage import guild_data, guilds
from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)


class ServerEvents:
    """Passes on events of servers, one after another."""

    def __init__(
        self,
        events: asyncio.Queue[GuildEvent],
        *,
        database: Database,
        client: discord.Client,
        posting: GuildEvents,
        services: Services,
        now: Callable[[], datetime],
    ) -> None:
        """Build it; `run` reads the queue.

        Args:
            events: What the client puts there.
            database: Where it is stored which servers have the bot.
            client: Knows the servers.
            posting: Pauses and resumes schedules.
            services: What a welcome needs.
            now: The wall clock, in UTC.
        """
        self._events = events
        self._database = database
        self._client = client
        self._posting = posting
        self._services = services
        self._now = now
        self._earlier_guilds: set[int] = set()
        """The servers that the bot was in when its shards connected."""
        self.present: set[int] = set()
        """The servers that the bot is in. discord.py's cache keeps those that removed the bot while
        a shard was disconnected."""
        self.ready = asyncio.Event()
        """Set once all shards are connected and have said which servers they have."""
        self.welcomes: set[asyncio.Task[None]] = set()
        """The tasks that say hello."""

    async def run(self) -> None:
        """Pass on events until it is cancelled; one that fails is logged."""
        while True:
            event = await self._events.get()
            try:
                await self._pass_on(event)
            except StorageError as error:
                log.error("an event of a server was lost: %s", error)  # noqa: TRY400 - the sentence is for the operator
            except Exception:
                log.exception("an event of a server was lost: %s", event)

    async def _pass_on(self, event: GuildEvent) -> None:
        match event:
            case GuildChanged(guild_id):
                await self._posting.recheck(guild_id)
            case GuildAvailable(guild_id):
                await self._posting.recheck(guild_id)
                if self.ready.is_set():
                    self._start_welcomes(*await guilds.not_welcomed(self._database, [guild_id]))
            case GuildJoined(guild_id):
                self.present.add(guild_id)
                await self._handle_return(guild_id)
                self._start_welcomes(guild_id)
            case Connected():
                self._earlier_guilds.update(event.guild_ids)
                await self._compare(event)
            case Ready(guild_ids):
                self.ready.set()
                await guilds.begin_welcomes(self._database, self._earlier_guilds, at=self._now())
                self._start_welcomes(*await guilds.not_welcomed(self._database, guild_ids))
            case ChannelGone(guild_id, None):
                self.present.discard(guild_id)
                await self._handle_removal(guild_id)
            case ChannelGone(guild_id, channel_id):
                await self._posting.channel_gone(guild_id, channel_id)

    async def _handle_removal(self, guild_id: int) -> None:
        self._services.usage.server_removed(guild_id)
        await guilds.set_left(self._database, guild_id, at=self._now())
        await self._posting.channel_gone(guild_id)

    async def _handle_return(self, guild_id: int) -> None:
        self._services.usage.server_added(guild_id)
        await guilds.set_left(self._database, guild_id, at=None)
        await self._posting.recheck(guild_id)

    async def _compare(self, connected: Connected) -> None:
        """Notice which servers have added or removed the bot while it was offline.

        Discord names all servers of the shard, those that it can't show at the moment as well.
        """
        present = frozenset(connected.guild_ids)
        self.present -= {each for each in self.present if connected.is_responsible(each)}
        self.present |= present
        known = await guild_data.known_ids(self._database)
        left = [
            guild_id
            for guild_id, has_left in known.items()
            if not has_left and guild_id not in present and connected.is_responsible(guild_id)
        ]
        for guild_id in left:
            await self._handle_removal(guild_id)
        for guild_id in present:
            if known.get(guild_id):
                await self._handle_return(guild_id)
        if left:
            log.info("servers that have removed the bot while it was offline: %d", len(left))

    def _start_welcomes(self, *guild_ids: int) -> None:
        """Welcome servers in the background: sending may have to wait."""
        task = asyncio.create_task(self._welcome(guild_ids), name="welcome servers")
        self.welcomes.add(task)
        task.add_done_callback(self.welcomes.discard)
        task.add_done_callback(log_failure)

    async def _welcome(self, guild_ids: Sequence[int]) -> None:
        for guild_id in guild_ids:
            guild = self._client.get_guild(guild_id)
            if guild is None or guild.unavailable:
                continue
            try:
                await welcome(guild, self._services, now=self._now())
            except Exception:
                log.exception("can't say hello in server %d", guild_id)
