"""The composition root: builds the bot's long-lived objects, and starts and stops them in order.

`run`, the demo, the tests and the benchmarks all use it.
"""

import asyncio
import logging
from datetime import datetime
from types import TracebackType
from typing import Self

import discord

from bot.cache import Cache
from bot.client import ChannelGone, Client, GuildChanged, GuildEvent, GuildJoined
from bot.clock import Clock
from bot.commands import COMMANDS
from bot.commands.errors import Tree
from bot.commands.services import Services
from bot.commands.sync import sync_commands
from bot.jobs.watchdog import Watchdog
from bot.posting.gate import DiscordGate
from bot.posting.rate_limit import RateLimiter, TimeSource
from bot.posting.service import PostingService
from bot.posting.settings import PostingSettings
from bot.retry import Backoff, retry
from config.texts import Catalogue
from storage.database import Database
from storage.errors import StorageError
from storage.guilds import set_left
from storage.process_lock import ProcessLock
from storage.schedule_limits import Limits

log = logging.getLogger(__name__)


class App:
    """The bot: its client, its commands and its scheduled posts on one database."""

    def __init__(
        self,
        database: Database,
        *,
        catalogue: Catalogue | None = None,
        clock: Clock | None = None,
        posting: PostingSettings | None = None,
        limits: Limits | None = None,
        requests_per_second: int = 50,
        backoff: Backoff | None = None,
        time_source: TimeSource | None = None,
    ) -> None:
        """Build it; `run` connects it.

        Args:
            database: Where everything is kept; it stays open when the bot ends.
            catalogue: The texts; loaded if not given.
            clock: The wall clock; the machine's if not given.
            posting: What an operator may set of the posts.
            limits: How many schedules a server and a channel may have.
            requests_per_second: How many requests go to Discord at most.
            backoff: How long to wait between attempts to start or to reconnect.
            time_source: Of the rate limiter; the event loop if not given.
        """
        self.database = database
        self.catalogue = catalogue or Catalogue.load()
        self.clock = clock or Clock()
        self.rate_limiter = RateLimiter(requests_per_second, time_source)
        self._backoff = backoff or Backoff()
        self._events: asyncio.Queue[GuildEvent] = asyncio.Queue()
        self._stopping = asyncio.Event()
        self._failure: Exception | None = None
        self._lock = ProcessLock(database.path)
        self._gate = DiscordGate(
            self.rate_limiter,
            now=self.clock.now,
            probe=self._probe,
            first_pause=self._backoff.first,
        )
        self.client = Client(
            events=self._events,
            rate_limiter=self.rate_limiter,
            trace=self._gate.trace_config(),
            set_up=self._set_up,
            on_fatal=self._fail,
            backoff=self._backoff,
        )
        self.posting = PostingService(
            database=database,
            catalogue=self.catalogue,
            client=self.client,
            gate=self._gate,
            now=self.clock.now,
            on_fatal=self._fail,
            settings=posting or PostingSettings(),
            limits=limits or Limits(),
        )
        self.services = Services(
            database=database,
            catalogue=self.catalogue,
            posting=self.posting,
            cache=Cache(database.content_version),
            rate_limiter=self.rate_limiter,
        )
        self.tree = Tree(self.client, self.services)
        self._watchdog = Watchdog(self.posting.runner.running)

    async def _probe(self) -> object:
        return await self.client.fetch_session_start_limits()

    async def _set_up(self) -> None:
        """Register the commands, tell Discord of them if they have changed, and start posting."""
        for module in COMMANDS:
            module.register(self.tree, self.services)
        await retry(
            "register the commands at Discord",
            lambda: sync_commands(self.tree, self.services),
            backoff=self._backoff,
        )
        self.posting.start()

    async def run(self, token: str) -> None:
        """Connect and work until `stop`; while another process has the database, stand by.

        Whatever passes by itself is retried for as long as it takes.

        Raises:
            LoginFailure: Discord does not take the token, from the beginning or not any more.
            GatewayRefusedError: The gateway refuses something else for good.
        """
        if not await self._lock.acquire(self._stopping):
            return
        self._watchdog.start()
        connection = asyncio.create_task(self.client.start(token), name="connection to Discord")
        events = asyncio.create_task(self._pass_on_events(), name="events of servers")
        stopping = asyncio.create_task(self._stopping.wait(), name="stop")
        try:
            await asyncio.wait({connection, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._stopping.set()
            await self.posting.stop()
            for task in (connection, events, stopping):
                task.cancel()
            await asyncio.gather(connection, events, stopping, return_exceptions=True)
            await self.client.close()
            # What closed it while it logged in found nothing to close as yet.
            await self.client.http.close()
            self._watchdog.stop()
            self._lock.release()
        if self._failure is not None:
            raise discord.LoginFailure(str(self._failure)) from self._failure
        if not connection.cancelled():
            connection.result()

    def stop(self) -> None:
        """Let `run` end in good order."""
        self._stopping.set()

    async def _fail(self, error: Exception) -> None:
        if self._failure is None:
            log.critical("%s", error)
        self._failure = self._failure or error
        self._stopping.set()

    async def _pass_on_events(self) -> None:
        """Tell the scheduled posts what happens in servers."""
        while True:
            event = await self._events.get()
            try:
                match event:
                    case GuildChanged(guild_id):
                        await self.posting.recheck(guild_id)
                    case GuildJoined(guild_id):
                        await set_left(self.database, guild_id, at=None)
                        await self.posting.recheck(guild_id)
                    case ChannelGone(guild_id, channel_id):
                        if channel_id is None:
                            await set_left(self.database, guild_id, at=self.clock.now())
                        await self.posting.channel_gone(guild_id, channel_id)
            except StorageError as error:
                log.error("an event of a server was lost: %s", error)  # noqa: TRY400 - the sentence is for the operator
            except Exception:
                log.exception("an event of a server was lost: %s", event)

    async def move_clock(self, moment: datetime) -> None:
        """Make it `moment` now, and run what has come due by then as if the bot had been away."""
        self.clock.move_to(moment)
        self._gate.clock_moved()
        if self.posting.runner.is_running:
            await self.posting.clock_stepped()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        await self.posting.stop()
        await self.client.close()
