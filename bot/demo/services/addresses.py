"""Files at addresses on this machine, with all that can be wrong with them."""

import gzip
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from itertools import pairwise

from aiohttp import web

from bot.demo.services.faults import Fault, answering
from bot.demo.services.local_server import LocalServer, utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    body: bytes
    etag: str | None
    modified: datetime | None


@dataclass(frozen=True, slots=True)
class _Redirect:
    to: str
    status: int


def gzip_bomb(size: int) -> Fault:
    """Return the fault of answering a small body that is `size` bytes after decompression."""
    return answering(gzip.compress(bytes(size), 9), Content_Encoding="gzip")


class LocalFiles(LocalServer):
    """A web server of files: `put` them, and read them at `url` + path.

    It answers with `ETag` and `Last-Modified`, and 304 to who has that version already. A path that
    ends in `/endless` has a body without an end.
    """

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        """Make a server without files; `now` is its clock, in UTC."""
        super().__init__(now)
        self._files: dict[str, _File | _Redirect] = {}

    def put(
        self, path: str, body: bytes, *, has_etag: bool = True, has_modified: bool = True
    ) -> None:
        """Write a file, at a path from the slash on.

        Args:
            path: As in `/2025/02/21.md`.
            body: What is in it.
            has_etag: Whether answers have an `ETag`.
            has_modified: Whether answers have a `Last-Modified`: the time of this call.
        """
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"' if has_etag else None
        modified = self.now().astimezone(UTC).replace(microsecond=0) if has_modified else None
        self._files[path] = _File(body=body, etag=etag, modified=modified)

    def remove(self, path: str) -> None:
        """Remove a file or redirect; the path is answered with 404 from now on."""
        self._files.pop(path, None)

    def redirect(self, path: str, to: str, *, count: int = 1, status: int = 302) -> None:
        """Redirect a path, by `count` redirects in a row; to itself for a loop."""
        steps = [path, *(f"{path}.{number}" for number in range(1, count)), to]
        for step, following in pairwise(steps):
            self._files[step] = _Redirect(following, status)

    def routes(self) -> Sequence[web.RouteDef]:
        """Return one route for all paths."""
        return [web.get("/{path:.*}", self._serve)]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/endless"):
            return await _stream_endlessly(request)
        file = self._files.get(request.path)
        if file is None:
            return web.Response(status=HTTPStatus.NOT_FOUND, text="404: Not Found")
        if isinstance(file, _Redirect):
            return web.Response(status=file.status, headers={"Location": file.to})
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        if file.etag:
            headers["ETag"] = file.etag
        if file.modified:
            headers["Last-Modified"] = format_datetime(file.modified, usegmt=True)
        if _is_known(file, request):
            return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
        return web.Response(body=file.body, headers=headers)


def _is_known(file: _File, request: web.Request) -> bool:
    """Whether the client has this version; the `ETag` counts before the time (RFC 9110)."""
    if known := request.headers.get("If-None-Match"):
        return known == file.etag
    since = request.headers.get("If-Modified-Since")
    return bool(since and file.modified and parsedate_to_datetime(since) >= file.modified)


async def _stream_endlessly(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:  # The client breaks the connection, which cancels this.
        await response.write(bytes(65_536))
