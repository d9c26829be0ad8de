"""How fast the bot asks Discord: never faster than it allows, people first.

Every request passes here just before it goes out on the wire, its repetitions inside discord.py
too: discord.py tells of each through aiohttp's tracing. Answers to interactions are not counted by
Discord and never wait; of all others, those that a person waits for go before those of posts.

Source: https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from typing import Final

import aiohttp

_MARGIN: Final = 0.02
"""Seconds by which the way of two requests to Discord may differ."""
_BREATH: Final = 0.25
"""Seconds for which posts wait for the answer to a person, at most."""
_TOO_MANY: Final = 429
_CLIENT_ERRORS: Final = range(400, 500)


class UncertainError(Exception):
    """A request may have done its work, and is not repeated before someone has looked."""


@dataclass(slots=True)
class Attempt:
    """One request of a post's."""

    is_single: bool
    """Whether it must not be repeated unseen: it would be done twice."""
    is_uncertain: bool = False
    """Whether it may have done its work, though no answer has come."""
    retry_after: float = 0.0
    """Seconds that Discord wants to be left alone."""


_ATTEMPT: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


@contextmanager
def posting(*, single: bool = False) -> Iterator[Attempt]:
    """Do what is inside as part of a post: behind what people wait for.

    With `single`, one request is made inside. Where it stays open whether that has done its work,
    discord.py's own repetition is stopped by an `UncertainError`.
    """
    attempt = Attempt(is_single=single)
    token = _ATTEMPT.set(attempt)
    try:
        yield attempt
    finally:
        _ATTEMPT.reset(token)


class Pace:
    """Lets so many requests a second pass."""

    def __init__(self, rate: int) -> None:
        """Make it.

        Args:
            rate: Requests in any second, at least 1.
        """
        self._sent: deque[float] = deque(maxlen=rate)
        self._gap = 0.5 / rate
        self._first: deque[asyncio.Future[None]] = deque()
        self._posts: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._held_until = 0.0
        self._posts_held_until = 0.0

    async def turn(self, *, is_post: bool) -> None:
        """Wait until a request may go out."""
        future = asyncio.get_running_loop().create_future()
        (self._posts if is_post else self._first).append(future)
        if self._timer is not None and not is_post:
            # It may have been set for a post, which may have to wait longer.
            self._timer.cancel()
            self._timer = None
        self._serve()
        await future

    def hold(self, seconds: float) -> None:
        """Let nothing pass for so long."""
        self._held_until = max(self._held_until, monotonic() + seconds)

    def person_waits(self) -> None:
        """Let posts wait a moment, for somebody is to be answered."""
        self._posts_held_until = monotonic() + _BREATH

    def person_answered(self) -> None:
        """Let posts go on."""
        self._posts_held_until = 0.0

    def trace(self) -> aiohttp.TraceConfig:
        """Return what tells of each request; to be given to discord.py."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._on_start)
        trace.on_request_end.append(self._on_end)
        trace.on_request_exception.append(self._on_exception)
        return trace

    async def _on_start(
        self,
        _session: aiohttp.ClientSession,
        _context: object,
        params: aiohttp.TraceRequestStartParams,
    ) -> None:
        if params.url.scheme in ("ws", "wss") or _is_answer(params.url.path):
            return
        attempt = _ATTEMPT.get()
        if attempt is not None and attempt.is_single and attempt.is_uncertain:
            raise UncertainError
        await self.turn(is_post=attempt is not None)
        if attempt is not None:
            attempt.is_uncertain = True

    async def _on_end(
        self,
        _session: aiohttp.ClientSession,
        _context: object,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        if _is_answer(params.url.path):
            self.person_answered()
            return
        attempt = _ATTEMPT.get()
        status, headers = params.response.status, params.response.headers
        if attempt is not None and status in _CLIENT_ERRORS:
            attempt.is_uncertain = False
        if status == _TOO_MANY:
            try:
                wait = float(headers.get("Retry-After", 0))
            except ValueError:
                wait = 0.0
            if attempt is not None:
                attempt.retry_after = wait
            # discord.py lets those that have passed its own gate go on.
            if "X-RateLimit-Global" in headers:
                self.hold(wait)

    async def _on_exception(
        self,
        _session: aiohttp.ClientSession,
        _context: object,
        params: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        attempt = _ATTEMPT.get()
        if attempt is not None and isinstance(params.exception, aiohttp.ClientConnectorError):
            attempt.is_uncertain = False

    def _serve(self) -> None:
        if self._timer is not None:
            return
        while self._first or self._posts:
            queue = self._first or self._posts
            if queue[0].done():  # its task was cancelled
                queue.popleft()
                continue
            now = monotonic()
            wait = self._wait(now, is_post=queue is self._posts)
            if wait > 0:
                self._timer = asyncio.get_running_loop().call_later(wait, self._again)
                return
            self._sent.append(now)
            queue.popleft().set_result(None)

    def _wait(self, now: float, *, is_post: bool) -> float:
        free = self._held_until
        if self._sent:
            free = max(free, self._sent[-1] + self._gap)
        if len(self._sent) == self._sent.maxlen:
            free = max(free, self._sent[0] + 1 + _MARGIN)
        if is_post:
            free = max(free, self._posts_held_until)
        return free - now

    def _again(self) -> None:
        self._timer = None
        self._serve()


def _is_answer(path: str) -> bool:
    return "/interactions/" in path or "/webhooks/" in path
