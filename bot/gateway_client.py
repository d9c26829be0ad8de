"""A sharded Discord client whose reconnects wait, and whose fatal closes say what to do.

discord.py 2.7 opens a new connection immediately when the gateway accepts a connection and closes
it: thousands of connections in seconds. It waits with backoff only where opening the connection
failed; its first connection of a shard waits a fixed 5 seconds, calls itself recursively, and
retries even a refused token. It reads `session_start_limit` and doesn't use it. Before each session
but the first it waits 5 seconds, however long ago the last one was started.

There is no public way to change when a shard reconnects. So this module, and no other one, uses
these private parts of discord.py: the shards and the event queue of `AutoShardedClient`, the
class `Shard` with its method `_handle_disconnect`, and when a connection's last heartbeat was
acknowledged. tests/bot/test_gateway_client.py fails when one of them changes.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic, perf_counter
from types import MappingProxyType
from typing import Any, Final

import discord
import yarl
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.shard import EventItem, EventType, Shard

from bot.backoff import Backoff
from bot.retry import Reconnects, describe, is_transient, retry
from bot.tasks import log_failure

log = logging.getLogger(__name__)

SHARDS: Final = "_AutoShardedClient__shards"
"""The attribute that holds the shards by their id."""
QUEUE: Final = "_AutoShardedClient__queue"
"""The attribute that holds the queue of what `AutoShardedClient.connect` does next."""
_AUTHENTICATION_FAILED: Final = 4004
_DISALLOWED_INTENTS: Final = 4014
_UPDATE: Final = "Install a newer version of daily-papers-bot."
_RESTART: Final = (
    "Start the bot again: at its start it asks Discord for the number of shards. "
    "If it ends like this again, install a newer version of daily-papers-bot."
)
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
_REFUSALS: Final[Mapping[int, str]] = MappingProxyType(
    {
        4010: f"Discord refused the number of this shard. {_RESTART}",
        4011: f"The bot is in too many servers for its number of shards. {_RESTART}",
        4012: f"Discord no longer supports the API version that this bot uses. {_UPDATE}",
        4013: f"Discord doesn't know the intents that this bot asks for. {_UPDATE}",
        _DISALLOWED_INTENTS: (
            "Discord doesn't allow the bot the intents that it asks for. Daily Papers needs no "
            "privileged intents: use an unchanged version of it, or turn the intents on at "
            "https://discord.com/developers/applications (your application → Bot → Privileged "
            "Gateway Intents)."
        ),
    }
)
_RESUMES: Final = 5
"""Attempts to resume a session; after these the shard identifies again, at Discord's address."""
_LONGEST_WAIT: Final = 3600.0
"""Seconds until the session start limit is read again, at most."""
IDENTIFY_EVERY: Final = 5.5
"""Seconds between two IDENTIFYs: Discord wants 5, and one may be longer under way than another."""


@dataclass(frozen=True, slots=True)
class ShardState:
    """How a shard's connection is."""

    id: int
    is_connected: bool
    acknowledged: float | None
    """Seconds since the gateway last acknowledged a heartbeat; `None` while not connected."""
    interval: float | None
    """Seconds between two heartbeats; `None` while not connected."""


class GatewayRefusedError(Exception):
    """The gateway closed the connection for a permanent reason.

    Its `str()` says what to do.
    """

    def __init__(self, code: int) -> None:
        super().__init__(f"{_REFUSALS[code]} (The gateway's close code was {code}.)")
        self.code = code


def refusal_of(error: BaseException | None) -> Exception | None:
    """Return the error of a fatal gateway close; `None` for any other error."""
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return GatewayRefusedError(_DISALLOWED_INTENTS)
    if isinstance(error, discord.ConnectionClosed):
        if error.code == _AUTHENTICATION_FAILED:
            return discord.LoginFailure("The gateway refused the token.")
        if error.code in _REFUSALS:
            return GatewayRefusedError(error.code)
    return None


def _is_transient(error: BaseException) -> bool:
    if isinstance(error, discord.ConnectionClosed):
        return refusal_of(error) is None
    return is_transient(error)


class _Shard(Shard):
    """A shard whose reconnects are scheduled by the client."""

    def __init__(self, ws: DiscordWebSocket, client: "GatewayClient") -> None:
        super().__init__(ws, client, client.shard_lost)
        self.reconnects = Reconnects(client.backoff)

    def launch(self) -> None:
        """Read from a new connection."""
        self.reconnects.connected(monotonic())
        super().launch()

    async def _handle_disconnect(self, e: Exception) -> None:
        """Report any failed connection; `Shard` waits here, or ends the client."""
        self._queue_put(EventItem(EventType.reconnect, self, e))


class GatewayClient(discord.AutoShardedClient):
    """Connects its shards with backoff, within Discord's session start limit, until closed."""

    def __init__(
        self,
        *,
        backoff: Backoff | None = None,
        identify_every: float = IDENTIFY_EVERY,
        **options: Any,  # noqa: ANN401 - discord.py's
    ) -> None:
        """Build the client; `options` are those of `discord.AutoShardedClient`."""
        self.backoff = backoff or Backoff()
        self._identify_every = identify_every
        self._next_identify = monotonic()
        self._reconnecting: set[asyncio.Task[None]] = set()
        super().__init__(**options)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Connect and stay connected until closed.

        Raises:
            LoginFailure: The gateway refuses the token.
            GatewayRefusedError: The gateway closed the connection for another permanent reason.
        """
        try:
            await super().connect(reconnect=reconnect)
        except (discord.ConnectionClosed, discord.PrivilegedIntentsRequired) as error:
            raise refusal_of(error) or error from None

    async def launch_shards(self) -> None:
        """Open the first connection of each shard."""
        await retry("ask Discord for its gateway", super().launch_shards, backoff=self.backoff)

    async def launch_shard(
        self, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        """Open the first connection of a shard; retry until it succeeds."""

        async def open_connection() -> DiscordWebSocket:
            await self._wait_for_session_start()
            opening = DiscordWebSocket.from_client(
                self, initial=initial, gateway=gateway, shard_id=shard_id
            )
            try:
                return await asyncio.wait_for(opening, timeout=self.shard_connect_timeout)
            except ReconnectWebSocket:
                raise ConnectionError("the gateway closed the connection") from None

        ws = await retry(
            f"connect shard {shard_id} to the gateway",
            open_connection,
            backoff=self.backoff,
            transient=_is_transient,
        )
        shard = _Shard(ws, self)
        vars(self)[SHARDS][shard_id] = shard
        shard.launch()

    async def before_identify_hook(
        self,
        shard_id: int | None,  # noqa: ARG002 - discord.py's
        *,
        initial: bool = False,  # noqa: ARG002 - discord.py's
    ) -> None:
        """Wait until the last IDENTIFY of any shard is as long ago as Discord wants."""
        now = monotonic()
        at = max(self._next_identify, now)
        self._next_identify = at + self._identify_every
        await asyncio.sleep(at - now)

    def shard_states(self) -> tuple[ShardState, ...]:
        """Return how each shard is that has connected before."""
        return tuple(map(_state_of, vars(self)[SHARDS].values()))

    def shard_lost(self, event: EventItem) -> None:
        """Schedule a shard's reconnect; the shard calls this when its connection has ended."""
        shard = event.shard
        if self.is_closed() or not isinstance(shard, _Shard):
            return
        refusal = refusal_of(event.error)
        if refusal is not None:
            self._do_next(EventItem(EventType.terminate, shard, refusal))
            return
        if event.type == EventType.terminate:
            # discord.py can't parse an event. A resumed session continues after it.
            log.error("shard %d can't read an event", shard.id, exc_info=event.error)
        task = asyncio.create_task(
            self._reconnect_later(shard, event), name=f"reconnect shard {shard.id}"
        )
        self._reconnecting.add(task)
        task.add_done_callback(self._reconnecting.discard)
        task.add_done_callback(log_failure)

    async def _reconnect_later(self, shard: _Shard, event: EventItem) -> None:
        delay = shard.reconnects.lost(monotonic())
        failures = shard.reconnects.failures
        # Discord closes each connection every few hours: the first attempt is routine.
        log.log(
            logging.INFO if failures == 1 else logging.WARNING,
            "shard %d lost its connection to the gateway (%s); attempt %d to connect in %.2f s",
            shard.id,
            _reason(shard, event),
            failures,
            delay,
        )
        await asyncio.sleep(delay)
        if shard.ws.open:
            await shard.ws.close()
        may_resume = (
            event.type != EventType.identify
            and shard.ws.session_id is not None
            and failures <= _RESUMES
        )
        if may_resume:
            signal = ReconnectWebSocket(shard.id, resume=True)
            self._do_next(EventItem(EventType.resume, shard, signal))
            return
        try:
            await self._wait_for_session_start()
        except Exception as error:  # noqa: BLE001 - `connect` raises it
            self._do_next(EventItem(EventType.terminate, shard, error))
        else:
            signal = ReconnectWebSocket(shard.id, resume=False)
            self._do_next(EventItem(EventType.identify, shard, signal))

    async def _wait_for_session_start(self) -> None:
        """Wait until Discord allows one more IDENTIFY; exceeding the limit resets the token."""
        while True:
            limits = await retry(
                "ask Discord for the session start limit",
                self.fetch_session_start_limits,
                backoff=self.backoff,
            )
            if limits.remaining > 0:
                return
            wait = min(max(limits.reset_after / 1000, 1.0), _LONGEST_WAIT)
            log.warning(
                "all %d session starts that Discord allows are used up, the next ones come in "
                "%.0f s; waiting %.0f s",
                limits.total,
                limits.reset_after / 1000,
                wait,
            )
            await asyncio.sleep(wait)

    def _do_next(self, event: EventItem) -> None:
        vars(self)[QUEUE].put_nowait(event)

    async def close(self) -> None:
        """Close the connections, and stop reconnecting."""
        for task in self._reconnecting:
            task.cancel()
        await super().close()


def _state_of(shard: Shard) -> ShardState:
    keep_alive = shard.ws._keep_alive  # noqa: SLF001 - see above
    # After a connection was lost, the shard keeps it until the next one is open.
    if keep_alive is None or not shard.ws.open:
        return ShardState(shard.id, is_connected=False, acknowledged=None, interval=None)
    acknowledged = perf_counter() - keep_alive._last_ack  # noqa: SLF001 - see above
    return ShardState(
        shard.id, is_connected=True, acknowledged=acknowledged, interval=keep_alive.interval
    )


def _reason(shard: _Shard, event: EventItem) -> str:
    error = event.error
    if error is None or isinstance(error, ReconnectWebSocket):
        code = shard.ws.socket.close_code
        return f"close code {code}" if code is not None else "asked to reconnect"
    return describe(error)
