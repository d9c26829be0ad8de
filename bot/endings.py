"""How a command ends: with which status, and with which sentence where it could not be done."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, NoReturn

import typer

from bot import terminal
from config.settings import SettingsError
from storage.errors import StorageError

REFUSED: Final = 1
"""Exit status: some input was refused, or something was not found."""
WRONG_CALL: Final = 2
"""Exit status: the call itself or the settings are wrong."""
INTERRUPTED: Final = 130
"""Exit status: ended by Ctrl-C, as shells have it."""


_ENDING: Final = (signal.SIGINT, signal.SIGTERM)


class Refusal(Exception):  # noqa: N818 - nothing went wrong in the program
    """What was asked can't be done; `str()` of it says why, and what to do."""

    def __init__(self, message: str, *, status: int = REFUSED) -> None:
        super().__init__(message)
        self.status = status


def end_with(begin: Callable[[], Coroutine[Any, Any, int]]) -> NoReturn:
    """Run what `begin` returns, and leave with its status or with that of what went wrong.

    What is for the operator to put right is said in a sentence on stderr; any other error is a
    fault of the program and goes on with its traceback.
    """
    try:
        status = asyncio.run(begin())
        terminal.flush()
    except BrokenPipeError:
        # Who reads has seen enough (`| head`).
        _drop_output()
        status = 0
    except terminal.OutputError as error:
        terminal.complain(f"The output can't be written: {error}.")
        _drop_output()
        status = REFUSED
    except KeyboardInterrupt:
        terminal.complain("Stopped.")
        status = INTERRUPTED
    except SettingsError as error:
        terminal.complain(str(error))
        status = WRONG_CALL
    except Refusal as refusal:
        terminal.complain(str(refusal))
        status = refusal.status
    except StorageError as error:
        terminal.complain(str(error))
        status = REFUSED
    raise typer.Exit(status)


def _drop_output() -> None:
    """Let go of what is still to be written: Python would complain when it flushes at its end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@asynccontextmanager
async def ended_by_signals(end: Callable[[], Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """Let Ctrl-C and SIGTERM end what is inside in good order: by `end`, called once.

    A second signal ends the process as it would have without this. Where an event loop knows no
    signals (Windows), Ctrl-C cancels what is inside.
    """
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[None]] = set()

    def on_signal() -> None:
        release()
        tasks.add(asyncio.create_task(end()))

    def release() -> None:
        for number in _ENDING:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)

    with suppress(NotImplementedError):
        for number in _ENDING:
            loop.add_signal_handler(number, on_signal)
    try:
        yield
        await asyncio.gather(*tasks)
    finally:
        release()
