"""How near posting to many channels comes to Discord's limit of 50 requests a second, and its size.

The bot is a process of its own, connected over sockets to a sandbox here that answers after 100 ms
and keeps Discord's limits; all channels come due in the same minute. Measured is the rate between
the first message and the last, as a share of the limit, and how many answers were 429. Beside it,
in the same run, the naive way: one `await channel.send(…)` after another, to fewer channels: its
rate is the same for any number, so what it would take for all of them follows from it.

Then the bot's peak memory (`VmHWM`) for a few numbers of channels, without limits and latency.

    python tests/benchmarks/bench_fanout.py [--channels 1000] [--naive 60] [--memory 100 5000]
"""

import argparse
import asyncio
import os
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from bot.posts.clock import Clock
from bot.sandbox import Channel, Limits, Sandbox
from bot.sandbox.ratelimits import Rate
from storage import digests, schedules
from storage.database import Database
from storage.records import Digest, NewSchedule, Paper, Section

ROOT = Path(__file__).parents[2]
MOVED = ROOT / "tests" / "moved_bot.py"
NAIVE = Path(__file__).with_name("naive_sender.py")
LIMIT = Rate(50, 1.0)
LATENCY = 0.1
DUE = datetime(2025, 2, 21, 23, 0, tzinfo=UTC)
A_SERVER = 400
"""Channels; Discord allows 500."""
EMPTY, PATIENCE = 0.3, 600


@dataclass(frozen=True)
class Seen:
    """What was measured of one run."""

    messages: int
    seconds: float
    """From the first message to the last."""
    refused: int
    """Answers of 429."""
    kilobytes: int
    """The process's peak of resident memory."""
    kilobytes_before: int
    """The same when it was connected, before the first message."""

    @property
    def rate(self) -> float:
        """Messages a second."""
        return (self.messages - 1) / self.seconds


def set_scene(sandbox: Sandbox, number: int) -> list[Channel]:
    guilds = [sandbox.add_guild(f"Lab {n}") for n in range(-(-number // A_SERVER))]
    return [guilds[n // A_SERVER].add_channel(f"papers-{n}") for n in range(number)]


async def fill(path: Path, channels: list[Channel]) -> None:
    papers = tuple(
        Paper(
            f"2502.{number:05}",
            f"A study of everything, {number}",
            99 - number,
            ("Ann", "Bo"),
            None,
            (Section("What's New", f"Something about {number}. " * 20),),
        )
        for number in range(14)
    )
    async with await Database.open(path) as database:
        read_at = DUE - timedelta(hours=1)
        await digests.store(database, Digest(DUE.date(), papers), read_at=read_at)
        for channel in channels:
            assert channel.guild is not None
            new = NewSchedule(
                guild_id=channel.guild.id,
                channel_id=channel.id,
                time=clock_time(8, 0),
                timezone="Asia/Seoul",
                count=5,
                language="ko",
                created_by=channel.guild.owner_id,
            )
            await schedules.add(database, new, at=DUE - timedelta(hours=2))


@asynccontextmanager
async def running(
    sandbox: Sandbox, folder: Path, *arguments: str, **variables: str
) -> AsyncIterator[Process]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DAILY_PAPERS_")}
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT),
        "DAILY_PAPERS_DISCORD_URL": sandbox.url,
        "DAILY_PAPERS_TOKEN": sandbox.token,
        **variables,
    }
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env=environment, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def peak(process: Process) -> int:
    """Return the most memory that a process has had, in kB."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


async def measure(sandbox: Sandbox, process: Process, messages: int) -> Seen:
    """Wait until so many messages are there, and see how long that takes."""
    with sandbox.subscribe() as events:
        async with asyncio.timeout(PATIENCE):
            before = 0
            times: list[datetime] = []
            while len(times) < messages:
                event = await events.next("MESSAGE_CREATE")
                before = before or peak(process)
                times.append(event.at)
    # The last answers are on their way.
    await asyncio.sleep(LATENCY + 1)
    return Seen(
        messages,
        (times[-1] - times[0]).total_seconds(),
        sandbox.recorder.statuses[429],
        peak(process),
        before,
    )


async def fan_out(number: int, *, limited: bool) -> Seen:
    """Let the bot post to so many channels that come due at once."""
    clock = Clock()
    # Connected before they are due, so that it is not the start which is measured.
    clock.move_to(DUE - timedelta(seconds=4 + number / 500))
    limits = Limits() if limited else Limits.off()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Sandbox(clock=clock.now, limits=limits, keep=10) as sandbox:
            await fill(folder / "papers.db", set_scene(sandbox, number))
            if limited:
                sandbox.faults.add("*", "/channels/**", delay=LATENCY, times=None)
            arguments = (str(MOVED), str(clock.ahead.total_seconds()), "30", "45", "5")
            database = str(folder / "papers.db")
            async with running(
                sandbox, folder, *arguments, DAILY_PAPERS_DATABASE=database
            ) as process:
                await sandbox.wait_connected()
                return await measure(sandbox, process, number)


async def naive(number: int) -> Seen:
    """Let a bot send to so many channels, one after another."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Sandbox(keep=10) as sandbox:
            set_scene(sandbox, number)
            sandbox.faults.add("*", "/channels/**", delay=LATENCY, times=None)
            async with running(sandbox, folder, str(NAIVE)) as process:
                return await measure(sandbox, process, number)


def report(name: str, seen: Seen) -> None:
    limit = LIMIT.requests / LIMIT.seconds
    print(
        f"{name}: {seen.messages:,} messages in {seen.seconds:.1f} s:"
        f" {seen.rate:.1f} a second, {seen.rate / limit:.1%} of the limit; {seen.refused} × 429",
        flush=True,
    )


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--channels", type=int, default=1_000)
    options.add_argument("--naive", type=int, default=60)
    options.add_argument("--memory", type=int, nargs="*", default=[100, 5_000])
    given = options.parse_args()
    seen = await fan_out(given.channels, limited=True)
    report("the bot", seen)
    one_by_one = await naive(given.naive)
    report("one after another", one_by_one)
    print(
        f"    (for {given.channels:,} channels, extrapolated:"
        f" {given.channels / one_by_one.rate:.0f} s)"
    )
    for number in given.memory:
        seen = await fan_out(number, limited=False)
        print(
            f"peak memory at {number:,} channels: {seen.kilobytes / 1024:.1f} MB"
            f" ({seen.kilobytes_before / 1024:.1f} MB at the first message)",
            flush=True,
        )


if __name__ == "__main__":
    asyncio.run(main())
