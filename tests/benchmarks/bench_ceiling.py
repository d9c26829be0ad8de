"""How much one process takes: many servers, all with a post at the same minute, people meanwhile.

The bot is `daily-papers run` with a shard for each 1,000 servers, connected over sockets to a
sandbox in this process, which answers after 100 ms and keeps Discord's limits. Both are kept on two
cores. Each server has a few channels and roles, and one schedule, due at the same minute as all
others. Meanwhile people use `/paper`, each in another server; before that they do so for a while
without posts. discord.py connects a shard every 5 seconds, as Discord wants.

Printed are the posts a second, as a share of Discord's 50 requests a second, the answers of 429,
the bot's memory for each 1,000 servers, beyond what it takes with one, its share of a core, and how
long `/paper` takes.

    python tests/benchmarks/bench_ceiling.py [--servers 500 2000] [--people 5]

20,000 servers take some 15 minutes and 4 GB, most of it the sandbox's.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
from asyncio.subprocess import Process
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "no_network"))

from bench_fanout import LATENCY, LIMIT, fill, measure, running
from bot_processes import RUN
from global_limit import next_minute

from bot.sandbox import Channel, Guild, Interaction, Person, Sandbox

CORES = 2
A_SHARD = 1_000
"""Servers, as Discord recommends."""
A_CONNECTION = 5.5
"""Seconds for each shard to connect."""
QUIET = 20.0
"""Seconds in which people use `/paper` without posts."""
A_PERSON = 200
"""Servers for each person who may ask there."""


@dataclass(frozen=True)
class Usage:
    """What the bot has used so far."""

    cpu: float
    """Seconds."""
    at: float
    """Of `monotonic`."""

    @classmethod
    def of(cls, process: Process) -> "Usage":
        fields = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        return cls(ticks / os.sysconf("SC_CLK_TCK"), monotonic())

    def share_since(self, before: "Usage") -> float:
        """Return the share of a core that was used since."""
        return (self.cpu - before.cpu) / (self.at - before.at)


def memory(process: Process) -> int:
    """Return the memory that a process has now, in kB."""
    lines = Path(f"/proc/{process.pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


class People:
    """People who use `/paper`, one after another in some tasks, each time in another server."""

    def __init__(self, people: list[Person]) -> None:
        self._people = people
        self._chance = Random(0)
        self.seconds: list[float] = []
        self.failed = 0

    async def ask(self, every: float) -> None:
        """Ask again and again, every so many seconds."""
        while True:
            person = self._chance.choice(self._people)
            query = f"2502.{self._chance.randrange(14):05}"
            try:
                interaction: Interaction = await person.slash("paper", query=query)
            except TimeoutError:
                self.failed += 1
            else:
                self.seconds.append(interaction.seconds or float("inf"))
            await asyncio.sleep(every)

    async def during(self, work: asyncio.Future[object] | asyncio.Task[object], count: int) -> None:
        """Let so many people ask while a task runs."""
        askers = [asyncio.create_task(self.ask(0.2), name=f"person {n}") for n in range(count)]
        try:
            await work
        finally:
            for asker in askers:
                asker.cancel()
            await asyncio.gather(*askers, return_exceptions=True)

    def report(self, when: str) -> None:
        """Print what they have waited so far, and begin anew."""
        found, self.seconds = sorted(self.seconds), []
        if found:
            last = found[min(len(found) - 1, int(len(found) * 0.99))]
            print(
                f"  /paper {when}: median {1000 * statistics.median(found):.0f} ms, 99th percentile"
                f" {1000 * last:.0f} ms, slowest {1000 * found[-1]:.0f} ms, of {len(found)};"
                f" {self.failed} without an answer"
            )


def add_servers(sandbox: Sandbox, count: int, channels: int) -> tuple[list[Channel], list[Person]]:
    """Add servers; return the channels to post in, and people of some of the servers."""
    found, people = [], []
    for number in range(count):
        guild: Guild = sandbox.add_guild(f"Lab {number}")
        for role in range(channels // 2):
            guild.add_role(f"role {role}")
        own = [guild.add_channel(f"channel-{each}") for each in range(channels)]
        found.append(own[0])
        if number % A_PERSON == 0:
            people.append(guild.add_member(f"Ann {number}"))
            people[-1].channel = own[0]
    return found, people


async def run(count: int, channels: int, users: int, base: int | None) -> int:
    """Measure with so many servers; return the bot's memory when it was connected, in kB."""
    shards = -(-count // A_SHARD)
    start = timedelta(seconds=8 + shards * A_CONNECTION + count / 1_000 + QUIET)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Sandbox(keep=10, patience=start.total_seconds(), shards=shards) as sandbox:
            posted, people = add_servers(sandbox, count, channels)
            due = next_minute(start + timedelta(milliseconds=2 * count))
            await fill(folder / "papers.db", posted, due)
            sandbox.faults.add("*", "/channels/**", delay=LATENCY, times=None)
            await asyncio.sleep((due - start - datetime.now(UTC)).total_seconds())
            async with running(sandbox, folder, RUN) as process:
                await sandbox.wait_connected(shards=shards)
                if base is None:
                    await asyncio.sleep(5)
                    return memory(process)
                await report(sandbox, process, People(people), due, users, count)
                connected = memory(process)
                beyond = (connected - base) / 1024
                print(
                    f"  memory: {connected / 1024:.0f} MB after the posts,"
                    f" {1_000 * beyond / count:.1f} MB for each 1,000 servers"
                    f" beyond {base / 1024:.0f} MB",
                    flush=True,
                )
                return connected


async def report(  # noqa: PLR0917 - what `run` has made
    sandbox: Sandbox,
    process: Process,
    people: People,
    due: datetime,
    users: int,
    count: int,
) -> None:
    """Measure and print a quiet time and the posts."""
    await asyncio.sleep(3)
    print(
        f"{count:,} servers, {len(sandbox.gateway.connected)} shards:"
        f" {memory(process) / 1024:.0f} MB when connected",
        flush=True,
    )
    left = (due - datetime.now(UTC)).total_seconds()
    if left < QUIET / 2:
        print(f"  (connected only {left:.0f} s before the posts)")
    before = Usage.of(process)
    quiet = asyncio.create_task(asyncio.sleep(max(1.0, left - 2)), name="quiet")
    await people.during(quiet, users)
    print(f"  CPU before the posts: {Usage.of(process).share_since(before):.0%} of a core")
    people.report("before the posts")
    await asyncio.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()))
    before = Usage.of(process)
    posts = asyncio.create_task(measure(sandbox, process, count), name="posts")
    await people.during(posts, users)
    found = posts.result()
    print(
        f"  posts: {found.messages:,} in {found.seconds:.1f} s, {found.rate:.1f} a second,"
        f" {found.rate * LIMIT.seconds / LIMIT.requests:.1%} of the limit; {found.refused} × 429;"
        f" peak {found.kilobytes / 1024:.0f} MB"
    )
    print(f"  CPU during the posts: {Usage.of(process).share_since(before):.0%} of a core")
    people.report("during the posts")


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--servers", type=int, nargs="+", default=[500, 2_000])
    options.add_argument("--channels", type=int, default=10, help="of each server")
    options.add_argument("--people", type=int, default=5, help="who use /paper at the same time")
    given = options.parse_args()
    with suppress(AttributeError):  # not on this system
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    base = await run(1, given.channels, given.people, None)
    for count in given.servers:
        await run(count, given.channels, given.people, base)


if __name__ == "__main__":
    asyncio.run(main())
