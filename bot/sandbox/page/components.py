"""Buttons, menus, layout and fields of forms, as a browser is told of them."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.model import Json
from bot.sandbox.page.inlines import is_web
from bot.sandbox.page.markdown import Markdown, Names

_PLAIN = {
    2: ("style", "label", "custom_id", "disabled"),
    3: ("custom_id", "placeholder", "min_values", "max_values", "disabled", "required"),
    4: (
        *("custom_id", "style", "label", "placeholder", "value", "required"),
        *("min_length", "max_length"),
    ),
    9: (),
    14: ("divider", "spacing"),
    17: ("spoiler",),
    18: ("label", "description"),
}
"""What is passed on as it is, by type."""
_BUTTON, _MENU = 2, 3
_MENUS_OF_THINGS = (5, 6, 7, 8)


def component_views(
    parts: Sequence[Json],
    markdown: Markdown,
    names: Names,
    address: Callable[[object], str | None],
) -> list[Json]:
    """Return components ready to draw.

    Args:
        parts: as Discord gives them.
        markdown: for their texts.
        names: of what their texts mention.
        address: makes an address safe to use, or `None`.
    """
    return [_view(part, markdown, names, address) for part in parts]


def _view(
    part: Json, markdown: Markdown, names: Names, address: Callable[[object], str | None]
) -> Json:
    kind = int(part["type"])
    keys = _PLAIN[_MENU] if kind in _MENUS_OF_THINGS else _PLAIN.get(kind, ())
    found: Json = {"type": kind} | {key: part[key] for key in keys if part.get(key) is not None}
    if kind == _BUTTON:
        url = str(part.get("url") or "")
        found |= {"emoji": _emoji(part.get("emoji")), "url": url if is_web(url) else None}
    elif kind == _MENU:
        found["options"] = [_option(option) for option in part["options"]]
    elif kind in _MENUS_OF_THINGS:
        found["channel_types"] = part.get("channel_types") or []
        found["chosen"] = [str(each["id"]) for each in part.get("default_values") or ()]
    return found | _inner(part, markdown, names, address)


def _inner(
    part: Json, markdown: Markdown, names: Names, address: Callable[[object], str | None]
) -> Json:
    """Return what a component holds: text, pictures, other components."""
    found: Json = {}
    if part.get("content"):
        found["html"] = markdown.html(str(part["content"]), names)
    if part.get("components"):
        found["components"] = component_views(part["components"], markdown, names, address)
    for key in ("accessory", "component"):
        if part.get(key):
            found[key] = _view(part[key], markdown, names, address)
    pictures = part.get("items") or ([part] if part.get("media") else [])
    if pictures:
        found["pictures"] = [_picture(picture, address) for picture in pictures]
    if part.get("file"):
        name = str(part["file"].get("url") or "").removeprefix("attachment://")
        found["file"] = name
    if part.get("accent_color") is not None:
        found["colour"] = f"#{int(part['accent_color']):06x}"
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
    """Return an emoji as text: a character, or the name of a server's own."""
    if not isinstance(emoji, dict):
        return ""
    name = str(emoji.get("name") or "")
    return f":{name}:" if emoji.get("id") else name
