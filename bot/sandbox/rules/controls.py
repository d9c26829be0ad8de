"""Rules for buttons and select menus, and for what they share with the fields of modals."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.model import Json
from bot.sandbox.model.components import LINK_BUTTON, PREMIUM_BUTTON, ComponentType
from bot.sandbox.rules.shape import (
    Check,
    Path,
    Problems,
    boolean,
    json_object,
    list_of,
    number,
    one_of,
    snowflake,
    text,
    url,
)

OPTIONS = 25
"""Options of a select menu, and values that can be chosen of it."""

ID = number(0, 2**31 - 1)
CUSTOM_ID = text(100, least=1)
_EMOJI = json_object({"id": snowflake, "name": text(32), "animated": boolean})


def _check_button(value: Json, path: Path, problems: Problems) -> None:
    style = value["style"]
    _check_custom_id(value, (*path, "custom_id"), problems)
    if (style == LINK_BUTTON) != (value.get("url") is not None):
        code = "URL_REQUIRED" if style == LINK_BUTTON else "URL_FORBIDDEN"
        message = "A url is required" if style == LINK_BUTTON else "A url cannot be specified"
        problems.add((*path, "url"), f"BUTTON_COMPONENT_{code}", message)
    if (style == PREMIUM_BUTTON) != (value.get("sku_id") is not None):
        code = "SKU_ID_REQUIRED" if style == PREMIUM_BUTTON else "SKU_ID_FORBIDDEN"
        is_missing = style == PREMIUM_BUTTON
        message = "A sku id is required" if is_missing else "A sku id cannot be specified"
        problems.add((*path, "sku_id"), f"BUTTON_COMPONENT_{code}", message)
    if style != PREMIUM_BUTTON and not (value.get("label") or value.get("emoji")):
        message = "A label or emoji is required"
        problems.add(path, "BUTTON_COMPONENT_LABEL_EMOJI_REQUIRED", message)


def _check_custom_id(button: Json, path: Path, problems: Problems) -> None:
    has_one = button.get("custom_id") is not None
    if button["style"] not in (LINK_BUTTON, PREMIUM_BUTTON):
        if not has_one:
            problems.add(path, "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")
    elif has_one:
        message = "A custom id and url or sku cannot both be specified"
        problems.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message)


BUTTON = json_object(
    {
        "id": ID,
        "style": one_of(1, 2, 3, 4, LINK_BUTTON, PREMIUM_BUTTON),
        "label": text(80),
        "custom_id": CUSTOM_ID,
        "url": url(512, schemes=("http", "https", "discord")),
        "sku_id": snowflake,
        "emoji": _EMOJI,
        "disabled": boolean,
    },
    required=("style",),
    also=_check_button,
)
"""A button."""


def count(value: Json, name: str, default: int = 1) -> int:
    """Return how many values a component takes at least or at most."""
    found = value.get(name)
    return default if found is None else int(found)


def check_counts(
    least: int, most: int, available: int | None, path: Path, problems: Problems
) -> None:
    """Check that `min_values` is not above `max_values`, nor that above what there is."""
    if least > most or (available is not None and most > available):
        message = "The number of values does not fit the options"
        problems.add((*path, "max_values"), "SELECT_COMPONENT_MAX_VALUES_INVALID", message)


def check_options(options: Sequence[Json], most: int, path: Path, problems: Problems) -> None:
    """Check that options have values of their own, and that not too many are chosen by default."""
    seen: set[str] = set()
    for index, option in enumerate(options):
        if option["value"] in seen:
            problems.add(
                (*path, "options", index, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        seen.add(option["value"])
    if sum(bool(option.get("default")) for option in options) > most:
        message = "Too many default values"
        problems.add((*path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULTS", message)


def _check_string_select(value: Json, path: Path, problems: Problems) -> None:
    least, most, options = count(value, "min_values"), count(value, "max_values"), value["options"]
    check_counts(least, most, len(options), path, problems)
    check_options(options, most, path, problems)


def _check_entity_select(value: Json, path: Path, problems: Problems) -> None:
    least, most = count(value, "min_values"), count(value, "max_values")
    check_counts(least, most, None, path, problems)
    defaults = value.get("default_values")
    if defaults and not least <= len(defaults) <= most:
        message = f"Must be between {least} and {most} in length."
        problems.add((*path, "default_values"), "BASE_TYPE_BAD_LENGTH", message)


_SELECT: dict[str, Any] = {
    "id": ID,
    "custom_id": CUSTOM_ID,
    "placeholder": text(150),
    "min_values": number(0, OPTIONS),
    "max_values": number(1, OPTIONS),
    "disabled": boolean,
    "required": boolean,
}
OPTION: dict[str, Check] = {
    "label": text(100, least=1),
    "value": text(100, least=1),
    "description": text(100),
    "default": boolean,
}
"""Fields of an option of a select menu, radio group or checkbox group."""
_STRING_SELECT = json_object(
    _SELECT
    | {
        "options": list_of(
            json_object(OPTION | {"emoji": _EMOJI}, required=("label", "value")), OPTIONS, least=1
        )
    },
    required=("custom_id", "options"),
    also=_check_string_select,
)


def _entity_select(*kinds: str, **more: Check) -> Check:
    """A select menu whose default values may be of some kinds."""
    default = json_object({"id": snowflake, "type": one_of(*kinds)}, required=("id", "type"))
    return json_object(
        _SELECT | {"default_values": list_of(default, OPTIONS), **more},
        required=("custom_id",),
        also=_check_entity_select,
    )


SELECTS: dict[int, Check] = {
    ComponentType.STRING_SELECT: _STRING_SELECT,
    ComponentType.USER_SELECT: _entity_select("user"),
    ComponentType.ROLE_SELECT: _entity_select("role"),
    ComponentType.MENTIONABLE_SELECT: _entity_select("user", "role"),
    ComponentType.CHANNEL_SELECT: _entity_select("channel", channel_types=list_of(number(0, 16))),
}
"""The select menus, by their type."""
