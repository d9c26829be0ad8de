"""Stop a running command on Ctrl-C and SIGTERM, within a limited time."""

import asyncio
import faulthandler
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_TIME_TO_STOP: Final = 8.0
"""Seconds that a process has to stop after a signal."""
_STDERR: Final = 2
"""The file descriptor."""


@asynccontextmanager
async def stop_on_signals(
    stop: Callable[[], None], *, within: float = _TIME_TO_STOP
) -> AsyncIterator[None]:
    """Call `stop` in the event loop, once, on the first SIGINT or SIGTERM.

    If the process still runs `within` seconds after the signal, it is ended wherever it is, even if
    the event loop is blocked. A second signal ends it immediately.
    """
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    # Python calls this between two bytecodes of whatever runs. A handler of the event loop
    # (`loop.add_signal_handler`) would have to wait until the loop is idle.
    def on_signal(number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _limit_time_to_stop(number, within)
        loop.call_soon_threadsafe(stop)

    for number in _SIGNALS:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number in _SIGNALS:
            if signal.getsignal(number) is on_signal:
                signal.signal(number, before[number])


def _limit_time_to_stop(number: int, within: float) -> None:
    """End the process if it still runs after `within` seconds, with the status of a signal."""
    # The timer's thread can't run while C code, such as a regular expression, holds the
    # interpreter's lock. The thread of faulthandler doesn't need it.
    faulthandler.dump_traceback_later(within + 1, exit=True, file=_STDERR)
    timer = threading.Timer(within, _exit_now, (128 + number, within))
    timer.daemon = True
    timer.start()


def _exit_now(status: int, within: float) -> None:
    """End the process without waiting for anything, and print where it was."""
    sentence = f"The process did not end within {within:g} seconds of the signal. It was here:\n"
    with suppress(OSError):
        # Not by sys.stderr: the thread that is blocked may hold its lock.
        os.write(_STDERR, sentence.encode())
        faulthandler.dump_traceback(file=_STDERR)
    os._exit(status)
