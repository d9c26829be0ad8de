"""Retries of transient errors, with backoff."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final, TypeVar

import aiohttp
import discord

from bot.backoff import Backoff

log = logging.getLogger(__name__)

_T = TypeVar("_T")
_TRANSIENT_STATUSES: Final = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)

_LONGEST_WAIT: Final = 3660.0
"""Seconds that a rate limit is believed to last at most, longer than any of Discord's."""


class Reconnects:
    """Counts a shard's connections that failed or ended soon."""

    def __init__(self, backoff: Backoff, *, stable: float = 60.0) -> None:
        """Start with no failures.

        Args:
            backoff: The delays.
            stable: Seconds that a connection must last to reset the count.
        """
        self.failures = 0
        self._backoff = backoff
        self._stable = stable
        self._connected_at: float | None = None

    def connected(self, at: float) -> None:
        """Record a new connection; `at` is in seconds of a monotonic clock."""
        self._connected_at = at

    def lost(self, at: float) -> float:
        """Record the end of a connection, or a failed attempt; return the seconds to wait."""
        if self._connected_at is not None and at - self._connected_at >= self._stable:
            self.failures = 0
        self._connected_at = None
        self.failures += 1
        return self._backoff.delay(self.failures)


def is_transient(error: BaseException) -> bool:
    """Return whether an error of the network or of Discord is temporary."""
    if isinstance(error, discord.HTTPException):
        if error.status == HTTPStatus.FORBIDDEN:
            # Discord's own errors have a code; one without a code comes from a proxy or a firewall.
            return error.code == 0
        return error.status >= HTTPStatus.INTERNAL_SERVER_ERROR or (
            error.status in _TRANSIENT_STATUSES
        )
    return isinstance(
        error, OSError | aiohttp.ClientError | discord.RateLimited | discord.GatewayNotFound
    )


async def retry(
    what: str,
    attempt: Callable[[], Awaitable[_T]],
    *,
    backoff: Backoff,
    transient: Callable[[BaseException], bool] = is_transient,
) -> _T:
    """Return the result of `attempt`, called again after each transient error.

    There is no limit to the number of attempts: cancel the task to give up.

    Args:
        what: A description for the log, such as "log in to Discord".
        attempt: Called until it succeeds.
        backoff: How long to wait between attempts.
        transient: Returns whether an error is transient; any other error is raised.
    """
    failures = 0
    while True:
        try:
            return await attempt()
        except Exception as error:
            if not transient(error):
                raise
            failures += 1
            delay = backoff.delay(failures)
            if isinstance(error, discord.RateLimited):
                delay = max(delay, min(error.retry_after, _LONGEST_WAIT))
            log.warning("can't %s: %s; next attempt in %.1f s", what, describe(error), delay)
        await asyncio.sleep(delay)


def describe(error: BaseException) -> str:
    """Describe an error in one line, including network errors without a text."""
    if isinstance(error, discord.GatewayNotFound) and error.__cause__ is not None:
        error = error.__cause__
    text = " ".join(str(error).split())
    return f"{text} ({type(error).__name__})" if text else type(error).__name__
