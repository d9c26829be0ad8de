"""Every key that an operator may set: from a TOML file, `DAILY_PAPERS_*`, and options.

The command line's options stand above the environment, and the environment above the file. A value
that is blank counts as not given, so that an empty variable in a compose file changes nothing.
"""

import difflib
import os
import re
import stat
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

DEFAULT_FILE = Path("daily-papers.toml")
"""Read from the working folder where no other file is named."""

PREFIX = "DAILY_PAPERS_"
"""Of each key's environment variable."""

_TEST_PREFIX = f"{PREFIX}TEST_"


class SettingsError(Exception):
    """Settings that cannot be used; `str()` of it is for the operator to read.

    It never holds a value that was given: one of them may be the token, under a wrong name too.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class LogLevel(StrEnum):
    """How much is written to the log."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def _token(secret: SecretStr | None) -> SecretStr | None:
    if secret is None:
        return None
    value = secret.get_secret_value().strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        # `docker --env-file` and systemd hand the quotes of a shell's `TOKEN="…"` through.
        value = value[1:-1].strip()
    if value.lower().startswith("bot "):
        raise ValueError("the token alone, without “Bot” before it")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("one word of plain ASCII letters, digits and marks, as Discord shows it")
    return SecretStr(value) if value else None


def _url(value: str) -> str:
    expected = (
        "an address such as http://127.0.0.1:8080/api/v10, without user name, “?” and “#” in it"
    )
    if not value.isprintable() or " " in value:
        raise ValueError(expected)
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:
        raise ValueError(expected) from error
    if not usable or "@" in parts.netloc or "?" in value or "#" in value:
        raise ValueError(expected)
    return value.rstrip("/")


def _log_level(value: object) -> object:
    if isinstance(value, str) and value.lower() in list(LogLevel):
        return value.lower()
    raise ValueError(f"one of {', '.join(LogLevel)}")


def _home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("a path; the home folder that its “~” means is not known") from error


class Settings(BaseSettings):
    """The settings in force: only what is passed in, for `load_settings` merges the sources."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: Annotated[SecretStr | None, AfterValidator(_token)] = None
    """Of the bot at Discord; `None` where there is none, which all but the bot itself can do with.
    Surrounding blanks and quotes are taken off."""
    database: Annotated[Path, AfterValidator(_home)] = Path("daily-papers.db")
    """The SQLite file."""
    digests: Annotated[Path, AfterValidator(_home)] | None = None
    """A folder of digests, read with its subfolders; `None` where none is watched."""
    discord_url: Annotated[str, AfterValidator(_url)] | None = None
    """Base of the REST API, `http` or `https`, without a slash at its end; `None` is Discord."""
    log_level: Annotated[LogLevel, BeforeValidator(_log_level)] = LogLevel.INFO
    news_days: Annotated[int, Field(ge=0, le=31)] = 4
    """A digest dated more days before is no news, and not posted by the clock."""
    wait_hours: Annotated[float, Field(ge=0, le=20)] = 6.0
    """How long after its time a schedule waits for a digest that is late."""
    requests_per_second: Annotated[int, Field(ge=1, le=1000)] = 50
    """How fast the bot asks Discord at most; 50 is what Discord allows a bot."""
    schedules_per_server: Annotated[int, Field(ge=1, le=1000)] = 25
    """How many schedules a server can have."""
    schedules_per_channel: Annotated[int, Field(ge=1, le=1000)] = 10
    """How many schedules a channel can have."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic-settings's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is passed in alone: merged elsewhere, each value's source stays known."""
        return (init_settings,)


_COMMAND_LINE = "on the command line"
_ENVIRONMENT = "in the environment"
_POSITION = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_KEYS = tuple(Settings.model_fields)
_PATHS = ("database", "digests")
_EXPECTED = {
    "token": "text in quotes",
    "database": "the path of a file, in quotes",
    "digests": "the path of a folder, in quotes",
    "discord_url": "an address, in quotes",
    "news_days": "a number of days, 0 to 31",
    "wait_hours": "a number of hours, 0 to 20",
    "requests_per_second": "a whole number, 1 to 1000",
    "schedules_per_server": "a whole number, 1 to 1000",
    "schedules_per_channel": "a whole number, 1 to 1000",
}


class _Layer(NamedTuple):
    """What one source gives."""

    place: str
    """For people: "in daily-papers.toml"."""
    values: Mapping[str, object]


def load_settings(file: Path | None, overrides: Mapping[str, object]) -> Settings:
    """Read the settings from file, environment and options, the later above the earlier.

    `file` is the TOML file; `None` takes `DEFAULT_FILE` where it exists. Relative paths in it are
    relative to its folder; all others are relative to the working folder. In `overrides`, `None`
    means that the option was not given.

    Raises:
        SettingsError: Naming every wrong key with where it stands and what was expected.
    """
    problems = _unknown_variables()
    layers = [_layer(_COMMAND_LINE, overrides), _layer(_ENVIRONMENT, EnvSettingsSource(Settings)())]
    path = _config_file(file)
    if path is not None:
        try:
            layers.append(_layer(f"in {path}", _read(path)))
        except SettingsError as error:
            problems += error.problems

    # Each on its own: what is wrong below another layer shows on the day that one is taken away.
    for layer in layers:
        problems += _wrong_keys(layer)
    if problems:
        raise SettingsError(problems)
    given = {key: value for layer in reversed(layers) for key, value in layer.values.items()}
    return Settings.model_validate(given)


def exposed_token_file(file: Path | None) -> Path | None:
    """Return the config file if it holds a token and others than its owner may read it, else None.

    `file` is what `load_settings` was given. Windows has no such permissions; `None` there.

    Raises:
        SettingsError: The file can't be read.
    """
    path = _config_file(file)
    # A pipe can't be read a second time, and nobody else reads it.
    if path is None or os.name != "posix" or not path.is_file():
        return None
    is_exposed = path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)
    return path if is_exposed and _read(path).get("token") else None


def _config_file(file: Path | None) -> Path | None:
    return DEFAULT_FILE if file is None and DEFAULT_FILE.exists() else file


def _wrong_keys(layer: _Layer) -> list[str]:
    # Nothing is raised from in here: a traceback would show the other error, which may know values.
    try:
        Settings.model_validate(layer.values)
    except ValidationError as error:
        return [
            _sentence(str(details["loc"][0]), layer.place, details)
            for details in error.errors(include_url=False, include_input=False)
        ]
    return []


def _layer(place: str, values: Mapping[str, object]) -> _Layer:
    """Leave out what counts as not given, and hide the token from here on."""
    kept = {
        key: SecretStr(value) if key == "token" and isinstance(value, str) else value
        for key, value in values.items()
        if value is not None and not (key in _KEYS and isinstance(value, str) and not value.strip())
    }
    return _Layer(place, kept)


def _unknown_variables() -> list[str]:
    return [
        f"{name} {_ENVIRONMENT}: {_no_such(name.upper(), PREFIX)}"
        for name in sorted(os.environ)
        if name.upper().startswith(PREFIX)
        and not name.upper().startswith(_TEST_PREFIX)
        and name.upper().removeprefix(PREFIX).lower() not in _KEYS
    ]


def _read(path: Path) -> dict[str, object]:
    """Return what the file gives, its relative paths made relative to the working folder."""
    text = ""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        values: dict[str, object] = tomllib.loads(text)
    except OSError as error:
        problem = f"{path}: cannot be read: {error.strerror}"
    except UnicodeDecodeError as error:
        problem = f"{path}: is not UTF-8 text at byte {error.start}"
    except tomllib.TOMLDecodeError as error:
        # Its position stands in its text alone before Python 3.14.
        match = _POSITION.search(str(error))
        line = match["line"] if match and match["line"] else text.count("\n") + 1
        problem = f"{path}:{line}: is not valid TOML: {_POSITION.sub('', str(error))}"
    else:
        for key in _PATHS:
            value = values.get(key)
            if isinstance(value, str) and value.strip() and not value.startswith("~"):
                values[key] = path.parent / value
        return values
    raise SettingsError([problem])


def _sentence(key: str, place: str, details: ErrorDetails) -> str:
    name = key
    if place == _ENVIRONMENT:
        name = PREFIX + key.upper()
    elif place == _COMMAND_LINE:
        name = "--" + key.replace("_", "-")
    if details["type"] == "extra_forbidden":
        return f"{name} {place}: {_no_such(key)}"
    wrong = details.get("ctx", {}).get("error")
    expected = str(wrong) if wrong is not None else _EXPECTED[key]
    return f"{name} {place}: expected {expected}"


def _no_such(name: str, prefix: str = "") -> str:
    # Without the prefix, which is near to itself whatever stands behind it.
    near = difflib.get_close_matches(name.removeprefix(prefix).lower(), _KEYS, n=1)
    keys = [prefix + key.upper() if prefix else key for key in near or _KEYS]
    if near:
        return f"there is no such setting; the nearest is {keys[0]}"
    return f"there is no such setting; there are {', '.join(keys)}"
