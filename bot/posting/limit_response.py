"""Read Discord's 429 responses: how long to wait, and whether discord.py can handle them.

discord.py 2.7 takes `retry_after` as it comes: it waits forever for infinity, and compares a text
with a number. It passes NaN to the event loop, whose timers are then out of order: unrelated
time-outs end late or never. So it is never given a response whose `retry_after` isn't a positive
number.
"""

import json
import logging
from dataclasses import dataclass
from typing import Any, Final

import aiohttp

log = logging.getLogger(__name__)

LONGEST_WAIT: Final = 3660.0
"""Seconds that a limit is believed to last at most, longer than any limit of Discord's.

The longest window of a route is an hour, for publishing. The minute more is for windows that are
rounded up.
"""
_WAIT_IF_UNREADABLE: Final = 5.0
"""Seconds to wait after a 429 that doesn't say how long in a way that can be understood."""


@dataclass(frozen=True, slots=True)
class LimitResponse:
    """What a 429 says."""

    wait: float
    """Seconds until the request may be repeated, from 0 to `LONGEST_WAIT`."""
    is_global: bool
    """Whether the limit is that of all routes."""
    is_well_formed: bool
    """Whether discord.py can handle it."""


async def read_limit(response: aiohttp.ClientResponse) -> LimitResponse:
    """Read a 429; aiohttp keeps its body for discord.py."""
    body: Any = None
    try:
        body = json.loads(await response.read())
    except (ValueError, aiohttp.ClientError):
        log.debug("a 429 without JSON")
    is_object = isinstance(body, dict)
    stated = body.get("retry_after") if is_object else None
    wait = seconds_to_wait(stated)
    # discord.py reads no body of another type.
    is_read = response.headers.get("Content-Type") == "application/json"
    is_number = isinstance(stated, int | float) and wait is not None
    if wait is None:
        wait = seconds_to_wait(response.headers.get("Retry-After"))
    return LimitResponse(
        wait=_WAIT_IF_UNREADABLE if wait is None else wait,
        is_global=(is_object and bool(body.get("global")))
        or "X-RateLimit-Global" in response.headers,
        is_well_formed=is_number or not is_read,
    )


def seconds_to_wait(stated: object) -> float | None:
    """Return the seconds that Discord says to wait, at most `LONGEST_WAIT`; `None` if it doesn't.

    >>> seconds_to_wait("2.5"), seconds_to_wait(float("inf"))
    (2.5, 3660.0)
    >>> seconds_to_wait(float("nan")), seconds_to_wait(-1), seconds_to_wait("soon")
    (None, None, None)
    """
    if not isinstance(stated, int | float | str):
        return None
    try:
        seconds = float(stated)
    except (ValueError, OverflowError):
        return None
    return min(seconds, LONGEST_WAIT) if seconds > 0 else None
