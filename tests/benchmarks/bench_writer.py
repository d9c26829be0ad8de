"""How long `/paper` takes and when posts come while a slow model writes, against an idle bot.

Two bots are processes of their own, connected over sockets to sandboxes here, on equal databases.
One of them writes the texts of all papers with a model here that thinks for some seconds; the other
has no model. They are asked in turn, so that they see the same machine. Then each posts once at a
minute of the clock. The aim is a ratio of 1.2, and posts within their minute.

    python tests/benchmarks/bench_writer.py [--rounds 300] [--seconds 2] [--parallel 4]
"""

import argparse
import asyncio
import shutil
import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from connected_process import connected_process

from bot.demo.services.chat import ROUTE, LocalChat
from bot.demo.services.faults import slow
from bot.sandbox import Channel, Limits, Person, Sandbox
from storage import digests
from storage.database import Database
from storage.records import Details, Digest, Paper, Section

DAYS = 100
A_DAY = 25
AIM = 1.2
ABSTRACT = (
    "Agents that plan experiments are seldom tested on whole laboratories. We introduce a gym with"
    " 13 tasks from chemistry and biology for such agents. Each agent acts through a shell and gets"
    " a reward after every step. The best of five models solves 41.5% of the tasks in our gym."
)


@dataclass(frozen=True)
class Bot:
    """A running bot, and who uses it."""

    person: Person
    channel: Channel


async def fill(path: Path) -> tuple[list[str], list[str]]:
    """Store papers up to today; return the ids of those with an English text, and of the others."""
    with_text: list[str] = []
    without: list[str] = []
    today = datetime.now(UTC).date()
    async with await Database.open(path) as database:
        for number in range(DAYS):
            day = today - timedelta(days=DAYS - 1 - number)
            found = []
            for place in range(A_DAY):
                arxiv_id = f"{day:%y%m}.{day.day:02}{place:03}"
                has_text = place % 2 == 0
                (with_text if has_text else without).append(arxiv_id)
                body = f"What paper {place} of {day} says. " * 8
                found.append(
                    Paper(
                        arxiv_id,
                        f"Paper {place} of {day}",
                        100 - place,
                        ("Ann", "Bo"),
                        sections=(Section("What's New", body),) if has_text else (),
                        language="en" if has_text else None,
                        details=Details(abstract=ABSTRACT),
                    )
                )
            await digests.store(database, Digest(day, tuple(found)), read_at=datetime.now(UTC))
    return with_text, without


@asynccontextmanager
async def run_bot(path: Path, **settings: str) -> AsyncIterator[Bot]:
    """Run a bot in a process of its own against a sandbox here; `writer_model` is a setting."""
    async with Sandbox(limits=Limits.off(), patience=120) as sandbox:
        guild = sandbox.add_guild("Bench", locale="en-US")
        channel = guild.add_channel("general")
        variables = {"DAILY_PAPERS_DATABASE": str(path)}
        for name, value in settings.items():
            variables[f"DAILY_PAPERS_{name.upper()}"] = value
        async with connected_process(sandbox, variables):
            person = sandbox.world.owner
            person.channel = channel
            yield Bot(person, channel)


async def measure(
    bots: dict[str, Bot], ids: list[str], rounds: int, *, pause: float = 0.0
) -> dict[str, list[float]]:
    """Ask each bot in turn for the same papers; return the seconds until the answers.

    `pause` are seconds between rounds, in which what has a low priority gets on.
    """
    chance = Random(0)
    seen: dict[str, list[float]] = {name: [] for name in bots}
    for _ in range(rounds):
        arxiv_id = chance.choice(ids)
        for name, bot in bots.items():
            interaction = await bot.person.slash("paper", query=arxiv_id, private=True)
            if interaction.seconds is None:
                raise SystemExit(f"{name}: {interaction!r}")
            seen[name].append(interaction.seconds)
        await asyncio.sleep(pause)
    return seen


def report(title: str, seen: dict[str, list[float]], *, busy: str = "writing") -> None:
    """Print how long the busy bot took against the idle one."""
    print(f"\n{title}")
    for share, name_of_share in ((0.5, "median"), (0.95, "95 of 100")):
        values = {
            name: statistics.quantiles(seconds, n=100)[round(100 * share) - 1]
            for name, seconds in seen.items()
        }
        ratio = values[busy] / values["idle"]
        print(
            f"  {name_of_share:10} idle {values['idle'] * 1000:7.2f} ms,"
            f" {busy} {values[busy] * 1000:7.2f} ms: {ratio:5.2f} ×"
            f"{'' if ratio <= AIM else f'  (the aim is {AIM})'}"
        )


async def post_on_time(bots: dict[str, Bot]) -> None:
    """Let each bot post at a minute of the clock, and print how late that was."""
    due = (datetime.now(UTC) + timedelta(seconds=75)).replace(second=0, microsecond=0)
    print(f"\nPosts, due at {due:%H:%M} UTC")
    for bot in bots.values():
        await bot.person.slash(
            "schedule add",
            channel=bot.channel,
            time=f"{due:%H:%M}",
            timezone="UTC",
            days="daily",
            count=10,
            layout="cards",
        )
    before = {name: len(bot.channel.messages) for name, bot in bots.items()}
    for name, bot in bots.items():
        while len(bot.channel.messages) == before[name]:
            if datetime.now(UTC) > due + timedelta(minutes=2):
                raise SystemExit(f"{name}: no post")
            await asyncio.sleep(0.05)
        late = bot.channel.messages[before[name]].created_at - due
        print(f"  {name:10} {late.total_seconds():5.2f} s after its minute began")


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=300)
    options.add_argument("--seconds", type=float, default=2.0)
    options.add_argument("--parallel", type=int, default=4)
    given = options.parse_args()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        with_text, without = await fill(folder / "idle.db")
        shutil.copy(folder / "idle.db", folder / "writing.db")
        chat = await stack.enter_async_context(LocalChat())
        chat.faults.put(ROUTE, slow(given.seconds))
        bots = {
            "idle": await stack.enter_async_context(run_bot(folder / "idle.db")),
            "writing": await stack.enter_async_context(
                run_bot(
                    folder / "writing.db",
                    writer_url=chat.base,
                    writer_model="slow-model",
                    writer_languages="en,ko",
                    writer_parallel=str(given.parallel),
                    writer_papers_per_day="10000",
                    writer_tokens_per_day="1000000000",
                    writer_all="true",
                )
            ),
        }
        while not chat.requests:  # noqa: ASYNC110 - the bot plans at its start
            await asyncio.sleep(0.1)
        await measure(bots, with_text, 20)  # warm
        began = len(chat.questions)
        report("/paper of papers with a text", await measure(bots, with_text, given.rounds))
        report("/paper of papers without one", await measure(bots, without, given.rounds))
        await post_on_time(bots)
        print(f"\nwritten meanwhile: {len(chat.questions) - began} texts")


if __name__ == "__main__":
    asyncio.run(main())
