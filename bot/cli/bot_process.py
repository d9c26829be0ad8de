"""The process of `daily-papers run`: the bot, its database file and its folder of digests."""

import asyncio
from pathlib import Path
from typing import Final

import aiohttp
import discord

from bot.app import App
from bot.cli.database_file import open_writable, watch_file
from bot.cli.exit_codes import USAGE_ERROR, CommandError
from bot.cli.signals import stop_on_signals
from bot.discord_endpoint import point_at
from bot.gateway_client import GatewayRefusedError
from bot.ingest import watch
from bot.posting.settings import PostingSettings
from bot.retry import Backoff, retry
from config.settings import Settings
from storage.database import Database
from storage.errors import (
    NewerDatabaseError,
    NotADatabaseError,
    ReplacedDatabaseError,
    UnwritableDatabaseError,
)
from storage.schedule_limits import Limits

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
    async with await _open_database(settings.database) as database:
        try:
            await _run(settings, database, token)
        except (ReplacedDatabaseError, GatewayRefusedError) as error:
            raise CommandError(str(error), status=USAGE_ERROR) from error
        except discord.LoginFailure:
            raise CommandError(_LOGIN_REFUSED, status=USAGE_ERROR) from None
        except (ConnectionError, aiohttp.ClientError, discord.DiscordException) as error:
            raise CommandError(f"Discord can't be reached: {error}") from error


async def _open_database(path: Path) -> Database:
    """Open the database; while its disk is full or another process locks it, wait."""
    try:
        return await open_writable(path)
    except (NotADatabaseError, NewerDatabaseError, UnwritableDatabaseError) as error:
        raise CommandError(str(error), status=USAGE_ERROR) from error


def _app(settings: Settings, database: Database) -> App:
    posting = settings.posting
    return App(
        database,
        posting=PostingSettings(news_days=posting.news_days, wait_hours=posting.wait_hours),
        requests_per_second=posting.requests_per_second,
        limits=Limits(
            per_server=posting.schedules_per_server, per_channel=posting.schedules_per_channel
        ),
    )


async def _run(settings: Settings, database: Database, token: str) -> None:
    """Run the bot beside what watches the database's file and the folder of digests.

    The first of them that ends, by an error or by a signal, stops the others.
    """
    stop = asyncio.Event()
    app = _app(settings, database)

    async def connect() -> None:
        await retry("reach Discord", lambda: point_at(settings.discord_url), backoff=Backoff())
        await app.run(token)

    async with stop_on_signals(stop.set):
        bot = asyncio.create_task(connect(), name="bot")
        tasks: set[asyncio.Task[object]] = {
            bot,
            asyncio.create_task(watch_file(database, stop=stop), name="watch the database file"),
            asyncio.create_task(stop.wait(), name="wait for a signal"),
        }
        if settings.digests is not None:
            following = watch(
                database,
                settings.digests,
                now=app.clock.now,
                stop=stop,
                stored=app.posting.digests_stored,
            )
            tasks.add(asyncio.create_task(following, name="watch the folder of digests"))
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            app.stop()
            await asyncio.wait({bot}, timeout=_TIME_TO_STOP)
            bot.cancel()
            await asyncio.wait(tasks)
        for task in tasks:
            if not task.cancelled():
                task.result()
