"""How long `/paper` and `/top` take, against a bare discord.py bot with a constant embed.

Each bot is a process of its own, connected over sockets to a sandbox here; what is measured is the
time from the gateway's frame to the answer's arrival. All bots are asked in turn, so that they see
the same machine. Printed are medians and their ratios to the bare bot's. People mostly ask for the
papers of the morning, which `/paper` does here; “any of” asks for one of all that are stored. A
second bare bot reads the same database. What it needs for each answer, ours has in its cache only
for papers and rankings that were asked for before.

    python tests/benchmarks/bench_commands.py [--rounds 30] [--sizes 5000 500000] [--keep FOLDER]

The databases are those of `bench_search.py`, which can be kept in the same folder.
"""

import argparse
import asyncio
import sqlite3
import statistics
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from time import perf_counter

from connected_process import BARE, RUN, connected_process
from made_texts import A_DAY, fill

from bot.sandbox import Interaction, Limits, Person, Sandbox

AT_ONCE = 50
NEWEST = date(2025, 2, 21)


@dataclass(frozen=True)
class Command:
    """A command of a running bot."""

    name: str
    person: Person
    command: str
    options: Callable[[], dict[str, str]]

    async def ask(self) -> float:
        """Use it once; return the seconds until the answer."""
        interaction: Interaction = await self.person.slash(self.command, None, self.options())
        if interaction.seconds is None:
            raise SystemExit(f"{self.name}: {interaction!r}")
        return interaction.seconds


async def stored_ids(path: Path, size: int) -> list[str]:
    """Return the ids of all papers in the order in which they were added; make them if needed."""
    if not path.exists():  # noqa: ASYNC240 - nothing else runs yet
        began = perf_counter()
        await fill(path, size, NEWEST)
        print(f"stored {size:,} papers in {perf_counter() - began:.1f} s")
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT arxiv_id FROM papers WHERE id <= ? ORDER BY id", (size,))
        return [arxiv_id for (arxiv_id,) in rows]


@asynccontextmanager
async def run_bot(variables: dict[str, str], arguments: Sequence[str]) -> AsyncIterator[Person]:
    """Run a bot in a process of its own against a sandbox here; yield someone who may ask it."""
    async with Sandbox(limits=Limits.off(), patience=60) as sandbox:
        guild = sandbox.add_guild("Bench")
        guild.add_channel("general")
        person = guild.add_member("Ann")
        async with connected_process(sandbox, variables, arguments):
            yield person


async def one_at_a_time(commands: list[Command], rounds: int) -> dict[str, list[float]]:
    seen: dict[str, list[float]] = {each.name: [] for each in commands}
    for _ in range(rounds * 10):
        for each in commands:
            seen[each.name].append(await each.ask())
    return seen


async def at_once(commands: list[Command], rounds: int) -> dict[str, list[float]]:
    seen: dict[str, list[float]] = {each.name: [] for each in commands}
    for _ in range(rounds):
        for each in commands:
            seen[each.name] += await asyncio.gather(*(each.ask() for _ in range(AT_ONCE)))
    return seen


def report(title: str, seen: dict[str, list[float]]) -> None:
    print(f"\n{title}")
    floor = statistics.median(seen["bare bot"])
    for name, seconds in seen.items():
        median = statistics.median(seconds)
        print(f"  {name:28} {median * 1000:8.2f} ms  {median / floor:5.2f} × the bare bot")


def _random_paper(ids: list[str], chance: Random) -> Callable[[], dict[str, str]]:
    return lambda: {"query": chance.choice(ids)}


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--sizes", type=int, nargs="+", default=[5_000])
    options.add_argument("--keep", type=Path, help="a folder to keep the databases in, for again")
    given = options.parse_args()
    chance = Random(0)
    async with AsyncExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        paths = {size: folder / f"made-{size}.db" for size in given.sizes}
        stored = {size: await stored_ids(path, size) for size, path in paths.items()}
        # Only now: a bot that hears nothing while the papers are stored would give up.
        bare = await stack.enter_async_context(run_bot({}, BARE))
        commands = [Command("bare bot", bare, "paper", lambda: {"query": "2502.14499"})]
        for size, path in paths.items():
            ids = stored[size]
            name = f"{size:,} papers"
            reader = await stack.enter_async_context(run_bot({"BARE_DATABASE": str(path)}, BARE))
            commands += [
                Command(f"bare bot, any of {name}", reader, "paper", _random_paper(ids, chance)),
                Command(f"bare bot, top all, {name}", reader, "top", lambda: {"period": "all"}),
            ]
            person = await stack.enter_async_context(
                run_bot({"DAILY_PAPERS_DATABASE": str(path)}, RUN)
            )
            commands += [
                Command(f"/paper, {name}", person, "paper", _random_paper(ids[-A_DAY:], chance)),
                Command(f"/paper, any of {name}", person, "paper", _random_paper(ids, chance)),
                Command(f"/top, {name}", person, "top", dict),
                Command(f"/top week, {name}", person, "top", lambda: {"period": "week"}),
                Command(f"/top all, {name}", person, "top", lambda: {"period": "all"}),
            ]
        await one_at_a_time(commands, 2)  # warm
        report("One at a time", await one_at_a_time(commands, given.rounds))
        report(f"{AT_ONCE} at once", await at_once(commands, given.rounds))


if __name__ == "__main__":
    asyncio.run(main())
