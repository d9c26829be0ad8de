"""Values as they are given: in the file, in the environment, and on the command line."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

from config import toml_file
from config.errors import SettingsError
from config.setting_keys import (
    KEYS,
    MOVED,
    SECRETS,
    SOURCE_KEYS,
    SOURCES,
    VARIABLES,
    KeyPath,
    Location,
    display,
    display_within,
    without_numbers,
)

_VARIABLE_OF: Final = {path: name for name, path in VARIABLES.items()}
_IN_ENVIRONMENT: Final = "in the environment"
_JSON_LIST: Final = (
    'a JSON list of objects, such as [{"name": "huggingface", "kind": "huggingface"}]'
)
_FILE_PATHS: Final = (("database",), ("digests",), ("publish", "folder"), ("backup", "folder"))
"""The keys whose value is the path of a file or folder, with the tables that they are in."""


@dataclass(frozen=True, slots=True)
class GivenValues:
    """The values of the file, of the environment, or of the command line."""

    values: Mapping[str, Any]
    """As in a TOML file: the values of a table are a mapping."""
    display_names: Mapping[KeyPath, str]
    """What a person calls a key here, if that isn't its name in a file."""
    origin: str
    """Where the values are, for people: "in the environment"."""
    text: str = field(default="", repr=False)
    """The text of the file; not shown, as it may hold the token."""
    problems: tuple[str, ...] = ()
    """What could not be read at all, for people."""

    def locate(self, location: Location) -> str:
        """Name a key and where it stands: "[posting] news_days in daily-papers.toml:3"."""
        key, within = location, location[:0]
        if location[0] == SOURCES and location[:1] in self.display_names:
            # There it is one value, which holds the whole list.
            key, within = location[:1], location[1:]
        name = self.display_names.get(without_numbers(key)) or display(key)
        line = self._line(key)
        place = f"{name} {self.origin}" + (f":{line}" if line is not None else "")
        return ", ".join([place, *display_within(within)])

    def _line(self, location: Location) -> int | None:
        line = toml_file.line_of(self.text, location) if self.text else None
        if line is None and self.text and location[0] == SOURCES and len(location) > 1:
            # A missing key, or a list of several lines: the line of its table, or of the list.
            return self._line(location[:-1])
        return line


def from_options(overrides: Mapping[str, object]) -> GivenValues:
    """Return the options that were given, by key."""
    given = {key: value for key, value in overrides.items() if value is not None}
    names: dict[KeyPath, str] = {(key,): "--" + key.replace("_", "-") for key in given}
    return GivenValues(_with_hidden_secrets(given), names, "on the command line")


def from_environment() -> GivenValues:
    """Return what the environment variables of settings hold."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    # Names are the same in upper and lower case, as on Windows.
    for name, value in os.environ.items():
        if (path := VARIABLES.get(name.upper())) is None:
            continue
        table = values
        for part in path[:-1]:
            table = table.setdefault(part, {})
        table[path[-1]] = value
        if path == (SOURCES,) and not _is_blank(value):
            sources, problem = _read_json(value)
            table[path[-1]] = sources
            if problem:
                problems.append(f"{_VARIABLE_OF[path]} {_IN_ENVIRONMENT}: {problem}")
    return GivenValues(
        _with_hidden_secrets(values), _VARIABLE_OF, _IN_ENVIRONMENT, problems=tuple(problems)
    )


def _read_json(text: str) -> tuple[list[dict[str, object]], str]:
    """Return a list of objects, and what is wrong if it is none."""
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        return [], f"is not valid JSON at character {error.pos + 1}; expected {_JSON_LIST}"
    except (ValueError, RecursionError):
        # A number of thousands of digits, or thousands of lists in lists.
        return [], f"expected {_JSON_LIST}"
    if isinstance(values, list) and all(isinstance(value, dict) for value in values):
        return values, ""
    return [], f"expected {_JSON_LIST}"


def from_file(path: Path) -> GivenValues:
    """Read the file, with its relative paths made relative to the working folder.

    Raises:
        SettingsError: It can't be read, or has a key twice.
    """
    values, text = toml_file.read(path)
    paths = [(table_of(values, (*tables,)), key) for *tables, key in _FILE_PATHS]
    for table, key in [*paths, *((each, "path") for each in _tables(values.get(SOURCES)))]:
        value = table.get(key)
        if isinstance(value, str) and value.strip() and not value.startswith("~"):
            table[key] = path.parent / value
    given = GivenValues(_with_hidden_secrets(values), {}, f"in {path}", text)
    moved = [key for key in values if key in MOVED]
    twice = [key for key in moved if MOVED[key][-1] in table_of(values, MOVED[key][:-1])]
    if twice:
        raise SettingsError(
            f"{given.locate((key,))}: is also in the table "
            f"[{'.'.join(MOVED[key][:-1])}]; keep that one alone"
            for key in twice
        )
    return given


def table_of(values: dict[str, Any], path: KeyPath) -> dict[str, Any]:
    """Return a table; an empty one if there is none, or something else in its place."""
    for part in path:
        table = values.get(part)
        values = table if isinstance(table, dict) else {}
    return values


def _tables(values: object) -> list[dict[str, Any]]:
    """Return what is a table in a list of tables."""
    return [v for v in values if isinstance(v, dict)] if isinstance(values, list) else []


def _with_hidden_secrets(values: Mapping[str, object], table: KeyPath = ()) -> dict[str, object]:
    """Make tokens secrets, so that nothing shows them."""
    hidden: dict[str, object] = {}
    for key, value in values.items():
        path = (*table, key)
        if isinstance(value, Mapping):
            hidden[key] = _with_hidden_secrets(value, path)
        else:
            hidden[key] = SecretStr(value) if path in SECRETS and isinstance(value, str) else value
    return hidden


def without_blanks(values: Mapping[str, object], table: KeyPath = ()) -> dict[str, Any]:
    """Leave out blank values of known keys, and move keys of older versions into their table."""
    kept: dict[str, Any] = {}
    for key, value in values.items():
        if not table and key in MOVED and not _is_blank(value):
            merge(kept, {MOVED[key][0]: {MOVED[key][-1]: value}})
    for key, value in values.items():
        path = (*table, key)
        if isinstance(value, Mapping):
            merge(kept, {key: without_blanks(value, path)})
        elif path == (SOURCES,) and isinstance(value, list):
            kept[key] = [_source_without_blanks(source) for source in value]
        elif (table or key not in MOVED) and not (path in KEYS and _is_blank(value)):
            kept[key] = value
    return kept


def _source_without_blanks(source: object) -> object:
    if not isinstance(source, Mapping):
        return source
    return {
        key: value
        for key, value in source.items()
        if not ((SOURCES, key) in SOURCE_KEYS and _is_blank(value))
    }


def _is_blank(value: object) -> bool:
    text = value.get_secret_value() if isinstance(value, SecretStr) else value
    return isinstance(text, str) and not text.strip()


def merge(into: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Set values in a mapping of mappings, leaving the other values of each table."""
    for key, value in values.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value
