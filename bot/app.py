"""The bot's composition root: builds, starts and stops all of its objects."""

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import discord

from bot.cache import Cache
from bot.client import Client, ConnectionSettings, GuildEvent, Hooks
from bot.clock import Clock
from bot.commands import COMMANDS
from bot.commands.awaited_texts import AwaitedTexts
from bot.commands.errors import Tree
from bot.commands.messages import MessageAnswers
from bot.commands.services import About, Services
from bot.commands.sync import sync_commands
from bot.health.checker import WatchedParts
from bot.health.checks import MOST_LAG, WantedSources
from bot.health.live_status import LiveStatus, wanted_sources
from bot.health.liveness import Liveness
from bot.health.monitor import Monitor, Monitoring
from bot.ingest.lists import ListSource
from bot.ingest.live_lookup import LiveLookup
from bot.ingest.polling import Polling, PollingTimes
from bot.jobs.context import RunnerContext
from bot.jobs.watchdog import Watchdog
from bot.keeping.backing_up import BackingUp
from bot.keeping.forgetting import BotHooks, Forgetting
from bot.keeping.indexing import keep_indexed
from bot.keeping.pruning import Pruning
from bot.keeping.settings import KeepingSettings
from bot.observer import Observer
from bot.posting.gate import DiscordGate
from bot.posting.job_factory import JobKind
from bot.posting.rate_limit import RateLimiter
from bot.posting.service import PostingService
from bot.posting.settings import PostingSettings
from bot.publish.archive import Archive
from bot.publish.publishing import Publishing
from bot.retry import retry
from bot.semantic.opening import Semantic, open_semantic
from bot.server_events import ServerEvents
from bot.tasks import log_failure, within
from bot.usage import UsageCounter
from bot.writer.service import WriterService
from bot.writer.settings import WriterSettings
from bot.writer.writing import Writing
from config.texts import Catalogue
from storage.database import Database
from storage.process_lock import ProcessLock
from storage.records import SourceKind

log = logging.getLogger(__name__)

_WRITTEN_AHEAD: Final = timedelta(hours=12)
"""How long before a post the language model writes summaries of its papers. Which papers these are
can still change."""
_LONGEST_STEP: Final = 3.0
"""Seconds for each step of the shutdown; there are seven of them that may wait for something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppSettings:
    """What an operator may set."""

    posting: PostingSettings = field(default_factory=PostingSettings)
    """Times and limits of posts."""
    keeping: KeepingSettings = field(default_factory=KeepingSettings)
    """Copies of the database, and how long posts are remembered; by default there are no copies
    and everything is remembered."""
    writer: WriterSettings = field(default_factory=WriterSettings)
    """In which languages texts are written, and how many."""
    operator: str | None = None
    """Who runs the bot, as `/about` says it."""
    is_public: bool = False
    """Whether `/about` offers people to add the bot to their own servers."""
    two_languages: bool = True
    """Whether terms are searched in the other language, too."""
    wanted: WantedSources | None = None
    """The sources whose age `/status` and `/readyz` look at; `None` for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppParts:
    """What the app is built on, where `run`, the demo and tests differ; all may be absent."""

    lock: ProcessLock | None = None
    """The lock that keeps a second process away, if the caller holds and keeps it."""
    lists: Sequence[ListSource] = ()
    """The sources that are read over the network."""
    precedence: Sequence[tuple[str, SourceKind]] | None = None
    """All sources in order; `None` for those of `lists`."""
    live_lookup: LiveLookup | None = None
    """The look-up of papers that no list has. The app closes it."""
    writing: Writing | None = None
    """The part that writes texts with a language model."""
    archive: Archive | None = None
    """The folder that what was read is published in."""
    semantic: Semantic | None = None
    """Searches by meaning. The app closes it."""
    monitoring: Monitoring | None = None
    """Where health and metrics are shown."""


class App:
    """The bot: client, commands and scheduled posts on one database."""

    def __init__(
        self,
        database: Database,
        *,
        catalogue: Catalogue | None = None,
        clock: Clock | None = None,
        settings: AppSettings | None = None,
        parts: AppParts | None = None,
        connection: ConnectionSettings | None = None,
    ) -> None:
        """Build the app; `run` connects it.

        Args:
            database: An open database; `run` does not close it.
            catalogue: The texts; loaded if not given.
            clock: The wall clock; the machine's if not given.
            settings: What an operator may set.
            parts: What else it is built on.
            connection: How it connects to Discord.
        """
        settings, parts = settings or AppSettings(), parts or AppParts()
        connection = connection or ConnectionSettings()
        monitoring = parts.monitoring
        self.database = database
        self.catalogue = catalogue or Catalogue.load()
        self.clock = clock or Clock()
        self.rate_limiter = RateLimiter(connection.requests_per_second, connection.time_source)
        self._backoff = connection.backoff
        self._events: asyncio.Queue[GuildEvent] = asyncio.Queue()
        self._stopping = asyncio.Event()
        self._failure: Exception | None = None
        self._lock = parts.lock or ProcessLock(database.path, missing_seconds=0.0)
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
                on_thread_message=self._count_thread_message,
                on_interaction=monitoring.metrics.interaction_received if monitoring else None,
            ),
            settings=connection,
            metrics=monitoring.metrics.trace_config() if monitoring else None,
        )
        most_lag = monitoring.most_lag if monitoring else MOST_LAG
        self.liveness = Liveness(database, most_lag=most_lag)
        watched = self._watched()
        keeping, posting = settings.keeping, settings.posting
        self.usage = UsageCounter(database, weeks=keeping.usage_weeks, now=self.clock.now)
        observer = monitoring.metrics if monitoring else Observer()
        semantic = parts.semantic or open_semantic(database, None, now=self.clock.now)
        self._embedding = semantic.embedding
        self._polling = Polling(
            database,
            parts.lists,
            now=self.clock.now,
            times=PollingTimes(
                list_age=timedelta(hours=posting.list_age_hours),
                pause=timedelta(seconds=posting.reading_pause),
                jitter=posting.reading_jitter,
            ),
            precedence=parts.precedence,
            observer=observer,
        )
        wanted = settings.wanted or wanted_sources(self._polling.precedence)
        self.monitor = Monitor(monitoring, watched, wanted) if monitoring is not None else None
        self.writer = WriterService(
            database,
            parts.writing,
            settings.writer,
            upcoming=self._upcoming_papers,
            wake=self._wake,
            now=self.clock.now,
        )
        forgetting = self._build_forgetting(keeping)
        self.posting = PostingService(
            RunnerContext(
                database=database,
                now=self.clock.now,
                gate=self._gate,
                on_fatal=self._fail,
                observer=observer,
            ),
            catalogue=self.catalogue,
            client=self.client,
            settings=posting,
            sources=self._polling,
            other_jobs=[
                self.writer,
                Publishing(database, parts.archive, catalogue=self.catalogue, now=self.clock.now),
                BackingUp(database, keeping, posts=JobKind.OCCURRENCE, now=self.clock.now),
                Pruning(database, days=keeping.history_days, now=self.clock.now),
                forgetting,
                semantic.embedding,
            ],
        )
        self.services = Services(
            database=database,
            catalogue=self.catalogue,
            posting=self.posting,
            cache=Cache(database.content_version),
            rate_limiter=self.rate_limiter,
            awaited_texts=AwaitedTexts(self.writer),
            now=self.clock.now,
            usage=self.usage,
            status=LiveStatus(watched, wanted).read,
            forgetting=forgetting,
            live_lookup=parts.live_lookup,
            two_languages=settings.two_languages,
            meanings=semantic.meanings,
            about=About(settings.operator, is_public=settings.is_public),
        )
        self._server_events = ServerEvents(
            self._events,
            database=database,
            client=self.client,
            posting=self.posting.guild_events,
            services=self.services,
            now=self.clock.now,
        )
        self._live_lookup = parts.live_lookup
        self._message_answers = MessageAnswers(self.services, self.clock.now)
        self.tree = Tree(self.client, self.services)
        for module in COMMANDS:
            module.register(self.tree, self.services)
        self._watchdog = Watchdog(self.posting.runner.running)

    def _watched(self) -> WatchedParts:
        return WatchedParts(
            database=self.database,
            liveness=self.liveness,
            lock=self._lock,
            shards=self.client.shard_states,
            shard_count=lambda: self.client.shard_count,
            now=self.clock.now,
        )

    def _build_forgetting(self, keeping: KeepingSettings) -> Forgetting:
        # The parts that it needs are built after it.
        hooks = BotHooks(
            running=lambda: self.posting.runner.running,
            wake=self._wake,
            forget_planned=lambda ids: self.posting.guild_events.forget_planned(ids),  # noqa: PLW0108 - see above
            forget_counted=self.usage.forget_server,
            is_ready=lambda: self.ready.is_set(),  # noqa: PLW0108 - the same
            is_in=lambda guild_id: guild_id in self._server_events.present,
        )
        return Forgetting(
            self.database,
            left_server_days=keeping.left_server_days,
            now=self.clock.now,
            hooks=hooks,
        )

    async def _answer_message(self, message: discord.Message, bot_id: int) -> None:
        await self._message_answers.answer(message, bot_id)

    def _count_thread_message(self, guild_id: int, thread_id: int, is_own: bool) -> None:
        self.usage.written_in_thread(guild_id, thread_id, is_own=is_own)

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

    async def run(self, token: str, *, wait_for_discord: Awaitable[object] | None = None) -> None:
        """Run the bot until `stop`; while another process uses the database, stand by.

        Call it only once. Transient errors are retried without limit.

        Args:
            token: The bot's token.
            wait_for_discord: Awaited before the bot connects; health is shown meanwhile.

        Raises:
            LoginFailure: Discord refuses the token.
            GatewayRefusedError: The gateway refuses the bot for another permanent reason.
            StorageError: The lock file that excludes a second process can't be created.
            ServerError: The server for health checks can't listen.
        """
        self.liveness.start()
        try:
            if self.monitor is not None:
                await self.monitor.start()
            if not await self._lock.acquire(self._stopping):
                return
            if wait_for_discord is not None:
                await wait_for_discord
            self._watchdog.start()
            await self._work(token)
        finally:
            self._watchdog.stop()
            self._lock.release()
            if self.monitor is not None:
                await self.monitor.stop()
            self.liveness.stop()

    async def _work(self, token: str) -> None:
        connection = asyncio.create_task(self.client.start(token), name="connection to Discord")
        events = asyncio.create_task(self._server_events.run(), name="events of servers")
        indexing = asyncio.create_task(
            keep_indexed(self.database, backoff=self._backoff), name="index papers for the search"
        )
        indexing.add_done_callback(log_failure)
        counting = asyncio.create_task(self.usage.run(), name="count how much is read")
        counting.add_done_callback(log_failure)
        stopping = asyncio.create_task(self._stopping.wait(), name="stop")
        try:
            await asyncio.wait({connection, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._stopping.set()
            await self._shut_down(
                connection, events, indexing, counting, stopping, *self._server_events.welcomes
            )
        if self._failure is not None:
            raise discord.LoginFailure(str(self._failure)) from self._failure
        if not connection.cancelled():
            connection.result()

    async def _shut_down(self, *tasks: asyncio.Task[Any]) -> None:
        """Stop the users of the connection, then the connection, each within a time limit."""
        await within(_LONGEST_STEP, "stop posting", self.posting.stop())
        await within(_LONGEST_STEP, "stop embedding papers", self._embedding.close())
        await within(_LONGEST_STEP, "stop waiting", self.services.awaited_texts.close())
        if self._live_lookup is not None:
            await within(_LONGEST_STEP, "stop looking up papers", self._live_lookup.close())
        await within(_LONGEST_STEP, "close the connection", self.client.close())
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=_LONGEST_STEP)
        await within(_LONGEST_STEP, "write what was counted", self.usage.close())
        # A login that was under way may have opened its session after the client was closed.
        await self.client.http.close()

    def stop(self) -> None:
        """Let `run` shut down and return."""
        self._stopping.set()

    async def _fail(self, error: Exception) -> None:
        if self._failure is None:
            log.critical("%s", error)
        self._failure = self._failure or error
        self._stopping.set()

    @property
    def ready(self) -> asyncio.Event:
        """Set once all shards are connected; posting has been started before."""
        return self._server_events.ready

    async def until_lists_are_read(self) -> None:
        """Wait until each source's lists that are due have been read, or could not be."""
        await self._polling.until_read()

    async def move_clock(self, moment: datetime) -> None:
        """Set the clock, and run jobs that are due by then, as after an outage."""
        self.clock.move_to(moment)
        self._gate.clock_moved()
        if self.posting.runner.is_running:
            await self.posting.clock_stepped()
