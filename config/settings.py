"""Every setting: from a TOML file, environment variables `DAILY_PAPERS_…`, and options.

Options override environment variables, and these override the file. A blank value counts as not
given, so that an empty variable in a compose file changes nothing.
"""

import difflib
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_core import ErrorDetails

from config import toml_file, validators
from config.errors import SettingsError
from config.log_level import LogLevel

__all__ = [
    "DEFAULT_FILE",
    "PREFIX",
    "VARIABLES",
    "LogLevel",
    "Posting",
    "Settings",
    "SettingsError",
    "exposed_token_file",
    "load_settings",
    "outdated_keys",
]

DEFAULT_FILE: Final = Path("daily-papers.toml")
"""The file that is read from the working folder unless another one is named."""

PREFIX: Final = "DAILY_PAPERS_"
"""The beginning of every environment variable."""

_TEST_PREFIX: Final = f"{PREFIX}TEST_"

_KeyPath: TypeAlias = tuple[str, ...]
"""A key with the tables that it is in: `("posting", "news_days")`."""


_CONFIG: Final = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Posting(BaseModel):
    """The table `[posting]`: the scheduled posts."""

    model_config = _CONFIG

    news_days: Annotated[int, Field(ge=0, le=31)] = 4
    """A digest that is more days old is not posted by a schedule."""
    wait_hours: Annotated[float, Field(ge=0, le=20)] = 6.0
    """How many hours a schedule waits for a late digest."""
    requests_per_second: Annotated[int, Field(ge=1, le=1000)] = 50
    """The most requests per second to Discord, which itself allows a bot 50."""
    schedules_per_server: Annotated[int, Field(ge=1, le=1000)] = 25
    """The most schedules of one server."""
    schedules_per_channel: Annotated[int, Field(ge=1, le=1000)] = 10
    """The most schedules of one channel."""


class Settings(BaseModel):
    """The settings in force; `load_settings` reads them."""

    model_config = _CONFIG

    token: Annotated[SecretStr | None, AfterValidator(validators.check_token)] = None
    """The bot's token at Discord, without surrounding blanks and quotes. Only `run` needs one."""
    database: Annotated[Path, AfterValidator(validators.check_home)] = Path("daily-papers.db")
    """The SQLite file."""
    digests: Annotated[Path, AfterValidator(validators.check_home)] | None = None
    """A folder of digests, read with its subfolders; `None` if no folder is watched."""
    discord_url: Annotated[str, AfterValidator(validators.check_url)] | None = None
    """The base of the REST API, `http` or `https`, without a final slash; `None` is Discord's."""
    log_level: Annotated[LogLevel, BeforeValidator(validators.check_log_level)] = LogLevel.INFO
    posting: Posting = Posting()


VARIABLES: Final[Mapping[str, _KeyPath]] = MappingProxyType(
    {
        "DAILY_PAPERS_TOKEN": ("token",),
        "DAILY_PAPERS_DATABASE": ("database",),
        "DAILY_PAPERS_DIGESTS": ("digests",),
        "DAILY_PAPERS_DISCORD_URL": ("discord_url",),
        "DAILY_PAPERS_LOG_LEVEL": ("log_level",),
        "DAILY_PAPERS_NEWS_DAYS": ("posting", "news_days"),
        "DAILY_PAPERS_WAIT_HOURS": ("posting", "wait_hours"),
        "DAILY_PAPERS_REQUESTS_PER_SECOND": ("posting", "requests_per_second"),
        "DAILY_PAPERS_SCHEDULES_PER_SERVER": ("posting", "schedules_per_server"),
        "DAILY_PAPERS_SCHEDULES_PER_CHANNEL": ("posting", "schedules_per_channel"),
    }
)
"""The environment variable of every key."""

_VARIABLE_OF: Final = {path: name for name, path in VARIABLES.items()}
_KEYS: Final = tuple(VARIABLES.values())
_TABLES: Final = frozenset(path[:-1] for path in _KEYS if len(path) > 1)
_FILE_PATHS: Final = ("database", "digests")
"""The keys whose value is the path of a file or folder."""
_MOVED: Final[Mapping[str, _KeyPath]] = MappingProxyType(
    {
        key: ("posting", key)
        for key in (
            "news_days",
            "wait_hours",
            "requests_per_second",
            "schedules_per_server",
            "schedules_per_channel",
        )
    }
)
"""Keys that older versions had outside of any table. They are still read from a file."""
_EXPECTED: Final[Mapping[_KeyPath, str]] = MappingProxyType(
    {
        ("token",): "text in quotes",
        ("database",): "the path of a file, in quotes",
        ("digests",): "the path of a folder, in quotes",
        ("discord_url",): "an address, in quotes",
        ("posting",): "a table",
        ("posting", "news_days"): "a number of days, 0 to 31",
        ("posting", "wait_hours"): "a number of hours, 0 to 20",
        ("posting", "requests_per_second"): "a whole number, 1 to 1000",
        ("posting", "schedules_per_server"): "a whole number, 1 to 1000",
        ("posting", "schedules_per_channel"): "a whole number, 1 to 1000",
    }
)


@dataclass(frozen=True, slots=True)
class _Source:
    """The values of the file, of the environment, or of the command line."""

    values: Mapping[str, Any]
    """As in a TOML file: the values of a table are a mapping."""
    named: Mapping[_KeyPath, str]
    """What a person calls a key here, if that isn't its name in a file."""
    place: str
    """Where the values are, for people: "in the environment"."""
    text: str = field(default="", repr=False)
    """The text of the file; not shown, as it may hold the token."""

    def locate(self, path: _KeyPath) -> str:
        """Name a key and where it stands: "[posting] news_days in daily-papers.toml:3"."""
        name = self.named.get(path) or _display(path)
        line = toml_file.line_of(self.text, path) if self.text else None
        return f"{name} {self.place}" + (f":{line}" if line is not None else "")


def load_settings(file: Path | None, overrides: Mapping[str, object]) -> Settings:
    """Read the settings from the file, the environment and options, each overriding the one before.

    Args:
        file: The TOML file; `None` is `DEFAULT_FILE`, if it exists. Relative paths in it are
            relative to its folder; all others are relative to the working folder.
        overrides: Options by key. `None` means that the option was not given.

    Raises:
        SettingsError: Names every wrong key, where it stands and what was expected.
    """
    problems = _unknown_variables()
    sources = [_options(overrides), _environment()]
    path = _config_file(file)
    if path is not None:
        try:
            sources.append(_file(path))
        except SettingsError as error:
            problems += error.problems

    # Each source alone: else a wrong value would only be found once nothing overrides it any more.
    for source in sources:
        problems += _wrong_keys(source)
    if problems:
        raise SettingsError(problems)
    merged: dict[str, Any] = {}
    for source in reversed(sources):
        _merge(merged, _without_blanks(source.values))
    return Settings.model_validate(merged)


def exposed_token_file(file: Path | None) -> Path | None:
    """Return the config file if it holds a token and users other than its owner may read it.

    `file` is what `load_settings` was given. Windows has no such permissions; `None` there.

    Raises:
        SettingsError: The file can't be read.
    """
    path = _config_file(file)
    # A pipe can't be read a second time, and nobody else reads it.
    if path is None or os.name != "posix" or not path.is_file():
        return None
    is_exposed = path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)
    return path if is_exposed and toml_file.read(path)[0].get("token") else None


def outdated_keys(file: Path | None) -> tuple[str, ...]:
    """Return a sentence for each key of the config file that has moved to another place.

    `file` is what `load_settings` was given.

    Raises:
        SettingsError: The file can't be read.
    """
    path = _config_file(file)
    if path is None or not path.is_file():
        return ()
    values, text = toml_file.read(path)
    source = _Source(values, {}, f"in {path}", text)
    return tuple(
        f"{source.locate((key,))}: belongs into the table [{'.'.join(_MOVED[key][:-1])}] now; "
        "it still works where it is"
        for key in values
        if key in _MOVED
    )


def _config_file(file: Path | None) -> Path | None:
    return DEFAULT_FILE if file is None and DEFAULT_FILE.exists() else file


def _options(overrides: Mapping[str, object]) -> _Source:
    names: dict[_KeyPath, str] = {(key,): "--" + key.replace("_", "-") for key in overrides}
    return _Source(_with_hidden_token(overrides), names, "on the command line")


def _environment() -> _Source:
    values: dict[str, Any] = {}
    # Names are the same in upper and lower case, as on Windows.
    for name, value in os.environ.items():
        if (path := VARIABLES.get(name.upper())) is not None:
            table = values
            for part in path[:-1]:
                table = table.setdefault(part, {})
            table[path[-1]] = value
    return _Source(_with_hidden_token(values), _VARIABLE_OF, "in the environment")


def _file(path: Path) -> _Source:
    """Read the file, with its relative paths made relative to the working folder."""
    values, text = toml_file.read(path)
    for key in _FILE_PATHS:
        value = values.get(key)
        if isinstance(value, str) and value.strip() and not value.startswith("~"):
            values[key] = path.parent / value
    source = _Source(_with_hidden_token(values), {}, f"in {path}", text)
    moved = [key for key in values if key in _MOVED]
    twice = [key for key in moved if _MOVED[key][-1] in _table(values, _MOVED[key][:-1])]
    if twice:
        raise SettingsError(
            f"{source.locate((key,))}: is also in the table "
            f"[{'.'.join(_MOVED[key][:-1])}]; keep that one alone"
            for key in twice
        )
    return source


def _table(values: Mapping[str, Any], path: _KeyPath) -> Mapping[str, Any]:
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


def _without_blanks(values: Mapping[str, object], table: _KeyPath = ()) -> dict[str, Any]:
    """Leave out blank values of known keys, and move keys of older versions into their table."""
    kept: dict[str, Any] = {}
    for key, value in values.items():
        if not table and key in _MOVED and not _is_blank(value):
            _merge(kept, {_MOVED[key][0]: {_MOVED[key][-1]: value}})
    for key, value in values.items():
        path = (*table, key)
        if isinstance(value, Mapping):
            _merge(kept, {key: _without_blanks(value, path)})
        elif (table or key not in _MOVED) and not (path in _KEYS and _is_blank(value)):
            kept[key] = value
    return kept


def _is_blank(value: object) -> bool:
    text = value.get_secret_value() if isinstance(value, SecretStr) else value
    return isinstance(text, str) and not text.strip()


def _merge(into: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Set values in a mapping of mappings, leaving the other values of each table."""
    for key, value in values.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _wrong_keys(source: _Source) -> list[str]:
    # Nothing is raised from in here: a traceback would show the other error, which may know values.
    try:
        Settings.model_validate(_without_blanks(source.values))
    except ValidationError as error:
        return [
            _problem(source, details)
            for details in error.errors(include_url=False, include_input=False)
        ]
    return []


def _problem(source: _Source, details: ErrorDetails) -> str:
    path = _given_path(source, tuple(map(str, details["loc"])))
    if details["type"] == "extra_forbidden":
        return f"{source.locate(path)}: {_no_such(path)}"
    wrong = details.get("ctx", {}).get("error")
    expected = str(wrong) if wrong is not None else _EXPECTED[_MOVED.get(path[0], path)]
    return f"{source.locate(path)}: expected {expected}"


def _given_path(source: _Source, path: _KeyPath) -> _KeyPath:
    """Return where a key was given: outside of its table, if it is one of an older version."""
    is_moved = _MOVED.get(path[-1]) == path and path[-1] in source.values
    return path[-1:] if is_moved else path


def _unknown_variables() -> list[str]:
    names = (name for name in sorted(os.environ) if name.upper().startswith(PREFIX))
    return [
        f"{name} in the environment: {_no_such_variable(name.upper())}"
        for name in names
        if name.upper() not in VARIABLES and not name.upper().startswith(_TEST_PREFIX)
    ]


def _no_such_variable(name: str) -> str:
    # Without the prefix, which is near to itself whatever stands behind it.
    known = {variable.removeprefix(PREFIX): variable for variable in VARIABLES}
    near = difflib.get_close_matches(name.removeprefix(PREFIX), known, n=1)
    return _suggestion([known[match] for match in near], VARIABLES)


def _no_such(path: _KeyPath) -> str:
    known = {key[-1]: _display(key) for key in (*_TABLES, *_KEYS)}
    near = difflib.get_close_matches(path[-1].lower(), known, n=1)
    return _suggestion([known[match] for match in near], map(_display, _KEYS))


def _suggestion(near: list[str], known: Iterable[str]) -> str:
    if near:
        return f"there is no such setting; the nearest is {near[0]}"
    return f"there is no such setting; there are {', '.join(known)}"


def _display(path: _KeyPath) -> str:
    """Name a key as people do: "[posting] news_days", or "[posting]" for a table."""
    if path in _TABLES:
        return f"[{'.'.join(path)}]"
    table = f"[{'.'.join(path[:-1])}] " if len(path) > 1 else ""
    return table + path[-1]
