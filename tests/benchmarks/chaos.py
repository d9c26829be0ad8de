"""Mornings in which everything goes wrong, round after round: is each post there exactly once?

Each round has a sandbox, a database and the bot as processes of its own. They are killed, frozen,
doubled and disconnected, and Discord fails before and after it has done what was asked. When it is
calm again, each channel must have each post once, whole and in order. Exit status 1 if one has not.

    python tests/benchmarks/chaos.py [--rounds 20] [--seed 1] [--at-once 2] [--keep FOLDER]

A round that went wrong is played again with its seed: --rounds 1 --seed S.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tally import Tally
from turmoil import Result, Round


async def play(seed: int, given: argparse.Namespace) -> Result:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) if given.keep is None else given.keep / str(seed)
        folder.mkdir(parents=True, exist_ok=True)
        result = await Round(seed, folder, given.channels, given.mornings, given.seconds).play()
    print(
        f"round {seed}: {len(result.posts)} posts, {result.messages} messages,"
        f" {result.faults.total()} faults, {result.processes} processes,"
        f" {result.seconds:.0f} s: {'good' if result.tally.is_clean else 'WRONG'}",
        flush=True,
    )
    for note in result.tally.notes:
        print(f"    {note}")
    return result


async def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--at-once", type=int, default=2, help="rounds")
    options.add_argument("--channels", type=int, default=12)
    options.add_argument("--mornings", type=int, default=1, help="a round")
    options.add_argument("--seconds", type=float, default=8.0, help="of turmoil, a morning")
    options.add_argument("--keep", type=Path, help="where to leave logs and databases")
    given = options.parse_args()
    total, faults = Tally(), Counter[str]()
    posts = messages = processes = 0
    room = asyncio.Semaphore(given.at_once)

    async def in_turn(seed: int) -> Result:
        async with room:
            return await play(seed, given)

    seeds = range(given.seed, given.seed + given.rounds)
    for result in await asyncio.gather(*map(in_turn, seeds)):
        total.add(result.tally)
        faults += result.faults
        posts += len(result.posts)
        messages += result.messages
        processes += result.processes
    print(f"\n{given.rounds} rounds, {posts} posts, {messages} messages, {processes} processes")
    print(f"{faults.total()} faults:")
    for name, number in sorted(faults.items()):
        print(f"  {number:6}  {name}")
    print(
        f"{total.duplicates} duplicates, {total.losses} losses,"
        f" {total.disorders} places out of order, {total.strays} strays, {total.stuck} times stuck"
    )
    return 0 if total.is_clean else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
