"""Components of messages and modals as JSON for a browser."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.discord_markdown.html import to_html
from bot.discord_markdown.inlines import is_web
from bot.sandbox.model import Json
from bot.sandbox.model.components import ENTITY_SELECTS, SELECTS, ComponentType
from bot.sandbox.people.names import Names

_CHOICE = ("custom_id", "required", "min_values", "max_values")
_SELECT = (*_CHOICE, "placeholder", "disabled")
_PLAIN: dict[int, tuple[str, ...]] = {
    ComponentType.BUTTON: ("style", "label", "custom_id", "disabled"),
    **dict.fromkeys(SELECTS, _SELECT),
    ComponentType.TEXT_INPUT: (
        *("custom_id", "style", "label", "placeholder", "value", "required"),
        *("min_length", "max_length"),
    ),
    ComponentType.FILE: ("spoiler",),
    ComponentType.SEPARATOR: ("divider", "spacing"),
    ComponentType.CONTAINER: ("spoiler",),
    ComponentType.LABEL: ("label", "description"),
    ComponentType.FILE_UPLOAD: _CHOICE,
    ComponentType.RADIO_GROUP: _CHOICE,
    ComponentType.CHECKBOX_GROUP: _CHOICE,
    ComponentType.CHECKBOX: ("custom_id", "default"),
}
"""Keys that are passed on unchanged, by type."""


def component_views(
    parts: Sequence[Json],
    names: Names,
    address: Callable[[object], str | None],
) -> list[Json]:
    """Return components as JSON for a browser.

    Args:
        parts: payloads of components.
        names: of what their texts mention.
        address: returns an address that a page may load, or `None`.
    """
    return [_view(part, names, address) for part in parts]


def _view(part: Json, names: Names, address: Callable[[object], str | None]) -> Json:
    kind = int(part["type"])
    keys = _PLAIN.get(kind, ())
    found: Json = {"type": kind} | {key: part[key] for key in keys if part.get(key) is not None}
    if kind == ComponentType.BUTTON:
        url = str(part.get("url") or "")
        found |= {"emoji": _emoji(part.get("emoji")), "url": url if is_web(url) else None}
    elif kind in ENTITY_SELECTS:
        found["channel_types"] = part.get("channel_types") or []
        found["chosen"] = [str(each["id"]) for each in part.get("default_values") or ()]
    return found | _inner(part, names, address)


def _inner(part: Json, names: Names, address: Callable[[object], str | None]) -> Json:
    """Return the text, the pictures and the components within a component."""
    found: Json = {}
    if part.get("content"):
        found["html"] = to_html(str(part["content"]), names)
    if part.get("components"):
        found["components"] = component_views(part["components"], names, address)
    for key in ("accessory", "component"):
        if part.get(key):
            found[key] = _view(part[key], names, address)
    pictures = part.get("items") or ([part] if part.get("media") else [])
    if pictures:
        found["pictures"] = [_picture(picture, address) for picture in pictures]
    if part.get("options"):
        found["options"] = [_option(option) for option in part["options"]]
    if part.get("file"):
        url = address(part["file"].get("url"))
        # A file that was removed from the message has no name.
        found |= {"url": url, "name": part.get("name") or "", "bytes": part.get("size") or 0}
    if part.get("accent_color") is not None:
        found["color"] = f"#{int(part['accent_color']):06x}"
    return found


def _option(option: Json) -> Json:
    return {
        "label": option["label"],
        "value": option["value"],
        "description": option.get("description") or "",
        "emoji": _emoji(option.get("emoji")),
        "chosen": bool(option.get("default")),
    }


def _picture(picture: Json, address: Callable[[object], str | None]) -> Json:
    media: Any = picture.get("media") or {}
    url = address(media.get("url"))
    return {
        "url": url,
        "host": (urlsplit(url).hostname or "") if url else "",
        "description": str(picture.get("description") or ""),
        "spoiler": bool(picture.get("spoiler")),
    }


def _emoji(emoji: object) -> str:
    """Return an emoji as text: a character, or the name of a custom emoji."""
    if not isinstance(emoji, dict):
        return ""
    name = str(emoji.get("name") or "")
    return f":{name}:" if emoji.get("id") else name
