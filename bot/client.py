"""The bot: a Discord client with its commands, and what posts each morning."""

import asyncio
import hashlib
import json
import logging
from http import HTTPStatus

import aiohttp
import discord
from discord import app_commands

from bot.commands import paper, posts, schedule, top
from bot.commands.answers import Tree
from bot.commands.services import Services, Translator
from bot.gateway_client import GatewayClient
from bot.parsers import keep_running
from bot.posts.clock import Clock
from bot.posts.pace import LONGEST_ROUTE_WAIT, Pace, TimeSource
from bot.posts.worker import Rules, Worker
from bot.recent import Recent
from bot.retry import Backoff, retry
from config.texts import Catalogue
from storage import notes
from storage.database import Database
from storage.errors import StorageError
from storage.schedules import Limits

log = logging.getLogger(__name__)

COMMANDS = (paper, top, schedule, posts)
"""Each has a `register(tree, services)`."""


class DailyPapers(GatewayClient):
    """Answers commands, and posts each morning.

    It asks for nothing privileged: neither members nor what people write. It keeps no messages and
    no members in memory, so its size is that of the servers' channels.
    """

    def __init__(
        self,
        *,
        database: Database,
        catalogue: Catalogue,
        clock: Clock,
        rules: Rules | None = None,
        requests_per_second: int = 50,
        backoff: Backoff | None = None,
        time_source: TimeSource | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Make it; `start` connects it.

        Args:
            database: Where everything is kept.
            catalogue: The texts.
            clock: What time it is.
            rules: What an operator may set of the mornings.
            requests_per_second: How fast it asks Discord at most.
            backoff: How long to wait between attempts to start or to reconnect.
            time_source: Of the rate limiter; the event loop where it is `None`.
            limits: How many schedules there may be; `None` for the defaults.
        """
        self.pace = Pace(requests_per_second, time_source)
        trace = self.pace.trace()
        trace.on_request_end.append(self._on_response)
        # It never speaks, so what discord.py would need for that is not missed.
        discord.VoiceClient.warn_nacl = False
        discord.VoiceClient.warn_dave = False
        super().__init__(
            backoff=backoff,
            http_trace=trace,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_ROUTE_WAIT,
        )
        # Login, command sync and the gateway's address are asked for inside discord.py, which
        # repeats nothing after `RateLimited`.
        self.http.request = self.pace.waiting_out(self.http.request)  # type: ignore[method-assign]
        keep_running(self)
        self.database = database
        self.worker = Worker(
            database=database,
            catalogue=catalogue,
            client=self,
            clock=clock,
            pace=self.pace,
            rules=rules,
            end=self._end,
        )
        self.ended_by: Exception | None = None
        """What ended it for good; `start` raises it."""
        self._ending: asyncio.Task[None] | None = None
        self._connecting: asyncio.Task[None] | None = None
        self.services = Services(
            database=database,
            catalogue=catalogue,
            worker=self.worker,
            recent=Recent(database),
            pace=self.pace,
            limits=limits or Limits(),
        )
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self.tree.services = self.services

    async def setup_hook(self) -> None:
        """Learn the commands, tell Discord of them if they have changed, and begin the work."""
        await self.tree.set_translator(Translator(self.services.catalogue))
        for module in COMMANDS:
            module.register(self.tree, self.services)
        await retry("tell Discord of the commands", self._sync, backoff=self.backoff)
        await self.worker.start()

    async def _sync(self) -> None:
        """Send the commands to Discord, unless they are what was sent last."""
        translator = self.tree.translator
        assert translator is not None
        payload = [
            await command.get_translated_payload(self.tree, translator)
            for command in self.tree.get_commands()
        ]
        digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
        key = f"commands of {self.application_id}"
        if await notes.get(self.database, key) == digest:
            return
        synced = await self.tree.sync()
        try:
            await notes.put(self.database, key, digest)
        except StorageError as error:
            log.warning("Discord is told of the commands again at the next start: %s", error)
        log.info("told Discord of %d commands", len(synced))

    async def login(self, token: str) -> None:
        """Log in, for as long as it takes.

        Raises:
            LoginFailure: Discord does not take the token.
        """

        async def log_in() -> None:
            try:
                await super(DailyPapers, self).login(token)
            except BaseException:
                # The next attempt opens another session, which needs a connector of its own.
                await self.http.close()
                self.http.connector = discord.utils.MISSING
                raise

        await retry("log in to Discord", log_in, backoff=self.backoff)

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Connect and work until closed; while another process works, stand by.

        Who stands by is not connected, so that no two processes answer the same person. Whatever
        passes by itself is retried for as long as it takes, while connecting too.

        Raises:
            LoginFailure: Discord does not take the token, from the beginning or not any more.
            GatewayRefusedError: The gateway refuses something else for good.
        """
        if not await self.worker.wait() or self.is_closed():
            return
        self._connecting = asyncio.create_task(
            super().start(token, reconnect=reconnect), name="connection to Discord"
        )
        try:
            await asyncio.wait({self._connecting})
        finally:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
            # What closed it while it logged in found nothing to close as yet.
            await self.http.close()
        if self.ended_by is not None:
            raise discord.LoginFailure(str(self.ended_by)) from self.ended_by
        if not self._connecting.cancelled():
            self._connecting.result()

    async def _end(self, error: Exception) -> None:
        self.ended_by = self.ended_by or error
        # Closing waits for the work, and the work calls this.
        self._ending = self._ending or asyncio.create_task(self.close())

    async def _on_response(
        self,
        _session: aiohttp.ClientSession,
        _context: object,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        """End when Discord refuses the token, whichever request it was."""
        path = params.url.path
        # The answers to interactions have a token of their own, in their address.
        is_bots_own = "/webhooks/" not in path and "/interactions/" not in path
        if params.response.status == HTTPStatus.UNAUTHORIZED and is_bots_own:
            await self._end(
                discord.LoginFailure("Discord no longer takes the bot's token, or doesn't know it.")
            )

    async def on_ready(self) -> None:
        """Say that the bot is there."""
        log.info("connected as %s, in %d servers", self.user, len(self.guilds))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Look what has changed while the server was not to be seen."""
        await self.worker.place_changed(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Go on with the schedules of a server that has the bot back."""
        await self.worker.place_changed(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Let the schedules of a server rest that the bot was taken from."""
        await self.worker.place_gone(guild.id)

    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        """See whether the bot may do again what it could not."""
        await self.worker.place_changed(after.guild.id)

    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        """See the same where the bot was given a role."""
        if self.user is not None and after.id == self.user.id:
            await self.worker.place_changed(after.guild.id)

    async def on_guild_channel_update(
        self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """See the same where a channel's permissions or tags were changed."""
        await self.worker.place_changed(after.guild.id)

    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        """See the same where a channel has come into sight."""
        await self.worker.place_changed(channel.guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Let the schedules of a channel rest that was deleted."""
        await self.worker.place_gone(channel.guild.id, channel.id)

    async def on_thread_update(self, _before: discord.Thread, after: discord.Thread) -> None:
        """See whether a thread was opened again."""
        await self.worker.place_changed(after.guild.id)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Let the schedules of a thread rest that was deleted."""
        await self.worker.place_gone(payload.guild_id, payload.thread_id)

    async def close(self) -> None:
        """Stop connecting, then the work, then the connections."""
        connecting = self._connecting
        # `connect` closes the client itself, after a fatal error.
        if connecting is not None and connecting is not asyncio.current_task():
            connecting.cancel()
        await self.worker.stop()
        await super().close()
