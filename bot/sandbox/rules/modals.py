"""Rules for modals and their fields.

Discord documents no error codes of file uploads, radio groups and checkbox groups; they are assumed
to be those of select menus.
"""

from typing import Any

from bot.sandbox.model import Json
from bot.sandbox.model.components import ComponentType
from bot.sandbox.rules.component_tree import check_ids
from bot.sandbox.rules.components import TEXT_DISPLAY
from bot.sandbox.rules.controls import (
    CUSTOM_ID,
    ID,
    OPTION,
    SELECTS,
    check_counts,
    check_options,
    count,
)
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
)

_TEXT = 4000
"""Characters of a text input."""
_VALUES = 10
"""Options of a radio or checkbox group, and files of a file upload."""


def _check_text_input(value: Json, path: Path, problems: Problems) -> None:
    least, most = int(value.get("min_length") or 0), int(value.get("max_length") or _TEXT)
    if least > most:
        message = "The minimum length is above the maximum"
        problems.add((*path, "min_length"), "TEXT_INPUT_LENGTH_INVALID", message)
    content = value.get("value")
    if content and not least <= len(content) <= most:
        message = f"Must be between {least} and {most} in length."
        problems.add((*path, "value"), "BASE_TYPE_BAD_LENGTH", message)


def _check_required(value: Json, path: Path, problems: Problems) -> None:
    """Check that a required component has no `min_values` of 0."""
    is_required = value.get("required") is not False
    if is_required and value.get("min_values") is not None and not int(value["min_values"]):
        message = "Select menus marked as required cannot have a min_values of 0"
        where = (*path, "min_values")
        problems.add(where, "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES", message)


def _in_modal(select: Check) -> Check:
    """A select menu of a modal: never disabled, and required unless it says otherwise."""

    def check(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
        before = problems.count
        select(value, path, problems)
        if problems.count > before:
            return
        _check_required(value, path, problems)
        if value.get("disabled"):
            message = "Modals cannot have disabled components"
            problems.add((*path, "disabled"), "SELECT_COMPONENT_DISABLED_IN_MODAL", message)

    return check


def _check_file_upload(value: Json, path: Path, problems: Problems) -> None:
    check_counts(count(value, "min_values"), count(value, "max_values"), None, path, problems)
    _check_required(value, path, problems)


def _check_radio_group(value: Json, path: Path, problems: Problems) -> None:
    check_options(value["options"], 1, path, problems)


def _check_checkbox_group(value: Json, path: Path, problems: Problems) -> None:
    options = value["options"]
    most = count(value, "max_values", len(options))
    check_counts(count(value, "min_values"), most, len(options), path, problems)
    check_options(options, most, path, problems)
    _check_required(value, path, problems)


_TEXT_INPUT: dict[str, Any] = {
    "id": ID,
    "custom_id": CUSTOM_ID,
    "style": one_of(1, 2),
    "label": text(45, least=1),
    "value": text(_TEXT),
    "placeholder": text(100),
    "required": boolean,
    "min_length": number(0, _TEXT),
    "max_length": number(1, _TEXT),
}
_GROUP: dict[str, Any] = {"id": ID, "custom_id": CUSTOM_ID, "required": boolean}
_COUNTS = {"min_values": number(0, _VALUES), "max_values": number(1, _VALUES)}
_OPTION = json_object(OPTION, required=("label", "value"))

_FIELDS: dict[int, Check] = {
    ComponentType.TEXT_INPUT: json_object(
        _TEXT_INPUT, required=("custom_id", "style"), also=_check_text_input
    ),
    **{kind: _in_modal(select) for kind, select in SELECTS.items()},
    ComponentType.FILE_UPLOAD: json_object(
        _GROUP | _COUNTS, required=("custom_id",), also=_check_file_upload
    ),
    ComponentType.RADIO_GROUP: json_object(
        _GROUP | {"options": list_of(_OPTION, _VALUES, least=2)},
        required=("custom_id", "options"),
        also=_check_radio_group,
    ),
    ComponentType.CHECKBOX_GROUP: json_object(
        _GROUP | _COUNTS | {"options": list_of(_OPTION, _VALUES, least=1)},
        required=("custom_id", "options"),
        also=_check_checkbox_group,
    ),
    ComponentType.CHECKBOX: json_object(
        {"id": ID, "custom_id": CUSTOM_ID, "default": boolean}, required=("custom_id",)
    ),
}
"""What a label may hold, by type."""
_LABEL = json_object(
    {
        "id": ID,
        "label": text(45, least=1),
        "description": text(100, least=1),
        "component": union(_FIELDS),
    },
    required=("label", "component"),
)
_LABELLED_INPUT = json_object(
    _TEXT_INPUT, required=("custom_id", "style", "label"), also=_check_text_input
)
_ACTION_ROW = json_object(
    {
        "id": ID,
        "components": list_of(union({ComponentType.TEXT_INPUT: _LABELLED_INPUT}), 1, least=1),
    },
    required=("components",),
)


def _check_modal(value: Json, path: Path, problems: Problems) -> None:
    check_ids(value["components"], (*path, "components"), problems)


MODAL = json_object(
    {
        "custom_id": CUSTOM_ID,
        "title": text(45, least=1),
        "components": list_of(
            union(
                {
                    ComponentType.ACTION_ROW: _ACTION_ROW,
                    ComponentType.TEXT_DISPLAY: TEXT_DISPLAY,
                    ComponentType.LABEL: _LABEL,
                }
            ),
            5,
            least=1,
        ),
    },
    required=("custom_id", "title", "components"),
    also=_check_modal,
)
"""A modal."""
