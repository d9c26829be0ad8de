"""The files of the page: its HTML, styles, scripts and texts."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
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
_IMPORT: Final = re.compile(r'^import (?:\{[^}]*\} from )?"\./([\w.]+)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=async|class|const|function|let)", re.MULTILINE)


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
    """Return all files of the page by their paths, such as `locales/en.json`.

    The files in `styles` are one file, `styles.css`, and those in `scripts` are `scripts.js`: a
    browser asks for it faster than for dozens.
    """
    bodies = dict(_walk(files(__package__) / "static", ""))
    styles = sorted(path for path in bodies if path.startswith("styles/"))
    bodies["styles.css"] = b"\n".join(bodies.pop(path) for path in styles)
    scripts = sorted(path for path in bodies if path.startswith("scripts/"))
    modules = {path.removeprefix("scripts/"): bodies.pop(path).decode() for path in scripts}
    bodies["scripts.js"] = _joined(modules).encode()
    return {path: _static_file(path, body) for path, body in bodies.items()}


def _joined(modules: Mapping[str, str]) -> str:
    """Return one module with the code of all, each after those that it imports.

    Their functions, classes and constants have different names: a browser refuses equal ones.
    """
    imported = {name: _IMPORT.findall(module) for name, module in modules.items()}
    return "\n".join(
        f"// {name}\n" + _EXPORT.sub("", _IMPORT.sub("", modules[name]))
        for name in TopologicalSorter(imported).static_order()
    )


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
