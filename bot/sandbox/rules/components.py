"""Buttons, menus and layout of messages, and the fields of forms."""

from typing import Any

from bot.sandbox.model import Json, walk
from bot.sandbox.rules.shape import (
    Path,
    Problems,
    boolean,
    list_of,
    model,
    number,
    one_of,
    snowflake,
    text,
    union,
    url,
)

_WIDTH = 5
"""Buttons in a row."""
_ROWS = 5
_PARTS = 40
"""Components of a message in the newer layout."""
_TEXT = 4000
"""Characters of all text in the newer layout."""
_LINK = 5
_PREMIUM = 6

_ID = number(0, 2**31 - 1)
_CUSTOM_ID = text(100, least=1)
_EMOJI = model({"id": snowflake, "name": text(32), "animated": boolean})


def _button_is_whole(value: Json, path: Path, problems: Problems) -> None:
    style, where = value["style"], (*path, "custom_id")
    if style in (_LINK, _PREMIUM):
        if value.get("custom_id") is not None:
            message = "A custom id and url or sku cannot both be specified"
            problems.add(where, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message)
    elif value.get("custom_id") is None:
        problems.add(where, "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")
    if (style == _LINK) != (value.get("url") is not None):
        code = "URL_REQUIRED" if style == _LINK else "URL_FORBIDDEN"
        message = "A url is required" if style == _LINK else "A url cannot be specified"
        problems.add((*path, "url"), f"BUTTON_COMPONENT_{code}", message)
    if style != _PREMIUM and not (value.get("label") or value.get("emoji")):
        message = "A label or emoji is required"
        problems.add(path, "BUTTON_COMPONENT_LABEL_EMOJI_REQUIRED", message)


BUTTON = model(
    {
        "id": _ID,
        "style": one_of(1, 2, 3, 4, 5, 6),
        "label": text(80),
        "custom_id": _CUSTOM_ID,
        "url": url(512, schemes=("http", "https", "discord")),
        "sku_id": snowflake,
        "emoji": _EMOJI,
        "disabled": boolean,
    },
    required=("style",),
    also=_button_is_whole,
)
"""A button."""


def _menu_is_whole(value: Json, path: Path, problems: Problems) -> None:
    options = value.get("options")
    least, most = _count(value, "min_values"), _count(value, "max_values")
    if least > most or (options is not None and most > len(options)):
        message = "The number of values does not fit the options"
        problems.add((*path, "max_values"), "SELECT_COMPONENT_MAX_VALUES_INVALID", message)
    seen: set[str] = set()
    for index, option in enumerate(options or ()):
        if option["value"] in seen:
            problems.add(
                (*path, "options", index, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        seen.add(option["value"])
    if sum(bool(option.get("default")) for option in options or ()) > most:
        message = "Too many default values"
        problems.add((*path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULTS", message)


def _count(value: Json, name: str) -> int:
    found = value.get(name)
    return 1 if found is None else int(found)


_MENU: dict[str, Any] = {
    "id": _ID,
    "custom_id": _CUSTOM_ID,
    "placeholder": text(150),
    "min_values": number(0, 25),
    "max_values": number(1, 25),
    "disabled": boolean,
    "required": boolean,
}
_OPTION = model(
    {
        "label": text(100, least=1),
        "value": text(100, least=1),
        "description": text(100),
        "emoji": _EMOJI,
        "default": boolean,
    },
    required=("label", "value"),
)
_DEFAULTS = list_of(
    model({"id": snowflake, "type": one_of("user", "role", "channel")}, required=("id", "type")), 25
)
STRING_MENU = model(
    _MENU | {"options": list_of(_OPTION, 25, least=1)},
    required=("custom_id", "options"),
    also=_menu_is_whole,
)
"""A menu of options."""
THING_MENU = model(
    _MENU | {"default_values": _DEFAULTS, "channel_types": list_of(number(0, 16))},
    required=("custom_id",),
    also=_menu_is_whole,
)
"""A menu of people, roles or channels."""

_MENUS = {3: STRING_MENU, 5: THING_MENU, 6: THING_MENU, 7: THING_MENU, 8: THING_MENU}


def _row_is_not_too_wide(value: Json, path: Path, problems: Problems) -> None:
    parts = value["components"]
    if len(parts) > 1 and any(part["type"] != 2 for part in parts):  # noqa: PLR2004  a button
        message = "The specified component exceeds the maximum width"
        where = (*path, "components", 1)
        problems.add(where, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


ROW = model(
    {"id": _ID, "components": list_of(union({2: BUTTON} | _MENUS), _WIDTH, least=1)},
    required=("components",),
    also=_row_is_not_too_wide,
)
"""A row of buttons, or of one menu."""

_MEDIA = model({"url": url(schemes=("http", "https", "attachment"))}, required=("url",))
_FILE = model({"url": url(schemes=("attachment",))}, required=("url",))
_PROSE = model({"id": _ID, "content": text(_TEXT, least=1)}, required=("content",))
_THUMBNAIL = model(
    {"id": _ID, "media": _MEDIA, "description": text(1024, least=1), "spoiler": boolean},
    required=("media",),
)
_SECTION = model(
    {
        "id": _ID,
        "components": list_of(union({10: _PROSE}), 3, least=1),
        "accessory": union({2: BUTTON, 11: _THUMBNAIL}),
    },
    required=("components", "accessory"),
)
_PICTURE = model(
    {"media": _MEDIA, "description": text(1024, least=1), "spoiler": boolean}, required=("media",)
)
_LAYOUT = {
    1: ROW,
    9: _SECTION,
    10: _PROSE,
    12: model({"id": _ID, "items": list_of(_PICTURE, 10, least=1)}, required=("items",)),
    13: model({"id": _ID, "file": _FILE, "spoiler": boolean}, required=("file",)),
    14: model({"id": _ID, "divider": boolean, "spacing": one_of(1, 2)}),
}
_CONTAINER = model(
    {
        "id": _ID,
        "accent_color": number(0, 0xFFFFFF),
        "spoiler": boolean,
        "components": list_of(union(_LAYOUT), _PARTS, least=1),
    },
    required=("components",),
)

_ROWS_ONLY = list_of(union({1: ROW}), _ROWS)
_NEWER = list_of(union(_LAYOUT | {17: _CONTAINER}), _PARTS)


def check_components(parts: Any, path: Path, problems: Problems, *, newer: bool) -> None:  # noqa: ANN401  any JSON
    """Check the components of a message; `newer` is whether its flags ask for the newer layout."""
    (_NEWER if newer else _ROWS_ONLY)(parts, path, problems)
    if problems:
        return
    seen: set[str] = set()
    _check_ids(parts, path, problems, seen)
    if newer:
        everything = list(walk(parts))
        if len(everything) > _PARTS:
            message = f"Must be {_PARTS} or fewer in length."
            problems.add(path, "BASE_TYPE_MAX_LENGTH", message)
        if sum(len(part.get("content", "")) for part in everything) > _TEXT:
            message = f"The text of all components exceeds the maximum size of {_TEXT}"
            problems.add(path, "COMPONENT_MAX_TOTAL_TEXT_SIZE_EXCEEDED", message)


def _check_ids(parts: list[Json], path: Path, problems: Problems, seen: set[str]) -> None:
    """Check that no two components, however deep, have the same `custom_id`."""
    for index, part in enumerate(parts):
        _check_id(part, (*path, index), problems, seen)


def _check_id(part: Json, path: Path, problems: Problems, seen: set[str]) -> None:
    custom_id = part.get("custom_id")
    if custom_id is not None:
        if custom_id in seen:
            message = "Component custom id cannot be duplicated"
            problems.add((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message)
        seen.add(custom_id)
    _check_ids(part.get("components") or [], (*path, "components"), problems, seen)
    for key in ("accessory", "component"):
        if part.get(key):
            _check_id(part[key], (*path, key), problems, seen)


def _field_is_whole(value: Json, path: Path, problems: Problems) -> None:
    least, most = value.get("min_length") or 0, value.get("max_length") or 4000
    if least > most:
        message = "The minimum length is above the maximum"
        problems.add((*path, "min_length"), "TEXT_INPUT_LENGTH_INVALID", message)
    content = value.get("value")
    if content and not least <= len(content) <= most:
        message = f"Must be between {least} and {most} in length."
        problems.add((*path, "value"), "BASE_TYPE_BAD_LENGTH", message)


_TEXT_FIELDS: dict[str, Any] = {
    "id": _ID,
    "custom_id": _CUSTOM_ID,
    "style": one_of(1, 2),
    "label": text(45, least=1),
    "value": text(4000),
    "placeholder": text(100),
    "required": boolean,
    "min_length": number(0, 4000),
    "max_length": number(1, 4000),
}
_TEXT_INPUT = model(_TEXT_FIELDS, required=("custom_id", "style"), also=_field_is_whole)
_LABELLED_INPUT = model(
    _TEXT_FIELDS, required=("custom_id", "style", "label"), also=_field_is_whole
)
_LABEL = model(
    {
        "id": _ID,
        "label": text(45, least=1),
        "description": text(100, least=1),
        "component": union({4: _TEXT_INPUT} | _MENUS),
    },
    required=("label", "component"),
)
_MODAL_ROW = model(
    {"id": _ID, "components": list_of(union({4: _LABELLED_INPUT}), 1, least=1)},
    required=("components",),
)


def _modal_ids_differ(value: Json, path: Path, problems: Problems) -> None:
    _check_ids(value["components"], (*path, "components"), problems, set())


MODAL = model(
    {
        "custom_id": _CUSTOM_ID,
        "title": text(45, least=1),
        "components": list_of(union({1: _MODAL_ROW, 10: _PROSE, 18: _LABEL}), 5, least=1),
    },
    required=("custom_id", "title", "components"),
    also=_modal_ids_differ,
)
"""A form."""
