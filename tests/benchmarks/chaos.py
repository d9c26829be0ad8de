"""Mornings in which everything goes wrong, round after round: is each post there exactly once?

Each round has a sandbox, a database and the bot as processes of its own. They are killed, frozen,
doubled and disconnected, Discord fails before and after it has done what was asked, closes the
gateway and limits all requests for a while, and in half of the rounds a paper can't be rendered.
When it is calm again, each channel must have each post once, whole and in order. Exit status 1 if
one has not.

Then there are mornings whose first post meets a global rate limit, in real time: by default one of
60 seconds, and two of 29 in a row. The first post must leave within 5 seconds of its end, the
others at the full rate, and the log must have one warning at each beginning and one at each end.

    python tests/benchmarks/chaos.py [--rounds 20] [--seed 1] [--at-once 2] [--keep FOLDER]
        [--global-limits 60 29,29] [--refused-pictures]

A round that went wrong is played again with its seed: --rounds 1 --seed S --global-limits.
With --refused-pictures Discord refuses a picture of each digest in each round; the post must come
without it. The bot can't do that yet: it pauses the schedules, and the rounds go wrong.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from global_limit import play_limits
from tally import Tally
from turmoil import Result, Round


async def play(seed: int, given: argparse.Namespace) -> Result:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) if given.keep is None else given.keep / str(seed)
        folder.mkdir(parents=True, exist_ok=True)
        result = await Round(
            seed,
            folder,
            given.channels,
            given.mornings,
            given.seconds,
            given.refused_pictures,
        ).play()
    print(
        f"round {seed}: {len(result.posts)} posts, {result.messages} messages,"
        f" {result.faults.total()} faults, {result.processes} processes,"
        f" {result.seconds:.0f} s: {'good' if result.tally.is_clean else 'WRONG'}",
        flush=True,
    )
    for note in result.tally.notes:
        print(f"    {note}")
    return result


async def limit(text: str, given: argparse.Namespace) -> bool:
    """Play a morning with global rate limits; say whether all went well."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) if given.keep is None else given.keep / f"limit-{text}"
        folder.mkdir(parents=True, exist_ok=True)
        seconds = [float(each) for each in text.split(",")]
        result = await play_limits(folder, seconds, channels=given.limited_channels)
    print(
        f"global rate limit of {' s, then '.join(text.split(','))} s: first post after"
        f" {result.first:.2f} s, then {result.rate:.1f} a second; {result.refused} × 429,"
        f" {result.warnings} warnings, {result.tally.duplicates} duplicates,"
        f" {result.tally.losses} losses: {'good' if result.is_good else 'WRONG'}",
        flush=True,
    )
    return result.is_good


async def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--at-once", type=int, default=2, help="rounds")
    options.add_argument("--channels", type=int, default=12)
    options.add_argument("--mornings", type=int, default=1, help="a round")
    options.add_argument("--seconds", type=float, default=8.0, help="of turmoil, a morning")
    options.add_argument("--keep", type=Path, help="where to leave logs and databases")
    options.add_argument("--refused-pictures", action="store_true")
    options.add_argument("--global-limits", nargs="*", default=["60", "29,29"], help="seconds")
    options.add_argument("--limited-channels", type=int, default=300)
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
    is_good = total.is_clean
    for text in given.global_limits:
        is_good &= await limit(text, given)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
