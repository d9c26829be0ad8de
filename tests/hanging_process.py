"""A process with a watchdog whose event loop or job hangs.

python hanging_process.py loop|job|waiting
"""

import asyncio
import sys
from time import monotonic

from bot.jobs.watchdog import Watchdog

PATIENCE = 4.0
"""Seconds, where the bot has 60."""


async def main(how: str) -> None:
    """Hang, or wait for longer than the watchdog's patience without hanging."""
    running: dict[str, float] = {}
    watchdog = Watchdog(running, patience=PATIENCE)
    watchdog.start()
    print("started", flush=True)  # noqa: T201 - for the test that waits for it
    if how == "loop":
        while True:
            pass
    running["delivery:1"] = monotonic() + (0.5 if how == "job" else 600.0)
    await asyncio.sleep(2 * PATIENCE if how == "waiting" else 600)
    watchdog.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
