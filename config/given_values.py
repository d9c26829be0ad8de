"""Values as they are given: in the file, in the environment, and on the command line."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr

from config import toml_file
from config.errors import SettingsError
from config.setting_keys import KEYS, MOVED, VARIABLES, KeyPath, display

_VARIABLE_OF: Final = {path: name for name, path in VARIABLES.items()}
_FILE_PATHS: Final = ("database", "digests")
"""The keys whose value is the path of a file or folder."""


@dataclass(frozen=True, slots=True)
class GivenValues:
    """The values of the file, of the environment, or of the command line."""

    values: Mapping[str, Any]
    """As in a TOML file: the values of a table are a mapping."""
    named: Mapping[KeyPath, str]
    """What a person calls a key here, if that isn't its name in a file."""
    place: str
    """Where the values are, for people: "in the environment"."""
    text: str = field(default="", repr=False)
    """The text of the file; not shown, as it may hold the token."""

    def locate(self, path: KeyPath) -> str:
        """Name a key and where it stands: "[posting] news_days in daily-papers.toml:3"."""
        name = self.named.get(path) or display(path)
        line = toml_file.line_of(self.text, path) if self.text else None
        return f"{name} {self.place}" + (f":{line}" if line is not None else "")


def from_options(overrides: Mapping[str, object]) -> GivenValues:
    """Return the options that were given, by key."""
    names: dict[KeyPath, str] = {(key,): "--" + key.replace("_", "-") for key in overrides}
    return GivenValues(_with_hidden_token(overrides), names, "on the command line")


def from_environment() -> GivenValues:
    """Return what the environment variables of settings hold."""
    values: dict[str, Any] = {}
    # Names are the same in upper and lower case, as on Windows.
    for name, value in os.environ.items():
        if (path := VARIABLES.get(name.upper())) is not None:
            table = values
            for part in path[:-1]:
                table = table.setdefault(part, {})
            table[path[-1]] = value
    return GivenValues(_with_hidden_token(values), _VARIABLE_OF, "in the environment")


def from_file(path: Path) -> GivenValues:
    """Read the file, with its relative paths made relative to the working folder.

    Raises:
        SettingsError: It can't be read, or has a key twice.
    """
    values, text = toml_file.read(path)
    for key in _FILE_PATHS:
        value = values.get(key)
        if isinstance(value, str) and value.strip() and not value.startswith("~"):
            values[key] = path.parent / value
    given = GivenValues(_with_hidden_token(values), {}, f"in {path}", text)
    moved = [key for key in values if key in MOVED]
    twice = [key for key in moved if MOVED[key][-1] in _table(values, MOVED[key][:-1])]
    if twice:
        raise SettingsError(
            f"{given.locate((key,))}: is also in the table "
            f"[{'.'.join(MOVED[key][:-1])}]; keep that one alone"
            for key in twice
        )
    return given


def _table(values: Mapping[str, Any], path: KeyPath) -> Mapping[str, Any]:
    """Return a table; an empty one if there is none, or something else in its place."""
    for part in path:
        table = values.get(part)
        values = table if isinstance(table, Mapping) else {}
    return values


def _with_hidden_token(values: Mapping[str, object]) -> dict[str, object]:
    """Make the token a secret, and leave out what was not given."""
    return {
        key: SecretStr(value) if key == "token" and isinstance(value, str) else value
        for key, value in values.items()
        if value is not None
    }


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
        elif (table or key not in MOVED) and not (path in KEYS and _is_blank(value)):
            kept[key] = value
    return kept


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
