"""How long the slowest of 300 autocompletes, and of 300 searches, takes when all come at once.

The bot is a process of its own, connected over sockets to a sandbox here, while another process
uses one core. On a machine with more than two cores the three are kept on two of them. Each request
is another person's and asks for other words. Printed are the median and the slowest answer, from
the gateway's frame to the answer's arrival, which must be within Discord's 3 seconds. The sandbox
shares the machine with the bot, so the bot alone is faster than what is printed.

Then one person types 300 letters at once: all requests but the newest are dropped, and the newest
must be answered.

    python tests/benchmarks/bench_burst.py [--rounds 5] [--sizes 5000 50000] [--database FILE]
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from random import Random

from bench_commands import NEWEST
from connected_process import connected_process
from made_texts import fill

from bot.sandbox import Interaction, Limits, Person, Sandbox
from bot.sandbox.model import InteractionType
from storage import papers
from storage.database import Database

AT_ONCE = 300
LIMIT = 3.0
"""Seconds that Discord waits for an answer."""
CORES = 2
BURN = "while True: pass"

Ask = Callable[[Person, str], Awaitable[object]]


@contextmanager
def busy_core() -> Iterator[None]:
    """Use one core while inside."""
    process = subprocess.Popen([sys.executable, "-c", BURN])  # noqa: S603 - this very Python
    try:
        yield
    finally:
        process.kill()
        process.wait()


@asynccontextmanager
async def run_bot(path: Path) -> AsyncIterator[tuple[Sandbox, list[Person]]]:
    """Run the bot against a sandbox here; yield the people who use it."""
    async with Sandbox(limits=Limits.off(), patience=60) as sandbox:
        guild = sandbox.add_guild("Bench")
        general = guild.add_channel("general")
        people = [guild.add_member(f"Ann {number}") for number in range(AT_ONCE)]
        for person in people:
            person.channel = general
        async with connected_process(sandbox, {"DAILY_PAPERS_DATABASE": str(path)}):
            yield sandbox, people


async def vocabulary(path: Path) -> tuple[list[str], list[str]]:
    """Return words of stored titles, and names of stored authors."""
    async with await Database.open(path) as database:
        ranking = await papers.top(database, first=None, last=None, limit=1_000)
    words = {word for each in ranking.papers for word in each.paper.title.split()}
    names = {name for each in ranking.papers for name in each.paper.authors}
    return sorted(words), sorted(names)


def queries(chance: Random, words: list[str], names: list[str]) -> list[str]:
    """Return what people type: words, their beginnings, letters, beginnings of ids, names.

    Names are in no title, so that the index of all texts is searched.
    """
    found = []
    for number in range(AT_ONCE):
        first, second = chance.sample(words, k=2)
        name = chance.choice(names)
        kinds = (
            first,
            f"{first} {second}",
            first[: chance.randint(1, 4)],
            first[0],
            f"{chance.randrange(10, 40):02}{chance.randrange(1, 13):02}.{chance.randrange(10)}",
            f"{name} {second}",
            name,
            name.split()[0],
        )
        found.append(kinds[number % len(kinds)])
    return found


async def seconds_of(
    sandbox: Sandbox, people: list[Person], texts: list[str], ask: Ask
) -> list[float]:
    """Let everybody ask at once; return how long each waited."""
    before = set(sandbox.world.interactions)
    await asyncio.gather(
        *(ask(person, text) for person, text in zip(people, texts, strict=True)),
        return_exceptions=True,
    )
    asked = [each for key, each in sandbox.world.interactions.items() if key not in before]
    return [each.seconds if each.seconds is not None else float("inf") for each in asked]


async def autocomplete(person: Person, text: str) -> object:
    return await person.autocomplete("paper", "query", text)


async def search(person: Person, text: str) -> object:
    return await person.slash("paper", query=text)


async def typing(person: Person, texts: list[str]) -> tuple[int, Interaction]:
    """Let one person send every text at once; return how many were answered, and the newest."""
    interactions = person.world.interactions
    before = set(interactions)
    await asyncio.gather(*(autocomplete(person, text) for text in texts), return_exceptions=True)
    asked = [
        each
        for key, each in interactions.items()
        if key not in before and each.kind is InteractionType.AUTOCOMPLETE
    ]
    return sum(each.acknowledged for each in asked), asked[-1]


async def measure(path: Path, rounds: int) -> bool:
    """Print what is measured with one database; return whether all answers came in time."""
    chance = Random(0)
    words, names = await vocabulary(path)
    in_time = True
    async with run_bot(path) as (sandbox, people):
        await autocomplete(people[0], "agents")  # warm
        for name, ask in (("autocompletes", autocomplete), ("searches", search)):
            seen: list[float] = []
            for _ in range(rounds):
                seen += await seconds_of(sandbox, people, queries(chance, words, names), ask)
            late = sum(seconds > LIMIT for seconds in seen)
            in_time &= not late
            print(
                f"  {AT_ONCE} {name}: median {statistics.median(seen):.2f} s, "
                f"slowest {max(seen):.2f} s, later than {LIMIT:.0f} s: {late} of {len(seen)}"
            )
        answered, newest = await typing(people[0], queries(chance, words, names))
        in_time &= newest.seconds is not None
        print(
            f"  {AT_ONCE} autocompletes of one person: {answered} answered, "
            f"the newest after {newest.seconds or float('inf'):.2f} s"
        )
    return in_time


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--sizes", type=int, nargs="+", default=[5_000, 50_000])
    options.add_argument("--database", type=Path, help="measure this one as well")
    given = options.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    in_time = True
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for size in given.sizes:
            path = folder / f"{size}.db"
            await fill(path, size, NEWEST)
            print(f"{size:,} papers")
            with busy_core():
                in_time &= await measure(path, given.rounds)
        if given.database is not None:
            print(given.database)
            with busy_core():
                in_time &= await measure(given.database, given.rounds)
    if not in_time:
        raise SystemExit(f"An answer took longer than {LIMIT:.0f} seconds.")


if __name__ == "__main__":
    asyncio.run(main())
