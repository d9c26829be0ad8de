"""Read a TOML file, and find out on which line a key stands."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from config.errors import SettingsError

_POSITION = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


def read(path: Path) -> tuple[dict[str, Any], str]:
    """Return the values of a TOML file, and its text.

    Raises:
        SettingsError: It can't be read, or is not TOML; names the line where that is known.
    """
    text = ""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text), text
    except FileNotFoundError:
        problem = f"{path}: no such file"
    except OSError as error:
        problem = f"{path}: can't be read: {error.strerror}"
    except UnicodeDecodeError as error:
        problem = f"{path}: is not UTF-8 text at byte {error.start}"
    except tomllib.TOMLDecodeError as error:
        # Before Python 3.14 the position is in the error's text alone.
        match = _POSITION.search(str(error))
        line = match["line"] if match and match["line"] else text.count("\n") + 1
        problem = f"{path}:{line}: is not valid TOML: {_POSITION.sub('', str(error))}"
    # Not from within `except`: a traceback would show the text of the file, which may hold a token.
    raise SettingsError([problem])


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    r"""Return the 1-based line on which a key stands in a TOML text.

    `tomllib` doesn't tell, so this looks for the line with the key's name before which the key is
    not known yet. Returns `None` if the name is written in another way, with escapes for example.
    A number in a path is the index of a table in a list of tables.

    >>> line_of("# a is here:\n[table]\na = 1\n", ["table", "a"])
    3
    >>> line_of("[[tables]]\na = 1\n[[tables]]\na = 1\n", ["tables", 1])
    3
    """
    names = [part for part in path if isinstance(part, str)]
    name = re.compile(rf"(?<![\w-]){re.escape(names[-1])}(?![\w-])")
    lines = text.splitlines(keepends=True)
    found = None
    for index, line in enumerate(lines):
        if name.search(line):
            try:
                before = tomllib.loads("".join(lines[:index]))
            except tomllib.TOMLDecodeError:
                # Within a text or list of several lines.
                continue
            if _has(before, path):
                break
            if not _is_without(lines[: index + 1], path):
                found = index + 1
    return found


def _is_without(lines: Sequence[str], path: Sequence[str | int]) -> bool:
    """Return whether these lines don't have a key, as after a comment with its name."""
    try:
        return not _has(tomllib.loads("".join(lines)), path)
    except tomllib.TOMLDecodeError:
        # The value goes on in the next line.
        return False


def _has(values: object, path: Sequence[str | int]) -> bool:
    for key in path:
        if isinstance(key, int):
            if not isinstance(values, list) or key >= len(values):
                return False
            values = values[key]
        elif isinstance(values, Mapping) and key in values:
            values = values[key]
        else:
            return False
    return True
