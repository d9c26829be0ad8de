"""An HTTP client for the services that papers come from: bounded, patient and discreet."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from time import monotonic
from typing import Final

import aiohttp
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential, wait_random
from yarl import URL

from bot.sources.errors import SourceError
from bot.sources.http_body import read_body
from bot.sources.rate_limit_headers import seconds_to_wait

log = logging.getLogger(__name__)

MAX_BYTES: Final = 16 * 1024 * 1024
"""The most bytes of a body, by default."""
_MAX_REDIRECTS: Final = 5
_CONNECT_SECONDS: Final = 10.0
_CONNECTIONS_PER_HOST: Final = 4
_LONGEST_BACKOFF: Final = 30.0
_WEB: Final = ("http", "https")
_FIRST_LINE: Final = 80


@dataclass(frozen=True, slots=True)
class Response:
    """An answer with any status but 429 and 5xx."""

    status: int
    headers: Mapping[str, str]
    """Names in any case."""
    body: bytes
    """Decompressed."""
    url: str
    """After redirects, without credentials."""


class _TransientError(SourceError):
    """A failure after which the same request may succeed at once."""


class HttpClient:
    """Reads addresses, with limits on time, size and redirects.

    One `aiohttp.ClientSession` is opened at the first request, in the loop that runs then. Nothing
    of an address or of headers is in errors and logs, since both can hold a token or a password.
    """

    def __init__(
        self,
        *,
        user_agent: str | None = None,
        timeout: float = 30.0,
        backoff: float = 1.0,
        patience: float = 60.0,
        timer: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Make a client.

        Args:
            user_agent: How it introduces itself; by default with the program's name, version and
                purpose.
            timeout: Seconds that one attempt may take, from the connection to the last byte.
            backoff: Seconds before the second attempt; they double, with jitter.
            patience: Seconds that `get` waits at most for a rate limit to end.
            timer: Says the seconds that rate limits go by. The App may pass its own clock.
            sleep: Waits for the end of a rate limit, and between attempts.
        """
        self._user_agent = user_agent or _default_user_agent()
        self._timeout = timeout
        self._backoff = backoff
        self._patience = patience
        self._timer = timer
        self._sleep = sleep
        self._session: aiohttp.ClientSession | None = None
        self._closed_until: dict[URL, float] = {}
        """By origin: before this time of the timer it doesn't answer."""

    async def close(self) -> None:
        """Close the connections. A later `get` opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = MAX_BYTES,
        attempts: int = 3,
    ) -> Response:
        """Return the answer to a GET request, after at most 5 redirects.

        Connections that fail or break and 5xx are tried again; time-outs and 429 are not. While a
        host's rate limit is used up, the request waits for up to `patience` seconds.

        Args:
            url: http or https. `user:password@` in it is sent as Basic authentication.
            headers: Further request headers. `Authorization` is not sent to another host, port or
                scheme after a redirect.
            max_bytes: The largest body, after decompression.
            attempts: Requests in all, at least 1.

        Raises:
            SourceError: There is no answer, or it is 429 or 5xx, too large, cut off, or badly
                compressed; or the host is known to refuse for longer than `patience`.
        """
        address = _parse(url)
        await self._wait_for(address.origin())
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(_TransientError),
            stop=stop_after_attempt(attempts),
            wait=wait_exponential(self._backoff, _LONGEST_BACKOFF) + wait_random(0, self._backoff),
            sleep=self._sleep,
            reraise=True,
        )
        async for attempt in retrying:
            with attempt:
                return await self._request(address, dict(headers or {}), max_bytes)
        raise AssertionError  # pragma: no cover - tenacity raises the last error

    async def _wait_for(self, origin: URL) -> None:
        seconds = self._closed_until.get(origin, 0.0) - self._timer()
        if seconds > self._patience:
            raise SourceError(
                f"takes no more requests for {seconds:,.0f} s",
                retry_after=seconds,
                is_unreachable=True,
            )
        if seconds > 0:
            log.info("waiting %.1f s for the rate limit of %s", seconds, origin.host)
            await self._sleep(seconds)

    async def _request(self, url: URL, headers: dict[str, str], max_bytes: int) -> Response:
        # The causes are left out: texts and arguments of aiohttp's errors hold addresses.
        try:
            async with self._open_session().get(
                url, headers=headers, max_redirects=_MAX_REDIRECTS + 1
            ) as response:
                self._check(response)
                return Response(
                    response.status,
                    response.headers,
                    await read_body(response, max_bytes),
                    str(response.url.with_user(None)),
                )
        except aiohttp.ConnectionTimeoutError:
            raise SourceError("couldn't be reached in time", is_unreachable=True) from None
        except TimeoutError:
            raise SourceError(f"took more than {self._timeout:g} s", is_unreachable=True) from None
        except aiohttp.TooManyRedirects:
            raise SourceError(f"redirected more than {_MAX_REDIRECTS} times") from None
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            raise SourceError("redirected to what is no web address") from None
        except UnicodeError:
            raise SourceError("has a host name that is not valid") from None
        except aiohttp.ClientPayloadError:
            raise _TransientError("cut its answer off", is_unreachable=True) from None
        except (aiohttp.ClientError, OSError) as error:
            raise _TransientError(
                f"couldn't be reached: {_describe(error)}", is_unreachable=True
            ) from None

    def _check(self, response: aiohttp.ClientResponse) -> None:
        """Remember how long the host refuses requests.

        Raises:
            SourceError: The answer is 429 or 5xx.
        """
        seconds = seconds_to_wait(response.status, response.headers)
        if seconds is not None:
            self._closed_until[response.url.origin()] = self._timer() + seconds
        is_refused = response.status == HTTPStatus.TOO_MANY_REQUESTS
        if is_refused or response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            kind = SourceError if is_refused or seconds is not None else _TransientError
            raise kind(
                status_text(response.status),
                retry_after=seconds,
                is_unreachable=True,
                status=response.status,
            )

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit_per_host=_CONNECTIONS_PER_HOST),
                cookie_jar=aiohttp.DummyCookieJar(),
                # `read_body` decompresses what is asked for here, with a limit.
                headers={"User-Agent": self._user_agent, "Accept-Encoding": "gzip"},
                auto_decompress=False,
                timeout=aiohttp.ClientTimeout(
                    total=self._timeout, sock_connect=min(self._timeout, _CONNECT_SECONDS)
                ),
            )
        return self._session


def unwanted_status(response: Response) -> SourceError:
    """Return the error for an answer whose status is not wanted."""
    return SourceError(status_text(response.status), status=response.status)


def status_text(status: int) -> str:
    """Return the predicate for an answer with a status that is not wanted.

    >>> status_text(404)
    'answered 404 Not Found'
    >>> status_text(799)
    'answered 799'
    """
    try:
        return f"answered {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"answered {status}"


def first_line(body: bytes) -> str:
    r"""Return the first line of a body that is not blank: printable, at most 80 characters.

    >>> first_line(b"\n<html>\t<head>\n<title>")
    '<html> <head>'
    """
    text = body[:4_096].decode("utf-8", "replace").removeprefix("\ufeff")
    for line in text.splitlines():
        printable = "".join(letter if letter.isprintable() else " " for letter in line)
        if joined := " ".join(printable.split()):
            return joined if len(joined) <= _FIRST_LINE else joined[: _FIRST_LINE - 1] + "…"
    return ""


def _parse(url: str) -> URL:
    """Return an address with a host.

    Raises:
        SourceError: It is none of the web.
    """
    try:
        address = URL(url)
        is_web = address.scheme in _WEB and bool(address.host)
    except ValueError:
        is_web = False
    if not is_web:
        raise SourceError("has an address that is none of the web")
    return address


def _describe(error: BaseException) -> str:
    """Describe why a connection failed, in few words and without an address."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "its certificate is not valid"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "it closed the connection without an answer"
    reason = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(reason, OSError) and reason.strerror:
        # The text of a failed connection is "Connect call failed ('127.0.0.1', 80)"; numbers of
        # failed look-ups of a name are negative.
        number = reason.errno or 0
        return os.strerror(number) if number > 0 else reason.strerror
    if isinstance(error, aiohttp.ClientResponseError):
        return "its answer is not HTTP"
    return type(reason).__name__


def _default_user_agent() -> str:
    try:
        name = f"daily-papers-bot/{version('daily-papers-bot')}"
    except PackageNotFoundError:
        name = "daily-papers-bot"
    return f"{name} (a Discord bot that reads daily lists of papers)"
