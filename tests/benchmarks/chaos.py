"""Rounds in which everything fails: is each post there exactly once, whole and in order?

Each round has a sandbox, a database and the bot as processes: `daily-papers run` itself, or the
same with a clock that is set from here where time must jump. The processes are killed, suspended,
doubled and disconnected. Discord fails before and after it has done what was asked, closes the
gateway, limits requests and refuses a picture. Channels can't be read, posts of forums are
archived, digests come late, schedules are edited between planning and sending, handlers raise, the
clock is set forward and back, and a paper can't be rendered. When nothing fails any more, each
channel must have each post once, whole and in order; the exit status is 1 otherwise. Only where the
bot may not read a channel may a message be missing of which it could not tell whether it was sent;
those are counted as unknown.

Then there are mornings whose first post meets a global rate limit, in real time: by default one of
60 seconds, and two of 29 in a row. The first post must leave within 5 seconds of its end, the
others at the full rate, and the log must have one warning at each beginning and one at each end.

    python tests/benchmarks/chaos.py [--rounds 20] [--seed 1] [--at-once 2] [--keep FOLDER]
        [--global-limits 60 29,29]

A round that failed is played again with its seed: --rounds 1 --seed S --global-limits
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "no_network"))

from chaos_round import ChaosRound, Result
from delivery_audit import AuditReport
from global_limit import play_limits


async def play(seed: int, given: argparse.Namespace) -> Result:
    """Play a round, and print what came of it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) if given.keep is None else given.keep / str(seed)
        folder.mkdir(parents=True, exist_ok=True)
        chaos_round = ChaosRound(seed, folder, given.channels, given.seconds)
        result = await chaos_round.play()
    kind = "shifted clock" if chaos_round.is_shifted else "daily-papers run"
    print(
        f"round {seed} ({kind}): {len(result.posts)} posts, {result.messages} messages,"
        f" {result.faults.total()} faults, {result.processes} processes,"
        f" {result.report.unknown} unknown,"
        f" {result.seconds:.0f} s: {'good' if result.report.is_clean else 'WRONG'}",
        flush=True,
    )
    for note in () if result.report.is_clean else result.report.notes:
        print(f"    {note}", flush=True)
    return result


async def limit(text: str, given: argparse.Namespace) -> bool:
    """Play a morning with global rate limits; return whether all went well."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) if given.keep is None else given.keep / f"limit-{text}"
        folder.mkdir(parents=True, exist_ok=True)
        seconds = [float(each) for each in text.split(",")]
        result = await play_limits(folder, seconds, channels=given.limited_channels)
    print(
        f"global rate limit of {' s, then '.join(text.split(','))} s: first post after"
        f" {result.first:.2f} s, then {result.rate:.1f} a second; {result.refused} × 429,"
        f" {result.warnings} warnings, {result.report.duplicates} duplicates,"
        f" {result.report.losses} losses: {'good' if result.is_good else 'WRONG'}",
        flush=True,
    )
    return result.is_good


async def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--at-once", type=int, default=2, help="rounds")
    options.add_argument("--channels", type=int, default=12)
    options.add_argument("--seconds", type=float, default=8.0, help="how long things fail")
    options.add_argument("--keep", type=Path, help="where to leave logs and databases")
    options.add_argument("--global-limits", nargs="*", default=["60", "29,29"], help="seconds")
    options.add_argument("--limited-channels", type=int, default=300)
    given = options.parse_args()
    total, faults = AuditReport(), Counter[str]()
    posts = messages = processes = 0
    room = asyncio.Semaphore(given.at_once)

    async def play_next(seed: int) -> Result:
        async with room:
            return await play(seed, given)

    seeds = range(given.seed, given.seed + given.rounds)
    for result in await asyncio.gather(*map(play_next, seeds)):
        total.add(result.report)
        faults += result.faults
        posts += len(result.posts)
        messages += result.messages
        processes += result.processes
    print(f"\n{given.rounds} rounds, {posts} posts, {messages} messages, {processes} processes")
    print(f"{faults.total()} faults:")
    for name, number in sorted(faults.items()):
        print(f"  {number:6}  {name}")
    print(
        f"{total.duplicates} duplicates, {total.losses} losses, {total.disorders} disorders,"
        f" {total.strays} strays, {total.stuck} times stuck, {total.unknown} unknown"
    )
    is_good = total.is_clean
    for text in given.global_limits:
        is_good &= await limit(text, given)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
