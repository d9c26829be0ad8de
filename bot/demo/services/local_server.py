"""A web server on this machine that remembers what it was asked, and fails when it is told to."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.demo.services.faults import Fault, Faults

_SHUTDOWN_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class LocalRequest:
    """A request that a local service got."""

    path: str
    """Decoded, without the query."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    at: datetime
    """UTC, by the service's clock."""


def utc_now() -> datetime:
    """Return the machine's time, in UTC."""
    return datetime.now(UTC)


class LocalServer:
    """The base of local services: `async with` it, and use its `url`.

    Attributes:
        faults: What is to go wrong.
        requests: All requests so far, those that failed included.
        most_at_once: How many requests it has had open at the same time, at most.
    """

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        """Make a server.

        Args:
            now: The service's clock, in UTC.
        """
        self.now = now
        self.faults = Faults()
        self.requests: list[LocalRequest] = []
        self.most_at_once = 0
        self._open = 0
        self._port = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address of the server, without a slash at its end; it stays the same."""
        if not self._port:
            raise RuntimeError("the server has not started")
        return f"http://127.0.0.1:{self._port}"

    def count(self, path: str | None = None) -> int:
        """Return how many requests came, or how many for a path."""
        return sum(path in (None, request.path) for request in self.requests)

    async def __aenter__(self) -> Self:
        await self._start()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._stop()

    @asynccontextmanager
    async def outage(self) -> AsyncIterator[None]:
        """Refuse connections inside of this context, and break those that are open."""
        await self._stop()
        try:
            yield
        finally:
            await self._start()

    def routes(self) -> Sequence[web.RouteDef]:
        """Return what the service answers; everything else is 404."""
        raise NotImplementedError

    async def _start(self) -> None:
        app = web.Application(middlewares=[self._middleware()])
        app.add_routes(self.routes())
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=_SHUTDOWN_SECONDS,
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    def _middleware(self) -> Middleware:
        @web.middleware
        async def serve(request: web.Request, handler: Handler) -> web.StreamResponse:
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
            try:
                return await self._serve_or_fail(request, handler)
            finally:
                self._open -= 1

        return serve

    async def _serve_or_fail(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        now = self.now()
        self.requests.append(
            LocalRequest(request.path, dict(request.query), request.headers.copy(), now)
        )
        taken = self.faults.take(request.path, now)
        if taken is None:
            return await handler(request)
        fault, wait = taken
        await asyncio.sleep(fault.delay)
        if fault.is_hung_up:
            return _hang_up(request)
        response = await handler(request) if fault.status is None else _answer(fault, wait)
        return await _send_half(request, response) if fault.is_cut_off else response


def _answer(fault: Fault, wait: float | None) -> web.Response:
    headers = dict(fault.headers)
    if wait is not None:
        seconds = ceil(wait)
        is_retry_after = fault.wait_header == "Retry-After"
        headers[fault.wait_header] = f"{seconds}" if is_retry_after else f'"api";r=0;t={seconds}'
    return web.Response(status=fault.status or 200, headers=headers, body=fault.body)


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()  # Nobody gets it.


async def _send_half(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    """Announce the whole body, send one half of it, and close the connection."""
    body = response.body if isinstance(response, web.Response) else None
    data = body if isinstance(body, bytes) else b"?"
    half = web.StreamResponse(status=response.status, headers=response.headers)
    half.content_length = len(data)
    await half.prepare(request)
    await half.write(data[: len(data) // 2])
    if request.transport is not None:
        request.transport.close()
    return half
