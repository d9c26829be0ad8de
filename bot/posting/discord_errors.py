"""Translate discord.py's exceptions into job outcomes, by one table of error codes."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Final

import aiohttp
import discord

from bot.jobs.context import FatalError
from bot.jobs.outcomes import Blocked, Retry
from bot.posting.limit_response import LONGEST_WAIT
from bot.posting.rate_limit import Attempt, UncertainError, background_request
from storage.records import Reason

log = logging.getLogger(__name__)

TIMEOUT: Final = 45.0
"""Seconds for a request to Discord, apart from the time it waits for a rate limit."""

UNKNOWN_MESSAGE: Final = 10008
ALREADY_PUBLISHED: Final = 40033
EDITED_TOO_OFTEN: Final = 30046
INVALID_FORM_BODY: Final = 50035
THREAD_EXISTS: Final = 160004

_REASONS: Final = MappingProxyType(
    {
        10003: Reason.CHANNEL_GONE,
        10004: Reason.LEFT,
        10087: Reason.NEEDS_TAG,
        40067: Reason.NEEDS_TAG,
        50001: Reason.LACKS_PERMISSION,
        50008: Reason.WRONG_CHANNEL,
        50013: Reason.LACKS_PERMISSION,
        50024: Reason.WRONG_CHANNEL,
        50083: Reason.ARCHIVED,
        160005: Reason.ARCHIVED,
        160006: Reason.TOO_MANY_THREADS,
        160007: Reason.TOO_MANY_THREADS,
    }
)
_UNAUTHORIZED: Final = 401
_REQUEST_TIMEOUT: Final = 408
_TOO_MANY_REQUESTS: Final = 429
_SERVER_ERRORS: Final = 500
_BROKEN: Final = (aiohttp.ClientError, OSError, TimeoutError, UncertainError)


class TokenRefusedError(FatalError):
    """Discord refuses the bot's token; the bot can't go on until it has a new one."""

    def __init__(self) -> None:
        super().__init__(
            "Discord no longer takes the bot's token: it was reset, or the application is gone."
            " Get a new one from Discord's developer portal and start again with it."
        )


def reason_of(error: discord.HTTPException) -> Reason | None:
    """Return the reason that someone has to resolve; `None` if the error is temporary.

    Raises:
        TokenRefusedError: The token is not valid any more.
    """
    if error.status == _UNAUTHORIZED:
        raise TokenRefusedError from error
    if error.status >= _SERVER_ERRORS or error.status in (_REQUEST_TIMEOUT, _TOO_MANY_REQUESTS):
        return None
    if not error.code:
        # Discord's own errors have a code; one without a code comes from a proxy or a firewall.
        return None
    return _REASONS.get(error.code, Reason.REFUSED)


@asynccontextmanager
async def translate_errors(
    *,
    is_single: bool = False,
    ignore: tuple[int, ...] = (),
    raises_invalid_form: bool = False,
) -> AsyncIterator[Attempt]:
    """Send a post's requests inside: with low priority, a time-out, and errors as outcomes.

    Args:
        is_single: Whether the one request inside must not be repeated by discord.py itself once it
            may have had its effect.
        ignore: Discord's error codes that are raised unchanged.
        raises_invalid_form: Whether 50035, which refuses what the request says, is one of them.

    Raises:
        Blocked: Someone has to change something first.
        Retry: The request failed for a temporary reason.
        TokenRefusedError: The token is not valid any more.
    """
    with background_request(is_single=is_single) as attempt:
        try:
            async with asyncio.timeout(TIMEOUT):
                yield attempt
        except discord.RateLimited as error:
            raise Retry(
                reason=Reason.RATE_LIMITED,
                after=min(error.retry_after, LONGEST_WAIT),
                detail=str(error),
            ) from error
        except discord.HTTPException as error:
            is_invalid = raises_invalid_form and error.code == INVALID_FORM_BODY
            if is_invalid or error.code in ignore:
                raise
            reason = reason_of(error)
            if reason is not None:
                raise Blocked(reason=reason) from error
            raise _retry(error, attempt) from error
        except _BROKEN as error:
            raise _retry(error, attempt) from error


def _retry(error: Exception, attempt: Attempt) -> Retry:
    return Retry(
        reason=Reason.DISCORD_UNAVAILABLE,
        after=attempt.retry_after,
        detail=f"{type(error).__name__}: {error}",
    )
