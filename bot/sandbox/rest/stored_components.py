"""Components as Discord returns them: with ids, defaults and data of their media."""

import mimetypes
from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.model import Attachment, Json, Message
from bot.sandbox.model.components import SELECTS, ComponentType, walk
from bot.sandbox.model.state import State
from bot.sandbox.rules.components import ATTACHMENT

_LISTS = ("components", "items", "options", "default_values")
_NESTED = ("accessory", "component")
_MEDIA = ("media", "file")
_SHOWN: dict[str, Any] = {"description": None, "spoiler": False}
_DEFAULTS: dict[int, dict[str, Any]] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
    ComponentType.THUMBNAIL: _SHOWN,
    ComponentType.FILE: {"spoiler": False},
    ComponentType.SEPARATOR: {"divider": True, "spacing": 1},
    ComponentType.CONTAINER: {"accent_color": None, "spoiler": False},
}
"""Default values, by type."""


def stored_components(parts: list[Json]) -> list[Json]:
    """Return copies of components with an `id` each and with the defaults of their types."""
    kept = [_copy(part) for part in parts]
    taken = {int(part["id"]) for part in walk(kept) if part.get("id")}
    free = (number for number in count(1) if number not in taken)
    for part in walk(kept):
        part["id"] = int(part.get("id") or next(free))
        for key, value in _DEFAULTS.get(part["type"], {}).items():
            part.setdefault(key, value)
        if part["type"] == ComponentType.MEDIA_GALLERY:
            part["items"] = [_SHOWN | item for item in part["items"]]
        if part["type"] in SELECTS:
            # Discord gives ids back as strings, however they came.
            for each in part.get("default_values", ()):
                each["id"] = str(each["id"])
    return kept


def _copy(part: Json) -> Json:
    copied = {key: value for key, value in part.items() if value is not None}
    for key in _LISTS:
        if key in copied:
            copied[key] = [
                _copy(inner) if isinstance(inner, dict) else inner for inner in copied[key]
            ]
    for key in _NESTED:
        if isinstance(copied.get(key), dict):
            copied[key] = _copy(copied[key])
    for key in _MEDIA:
        if key in copied:
            # All else is Discord's to say.
            copied[key] = {"url": copied[key]["url"]}
    return copied


def link_media(message: Message, world: State) -> None:
    """Add the data of media to a message's components, such as the URL of a file.

    Media of files that the message no longer has keep their URL.
    """
    files = {f"{ATTACHMENT}{file.filename}": file for file in message.attachments}
    for holder, key in _media(message.components):
        media = holder[key]
        if "proxy_url" not in media:
            holder[key] = _unfurled(str(media["url"]), files, world)
        if holder.get("type") == ComponentType.FILE:
            number = holder[key].get("attachment_id")
            file = next((each for each in message.attachments if str(each.id) == number), None)
            holder["name"] = file.filename if file else None
            holder["size"] = len(file.content) if file else None


def _media(components: list[Json]) -> Iterator[tuple[Json, str]]:
    """Yield each object with media, and the key of the media."""
    for component in walk(components):
        for key in _MEDIA:
            if key in component:
                yield component, key
        for item in component.get("items") or ():
            yield item, "media"


def _unfurled(url: str, files: dict[str, Attachment], world: State) -> Json:
    file = files.get(url)
    address = file.url if file else url
    kind = mimetypes.guess_type(urlsplit(address).path)[0]
    found: Json = {
        "id": str(world.new_id()),
        "url": address,
        "proxy_url": address,
        "width": None,
        "height": None,
        "content_type": file.content_type if file else kind,
    }
    if file is not None:
        found["attachment_id"] = str(file.id)
    return found
