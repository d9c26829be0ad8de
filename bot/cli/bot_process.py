"""The process of `daily-papers run`: the bot, its database file and its sources."""

import asyncio
import faulthandler
import logging
from typing import Final

import aiohttp
import discord

from bot.app import App, AppParts, AppSettings
from bot.backoff import Backoff
from bot.cli.database_file import open_writable, watch_files
from bot.cli.exit_codes import USAGE_ERROR, CommandError
from bot.cli.signals import stop_on_signals
from bot.cli.start_report import log_start
from bot.cli.wanted_sources import wanted_sources
from bot.client import ConnectionSettings
from bot.clock import Clock
from bot.discord_endpoint import point_at
from bot.gateway_client import GatewayRefusedError
from bot.health.checks import check_gateway
from bot.health.monitor import Monitoring, ServerError
from bot.ingest import watch
from bot.ingest.configured import ConfiguredSources, connect_sources, precedence_of
from bot.ingest.live_lookup import LiveLookup
from bot.keeping.settings import KeepingSettings
from bot.posting.settings import PostingSettings
from bot.publish.archive import Archive
from bot.retry import retry
from bot.semantic.opening import model_of, open_semantic
from bot.systemd import Notifier, ServiceReports
from bot.writer.configured import connect_writer, writer_settings
from config.invite import Invite
from config.settings import Settings
from storage.database import Database
from storage.errors import (
    NewerDatabaseError,
    NotADatabaseError,
    ReplacedDatabaseError,
    UnwritableDatabaseError,
)
from storage.process_lock import ProcessLock
from storage.schedule_limits import Limits

log = logging.getLogger(__name__)

_LASTING_STORAGE_ERRORS: Final = (
    NotADatabaseError,
    NewerDatabaseError,
    ReplacedDatabaseError,
    UnwritableDatabaseError,
)
"""What is wrong with a database file that no retry changes."""
_STDERR: Final = 2
"""The file descriptor."""
_TIME_TO_STOP: Final = 6.0
"""Seconds that the bot has to finish what it is doing."""
_LOGIN_REFUSED: Final = (
    "Discord does not know this token. Make a new one at "
    "https://discord.com/developers/applications (your application → Bot → Reset Token) and set it "
    "as DAILY_PAPERS_TOKEN."
)


async def run_until_stopped(settings: Settings, token: str) -> None:
    """Run the bot until this process gets SIGINT or SIGTERM.

    Raises:
        CommandError: Something that doesn't pass by itself, and what to do about it.
    """
    # systemd's watchdog ends a process by SIGABRT; the log then has the stack of each thread.
    faulthandler.enable(_STDERR)
    stop = asyncio.Event()
    reports = ServiceReports(Notifier.from_environment())

    def on_signal() -> None:
        reports.stopping()
        stop.set()

    try:
        async with stop_on_signals(on_signal), reports.running():
            await _run_alone(settings, token, stop, reports)
    except (*_LASTING_STORAGE_ERRORS, GatewayRefusedError) as error:
        raise CommandError(str(error), status=USAGE_ERROR) from error
    except ServerError as error:
        raise CommandError(str(error), status=USAGE_ERROR) from error
    except discord.LoginFailure:
        raise CommandError(_LOGIN_REFUSED, status=USAGE_ERROR) from None
    except (ConnectionError, aiohttp.ClientError, discord.DiscordException) as error:
        raise CommandError(f"Discord can't be reached: {error}") from error


async def _run_alone(
    settings: Settings, token: str, stop: asyncio.Event, reports: ServiceReports
) -> None:
    """Run the bot once no other process has the database; until then, stand by."""
    lock = ProcessLock(settings.database)
    # A lock can't be made in a folder that is missing; opening the database says so.
    # Otherwise it comes first: opening the database brings its schema up to date.
    reports.status("waiting until no other process works with the database")
    if settings.database.parent.is_dir() and not await lock.acquire(stop):
        return
    try:
        reports.status("opening the database, which an upgrade may change first")
        opening = asyncio.create_task(
            open_writable(settings.database, precedence=precedence_of(settings)),
            name="open the database",
        )
        stopping = asyncio.create_task(stop.wait(), name="wait for a signal")
        await asyncio.wait({opening, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not opening.done():
            opening.cancel()
            await asyncio.gather(opening, return_exceptions=True)
            return
        clock = Clock()
        monitoring = _monitoring(settings)
        async with (
            opening.result() as database,
            connect_sources(settings, now=clock.now) as sources,
            connect_writer(
                settings.writer,
                database,
                sources.full_texts,
                now=clock.now,
                observer=monitoring.metrics if monitoring else None,
            ) as writing,
        ):
            await log_start(settings, database)
            app = App(
                database,
                clock=clock,
                settings=_app_settings(settings, sources),
                parts=AppParts(
                    lock=lock,
                    lists=sources.lists,
                    precedence=sources.precedence,
                    live_lookup=_live_lookup(database, sources, clock),
                    writing=writing,
                    archive=_archive(settings),
                    semantic=open_semantic(database, model_of(settings.search), now=clock.now),
                    monitoring=monitoring,
                ),
                connection=ConnectionSettings(
                    requests_per_second=settings.posting.requests_per_second
                ),
            )
            reports.status("connecting to Discord")
            async with reports.follow(app.ready, app.liveness.hangs, text=lambda: _describe(app)):
                await _run(app, lock, settings, sources, token, stop)
    finally:
        lock.release()


def _app_settings(settings: Settings, sources: ConfiguredSources) -> AppSettings:
    posting = settings.posting
    return AppSettings(
        posting=PostingSettings(
            limits=Limits(
                per_server=posting.schedules_per_server, per_channel=posting.schedules_per_channel
            ),
            news_days=posting.news_days,
            list_age_hours=posting.list_age_hours,
            # Nobody waits for a live list: it comes at its time, or its failure is reported.
            wait_hours=posting.wait_hours if sources.has_written_digests else 0.0,
            sources=sources.title,
        ),
        keeping=KeepingSettings(
            backup_folder=settings.backup.folder,
            backups=settings.backup.keep,
            history_days=settings.keep.history_days,
            usage_weeks=settings.keep.usage_weeks,
            left_server_days=settings.keep.left_server_days or None,
        ),
        writer=writer_settings(settings.writer),
        operator=settings.about.operator,
        is_public=settings.about.invite is Invite.PUBLIC,
        two_languages=settings.search.two_languages,
        wanted=wanted_sources(settings),
    )


def _live_lookup(database: Database, sources: ConfiguredSources, clock: Clock) -> LiveLookup | None:
    if not sources.lookup_services:
        return None
    return LiveLookup(database, sources.lookup_services, clock.now)


def _archive(settings: Settings) -> Archive | None:
    """Return the folder that is published; `None` if nothing is."""
    publish = settings.publish
    return Archive(publish.folder, publish.url) if publish.folder is not None else None


def _describe(app: App) -> str:
    count = len(app.client.guilds)
    gateway = check_gateway(app.client.shard_states(), app.client.shard_count)
    return f"{gateway.detail}, {count} {'server' if count == 1 else 'servers'}"


def _monitoring(settings: Settings) -> Monitoring | None:
    """Return where health and metrics are shown, as the settings say; `None` for nowhere."""
    http = settings.http
    if http.port is None:
        return None
    return Monitoring(http.host, http.port)


async def _run(  # noqa: PLR0917 - what `_run_alone` has made
    app: App,
    lock: ProcessLock,
    settings: Settings,
    sources: ConfiguredSources,
    token: str,
    stop: asyncio.Event,
) -> None:
    """Run the bot beside what watches the database's file and the folders of digests.

    The first of them that ends, by an error or by a signal, stops the others.
    """
    database = app.database
    reaching = asyncio.create_task(
        retry("reach Discord", lambda: point_at(settings.discord_url), backoff=Backoff()),
        name="reach Discord",
    )
    bot = asyncio.create_task(app.run(token, wait_for_discord=reaching), name="bot")
    tasks: set[asyncio.Task[object]] = {
        bot,
        asyncio.create_task(watch_files(database, lock, stop=stop), name="watch the files"),
        asyncio.create_task(stop.wait(), name="wait for a signal"),
    }
    for folder in sources.folders:
        watching = watch(
            database,
            folder,
            now=app.clock.now,
            stop=stop,
            stored=app.posting.digests_stored,
        )
        tasks.add(asyncio.create_task(watching, name=f"watch the folder of {folder.name}"))
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.set()
        reaching.cancel()
        app.stop()
        await asyncio.wait({bot}, timeout=_TIME_TO_STOP)
        bot.cancel()
        await asyncio.wait(tasks)
    for task in tasks:
        if not task.cancelled():
            task.result()
