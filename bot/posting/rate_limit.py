"""Limit the rate of the bot's requests to Discord; interactions have priority over posts.

Every request, including discord.py's own retries, passes through a `TraceConfig` of aiohttp just
before it is sent. Responses to interactions don't count for Discord's limit and never wait. Of all
other requests, those for interactions are sent before those of posts.

**Global rate limit.** When Discord answers 429 to all routes, discord.py 2.7.1 clears an event,
sleeps, and sets the event again without `finally`. A request that is cancelled in that sleep, as
our time-outs do, leaves the event cleared, and every later request of the process waits forever. So
discord.py never gets to see such an answer: the trace raises `discord.RateLimited` in its place,
and the limit is kept here. Until it ends, requests of posts and of commands raise `RateLimited` at
once; those of discord.py itself (login, command sync, gateway address) wait and are repeated.

Source: https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
"""

import asyncio
import logging
import re
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final, ParamSpec, Protocol, TypeVar

import aiohttp
import discord

from bot.posting.limit_response import LONGEST_WAIT, read_limit

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

LONGEST_ROUTE_WAIT: Final = LONGEST_WAIT
"""discord.py's `max_ratelimit_timeout`, in seconds.

With one that is shorter than a route's window discord.py refuses the route's second request
although its headers say that more are left.
"""
_LONGEST_SLEEP: Final = 30.0
"""Seconds of a single route's 429 for which discord.py sleeps inside a request."""
_MARGIN: Final = 0.02
"""Seconds by which our window is longer than Discord's."""
_UNANSWERED: Final = 1.0
"""Seconds after which a request without a response counts as counted by Discord."""
_MEASURED: Final = 300
"""How many of a route's last durations are kept to find the fastest."""
_INTERACTION_PRIORITY: Final = 0.25
"""The most seconds for which posts wait for the response to an interaction."""
_TOO_MANY: Final = 429
_CLIENT_ERRORS: Final = range(400, 500)


class UncertainError(Exception):
    """A request may have had its effect; it must not be repeated before a search of the channel."""


@dataclass(slots=True)
class Attempt:
    """One request of a post."""

    is_single: bool
    """Whether a repetition could have its effect twice."""
    is_uncertain: bool = False
    """Whether it may have had its effect although no response came."""
    retry_after: float = 0.0
    """Discord's Retry-After, in seconds."""


_ATTEMPT: ContextVar[Attempt | None] = ContextVar("attempt", default=None)
_IS_FOR_PERSON: ContextVar[bool] = ContextVar("is_for_person", default=False)


@contextmanager
def background_request(*, is_single: bool = False) -> Iterator[Attempt]:
    """Send the requests inside with low priority, as those of a post.

    With `is_single`, one request is made inside. If it may have had its effect although no response
    came, discord.py's own retry is stopped by an `UncertainError`.
    """
    attempt = Attempt(is_single=is_single)
    token = _ATTEMPT.set(attempt)
    try:
        yield attempt
    finally:
        _ATTEMPT.reset(token)


class Timer(Protocol):
    """A scheduled callback."""

    def cancel(self) -> None:
        """Cancel the callback."""


class TimeSource(Protocol):
    """A clock that schedules callbacks: an event loop, or a clock that a test sets."""

    def time(self) -> float:
        """Return the time in seconds; it never goes back."""

    def call_later(self, delay: float, callback: Callable[[], None], /) -> Timer:
        """Schedule a callback after some seconds."""


@dataclass(slots=True, eq=False)
class SentRequest:
    """A request that was sent."""

    sent: float
    """When it was sent, by the time source, like all times here."""
    answered: float | None = None
    """When its response came or it failed; `None` before."""
    durations: deque[float] = field(default_factory=deque)
    """Seconds that the last requests to its route took."""

    @property
    def counted(self) -> float:
        """The latest time at which Discord may have counted it.

        Discord counts a request before it handles it. A request that takes longer than the fastest
        one of its route may have been counted later by the difference.
        """
        if self.answered is None:
            return self.sent + _UNANSWERED
        return self.answered - min(self.durations, default=0.0)


class RateLimiter:
    """Limits requests per second, and holds them during a global rate limit."""

    def __init__(self, rate: int, time_source: TimeSource | None = None) -> None:
        """Build the limiter.

        Args:
            rate: Requests in any second, at least 1.
            time_source: The clock; `None` for the running event loop.
        """
        self._sent_requests: deque[SentRequest] = deque(maxlen=rate)
        self._gap = 0.7 / rate
        self._durations: dict[str, deque[float]] = {}
        self._time_source = time_source
        self._foreground: deque[asyncio.Future[SentRequest]] = deque()
        self._background: deque[asyncio.Future[SentRequest]] = deque()
        self._timer: Timer | None = None
        self._limited_until = 0.0
        self._end_of_limit: Timer | None = None
        self._open = asyncio.Event()
        self._open.set()
        self._background_held_until = 0.0

    @property
    def _source(self) -> TimeSource:
        return self._time_source or asyncio.get_running_loop()

    @property
    def is_limited(self) -> bool:
        """Whether a global rate limit is in force."""
        return not self._open.is_set()

    async def wait_until_unlimited(self) -> None:
        """Wait until no global rate limit is in force."""
        await self._open.wait()

    async def acquire(self, *, is_background: bool) -> SentRequest:
        """Wait until a request may go out.

        Raises:
            discord.RateLimited: A global rate limit is in force, or begins during the wait.
        """
        if self.is_limited:
            raise self._refusal()
        future: asyncio.Future[SentRequest] = asyncio.get_running_loop().create_future()
        (self._background if is_background else self._foreground).append(future)
        if self._timer is not None and not is_background:
            # It may have been set for a post, which may have to wait longer.
            self._timer.cancel()
            self._timer = None
        self._serve()
        return await future

    def limit_globally(self, seconds: float) -> None:
        """Begin a global rate limit: send no requests for some seconds."""
        until = self._source.time() + seconds
        if until <= self._limited_until:
            return
        if not self.is_limited:
            log.warning("Discord's global rate limit: no requests for %.1f seconds", seconds)
        self._limited_until = until
        self._open.clear()
        if self._end_of_limit is not None:
            self._end_of_limit.cancel()
        self._end_of_limit = self._source.call_later(seconds, self._end_limit)
        for queue in (self._foreground, self._background):
            while queue:
                future = queue.popleft()
                if not future.done():
                    future.set_exception(self._refusal())

    def _end_limit(self) -> None:
        self._end_of_limit = None
        self._open.set()
        log.warning("Discord's global rate limit is over: requests go out again")

    def _refusal(self) -> discord.RateLimited:
        return discord.RateLimited(max(self._limited_until - self._source.time(), 0.0))

    def repeat_own_requests(
        self, request: Callable[P, Coroutine[Any, Any, R]]
    ) -> Callable[P, Coroutine[Any, Any, R]]:
        """Wrap discord.py's `HTTPClient.request`: its own requests are repeated after a 429.

        Requests of posts and commands raise `RateLimited`, which their callers handle.
        """

        async def repeat(*args: P.args, **kwargs: P.kwargs) -> R:
            while True:
                is_own = _ATTEMPT.get() is None and not _IS_FOR_PERSON.get()
                if is_own:
                    await self._open.wait()
                try:
                    return await request(*args, **kwargs)
                except discord.RateLimited as error:
                    if not is_own:
                        raise
                    if not self.is_limited:
                        await asyncio.sleep(min(error.retry_after, LONGEST_WAIT))

        return repeat

    def interaction_started(self) -> None:
        """Hold posts for a moment, until this task has answered an interaction."""
        _IS_FOR_PERSON.set(True)
        self._background_held_until = self._source.time() + _INTERACTION_PRIORITY

    def interaction_answered(self) -> None:
        """End the hold of posts."""
        self._background_held_until = 0.0
        if self._timer is not None:
            # It may have been set for a post that was held.
            self._timer.cancel()
            self._on_timer()

    def trace_config(self) -> aiohttp.TraceConfig:
        """Return the trace that reports each request; pass it to discord.py."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._on_start)
        trace.on_request_end.append(self._on_end)
        trace.on_request_exception.append(self._on_exception)
        return trace

    async def _on_start(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestStartParams,
    ) -> None:
        context.sent_request = None
        if params.url.scheme in ("ws", "wss") or _is_interaction_response(params.url.path):
            return
        attempt = _ATTEMPT.get()
        if attempt is not None and attempt.is_single and attempt.is_uncertain:
            raise UncertainError
        context.sent_request = await self.acquire(is_background=attempt is not None)
        if attempt is not None:
            attempt.is_uncertain = True

    async def _on_end(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        is_interaction = _is_interaction_response(params.url.path)
        if is_interaction:
            self.interaction_answered()
        if context.sent_request is not None:
            self._measure(context.sent_request, f"{params.method} {route_of(params.url.path)}")
        attempt = _ATTEMPT.get()
        status = params.response.status
        if attempt is not None and status in _CLIENT_ERRORS:
            attempt.is_uncertain = False
        if status == _TOO_MANY:
            limit = await read_limit(params.response)
            is_global = limit.is_global and not is_interaction
            if attempt is not None:
                attempt.retry_after = limit.wait
            if is_global:
                self.limit_globally(limit.wait)
            if is_global or limit.wait > _LONGEST_SLEEP or not limit.is_well_formed:
                # aiohttp closes the response; discord.py passes the exception on.
                raise discord.RateLimited(limit.wait)

    async def _on_exception(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        request: SentRequest | None = context.sent_request
        if request is not None and request.answered is None:
            self._set_answered(request)
        attempt = _ATTEMPT.get()
        if attempt is not None and isinstance(params.exception, aiohttp.ClientConnectorError):
            attempt.is_uncertain = False

    def _measure(self, request: SentRequest, route: str) -> None:
        """Record how long a request took whose response has just come."""
        request.durations = self._durations.setdefault(route, deque(maxlen=_MEASURED))
        request.durations.append(self._source.time() - request.sent)
        self._set_answered(request)

    def _set_answered(self, request: SentRequest) -> None:
        request.answered = self._source.time()
        if self._timer is not None and self._sent_requests and request is self._sent_requests[0]:
            self._timer.cancel()
            self._on_timer()

    def _serve(self) -> None:
        if self._timer is not None:
            return
        while self._foreground or self._background:
            queue = self._foreground or self._background
            if queue[0].done():  # its task was cancelled
                queue.popleft()
                continue
            now = self._source.time()
            wait = self._wait(now, is_background=queue is self._background)
            if wait > 0:
                self._timer = self._source.call_later(wait, self._on_timer)
                return
            request = SentRequest(now)
            self._sent_requests.append(request)
            queue.popleft().set_result(request)

    def _wait(self, now: float, *, is_background: bool) -> float:
        free = now
        if self._sent_requests:
            free = max(free, self._sent_requests[-1].sent + self._gap)
        if len(self._sent_requests) == self._sent_requests.maxlen:
            free = max(free, self._sent_requests[0].counted + 1 + _MARGIN)
        if is_background:
            free = max(free, self._background_held_until)
        return free - now

    def _on_timer(self) -> None:
        self._timer = None
        self._serve()


def route_of(path: str) -> str:
    """Return a path without its ids.

    >>> route_of("/api/v10/channels/12/messages/34")
    '/api/v10/channels/*/messages/*'
    """
    return re.sub(r"(?<=/)\d+", "*", path)


def _is_interaction_response(path: str) -> bool:
    return "/interactions/" in path or "/webhooks/" in path
