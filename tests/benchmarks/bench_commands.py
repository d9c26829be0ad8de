"""How long `/paper` and `/top` take, against a bare discord.py bot with a constant embed.

Each bot is a process of its own, connected over sockets to a sandbox here; what is measured is the
time from the gateway's frame to the answer's arrival. All bots are asked in turn, so that they see
the same machine. Printed are medians and their ratios to the bare bot's. People mostly ask for the
papers of the morning, which `/paper` does here; “any of” asks for one of all that are stored.

    python tests/benchmarks/bench_commands.py [--rounds 30] [--sizes 5000 500000]
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from bot.sandbox import Exchange, Limits, Person, Sandbox
from storage import digests
from storage.database import Database
from storage.records import Digest, Media, MediaKind, Paper, Section

AT_ONCE = 50
A_DAY = 25
BARE = Path(__file__).with_name("bare_bot.py")
NEWEST = date(2025, 2, 21)
WORDS = ("agents", "diffusion", "reasoning", "video", "language", "scaling", "추론", "생성", "학습")


@dataclass(frozen=True)
class Command:
    """A command of a running bot."""

    name: str
    person: Person
    command: str
    options: Callable[[], dict[str, str]]

    async def ask(self) -> float:
        """Use it once; return the seconds until the answer."""
        exchange: Exchange = await self.person.slash(self.command, None, self.options())
        if exchange.seconds is None:
            raise SystemExit(f"{self.name}: {exchange!r}")
        return exchange.seconds


def paper(number: int, chance: Random) -> Paper:
    words = " ".join(chance.choices(WORDS, k=8))
    day = number // 10_000
    return Paper(
        f"{10 + day // 12 % 90:02}{day % 12 + 1:02}.{number % 10_000 + 10_000:05}",
        f"{words} {number}",
        chance.randrange(300),
        tuple(f"Author {chance.randrange(50_000)}" for _ in range(8)),
        Media(MediaKind.IMAGE, f"https://example.org/{number}.png"),
        tuple(
            Section(heading, " ".join(chance.choices(WORDS, k=40)) + ".")
            for heading in ("What's New", "Technical Details", "Performance Highlights")
        ),
    )


async def fill(path: Path, size: int) -> list[str]:
    """Store `size` papers in digests of 25; return their ids."""
    chance = Random(size)
    ids = []
    async with await Database.open(path) as database:
        days = size // A_DAY
        for day in range(days):
            papers = tuple(paper(day * A_DAY + place, chance) for place in range(A_DAY))
            ids += [each.arxiv_id for each in papers]
            when = NEWEST - timedelta(days=days - 1 - day)
            await digests.store(database, Digest(when, papers), read_at=datetime.now(UTC))
    return ids


@asynccontextmanager
async def run_bot(arguments: list[str], environment: dict[str, str]) -> AsyncIterator[Person]:
    """Run a bot in a process of its own against a sandbox here; yield someone who may ask it."""
    async with Sandbox(limits=Limits.off(), patience=60) as sandbox:
        guild = sandbox.add_guild("Bench")
        guild.add_channel("general")
        person = guild.add_member("Ann")
        env = (
            os.environ
            | environment
            | {
                "DAILY_PAPERS_DISCORD_URL": sandbox.url,
                "DAILY_PAPERS_TOKEN": sandbox.token,
                "DAILY_PAPERS_SOURCES": "[]",
            }
        )
        process = subprocess.Popen([sys.executable, *arguments], env=env)  # noqa: ASYNC220, S603
        try:
            await sandbox.wait_connected()
            yield person
        finally:
            process.terminate()
            process.wait(timeout=20)


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
    given = options.parse_args()
    chance = Random(0)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bare = await stack.enter_async_context(run_bot([str(BARE)], {}))
        commands = [Command("bare bot", bare, "paper", lambda: {"query": "2502.14499"})]
        for size in given.sizes:
            path = folder / f"{size}.db"
            began = perf_counter()
            ids = await fill(path, size)
            name = f"{size:,} papers"
            took, megabytes = perf_counter() - began, path.stat().st_size / 1e6
            print(f"stored {name} in {took:.1f} s, {megabytes:,.0f} MB")
            person = await stack.enter_async_context(
                run_bot(["-m", "bot", "run"], {"DAILY_PAPERS_DATABASE": str(path)})
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
