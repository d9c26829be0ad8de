"""Whether a bot holds more and more: 60 days with 50 schedules, in minutes.

A day has posts in every channel, updates of their votes, commands, a broken connection, and a
server that adds and removes the bot (`tests/soak.py`). Printed are the process's memory, file
descriptors, threads, asyncio tasks and blocks that Python has allocated, and the size of the
database and its log, after some of the days. The database grows by what is stored: papers, posts
and their history, until these are pruned.

    python tests/benchmarks/bench_soak.py [--days 60] [--schedules 50]
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "no_network"))

from soak import Soak

EVERY = 15
"""Days between two samples; there is one more on the fifth day."""


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--days", type=int, default=60)
    options.add_argument("--schedules", type=int, default=50)
    given = options.parse_args()
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(Path(folder), given.schedules)
        await soak.run(given.days, {5, *range(EVERY, given.days, EVERY), given.days})
    print(f"{given.days} days, {given.schedules} schedules, {soak.posts:,} posts")
    print(" day   memory  descriptors  threads  tasks   blocks  database       log")
    for each in soak.samples:
        print(
            f"{each.day:4} {each.kilobytes / 1024:5.1f} MB {each.descriptors:12} {each.threads:8}"
            f" {each.tasks:6} {each.blocks:8,} {each.bytes / 1e6:6.2f} MB"
            f" {each.log_bytes / 1e6:6.2f} MB"
        )
    print(f"in {monotonic() - began:.0f} s")


if __name__ == "__main__":
    asyncio.run(main())
