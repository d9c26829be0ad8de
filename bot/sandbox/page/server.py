"""The HTTP server of the page, for browsers on this machine only."""

import logging
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Final, Self

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.sandbox.model.events import Event
from bot.sandbox.page.content import Content, PageOptions
from bot.sandbox.page.pictures import PATH
from bot.sandbox.page.requests import Requests
from bot.sandbox.page.session import Session
from bot.sandbox.page.static_files import static_files
from bot.sandbox.page.view import PICTURES
from bot.sandbox.server import Sandbox

log = logging.getLogger(__name__)

_HOST: Final = "127.0.0.1"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; "
    "connect-src 'self' {live}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types markdown"
)
_FILE_POLICY: Final = "default-src 'none'; sandbox"
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_MESSAGE_BYTES: Final = 256 * 1024
_LONGEST_ID: Final = 20
"""Digits of a number of 64 bits."""


class Page:
    """Serves a page on which people use the sandbox's Discord.

        async with Sandbox() as sandbox, Page(sandbox) as page:
            print(page.url)

    It listens on 127.0.0.1 only, and refuses requests for other host names and from pages of other
    sites. Without a browser it does no work.
    """

    def __init__(
        self, sandbox: Sandbox, options: PageOptions | None = None, *, port: int = 0
    ) -> None:
        """Prepare a page; `start` or `async with` serves it.

        Args:
            sandbox: what it shows; it must be started already.
            options: its title, people and the like.
            port: 0 for a free one.
        """
        requests = Requests(sandbox.requests)
        self._content = Content(sandbox.world, requests, options or PageOptions())
        self._port = port
        self._runner: web.AppRunner | None = None
        self._hosts: frozenset[str] = frozenset()
        self._sessions: set[Session] = set()
        self._static = static_files()

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://{_HOST}:{self._port}/"

    async def start(self) -> None:
        """Start serving."""
        app = web.Application(middlewares=[self._guard])
        app.router.add_get("/live", self._live)
        app.router.add_get("/files/{id}/{name}", self._file)
        app.router.add_get(PATH, self._picture)
        app.router.add_get("/{path:.*}", self._page)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, logger=_http_log())
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        self._hosts = frozenset(f"{name}:{self._port}" for name in (_HOST, "localhost"))
        self._content.world.feed.listeners.append(self._on_event)

    async def stop(self) -> None:
        """Stop serving."""
        listeners = self._content.world.feed.listeners
        if self._on_event in listeners:
            listeners.remove(self._on_event)
        await self.hang_up()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def hang_up(self) -> None:
        """Close the connections of all browsers, which then connect again."""
        for session in tuple(self._sessions):
            await session.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    def _on_event(self, event: Event) -> None:
        """Queue an event for the browsers that are connected."""
        self._content.requests.on_event(event)
        for session in self._sessions:
            session.on_event(event)

    @web.middleware
    async def _guard(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Refuse requests for other hosts and from other sites, and add headers of security."""
        origin = request.headers.get("Origin")
        own = {f"http://{host}" for host in self._hosts}
        if request.host not in self._hosts or (origin is not None and origin not in own):
            return web.Response(status=403, text="This page is for this machine only.\n")
        try:
            response = await handler(request)
        except web.HTTPException as error:
            response = web.Response(status=error.status, text=error.text)
        if not response.prepared:
            response.headers.update(_HEADERS)
            live = f"ws://{request.host}"
            response.headers.setdefault("Content-Security-Policy", _POLICY.format(live=live))
        return response

    async def _page(self, request: web.Request) -> web.Response:
        found = self._static.get(request.match_info["path"] or "index.html")
        if found is None:
            raise web.HTTPNotFound
        return found.response(request)

    async def _file(self, request: web.Request) -> web.Response:
        key = request.match_info["id"]
        if len(key) > _LONGEST_ID:
            raise web.HTTPBadRequest(text="That is no id.\n")
        file = self._content.world.files.get(int(key)) if key.isdecimal() else None
        if file is None:
            raise web.HTTPNotFound
        shown = file.content_type in PICTURES
        headers = {
            "Content-Type": file.content_type if shown else "application/octet-stream",
            "Content-Security-Policy": _FILE_POLICY,
            "Content-Disposition": "inline" if shown else "attachment",
        }
        return web.Response(body=file.content, headers=headers)

    async def _picture(self, request: web.Request) -> web.Response:
        body = self._content.options.pictures(request.query.get("url", ""))
        if body is None:
            raise web.HTTPNotFound
        headers = {"Content-Type": "image/png", "Content-Security-Policy": _FILE_POLICY}
        return web.Response(body=body, headers=headers)

    async def _live(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Origin") is None:
            return web.Response(status=403, text="Only this page's own script may connect.\n")
        socket = web.WebSocketResponse(heartbeat=20, max_msg_size=_MESSAGE_BYTES, compress=False)
        try:
            await socket.prepare(request)
        except ConnectionResetError:
            return web.Response()  # to nobody: the browser has gone meanwhile
        session = Session(self._content, socket)
        self._sessions.add(session)
        try:
            await session.run()
        finally:
            self._sessions.discard(session)
        return socket


def _http_log() -> logging.Logger:
    """Return the log of the HTTP server, without requests that are not HTTP.

    aiohttp answers these with 400 by itself, such as a path of over 8,190 bytes, but logs it as an
    error with its traceback.
    """
    found = logging.getLogger(f"{__name__}.http")
    if _is_ours not in found.filters:
        found.addFilter(_is_ours)
    return found


def _is_ours(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)
