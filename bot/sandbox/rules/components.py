"""Rules for the components of messages: action rows, and what Components V2 adds."""

from bot.sandbox.model import Json
from bot.sandbox.model.components import ComponentType
from bot.sandbox.rules.component_tree import check_ids, with_paths
from bot.sandbox.rules.controls import BUTTON, ID, SELECTS
from bot.sandbox.rules.shape import (
    Check,
    Path,
    Problems,
    boolean,
    json_object,
    list_of,
    number,
    one_of,
    text,
    union,
    url,
)

_WIDTH = 5
"""Buttons in an action row."""
_ROWS = 5
"""Action rows of a message without Components V2."""
COMPONENTS = 40
"""Components of a message with Components V2, nested ones included."""
TEXT = 4000
"""Characters of all text displays of a message."""
ATTACHMENT = "attachment://"
"""The beginning of URLs of a message's own attachments."""


def _check_width(value: Json, path: Path, problems: Problems) -> None:
    parts = value["components"]
    if len(parts) > 1 and any(part["type"] != ComponentType.BUTTON for part in parts):
        message = "The specified component exceeds the maximum width"
        where = (*path, "components", 1)
        problems.add(where, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


_ACTION_ROW = json_object(
    {
        "id": ID,
        "components": list_of(union({ComponentType.BUTTON: BUTTON} | SELECTS), _WIDTH, least=1),
    },
    required=("components",),
    also=_check_width,
)

_MEDIA = json_object({"url": url(schemes=("http", "https", "attachment"))}, required=("url",))
_ATTACHED = json_object({"url": url(schemes=("attachment",))}, required=("url",))
_DESCRIPTION = text(1024, least=1)
TEXT_DISPLAY = json_object({"id": ID, "content": text(TEXT, least=1)}, required=("content",))
"""A text display, of a message or a modal."""
_THUMBNAIL = json_object(
    {"id": ID, "media": _MEDIA, "description": _DESCRIPTION, "spoiler": boolean},
    required=("media",),
)
_SECTION = json_object(
    {
        "id": ID,
        "components": list_of(union({ComponentType.TEXT_DISPLAY: TEXT_DISPLAY}), 3, least=1),
        "accessory": union({ComponentType.BUTTON: BUTTON, ComponentType.THUMBNAIL: _THUMBNAIL}),
    },
    required=("components", "accessory"),
)
_GALLERY_ITEM = json_object(
    {"media": _MEDIA, "description": _DESCRIPTION, "spoiler": boolean}, required=("media",)
)
_CONTAINED: dict[int, Check] = {
    ComponentType.ACTION_ROW: _ACTION_ROW,
    ComponentType.SECTION: _SECTION,
    ComponentType.TEXT_DISPLAY: TEXT_DISPLAY,
    ComponentType.MEDIA_GALLERY: json_object(
        {"id": ID, "items": list_of(_GALLERY_ITEM, 10, least=1)}, required=("items",)
    ),
    ComponentType.FILE: json_object(
        {"id": ID, "file": _ATTACHED, "spoiler": boolean}, required=("file",)
    ),
    ComponentType.SEPARATOR: json_object({"id": ID, "divider": boolean, "spacing": one_of(1, 2)}),
}
"""What a container may hold, by type."""
_CONTAINER = json_object(
    {
        "id": ID,
        "accent_color": number(0, 0xFFFFFF),
        "spoiler": boolean,
        "components": list_of(union(_CONTAINED), COMPONENTS, least=1),
    },
    required=("components",),
)

_LEGACY = list_of(union({ComponentType.ACTION_ROW: _ACTION_ROW}), _ROWS)
_V2 = list_of(union(_CONTAINED | {ComponentType.CONTAINER: _CONTAINER}), COMPONENTS)


def check_components(parts: list[Json], path: Path, problems: Problems, *, is_v2: bool) -> None:
    """Check the components of a message.

    Args:
        parts: what the message has as `components`.
        path: of the components in the request's body.
        problems: where problems are added.
        is_v2: whether the message has the flag IS_COMPONENTS_V2.
    """
    before = problems.count
    (_V2 if is_v2 else _LEGACY)(parts, path, problems)
    if problems.count > before:
        return
    check_ids(parts, path, problems)
    if is_v2:
        _check_totals([component for _, component in with_paths(parts, path)], path, problems)


def _check_totals(components: list[Json], path: Path, problems: Problems) -> None:
    if len(components) > COMPONENTS:
        message = f"Total number of components exceeds maximum of {COMPONENTS}"
        problems.add(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    if sum(len(component.get("content", "")) for component in components) > TEXT:
        message = f"Components displayable text size exceeds maximum size of {TEXT}"
        problems.add(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)


def check_media(parts: list[Json], files: set[str], path: Path, problems: Problems) -> None:
    """Check that components show no file that the message does not have.

    Args:
        parts: components, found to be well formed.
        files: names of the files that the message will have.
        path: of the components in the request's body.
        problems: where problems are added.
    """
    for where, component in with_paths(parts, path):
        shown = [((*where, key), component.get(key)) for key in ("media", "file")]
        for index, item in enumerate(component.get("items") or ()):
            shown.append(((*where, "items", index, "media"), item["media"]))
        for media_path, media in shown:
            address = media["url"] if media else ""
            if address.startswith(ATTACHMENT) and address.removeprefix(ATTACHMENT) not in files:
                message = "The referenced attachment was not found"
                code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
                problems.add(media_path, code, message)
