"""A small discord.py bot in a sandbox, for tests of the sandbox."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.sandbox import Channel, Guild, Person, Sandbox

BotInteraction = discord.Interaction[discord.Client]
Ask = Callable[..., Awaitable[tuple[int, Any]]]
"""Sends a request to the REST API: method, path, aiohttp's options; returns status and JSON."""


class SmallBot(discord.AutoShardedClient):
    """A bot whose commands a test adds before it starts."""

    def __init__(self, shard_count: int | None = None) -> None:
        super().__init__(
            intents=discord.Intents.default(),
            allowed_mentions=discord.AllowedMentions.none(),
            shard_count=shard_count,
            guild_ready_timeout=0.0,  # real seconds of waiting for further servers
        )
        self.tree: app_commands.CommandTree[SmallBot] = app_commands.CommandTree(self)
        self.failures: list[Exception] = []
        self.tree.error(self._failed)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: Discord wants five seconds between shards, the sandbox does not."""

    async def _failed(
        self, _interaction: BotInteraction, error: app_commands.AppCommandError
    ) -> None:
        self.failures.append(getattr(error, "original", error))


async def _ready(bot: discord.Client, sandbox: Sandbox) -> None:
    await sandbox.wait_connected(shards=bot.shard_count or 1)
    await bot.wait_until_ready()


@asynccontextmanager
async def connected(bot: discord.Client, sandbox: Sandbox) -> AsyncIterator[None]:
    """Connect a bot to a sandbox until the block ends."""
    # discord.py has no setting for the URLs of Discord; it reads them from these two places.
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = sandbox.url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(sandbox.gateway_url)
    running = asyncio.create_task(bot.start(sandbox.token))
    waiting = asyncio.create_task(_ready(bot, sandbox))
    try:
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            waiting.cancel()
            await running
        yield
    finally:
        await bot.close()
        with suppress(asyncio.CancelledError):
            await running
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@dataclass
class Place:
    """A server with a channel, a member, and a bot that is not started."""

    sandbox: Sandbox
    guild: Guild
    general: Channel
    anna: Person
    bot: SmallBot

    def start(self) -> AbstractAsyncContextManager[None]:
        """Connect the bot until the block ends: `async with place.start():`."""
        return connected(self.bot, self.sandbox)

    def channel(self) -> discord.TextChannel:
        """Return the channel in the bot's cache."""
        found = self.bot.get_channel(self.general.id)
        assert isinstance(found, discord.TextChannel)
        return found


class ManualTimer:
    """A monotonic clock in seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class ManualClock:
    """A wall clock that a test advances."""

    def __init__(self) -> None:
        self.now = datetime(2025, 2, 21, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **time: float) -> None:
        """Advance the clock: `clock.advance(seconds=4)`."""
        self.now += timedelta(**time)
