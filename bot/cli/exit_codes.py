"""The exit statuses of commands, and the messages that go with them."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final, NoReturn

import typer

from bot.cli import streams
from config.errors import SettingsError
from storage.errors import StorageError

FAILURE: Final = 1
"""Some input was refused, or something was not found."""
USAGE_ERROR: Final = 2
"""The call itself or the settings are wrong."""
INTERRUPTED: Final = 130
"""Ended by Ctrl-C; shells use the same number."""


class CommandError(Exception):
    """A command can't do what it was asked to; `str()` of it says why, and what to do."""

    def __init__(self, message: str, *, status: int = FAILURE) -> None:
        super().__init__(message)
        self.status = status


def run_and_exit(start: Callable[[], Coroutine[Any, Any, int]]) -> NoReturn:
    """Run the coroutine that `start` returns, and exit with its status or with that of an error.

    Errors that the operator can put right are printed to stderr as a sentence. Any other is a bug:
    it passes, with its traceback.
    """
    try:
        status = asyncio.run(start())
        streams.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`).
        streams.discard_output()
        status = 0
    except streams.OutputError as error:
        streams.print_error(f"The output can't be written: {error}.")
        streams.discard_output()
        status = FAILURE
    except KeyboardInterrupt:
        streams.print_error("Stopped.")
        status = INTERRUPTED
    except SettingsError as error:
        streams.print_error(str(error))
        status = USAGE_ERROR
    except CommandError as error:
        streams.print_error(str(error))
        status = error.status
    except StorageError as error:
        streams.print_error(str(error))
        status = FAILURE
    raise typer.Exit(status)
