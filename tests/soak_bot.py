"""`daily-papers run` with a clock that is set from outside, which says what it holds when asked.

    python soak_bot.py CONTROLS SAMPLE

CONTROLS is the file of `bot_controls.BotControls`. On SIGUSR1 the numbers of `soak.Sample` that the
process alone knows are written to the file SAMPLE, as JSON.
"""

import asyncio
import gc
import json
import os
import signal
import statistics
import sys
import threading
from functools import partialmethod, wraps
from pathlib import Path
from typing import Any

import aiohttp
from bot_controls import BotControls
from shifted_clock_bot import shorten_waits

from bot.__main__ import main
from bot.app import App

_LOOKS = 60
"""How often it counts in a second: the usual number is what it holds."""
_KEEP_ALIVE = 0.2
"""Seconds for which a connection without a request is kept, so that the count is steady."""
_TIMEOUT = 5.0


async def take_sample(path: Path) -> None:
    """Write how many descriptors, tasks, threads and blocks there are.

    The threads of asyncio's pool aren't counted.
    """
    gc.collect()
    blocks = sys.getallocatedblocks()
    counts = []
    for _ in range(_LOOKS):
        await asyncio.sleep(1 / _LOOKS)
        threads = [each for each in threading.enumerate() if "asyncio" not in each.name]
        descriptors = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - its own, which is closed
        counts.append((descriptors, len(threads), len(asyncio.all_tasks()) - 1))
    usual = map(statistics.mode, zip(*counts, strict=True))
    new = path.with_suffix(".new")
    held = dict(zip(("descriptors", "threads", "tasks"), usual, strict=True))
    new.write_text(json.dumps(held | {"blocks": blocks}))
    new.rename(path)


def answer_signals(path: Path) -> None:
    """Let each `App` write a sample on SIGUSR1 while it runs."""
    run = App.run
    samples: set[asyncio.Task[None]] = set()

    @wraps(run)
    async def run_and_answer(app: App, *args: Any, **more: Any) -> None:  # noqa: ANN401 - passed on
        def answer() -> None:
            task = asyncio.create_task(take_sample(path), name="sample")
            samples.add(task)
            task.add_done_callback(samples.discard)

        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, answer)
        await run(app, *args, **more)

    App.run = run_and_answer  # type: ignore[assignment,method-assign]  # in this process only


if __name__ == "__main__":
    controls, sample = map(Path, sys.argv[1:])
    shorten_waits(BotControls(controls), _TIMEOUT, _TIMEOUT)
    answer_signals(sample)
    connector = aiohttp.TCPConnector
    connector.__init__ = partialmethod(connector.__init__, keepalive_timeout=_KEEP_ALIVE)  # type: ignore[assignment,method-assign]  # the same
    sys.argv = ["daily-papers", "run"]
    main()
