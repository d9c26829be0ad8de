"""A process that is asked to end while its event loop is busy.

python busy_process.py loop|regex|wait
"""

import asyncio
import re
import sys

import typer

from bot.cli.exit_codes import run_and_exit
from bot.cli.signals import stop_on_signals

WITHIN = 0.1
"""Seconds that a busy process has to stop, where the bot has 8."""
PATIENCE = 60.0
"""Seconds that an idle one has, which does stop."""


def count_forever() -> None:
    """Keep the event loop busy in Python."""
    while True:
        pass


def match_forever() -> None:
    """Keep the event loop busy in C, and the interpreter locked."""
    re.match(r"(a+)+$", "a" * 60 + "b")


async def work() -> int:
    """Say "busy" and be it."""
    stop = asyncio.Event()

    how = sys.argv[1]
    async with stop_on_signals(stop.set, within=PATIENCE if how == "wait" else WITHIN):
        print("busy", flush=True)  # noqa: T201 - for the test that waits for it
        if how == "loop":
            count_forever()
        elif how == "regex":
            match_forever()
        await stop.wait()
    return 0


if __name__ == "__main__":
    try:
        run_and_exit(work)
    except typer.Exit as ending:
        sys.exit(ending.exit_code)
