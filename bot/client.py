"""The Discord client: connect, and put events of servers into a queue."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, TypeAlias

import aiohttp
import discord

from bot.backoff import Backoff
from bot.commands.invite import invite_url
from bot.gateway_client import IDENTIFY_EVERY, GatewayClient
from bot.parsers import keep_running, report_guilds, skip_messages
from bot.posting.rate_limit import LONGEST_ROUTE_WAIT, RateLimiter, TimeSource
from bot.retry import retry

log = logging.getLogger(__name__)

INTENTS: Final = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""What the gateway sends; none of it is privileged."""
_WRITTEN: Final = frozenset({0, 19})
"""The types of messages that people write: plain ones and replies."""


@dataclass(frozen=True, slots=True)
class GuildChanged:
    """Something changed in a server, so that paused schedules may be able to post again."""

    guild_id: int


@dataclass(frozen=True, slots=True)
class GuildAvailable:
    """Discord shows a server that the bot was in before: at the start, or after an outage."""

    guild_id: int


@dataclass(frozen=True, slots=True)
class ChannelGone:
    """A channel was deleted, or a server has removed the bot."""

    guild_id: int
    channel_id: int | None
    """`None` for all channels of the server."""


@dataclass(frozen=True, slots=True)
class GuildJoined:
    """A server has added the bot."""

    guild_id: int


@dataclass(frozen=True, slots=True)
class Connected:
    """A shard is connected; these are its servers, in which the bot was before."""

    guild_ids: tuple[int, ...]
    shard: tuple[int, int] = (0, 1)
    """The number of the shard, and how many there are."""

    def is_responsible(self, guild_id: int) -> bool:
        """Return whether a server belongs to the shard.

        See https://discord.com/developers/docs/events/gateway#sharding
        """
        number, count = self.shard
        return (guild_id >> 22) % count == number


@dataclass(frozen=True, slots=True)
class Ready:
    """All shards are connected, and what Discord says of these servers is known."""

    guild_ids: tuple[int, ...]


GuildEvent: TypeAlias = (
    GuildChanged | GuildAvailable | GuildJoined | ChannelGone | Connected | Ready
)


@dataclass(frozen=True, slots=True)
class Hooks:
    """The callbacks of the app at set-up and shutdown of the client."""

    set_up: Callable[[], Awaitable[None]]
    """Called after the login, before the client connects."""
    before_close: Callable[[], Awaitable[None]]
    """Stops what sends requests; called before the connection is closed, also when the gateway
    refuses the bot."""
    on_fatal: Callable[[Exception], Awaitable[None]]
    """Called when Discord refuses the token, whichever request it was."""
    on_message: Callable[[discord.Message, int], Awaitable[None]]
    """Called with each message that may be addressed to the bot, and the bot's id."""
    on_thread_message: Callable[[int, int, bool], None]
    """Called with the server and the thread in which a person wrote, and whether the bot has opened
    that thread."""
    on_interaction: Callable[[discord.Interaction[Any]], None] | None = None
    """Called with each interaction as it comes, for metrics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionSettings:
    """How the bot connects to Discord; tests make the times shorter."""

    requests_per_second: int = 50
    """The most requests that are sent."""
    time_source: TimeSource | None = None
    """The rate limiter's clock; `None` for the event loop's."""
    backoff: Backoff = field(default_factory=Backoff)
    """How long to wait between attempts to start or to reconnect."""
    ready_after: float = 2.0
    """Seconds without word of a further server until all count as known."""
    identify_every: float = IDENTIFY_EVERY
    """Seconds between two sessions that are started at Discord's gateway."""


def _may_be_for_bot(message: Any) -> bool:  # noqa: ANN401 - JSON
    """Return whether a message may be addressed to the bot, from its payload.

    Discord leaves the text empty if a message of a server doesn't mention the bot.
    """
    is_by_bot = bool(message["author"].get("bot"))
    return not is_by_bot and (bool(message["content"]) or "guild_id" not in message)


def _is_by_person(message: Any) -> bool:  # noqa: ANN401 - JSON
    """Return whether a person wrote a message, from its payload: no bot, webhook or notice."""
    is_by_program = message["author"].get("bot") or "webhook_id" in message
    return not is_by_program and message.get("type") in _WRITTEN


class Client(GatewayClient):
    """Connects, and puts events of servers into a queue.

    It uses no privileged intents. It caches neither messages nor members, so its memory grows only
    with the servers' channels.
    """

    def __init__(
        self,
        *,
        events: asyncio.Queue[GuildEvent],
        rate_limiter: RateLimiter,
        trace: aiohttp.TraceConfig,
        hooks: Hooks,
        settings: ConnectionSettings,
        metrics: aiohttp.TraceConfig | None = None,
    ) -> None:
        """Build the client; `start` connects it.

        Args:
            events: The queue for events of servers.
            rate_limiter: Limits its requests.
            trace: Observes its requests, too.
            hooks: The callbacks of the app.
            settings: The waits while it connects.
            metrics: Counts its requests; sees each response before the rate limiter refuses it.
        """
        requests = rate_limiter.trace_config()
        requests.on_request_start.extend(trace.on_request_start)
        requests.on_request_end.append(self._on_response)
        requests.on_request_end.extend(trace.on_request_end)
        requests.on_request_exception.extend(trace.on_request_exception)
        if metrics is not None:
            requests.on_request_end[:0] = metrics.on_request_end
            requests.on_request_exception.extend(metrics.on_request_exception)
        # It uses no voice channels, so discord.py needn't warn that packages for them are missing.
        discord.VoiceClient.warn_nacl = False
        discord.VoiceClient.warn_dave = False
        super().__init__(
            backoff=settings.backoff,
            identify_every=settings.identify_every,
            http_trace=requests,
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=settings.ready_after,
            max_ratelimit_timeout=LONGEST_ROUTE_WAIT,
        )
        # discord.py itself sends the requests of login, command sync and the gateway's address, and
        # retries none of them after `RateLimited`.
        repeated = rate_limiter.repeat_own_requests(self.http.request)
        self.http.request = repeated  # type: ignore[method-assign]  # no other seam
        report_guilds(self, lambda *found: events.put_nowait(Connected(*found)))
        skip_messages(self, self._is_wanted)
        keep_running(self)
        self._events = events
        self._app_hooks = hooks

    def _is_wanted(self, message: Any) -> bool:  # noqa: ANN401 - JSON
        """Return whether a message may be addressed to the bot; report it if it is in a thread.

        Discord sends no event when a thread's `message_count` changes.
        """
        if _is_by_person(message) and (guild_id := message.get("guild_id")) is not None:
            guild = self.get_guild(int(guild_id))
            thread = guild.get_thread(int(message["channel_id"])) if guild is not None else None
            if guild is not None and thread is not None and self.user is not None:
                is_own = thread.owner_id == self.user.id
                self._app_hooks.on_thread_message(guild.id, thread.id, is_own)
        return _may_be_for_bot(message)

    async def setup_hook(self) -> None:
        """Set up the bot between login and connection."""
        await self._app_hooks.set_up()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - discord.py's
        """Pass on an interaction before its handlers run."""
        if event == "interaction" and self._app_hooks.on_interaction is not None:
            try:
                self._app_hooks.on_interaction(*args)
            except Exception:
                log.exception("an interaction can't be counted")
        super().dispatch(event, *args, **kwargs)

    async def login(self, token: str) -> None:
        """Log in; retry until Discord answers.

        Raises:
            LoginFailure: Discord refuses the token.
        """

        async def log_in() -> None:
            try:
                await super(Client, self).login(token)
            except BaseException:
                # The next attempt opens another session, which needs a connector of its own.
                await self.http.close()
                self.http.connector = discord.utils.MISSING
                raise

        await retry("log in to Discord", log_in, backoff=self.backoff)

    async def close(self) -> None:
        """Stop posting, then close the connections."""
        await self._app_hooks.before_close()
        await super().close()

    async def _on_response(
        self,
        _session: aiohttp.ClientSession,
        _context: object,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        """Report a response by which Discord refuses the token."""
        path = params.url.path
        # Responses to interactions have a token of their own, in their path.
        is_bots_own = "/webhooks/" not in path and "/interactions/" not in path
        if params.response.status == HTTPStatus.UNAUTHORIZED and is_bots_own:
            await self._app_hooks.on_fatal(
                discord.LoginFailure("Discord no longer takes the bot's token, or doesn't know it.")
            )

    async def on_ready(self) -> None:
        """Log that the bot is connected, and pass on which servers it is in."""
        name = self.user.name if self.user is not None else "?"
        count = len(self.guilds)
        log.info("connected as %s in %d %s", name, count, "server" if count == 1 else "servers")
        if not count and self.application_id is not None:
            log.info("add the bot to a server: %s", invite_url(self.application_id))
        self._events.put_nowait(Ready(tuple(guild.id for guild in self.guilds)))

    async def on_message(self, message: discord.Message) -> None:
        """Pass on a message that may be addressed to the bot."""
        if self.user is not None:
            await self._app_hooks.on_message(message, self.user.id)

    def _changed(self, guild: discord.Guild) -> None:
        self._events.put_nowait(GuildChanged(guild.id))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Pass on that a server is available."""
        self._events.put_nowait(GuildAvailable(guild.id))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Pass on that a server has added the bot."""
        self._events.put_nowait(GuildJoined(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Pass on that a server has removed the bot."""
        self._events.put_nowait(ChannelGone(guild.id, None))

    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        """Pass on that the bot's permissions may have changed."""
        self._changed(after.guild)

    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        """Pass on that the bot's own roles may have changed."""
        if self.user is not None and after.id == self.user.id:
            self._changed(after.guild)

    async def on_guild_channel_update(
        self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Pass on that a channel's permissions or tags may have changed."""
        self._changed(after.guild)

    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        """Pass on that a channel was created or became visible."""
        self._changed(channel.guild)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Pass on that a channel was deleted."""
        self._events.put_nowait(ChannelGone(channel.guild.id, channel.id))

    async def on_thread_update(self, _before: discord.Thread, after: discord.Thread) -> None:
        """Pass on that a thread may have been unarchived or unlocked."""
        self._changed(after.guild)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Pass on that a thread was deleted."""
        self._events.put_nowait(ChannelGone(payload.guild_id, payload.thread_id))
