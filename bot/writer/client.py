"""A client of the OpenAI chat API, which many servers of language models speak.

It is plain HTTP: one route and a handful of fields, for which the `openai` package would bring a
second HTTP library. Nothing of an address, a key or an answer is in errors and logs.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import aiohttp

from bot.backoff import Backoff
from bot.writer.answer import RESPONSE_FORMAT
from bot.writer.errors import Failure, WriteError

log = logging.getLogger(__name__)

LONGEST_ANSWER: Final = 2_000
"""Tokens."""
_MAX_BYTES: Final = 1024 * 1024
_CONNECT_SECONDS: Final = 10.0
_LONGEST_RETRY_AFTER: Final = 24 * 3600.0
_CHUNK: Final = 64 * 1024
_MOST_TOKENS: Final = 10**8

_TUNING: Final = {"temperature": 0.2, "max_tokens": LONGEST_ANSWER}
_DIALECTS: Final[tuple[Mapping[str, Any], ...]] = (
    {"response_format": RESPONSE_FORMAT, **_TUNING},
    _TUNING,
    {},
)
"""Optional fields, fewer and fewer: some servers refuse a request with fields they don't know."""
_NOT_UNDERSTOOD: Final = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_IMPLEMENTED}
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered."""

    content: str
    tokens: int | None
    """Read and written together, as the server counts them; `None` if it doesn't say."""


class _NotUnderstoodError(Exception):
    """The server refuses the form of the request."""


class _TransientError(WriteError):
    """A failure after which the same request may succeed at once."""


class ChatClient:
    """Asks one model at one server, with limits on time and size."""

    def __init__(
        self,
        url: str,
        model: str,
        *,
        key: str | None = None,
        timeout: float = 300.0,
        backoff: Backoff | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Make a client.

        Args:
            url: The base address, to which `/chat/completions` is added.
            model: The model's name at that server.
            key: Sent as a bearer token.
            timeout: Seconds that one attempt may take, from the connection to the last byte.
            backoff: How long to wait between attempts.
            sleep: Waits between attempts.
        """
        self.model = model
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._timeout = timeout
        self._backoff = backoff or Backoff(longest=30.0)
        self._sleep = sleep
        self._session: aiohttp.ClientSession | None = None
        self._dialect = 0
        """The first of `_DIALECTS` that the server is known to understand."""

    async def close(self) -> None:
        """Close the connections. A later `ask` opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def ask(self, system: str, user: str, *, attempts: int = 3) -> Reply:
        """Return the model's answer to a message.

        Connections that fail or break and 5xx are tried again; time-outs and 429 are not.

        Args:
            system: The instructions.
            user: The message.
            attempts: Requests in all, at least 1, for each form that the server may understand.

        Raises:
            WriteError: There is no answer, or none that is a text.
        """
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        for dialect in range(self._dialect, len(_DIALECTS)):
            body = {"model": self.model, "messages": messages, **_DIALECTS[dialect]}
            try:
                reply = await self._ask_patiently(body, attempts)
            except _NotUnderstoodError:
                continue
            self._dialect = dialect
            return reply
        raise WriteError(
            Failure.NOT_TAKEN, "doesn't take the request: it may be too long, or the model unknown"
        )

    async def _ask_patiently(self, body: Mapping[str, Any], attempts: int) -> Reply:
        failures = 0
        while True:
            try:
                return await self._ask(body)
            except _TransientError:
                failures += 1
                if failures >= attempts:
                    raise
            await self._sleep(self._backoff.delay(failures))

    async def _ask(self, body: Mapping[str, Any]) -> Reply:
        # The causes are left out: texts and arguments of aiohttp's errors hold addresses.
        try:
            async with self._open_session().post(
                self._url, json=body, headers=self._headers, allow_redirects=False
            ) as response:
                _check(response)
                return _read_reply(await _read_body(response))
        except TimeoutError:
            raise WriteError(Failure.TIMED_OUT, f"took more than {self._timeout:g} s") from None
        except aiohttp.ClientPayloadError:
            raise _TransientError(Failure.UNAVAILABLE, "cut its answer off") from None
        except (aiohttp.ClientError, OSError, UnicodeError) as error:
            raise _TransientError(
                Failure.UNAVAILABLE, f"couldn't be reached: {type(error).__name__}"
            ) from None

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(
                    total=self._timeout, sock_connect=min(self._timeout, _CONNECT_SECONDS)
                ),
            )
        return self._session


def _check(response: aiohttp.ClientResponse) -> None:
    """Raise the error of a status that is not wanted."""
    status = response.status
    if status == HTTPStatus.OK:
        return
    if status in _NOT_UNDERSTOOD:
        raise _NotUnderstoodError
    text = f"answered {status}"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise WriteError(Failure.UNAVAILABLE, text, retry_after=_retry_after(response))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _TransientError(Failure.UNAVAILABLE, text, retry_after=_retry_after(response))
    raise WriteError(Failure.REFUSED_REQUEST, text)


def _retry_after(response: aiohttp.ClientResponse) -> float:
    try:
        seconds = float(response.headers.get("Retry-After", "0"))
    except ValueError:
        return 0.0
    return min(max(seconds, 0.0), _LONGEST_RETRY_AFTER)


async def _read_body(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > _MAX_BYTES:
            raise WriteError(Failure.INVALID, "answered more than 1 MiB")
    return bytes(body)


def _read_reply(body: bytes) -> Reply:
    """Return the answer in the body of a response.

    Raises:
        WriteError: It has none, or not all of it.
    """
    try:
        value = json.loads(body)
        choice = value["choices"][0]
        message = choice["message"]
        reason = choice.get("finish_reason")
        content, refusal = message.get("content"), message.get("refusal")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise WriteError(Failure.INVALID, "answered no completion of a chat") from None
    tokens = _tokens(value)
    if refusal or reason == "content_filter":
        raise WriteError(Failure.REFUSED, "declined to answer", tokens=tokens)
    if reason == "length":
        raise WriteError(Failure.CUT_OFF, "wrote more than it may", tokens=tokens)
    if not isinstance(content, str) or not content.strip():
        raise WriteError(Failure.INVALID, "answered without a text", tokens=tokens)
    return Reply(content, tokens)


def _tokens(value: Mapping[str, Any]) -> int | None:
    usage = value.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, dict) else None
    if not isinstance(tokens, int) or isinstance(tokens, bool) or tokens < 0:
        return None
    return min(tokens, _MOST_TOKENS)
