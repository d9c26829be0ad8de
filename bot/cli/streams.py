"""Write to stdout and stderr. Imports little, as every call needs it.

Texts of digests are untrusted: what could control a terminal is taken out before they are shown.
"""

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Final, TextIO

# Control characters, among them the escape that begins every command to a terminal, and the marks
# that change the direction in which a text is read.
_CONTROLS: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)
_BREAKS: Final = "\t\n\u2028\u2029"


class OutputError(Exception):
    """Stdout can't be written; `str()` says why."""


def prepare() -> None:
    """Make stdout and stderr able to write any character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Pipes and files get UTF-8 in every locale. A terminal that can't show a character
            # shows its number.
            stream.reconfigure(
                encoding=None if stream.isatty() else "utf-8", errors="backslashreplace"
            )


def print_error(text: str) -> None:
    """Print a message to stderr, if it is open."""
    with suppress(OSError):
        if sys.stderr is not None:
            sys.stderr.write(f"{clean(text)}\n")


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; `None` is a closed one."""
    return stream is not None and stream.isatty()


def print_lines(lines: Iterable[str]) -> None:
    """Print lines to stdout as they are.

    Raises:
        OutputError: It can't be written.
        BrokenPipeError: The reader closed the pipe.
    """
    with writing():
        for line in lines:
            sys.stdout.write(f"{line}\n")


def flush() -> None:
    """Flush stdout. Raises as `print_lines` does."""
    # It doesn't matter that stdout is closed if nothing was written.
    if sys.stdout is not None:
        with writing():
            sys.stdout.flush()


def discard_output() -> None:
    """Discard what is still buffered: Python would complain when it flushes at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def writing() -> Iterator[None]:
    """Turn errors of writing to stdout into `OutputError`; a broken pipe passes."""
    if sys.stdout is None:
        raise OutputError("it is closed")
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from error


def clean(text: str) -> str:
    """Return a text, which may have several lines, without what could control a terminal."""
    return _CONTROLS.sub("", text)


def clean_line(text: str) -> str:
    """Return a text on one line, without what could control a terminal."""
    text = clean(text)
    for mark in _BREAKS:
        text = text.replace(mark, " ")
    return text
