"""The composition root of `run`, the demo and the tests: builds, starts and stops all objects."""

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import discord

from bot.backoff import Backoff
from bot.cache import Cache
from bot.client import (
    ChannelGone,
    Client,
    Connected,
    GuildChanged,
    GuildEvent,
    GuildJoined,
    Hooks,
    Ready,
)
from bot.clock import Clock
from bot.commands import COMMANDS
from bot.commands.awaited_texts import AwaitedTexts
from bot.commands.errors import Tree
from bot.commands.messages import MessageAnswers
from bot.commands.services import About, Services
from bot.commands.sync import sync_commands
from bot.commands.welcome import welcome
from bot.health.monitor import Monitor, Monitoring, Watched
from bot.ingest.lists import ListSource
from bot.ingest.live_lookup import LiveLookup
from bot.ingest.polling import Polling
from bot.jobs.watchdog import Watchdog
from bot.keeping.backing_up import BackingUp
from bot.keeping.pruning import Pruning
from bot.keeping.settings import KeepingSettings
from bot.observer import Observer
from bot.posting.gate import DiscordGate
from bot.posting.job_factory import JobKind
from bot.posting.rate_limit import RateLimiter, TimeSource
from bot.posting.service import PostingService
from bot.posting.settings import PostingSettings
from bot.publish.archive import Archive
from bot.publish.publishing import Publishing
from bot.retry import retry
from bot.tasks import log_failure
from bot.writer.service import WriterService
from bot.writer.settings import WriterSettings
from bot.writer.writing import Writing
from config.texts import Catalogue
from storage import search_index
from storage.database import Database
from storage.errors import StorageError
from storage.guilds import begin_welcomes, not_welcomed, set_left
from storage.process_lock import ProcessLock
from storage.records import SourceKind
from storage.schedule_limits import Limits

log = logging.getLogger(__name__)

_WRITTEN_AHEAD: Final = timedelta(hours=12)
"""How long before a post the language model writes summaries of its papers. Which papers these are
can still change."""
_LONGEST_STEP: Final = 3.0
"""Seconds for each step of the shutdown; there are five of them that may wait for something."""


class App:
    """The bot: client, commands and scheduled posts on one database."""

    def __init__(  # noqa: PLR0913 - what differs between `run`, the demo and tests
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
        lock: ProcessLock | None = None,
        lists: Sequence[ListSource] = (),
        precedence: Sequence[tuple[str, SourceKind]] | None = None,
        live_lookup: LiveLookup | None = None,
        writing: Writing | None = None,
        writer_settings: WriterSettings | None = None,
        archive: Archive | None = None,
        keeping: KeepingSettings | None = None,
        two_languages: bool = True,
        operator: str | None = None,
        is_public: bool = False,
        monitoring: Monitoring | None = None,
        ready_after: float = 2.0,
    ) -> None:
        """Build the app; `run` connects it.

        Args:
            database: An open database; `run` does not close it.
            catalogue: The texts; loaded if not given.
            clock: The wall clock; the machine's if not given.
            posting: Times and limits of posts.
            limits: How many schedules a server and a channel may have.
            requests_per_second: The most requests that are sent to Discord.
            backoff: How long to wait between attempts to start or to reconnect.
            time_source: The rate limiter's clock; the event loop's if not given.
            lock: The lock that keeps a second process away, if the caller holds and keeps it.
            lists: The sources that are read over the network.
            precedence: All sources in order; that of `lists` if not given.
            live_lookup: Looks up papers that no list has; `None` turns that off. The app closes it.
            writing: Writes texts with a language model; `None` turns that off.
            writer_settings: In which languages, and how much.
            archive: The folder that what was read is published in; `None` for none.
            keeping: Copies of the database, and how long posts are remembered; by default there are
                no copies and everything is remembered.
            two_languages: Whether terms are searched in the other language, too.
            operator: Who runs the bot, as `/about` says it.
            is_public: Whether `/about` offers people to add the bot to their own servers.
            monitoring: Where health and metrics are shown; `None` for nowhere.
            ready_after: Seconds without word of a further server until all count as known.
        """
        self.database = database
        self.catalogue = catalogue or Catalogue.load()
        self.clock = clock or Clock()
        self.rate_limiter = RateLimiter(requests_per_second, time_source)
        self._backoff = backoff or Backoff()
        self._events: asyncio.Queue[GuildEvent] = asyncio.Queue()
        self._welcomes: set[asyncio.Task[None]] = set()
        self._earlier_guilds: set[int] = set()
        """The servers that the bot was in when its shards connected."""
        self._stopping = asyncio.Event()
        self._failure: Exception | None = None
        self._lock = lock or ProcessLock(database.path, missing_seconds=0.0)
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
            hooks=Hooks(
                set_up=self._set_up,
                before_close=self._stop_posting,
                on_fatal=self._fail,
                on_message=self._answer_message,
                on_interaction=monitoring.metrics.interaction_received if monitoring else None,
            ),
            backoff=self._backoff,
            metrics=monitoring.metrics.trace_config() if monitoring else None,
            guild_ready_timeout=ready_after,
        )
        self.monitor = self._build_monitor(monitoring)
        observer = monitoring.metrics if monitoring else Observer()
        posting = posting or PostingSettings()
        keeping = keeping or KeepingSettings()
        self._polling = Polling(
            database,
            lists,
            now=self.clock.now,
            list_age=timedelta(hours=posting.list_age_hours),
            pause=timedelta(seconds=posting.reading_pause),
            jitter=posting.reading_jitter,
            precedence=precedence,
            observer=observer,
        )
        self.writer = WriterService(
            database,
            writing,
            writer_settings or WriterSettings(),
            upcoming=self._upcoming_papers,
            wake=self._wake,
            now=self.clock.now,
        )
        self.posting = PostingService(
            database=database,
            catalogue=self.catalogue,
            client=self.client,
            gate=self._gate,
            now=self.clock.now,
            on_fatal=self._fail,
            settings=posting,
            limits=limits or Limits(),
            sources=self._polling,
            other_jobs=[
                self.writer,
                Publishing(database, archive, catalogue=self.catalogue, now=self.clock.now),
                BackingUp(database, keeping, posts=JobKind.OCCURRENCE, now=self.clock.now),
                Pruning(database, days=keeping.history_days, now=self.clock.now),
            ],
            observer=observer,
        )
        self.services = Services(
            database=database,
            catalogue=self.catalogue,
            posting=self.posting,
            cache=Cache(database.content_version),
            rate_limiter=self.rate_limiter,
            awaited_texts=AwaitedTexts(self.writer),
            now=self.clock.now,
            live_lookup=live_lookup,
            two_languages=two_languages,
            about=About(operator, is_public=is_public),
        )
        self._live_lookup = live_lookup
        self._message_answers = MessageAnswers(self.services, self.clock.now)
        self.tree = Tree(self.client, self.services)
        for module in COMMANDS:
            module.register(self.tree, self.services)
        self._watchdog = Watchdog(self.posting.runner.running)

    def _build_monitor(self, settings: Monitoring | None) -> Monitor | None:
        if settings is None:
            return None
        watched = Watched(
            database=self.database,
            lock=self._lock,
            shards=self.client.shard_states,
            shard_count=lambda: self.client.shard_count,
            now=self.clock.now,
        )
        return Monitor(settings, watched)

    async def _answer_message(self, message: discord.Message, bot_id: int) -> None:
        await self._message_answers.answer(message, bot_id)

    async def _upcoming_papers(self, languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return await self.posting.upcoming(languages, within=_WRITTEN_AHEAD)

    def _wake(self) -> None:
        self.posting.runner.wake()

    async def _stop_posting(self) -> None:
        await self.posting.stop()

    async def _probe(self) -> object:
        return await self.client.fetch_session_start_limits()

    async def _set_up(self) -> None:
        """Register the commands if they have changed, and start posting."""
        await retry(
            "register the commands at Discord",
            lambda: sync_commands(self.tree, self.services),
            backoff=self._backoff,
        )
        self.posting.start()

    async def run(self, token: str, *, reached: Awaitable[object] | None = None) -> None:
        """Run the bot until `stop`; while another process uses the database, stand by.

        Call it only once. Transient errors are retried without limit.

        Args:
            token: The bot's token.
            reached: Awaited before the bot connects; health is shown meanwhile.

        Raises:
            LoginFailure: Discord refuses the token.
            GatewayRefusedError: The gateway refuses the bot for another permanent reason.
            StorageError: The lock file that excludes a second process can't be created.
            ServerError: The server for health checks can't listen.
        """
        if self.monitor is not None:
            await self.monitor.start()
        try:
            if not await self._lock.acquire(self._stopping):
                return
            if reached is not None:
                await reached
            self._watchdog.start()
            await self._work(token)
        finally:
            self._watchdog.stop()
            self._lock.release()
            if self.monitor is not None:
                await self.monitor.stop()

    async def _work(self, token: str) -> None:
        connection = asyncio.create_task(self.client.start(token), name="connection to Discord")
        events = asyncio.create_task(self._pass_on_events(), name="events of servers")
        indexing = asyncio.create_task(self._index_papers(), name="index papers for the search")
        indexing.add_done_callback(log_failure)
        stopping = asyncio.create_task(self._stopping.wait(), name="stop")
        try:
            await asyncio.wait({connection, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._stopping.set()
            await self._shut_down(connection, events, indexing, stopping, *self._welcomes)
        if self._failure is not None:
            raise discord.LoginFailure(str(self._failure)) from self._failure
        if not connection.cancelled():
            connection.result()

    async def _shut_down(self, *tasks: asyncio.Task[Any]) -> None:
        """Stop the users of the connection, then the connection, each within a time limit."""
        await _within(_LONGEST_STEP, "stop posting", self.posting.stop())
        await _within(_LONGEST_STEP, "stop waiting", self.services.awaited_texts.close())
        if self._live_lookup is not None:
            await _within(_LONGEST_STEP, "stop looking up papers", self._live_lookup.close())
        await _within(_LONGEST_STEP, "close the connection", self.client.close())
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=_LONGEST_STEP)
        # A login that was under way may have opened its session after the client was closed.
        await self.client.http.close()

    async def _index_papers(self) -> None:
        """Index papers that an older version has stored, between other work."""
        await retry(
            "index papers for the search",
            self._catch_up,
            backoff=self._backoff,
            transient=lambda error: isinstance(error, StorageError),
        )

    async def _catch_up(self) -> None:
        if indexed := await search_index.catch_up(self.database):
            log.info("indexed %d papers for the search", indexed)

    def stop(self) -> None:
        """Let `run` shut down and return."""
        self._stopping.set()

    async def _fail(self, error: Exception) -> None:
        if self._failure is None:
            log.critical("%s", error)
        self._failure = self._failure or error
        self._stopping.set()

    async def _pass_on_events(self) -> None:
        """Pass events of servers from the client's queue to the posting service."""
        while True:
            event = await self._events.get()
            try:
                match event:
                    case GuildChanged(guild_id):
                        await self.posting.guild_events.recheck(guild_id)
                    case GuildJoined(guild_id):
                        await set_left(self.database, guild_id, at=None)
                        await self.posting.guild_events.recheck(guild_id)
                        self._start_welcomes(guild_id)
                    case Connected(guild_ids):
                        self._earlier_guilds.update(guild_ids)
                    case Ready(guild_ids):
                        await begin_welcomes(
                            self.database, self._earlier_guilds, at=self.clock.now()
                        )
                        self._start_welcomes(*await not_welcomed(self.database, guild_ids))
                    case ChannelGone(guild_id, channel_id):
                        if channel_id is None:
                            await set_left(self.database, guild_id, at=self.clock.now())
                        await self.posting.guild_events.channel_gone(guild_id, channel_id)
            except StorageError as error:
                log.error("an event of a server was lost: %s", error)  # noqa: TRY400 - the sentence is for the operator
            except Exception:
                log.exception("an event of a server was lost: %s", event)

    def _start_welcomes(self, *guild_ids: int) -> None:
        """Welcome servers in the background: sending may have to wait."""
        task = asyncio.create_task(self._welcome(guild_ids), name="welcome servers")
        self._welcomes.add(task)
        task.add_done_callback(self._welcomes.discard)
        task.add_done_callback(log_failure)

    async def _welcome(self, guild_ids: Sequence[int]) -> None:
        for guild_id in guild_ids:
            guild = self.client.get_guild(guild_id)
            if guild is None or guild.unavailable:
                continue
            try:
                await welcome(guild, self.services, now=self.clock.now())
            except Exception:
                log.exception("can't say hello in server %d", guild_id)

    async def until_lists_are_read(self) -> None:
        """Wait until each source's lists that are due have been read, or could not be."""
        await self._polling.until_read()

    async def move_clock(self, moment: datetime) -> None:
        """Set the clock, and run jobs that are due by then, as after an outage."""
        self.clock.move_to(moment)
        self._gate.clock_moved()
        if self.posting.runner.is_running:
            await self.posting.clock_stepped()


async def _within(seconds: float, what: str, step: Awaitable[object]) -> None:
    """Do a step of the shutdown with a time limit; log a failure instead of raising it."""
    try:
        async with asyncio.timeout(seconds):
            await step
    except TimeoutError:
        log.warning("it took more than %.0f s to %s", seconds, what)
    except Exception:
        log.exception("couldn't %s", what)
