"""How near posting to many channels comes to Discord's limit of 50 requests a second, and its size.

The bot is `daily-papers run`, connected over sockets to a sandbox here that answers after 100 ms
and keeps Discord's limits; all schedules are due at the next full minute. Measured is the rate
between the first message and the last, as a share of the limit, and how many answers were 429.
Beside it, in the same run, the naive way: one `await channel.send(…)` after another, to fewer
channels: its rate is the same for any number, so the time for all of them follows from it.

Then the bot's peak memory (`VmHWM`) for a few numbers of channels, without limits and latency.

    python tests/benchmarks/bench_fanout.py [--channels 1000] [--naive 60] [--memory 100 5000]
"""

import argparse
import asyncio
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "no_network"))

from bot_processes import RUN, environment
from global_limit import next_minute

from bot.posting import job_factory
from bot.sandbox import Channel, Limits, Sandbox
from bot.sandbox.rules.rate_limits import Rate
from storage import digests, schedules
from storage.database import Database
from storage.records import EVERY_DAY, Digest, Layout, NewSchedule, Paper, ScheduleSettings, Section

NAIVE = Path(__file__).with_name("naive_sender.py")
LIMIT = Rate(50, 1.0)
LATENCY = 0.1
A_SERVER = 400
"""Channels; Discord allows 500."""
PATIENCE = 1800


@dataclass(frozen=True)
class Measurement:
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


def add_channels(sandbox: Sandbox, number: int) -> list[Channel]:
    """Add so many text channels, on as many servers as that takes."""
    guilds = [sandbox.add_guild(f"Lab {n}") for n in range(-(-number // A_SERVER))]
    return [guilds[n // A_SERVER].add_channel(f"papers-{n}") for n in range(number)]


async def fill(path: Path, channels: list[Channel], due: datetime) -> None:
    """Store a digest, and a schedule for each channel."""
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
        day = due.date() - timedelta(days=1)
        at = due - timedelta(hours=2)
        await digests.store(database, Digest(day, papers), read_at=at)
        for channel in channels:
            assert channel.guild is not None
            settings = ScheduleSettings(
                channel_id=channel.id,
                time=due.time(),
                timezone="UTC",
                layout=Layout.CARDS,
                days=EVERY_DAY,
                language="ko",
            )
            await schedules.add(
                database,
                NewSchedule(channel.guild.id, channel.guild.owner_id, settings),
                at=at,
                next_job=lambda each: job_factory.occurrence(each, at),
            )


@asynccontextmanager
async def running(
    sandbox: Sandbox, folder: Path, arguments: Sequence[str]
) -> AsyncIterator[Process]:
    """Run a bot in a process of its own."""
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            env=environment(sandbox, folder / "papers.db"),
            stdout=log,
            stderr=log,
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


async def measure(sandbox: Sandbox, process: Process, messages: int) -> Measurement:
    """Wait until so many messages are there, and measure how long that takes."""
    with sandbox.subscribe() as events:
        async with asyncio.timeout(PATIENCE):
            before = 0
            times: list[datetime] = []
            while len(times) < messages:
                event = await events.next("MESSAGE_CREATE")
                before = before or peak(process)
                if event.subject.interaction is None:  # an answer to a person isn't counted
                    times.append(event.at)
    # The last answers are on their way.
    await asyncio.sleep(LATENCY + 1)
    return Measurement(
        messages,
        (times[-1] - times[0]).total_seconds(),
        sandbox.recorder.statuses[429],
        peak(process),
        before,
    )


async def fan_out(number: int, *, limited: bool) -> Measurement:
    """Let the bot post to so many channels whose schedules are due at once."""
    # Connected before they are due, so that the start is not measured.
    start = timedelta(seconds=4 + number / 500)
    limits = Limits() if limited else Limits.off()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Sandbox(limits=limits, keep=10) as sandbox:
            channels = add_channels(sandbox, number)
            due = next_minute(start + timedelta(milliseconds=2 * number))
            await fill(folder / "papers.db", channels, due)
            if limited:
                sandbox.faults.add("*", "/channels/**", delay=LATENCY, times=None)
            await asyncio.sleep((due - start - datetime.now(UTC)).total_seconds())
            async with running(sandbox, folder, RUN) as process:
                await sandbox.wait_connected()
                return await measure(sandbox, process, number)


async def naive(number: int) -> Measurement:
    """Let a bot send to so many channels, one after another."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Sandbox(keep=10) as sandbox:
            add_channels(sandbox, number)
            sandbox.faults.add("*", "/channels/**", delay=LATENCY, times=None)
            async with running(sandbox, folder, (str(NAIVE),)) as process:
                return await measure(sandbox, process, number)


def report(name: str, measured: Measurement) -> None:
    """Print the rate of one run."""
    limit = LIMIT.requests / LIMIT.seconds
    print(
        f"{name}: {measured.messages:,} messages in {measured.seconds:.1f} s:"
        f" {measured.rate:.1f} a second, {measured.rate / limit:.1%} of the limit;"
        f" {measured.refused} × 429",
        flush=True,
    )


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--channels", type=int, default=1_000)
    options.add_argument("--naive", type=int, default=60)
    options.add_argument("--memory", type=int, nargs="*", default=[100, 5_000])
    given = options.parse_args()
    measured = await fan_out(given.channels, limited=True)
    report("the bot", measured)
    one_by_one = await naive(given.naive)
    report("one after another", one_by_one)
    print(
        f"    (for {given.channels:,} channels, extrapolated:"
        f" {given.channels / one_by_one.rate:.0f} s)"
    )
    for number in given.memory:
        measured = await fan_out(number, limited=False)
        print(
            f"peak memory at {number:,} channels: {measured.kilobytes / 1024:.1f} MB"
            f" ({measured.kilobytes_before / 1024:.1f} MB at the first message)",
            flush=True,
        )


if __name__ == "__main__":
    asyncio.run(main())
