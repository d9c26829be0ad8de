"""What a bug report needs to say of an installation, without what is private."""

import locale
import platform
import re
import sys
import time
import zoneinfo
from collections.abc import Iterator
from enum import Enum
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, SecretStr

from bot.cli.options import GlobalOptions
from bot.cli.streams import clean_line
from config.errors import SettingsError
from config.loading import load_settings
from config.setting_keys import display
from config.settings import Settings
from storage.backups import readable_size
from storage.checkup import schema_version, sqlite_version
from storage.errors import StorageError

_PACKAGE: Final = "daily-papers-bot"
_FIRST_LINE: Final = 100
"""Characters that are read of the file with the rules of all time zones."""


def version_report(options: GlobalOptions) -> Iterator[str]:
    """Yield lines about versions, the machine, the database and the settings.

    Texts and paths of settings may be private and are left out; so are secrets.
    """
    yield f"Python {platform.python_version()} ({platform.python_implementation()})"
    yield f"SQLite {sqlite_version()}"
    for name, number in _dependencies():
        yield f"{name} {number}"
    yield f"system: {platform.platform()}"
    language = locale.setlocale(locale.LC_CTYPE, None)
    yield f"locale: {language}, files {sys.getfilesystemencoding()}, output {sys.stdout.encoding}"
    yield f"time zone: {time.strftime('%Z %z')}, data {_time_zone_data()}"
    try:
        settings = load_settings(options.config, options.overrides)
    except SettingsError as error:
        yield from (clean_line(f"settings: {line}") for line in str(error).splitlines())
        return
    yield clean_line(f"database: {_database(settings.database)}")
    yield from (clean_line(f"setting: {line}") for line in _changes(settings))


def _dependencies() -> Iterator[tuple[str, str]]:
    """Yield the packages that the bot needs, with the versions that are here."""
    try:
        needed = requires(_PACKAGE) or []
    except PackageNotFoundError:
        return
    for requirement in needed:
        found = re.match(r"[\w.-]+", requirement)
        if found is None or "extra ==" in requirement:
            continue
        try:
            yield found[0], version(found[0])
        except PackageNotFoundError:
            yield found[0], "is missing"


def _time_zone_data() -> str:
    """Return the version of the rules of time zones that are used, and where they come from."""
    for folder in zoneinfo.TZPATH:
        if (Path(folder) / "UTC").exists():
            return f"{_version_in(Path(folder))} of the system"
    try:
        return f"{version('tzdata')} of the package tzdata"
    except PackageNotFoundError:
        return "is missing"


def _version_in(folder: Path) -> str:
    try:
        with (folder / "tzdata.zi").open(encoding="utf-8") as file:
            first = file.read(_FIRST_LINE).partition("\n")[0]
    except (OSError, ValueError):
        return "of an unknown version"
    return first.removeprefix("# version ")


def _database(path: Path) -> str:
    try:
        if not path.exists():
            return "none yet"
        number, newest = schema_version(path)
        return f"schema {number} of {newest}, {readable_size(path.stat().st_size)}"
    except (OSError, StorageError) as error:
        return str(error)


def _changes(settings: Settings) -> Iterator[str]:
    """Yield the settings that differ from their defaults."""
    yield from _of_table(settings, ())


def _of_table(table: BaseModel, path: tuple[str, ...]) -> Iterator[str]:
    for name, field in type(table).model_fields.items():
        value, key = getattr(table, name), (*path, name)
        if isinstance(value, BaseModel):
            yield from _of_table(value, key)
        elif value != field.get_default(call_default_factory=True):
            yield f"{display(key)} = {_display_value(value)}"


def _display_value(value: Any) -> str:  # noqa: ANN401 - of any setting
    match value:
        case SecretStr():
            return "(secret)"
        case Enum():
            return str(value.value)
        case bool() | int() | float():
            return str(value)
        case list() | tuple():
            return ", ".join(str(getattr(each, "kind", "(set)")) for each in value) or "none"
    return "(set)"
