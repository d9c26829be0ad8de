"""How a command ends: with which status, and with which sentence where it could not be done."""

import asyncio
import faulthandler
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from types import FrameType
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


_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_LONGEST_END: Final = 8.0
"""Seconds that a process has to end in good order after a signal."""
_STDERR: Final = 2
"""The file descriptor."""


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
async def ended_by_signals(
    end: Callable[[], Coroutine[Any, Any, None]], *, within: float = _LONGEST_END
) -> AsyncIterator[None]:
    """Let Ctrl-C and SIGTERM end what is inside in good order: by `end`, called once.

    If the process still runs `within` seconds after the signal, it is ended wherever it stands,
    even if the event loop is busy. A second signal ends it immediately.
    """
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[None]] = set()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    # Python itself calls this, between two steps of whatever runs. A handler of the event loop
    # would have to wait until the loop is idle.
    def on_signal(number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _limit_time_to_end(number, within)
        loop.call_soon_threadsafe(lambda: tasks.add(asyncio.create_task(end(), name="end")))

    for number in _SIGNALS:
        signal.signal(number, on_signal)
    try:
        yield
        await asyncio.gather(*tasks)
    finally:
        for number in _SIGNALS:
            if signal.getsignal(number) is on_signal:
                signal.signal(number, before[number])


def _limit_time_to_end(number: int, within: float) -> None:
    """End the process if it still runs after `within` seconds, with the status of a signal."""
    # The timer's thread can't run while foreign code, such as a regular expression, keeps the
    # interpreter locked. The thread of faulthandler needs no interpreter.
    faulthandler.dump_traceback_later(within + 1, exit=True, file=_STDERR)
    timer = threading.Timer(within, _end_now, (128 + number, within))
    timer.daemon = True
    timer.start()


def _end_now(status: int, within: float) -> None:
    """End the process without waiting for anything, and say where it was."""
    sentence = f"The process did not end within {within:g} seconds of the signal. It was here:\n"
    with suppress(OSError):
        # Not by sys.stderr: the thread that is stuck may hold its lock.
        os.write(_STDERR, sentence.encode())
        faulthandler.dump_traceback(file=_STDERR)
    os._exit(status)
