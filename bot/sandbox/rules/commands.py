"""Rules for application commands."""

import re
import unicodedata
from typing import Any

from bot.sandbox.model import Json
from bot.sandbox.rules.errors import ApiError, Refusal
from bot.sandbox.rules.shape import (
    Check,
    Path,
    Problems,
    boolean,
    json_object,
    list_of,
    mapping_of,
    number,
    one_of,
    snowflake,
    text,
    union,
)

COMMAND_LENGTH = 8000
"""Characters of a command: names, descriptions and values, those of options included."""
MOST = {1: 100, 2: 15, 3: 15}
"""Commands of each type that an application may have, globally or in a guild."""
_OPTIONS = 25
_CHOICES = 25
_SUBCOMMAND, _GROUP = 1, 2
_SLASH = 1

LOCALES = frozenset(
    [
        *("id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu"),
        *("nl", "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru"),
        *("uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko"),
    ]
)
"""The languages of Discord. Source: https://discord.com/developers/docs/reference#locales"""


def is_slash_name(name: str) -> bool:
    """Return whether a name is valid for a slash command or option: a word in lower case."""
    if not 1 <= len(name) <= 32 or name != name.lower():  # noqa: PLR2004  Discord's figure
        return False
    return all(
        char in "-_'" or unicodedata.category(char)[0] in "LN" or _is_indian_mark(char)
        for char in name
    )


def _is_indian_mark(char: str) -> bool:
    """Return whether a character is a mark of Devanagari or Thai."""
    return bool(re.fullmatch(r"[\u0900-\u097f\u0e00-\u0e7f]", char))


def _name(value: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
    before = problems.count
    text(32, least=1)(value, path, problems)
    if problems.count == before and not is_slash_name(value):
        problems.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


_DESCRIPTION = text(100, least=1)
_CHOICE_NAME = text(100, least=1)


def _choice(value: Check) -> Check:
    return json_object(
        {
            "name": _CHOICE_NAME,
            "name_localizations": mapping_of(_CHOICE_NAME, LOCALES),
            "value": value,
        },
        required=("name", "value"),
    )


_NAMED: dict[str, Check] = {
    "name": _name,
    "name_localizations": mapping_of(_name, LOCALES),
    "description": _DESCRIPTION,
    "description_localizations": mapping_of(_DESCRIPTION, LOCALES),
}
_REQUIRED = ("name", "description")


def _choices_or_typing(value: Json, path: Path, problems: Problems) -> None:
    if value.get("choices") and value.get("autocomplete"):
        message = "Autocomplete options cannot have choices"
        problems.add(path, "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID_OPTION", message)


def _option(**more: Check) -> Check:
    fields = _NAMED | {"required": boolean, "autocomplete": boolean} | more
    return json_object(fields, required=_REQUIRED, also=_choices_or_typing)


def _choices(value: Check) -> Check:
    return list_of(_choice(value), _CHOICES)


_VALUES: dict[int, Check] = {
    3: _option(choices=_choices(text(100)), min_length=number(0, 6000), max_length=number(1, 6000)),
    4: _option(choices=_choices(number()), min_value=number(), max_value=number()),
    5: _option(),
    6: _option(),
    7: _option(channel_types=list_of(number(0, 16))),
    8: _option(),
    9: _option(),
    10: _option(
        choices=_choices(number(whole=False)),
        min_value=number(whole=False),
        max_value=number(whole=False),
    ),
    11: _option(),
}


def _options_agree(value: Json, path: Path, problems: Problems) -> None:
    """Check the options of a command or subcommand against each other."""
    seen: set[str] = set()
    optional = False
    kinds = set()
    for index, option in enumerate(value.get("options") or ()):
        where = (*path, "options", index)
        kinds.add(option["type"] in (_SUBCOMMAND, _GROUP))
        if option["name"] in seen:
            message = "Option name already exists"
            code = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
            problems.add((*where, "name"), code, message)
        seen.add(option["name"])
        if option.get("required") and optional:
            message = "Required options must be placed before non-required options"
            problems.add(where, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional = optional or not option.get("required")
    if len(kinds) > 1:
        message = "Sub-command and sub-command group option types are mutually exclusive"
        problems.add((*path, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)


def _group(options: Check) -> Check:
    return json_object(_NAMED | {"options": options}, required=_REQUIRED, also=_options_agree)


_SUB = _group(list_of(union(_VALUES), _OPTIONS))
_SUBS = _group(list_of(union({_SUBCOMMAND: _SUB}), _OPTIONS, least=1))
_COMMON: dict[str, Check] = {
    "id": snowflake,
    "type": one_of(1, 2, 3),
    "default_member_permissions": number(0, (1 << 54) - 1),
    "dm_permission": boolean,
    "contexts": list_of(one_of(0, 1, 2), least=1),
    "integration_types": list_of(one_of(0, 1), least=1),
    "nsfw": boolean,
}
_SLASH_COMMAND = json_object(
    _COMMON
    | _NAMED
    | {"options": list_of(union({_SUBCOMMAND: _SUB, _GROUP: _SUBS} | _VALUES), _OPTIONS)},
    required=_REQUIRED,
    also=_options_agree,
)
_ANYTHING = json_object({})
_MENU_NAME = text(32, least=1)
_MENU_COMMAND = json_object(
    _COMMON | {"name": _MENU_NAME, "name_localizations": mapping_of(_MENU_NAME, LOCALES)},
    required=("name",),
)


def length_of(command: Json) -> int:
    """Return the number of characters of a command that count towards the limit.

    Of each text and its translations, the longest counts.
    """
    size = 0
    for name in ("name", "description"):
        texts = [command.get(name) or "", *(command.get(f"{name}_localizations") or {}).values()]
        size += max(map(len, texts))
    value = command.get("value")
    size += len(value) if isinstance(value, str) else 0
    inner = [*(command.get("options") or ()), *(command.get("choices") or ())]
    return size + sum(map(length_of, inner))


def check_command(body: Any, path: Path, problems: Problems) -> None:  # noqa: ANN401  any JSON
    """Check one command."""
    before = problems.count
    if not isinstance(body, dict):
        _ANYTHING(body, path, problems)
        return
    is_slash = (body.get("type") or _SLASH) == _SLASH
    (_SLASH_COMMAND if is_slash else _MENU_COMMAND)(body, path, problems)
    if problems.count != before:
        return
    if not is_slash:
        for name in ("description", "options"):
            if body.get(name):
                message = "Context menu commands cannot have it"
                problems.add((*path, name), "APPLICATION_COMMAND_CONTEXT_MENU_INVALID", message)
    if length_of(body) > COMMAND_LENGTH:
        message = f"Command exceeds maximum size ({COMMAND_LENGTH})"
        problems.add(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def check_commands(bodies: list[Any], problems: Problems) -> None:
    """Check all global commands, or all of a guild.

    Raises:
        ApiError: there are too many of a type.
    """
    list_of(_ANYTHING)(bodies, (), problems)
    if problems:
        return
    seen: set[tuple[int, str]] = set()
    for index, body in enumerate(bodies):
        check_command(body, (index,), problems)
        key = (body.get("type") or _SLASH, str(body.get("name")))
        if key in seen:
            message = "Application command names must be unique"
            problems.add((index,), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        seen.add(key)
    for kind, most in MOST.items():
        if sum(found == kind for found, _ in seen) > most:
            raise ApiError(Refusal.TOO_MANY_COMMANDS)
