"""A process with a watchdog whose event loop or job hangs.

python hanging_process.py loop|job|waiting PATIENCE
"""

import asyncio
import sys
from time import monotonic, sleep

from bot.jobs.watchdog import Watchdog

BEAT = 0.1
"""Seconds between two looks of the watchdog, where the bot has 1."""


async def main(how: str, patience: float) -> None:
    """Hang, or wait for longer than the watchdog's patience without hanging.

    Args:
        how: What hangs.
        patience: Of the watchdog, in seconds, where the bot has 60.
    """
    running: dict[str, float] = {}
    watchdog = Watchdog(running, patience=patience, beat=BEAT)
    watchdog.start()
    print("started", flush=True)  # noqa: T201 - for the test that waits for it
    if how == "loop":
        sleep(600)  # noqa: ASYNC251 - blocks the event loop
    running["delivery:1"] = monotonic() + (0.5 if how == "job" else 600.0)
    await asyncio.sleep(2 * patience if how == "waiting" else 600)
    watchdog.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2])))
