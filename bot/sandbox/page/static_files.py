"""The files of the page: its HTML, styles, scripts and texts."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from aiohttp import web

_CONTENT_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that a browser may keep, as long as it asks whether it is still the same."""

    body: bytes
    content_type: str
    etag: str

    def response(self, request: web.Request) -> web.Response:
        """Return the file, or 304 if the browser has it."""
        headers = {"ETag": f'"{self.etag}"', "Cache-Control": "no-cache"}
        known = request.if_none_match or ()
        if any(each.value == self.etag for each in known):
            return web.Response(status=304, headers=headers)
        return web.Response(body=self.body, headers=headers | {"Content-Type": self.content_type})


def static_files() -> dict[str, StaticFile]:
    """Return all files of the page by their paths, such as `scripts/main.js`.

    The files in `styles` are one file, `styles.css`: a browser asks for it faster than for twenty.
    """
    bodies = dict(_walk(files(__package__) / "static", ""))
    styles = sorted(path for path in bodies if path.startswith("styles/"))
    bodies["styles.css"] = b"\n".join(bodies.pop(path) for path in styles)
    return {path: _static_file(path, body) for path, body in bodies.items()}


def _static_file(path: str, body: bytes) -> StaticFile:
    content_type = _CONTENT_TYPES[path.rpartition(".")[2]]
    return StaticFile(body, content_type, hashlib.sha256(body).hexdigest()[:32])


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        path = prefix + entry.name
        if entry.is_dir():
            yield from _walk(entry, f"{path}/")
        elif path.rpartition(".")[2] in _CONTENT_TYPES:
            yield path, entry.read_bytes()
