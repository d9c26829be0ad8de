"""The gate for Discord-wide errors: while it is closed, jobs wait in memory and write nothing.

It is closed during a global rate limit, and during an outage: requests to different routes fail
one after the other. It is also closed while this machine's clock differs from Discord's, because
the age of nonces and due times would be computed from a wrong time.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from time import monotonic
from types import SimpleNamespace
from typing import Final

import aiohttp

from bot.backoff import Backoff
from bot.posting.rate_limit import RateLimiter, route_of
from bot.posting.settings import MOST_SKEW

log = logging.getLogger(__name__)

_FAILURES: Final = 6
"""Failed requests in a row, to routes of at least two kinds, that count as an outage."""
_SERVER_ERRORS: Final = 500
_LONGEST_PAUSE: Final = 60.0
# All responses of a second have the same date.
_parse_date = lru_cache(maxsize=4)(parsedate_to_datetime)


class DiscordGate:
    """Decides from the responses to all requests whether jobs may use Discord."""

    def __init__(
        self,
        rate_limiter: RateLimiter,
        *,
        now: Callable[[], datetime],
        probe: Callable[[], Awaitable[object]],
        first_pause: float = 1.0,
    ) -> None:
        """Build the gate; it is open.

        Args:
            rate_limiter: Reports global rate limits.
            now: The wall clock that is compared with Discord's, in UTC.
            probe: Makes one harmless request; called while the gate is closed.
            first_pause: Seconds before the first probe; each further pause is twice as long, at
                most a minute.
        """
        self._rate_limiter = rate_limiter
        self._now = now
        self._probe = probe
        self._backoff = Backoff(first_pause, _LONGEST_PAUSE)
        self._probes = 0
        """Probes since the gate was last open for longer than the longest pause."""
        self._failed_routes: set[str] = set()
        self._failures = 0
        self._is_down = False
        self._discord_time: tuple[datetime, float] | None = None
        """Discord's time as it was last read, and the monotonic time of then."""
        self._clock_moves = 0
        self._is_skew_logged = False
        self._open_since = monotonic()

    @property
    def is_open(self) -> bool:
        """Whether jobs may run."""
        return not (self._rate_limiter.is_limited or self._is_down or self.is_clock_wrong)

    @property
    def is_clock_wrong(self) -> bool:
        """Whether this machine's clock is known to differ from Discord's by too much."""
        return abs(self._skew()) > MOST_SKEW

    def _skew(self) -> timedelta:
        """Return how far this machine's clock is ahead of Discord's."""
        if self._discord_time is None:
            return timedelta(0)
        there, read_at = self._discord_time
        return self._now() - there - timedelta(seconds=monotonic() - read_at)

    def clock_moved(self) -> None:
        """Forget Discord's time: both clocks were moved on purpose, by a test or the demo.

        Requests that have begun before may still be answered with the time of then.
        """
        self._clock_moves += 1
        self._discord_time = None

    async def wait(self) -> None:
        """Wait until the gate is open; meanwhile probe Discord with backoff."""
        if monotonic() - self._open_since > _LONGEST_PAUSE:
            self._probes = 0
        # The clock may be right, and the machine was only suspended, so probe at once.
        is_probed_at_once = self.is_clock_wrong
        while not self.is_open:
            if self._rate_limiter.is_limited:
                await self._rate_limiter.wait_until_unlimited()
                continue
            self._probes += 1
            if not is_probed_at_once:
                await asyncio.sleep(self._backoff.delay(self._probes))
            is_probed_at_once = False
            try:
                async with asyncio.timeout(_LONGEST_PAUSE):
                    await self._probe()
            except Exception as error:  # noqa: BLE001 - whatever it is, Discord doesn't answer yet
                log.debug("Discord does not answer yet: %r", error)
        self._open_since = monotonic()

    def trace_config(self) -> aiohttp.TraceConfig:
        """Return the trace that reports each response; pass it to discord.py."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._on_start)
        trace.on_request_end.append(self._on_end)
        trace.on_request_exception.append(self._on_exception)
        return trace

    async def _on_start(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        _params: aiohttp.TraceRequestStartParams,
    ) -> None:
        context.clock_moves = self._clock_moves

    async def _on_end(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        if context.clock_moves == self._clock_moves:
            self._compare_clocks(params.response.headers.get("Date"))
        if params.response.status >= _SERVER_ERRORS:
            self._count_failure(f"{params.method} {route_of(params.url.path)}")
        else:
            self._count_success()

    async def _on_exception(
        self,
        _session: aiohttp.ClientSession,
        _context: object,
        params: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        if isinstance(params.exception, aiohttp.ClientError | OSError):
            self._count_failure(f"{params.method} {route_of(params.url.path)}")

    def _count_failure(self, route: str) -> None:
        self._failures += 1
        self._failed_routes.add(route)
        is_outage = self._failures >= _FAILURES and len(self._failed_routes) > 1
        if is_outage and not self._is_down:
            self._is_down = True
            log.warning("Discord can't be reached or fails: posts wait until it answers again")

    def _count_success(self) -> None:
        self._failures = 0
        self._failed_routes.clear()
        if self._is_down:
            self._is_down = False
            log.warning("Discord answers again: posts continue")

    def _compare_clocks(self, header: str | None) -> None:
        if header is None:
            return
        try:
            there = _parse_date(header)
        except ValueError:
            return
        if there.tzinfo is None:
            there = there.replace(tzinfo=UTC)
        self._discord_time = there, monotonic()
        if self.is_clock_wrong and not self._is_skew_logged:
            self._is_skew_logged = True
            log.error(
                "this machine's clock differs from Discord's by %.0f minutes: nothing is posted"
                " until it is right",
                self._skew().total_seconds() / 60,
            )
        elif self._is_skew_logged and not self.is_clock_wrong:
            self._is_skew_logged = False
            log.warning("this machine's clock agrees with Discord's again: posts continue")
