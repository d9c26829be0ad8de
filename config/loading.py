"""Read the settings from a TOML file, environment variables and options.

Options override environment variables, and these override the file. A blank value counts as not
given, so that an empty variable in a compose file changes nothing.
"""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config import toml_file
from config.errors import SettingsError
from config.given_values import (
    GivenValues,
    from_environment,
    from_file,
    from_options,
    merge,
    table_of,
    without_blanks,
)
from config.setting_keys import (
    EXPECTED,
    MOVED,
    SECRETS,
    SOURCES,
    Location,
    unknown_key,
    unknown_variables,
    without_numbers,
)
from config.settings import Settings

DEFAULT_FILE: Final = Path("daily-papers.toml")
"""The file that is read from the working folder unless another one is named."""


def load_settings(file: Path | None, overrides: Mapping[str, object]) -> Settings:
    """Read the settings from the file, the environment and options, each overriding the one before.

    Args:
        file: The TOML file; `None` is `DEFAULT_FILE`, if it exists. Relative paths in it are
            relative to its folder; all others are relative to the working folder.
        overrides: Options by key. `None` means that the option was not given.

    Raises:
        SettingsError: Names every wrong key, where it stands and what was expected.
    """
    problems = unknown_variables()
    given = [from_options(overrides), from_environment()]
    path = _config_file(file)
    if path is not None:
        try:
            given.append(from_file(path))
        except SettingsError as error:
            problems += error.problems

    # Each of them alone: else a wrong value would only be found once nothing overrides it any more.
    for values in given:
        problems += [*values.problems, *_wrong_keys(values)]
    if problems:
        raise SettingsError(problems)
    merged: dict[str, Any] = {}
    for values in reversed(given):
        merge(merged, without_blanks(values.values))
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
    if not is_exposed:
        return None
    values, _ = toml_file.read(path)
    has_token = any(table_of(values, (*table,)).get(key) for *table, key in SECRETS)
    return path if has_token else None


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
    given = GivenValues(values, {}, f"in {path}", text)
    return tuple(
        f"{given.locate((key,))}: belongs in the table [{'.'.join(MOVED[key][:-1])}] now; "
        "it still works where it is"
        for key in values
        if key in MOVED
    )


def _config_file(file: Path | None) -> Path | None:
    return DEFAULT_FILE if file is None and DEFAULT_FILE.exists() else file


def _wrong_keys(given: GivenValues) -> list[str]:
    # Nothing is raised from in here: a traceback would show the other error, which may know values.
    try:
        Settings.model_validate(without_blanks(given.values))
    except ValidationError as error:
        return [
            _problem(given, details)
            for details in error.errors(include_url=False, include_input=False)
        ]
    return []


def _problem(given: GivenValues, details: ErrorDetails) -> str:
    location = _given_location(given, details["loc"])
    place = given.locate(location)
    if details["type"] == "extra_forbidden":
        return f"{place}: {unknown_key(location)}"
    wrong = details.get("ctx", {}).get("error")
    expected = str(wrong) if wrong is not None else _describe_expected(location)
    is_missing = details["type"] == "missing"
    return f"{place}: {'is missing; ' if is_missing else ''}expected {expected}"


def _describe_expected(location: Location) -> str:
    path = without_numbers(location)
    if path == (SOURCES,) and path != location:
        return "a table with name and kind"
    return EXPECTED[MOVED.get(path[0], path)]


def _given_location(given: GivenValues, location: Location) -> Location:
    """Return where a key was given: outside of its table, if it is one of an older version."""
    key = location[-1]
    is_moved = isinstance(key, str) and MOVED.get(key) == location and key in given.values
    return location[-1:] if is_moved else location
