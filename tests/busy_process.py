"""A process that is asked to end while its event loop is busy.

python busy_process.py loop|regex|wait
"""

import asyncio
import re
import sys

import typer

from bot.cli.exit_codes import run_and_exit
from bot.cli.signals import stop_on_signals

WITHIN = 0.5
"""Seconds, where the bot has 8."""


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

    async with stop_on_signals(stop.set, within=WITHIN):
        print("busy", flush=True)  # noqa: T201 - for the test that waits for it
        if sys.argv[1] == "loop":
            count_forever()
        elif sys.argv[1] == "regex":
            match_forever()
        await stop.wait()
    return 0


if __name__ == "__main__":
    try:
        run_and_exit(work)
    except typer.Exit as ending:
        sys.exit(ending.exit_code)
