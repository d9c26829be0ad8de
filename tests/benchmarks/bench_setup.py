"""How long each click on the set-up screen takes, against `/paper` in the same run.

The bot is a process of its own, connected over sockets to a sandbox here; what is measured is the
time from the gateway's frame to the first answer's arrival. `/paper` and all clicks are measured in
turn, so that they see the same machine. The aim is a ratio of 1.2 to a `/paper` of any paper that
is stored. Two more are for comparison: a `/paper` whose answer is in the cache, and a bare
discord.py bot that shows a constant screen again, which is what that library and the sandbox take.

Then the line “Last 30 days: …” of the screen is measured alone, in this process: without words and
with words in both languages, against a plain scan of the same rows. The aim is 100 ms.

    python tests/benchmarks/bench_setup.py [--rounds 30] [--size 500000] [--a-day 25]
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from bulk_papers import fill_in_bulk
from connected_process import BARE, RUN, connected_process

from bot.cache import Cache
from bot.posting import past, past_matches
from bot.posting.filters import Filter
from bot.sandbox import Channel, Interaction, Limits, Message, Person, Sandbox
from storage import list_counts
from storage.database import Database
from storage.records import ScheduleSettings

CLICKS_AIM = 1.2
LINE_AIM = 100.0
"""Milliseconds."""
PAPER = "/paper"
"""Any of the stored ones; next to none was asked for before."""
CACHED = "/paper, cached"
BARE_BOT = "bare bot"
FORMS: dict[str, dict[str, str]] = {
    "More…": {},
    "Days and log…": {},
    "Other time…": {"2:setup:time": "8:30"},
    "Other zone…": {"2:setup:zone": "Seoul"},
    "Keywords…": {"2:setup:words": "agents video"},
}
"""What is entered in each form."""
WORDS: dict[str, dict[str, Any]] = {
    "no filter": {},
    "English words": {"include": "agents diffusion"},
    "Korean words": {"include": "추론 데이터"},
    "an author": {"include": 'author:"Author Number12"', "exclude": "survey"},
    "words that no paper has": {"include": "zebra", "exclude": "얼룩말"},
    "upvotes": {"min_votes": 50},
    "upvotes and words": {"min_votes": 50, "include": "agents"},
}


@asynccontextmanager
async def run_bot(path: Path, arguments: Sequence[str]) -> AsyncIterator[tuple[Person, Channel]]:
    """Run a bot in a process of its own against a sandbox here; yield who manages the server."""
    async with Sandbox(limits=Limits.off(), patience=60) as sandbox:
        guild = sandbox.add_guild("Bench", locale="en-US")
        channel = guild.add_channel("general")
        variables = {"DAILY_PAPERS_DATABASE": str(path)}
        async with connected_process(sandbox, variables, arguments):
            person = sandbox.world.owner
            person.channel = channel
            yield person, channel


class Clicks:
    """Clicks on the set-up screen, each after a `/paper`, and how long they took."""

    def __init__(
        self,
        person: Person,
        channel: Channel,
        ids: Sequence[str],
        newest: Sequence[str],
        other: Person,
    ) -> None:
        self._person = person
        self._other = other
        self._channel = channel
        self._ids = ids
        self._newest = newest
        self._chance = Random(0)
        self.seconds: dict[str, list[float]] = {}

    async def round(self, number: int) -> None:
        """Open the screen, use each menu, button and form, start the schedule and delete it."""
        screen = shown(await self._take("open", self._person.slash("setup")))
        is_odd = bool(number % 2)
        await self._choose(screen, "preset", "Weekly best")
        await self._choose(screen, "preset", "Daily brief (recommended)")
        await self._choose(screen, "channel", self._channel)
        await self._choose(screen, "time", "09:00" if is_odd else "12:00")
        await self._choose(screen, "zone", "Berlin" if is_odd else "Seoul")
        preview = await self._press(screen, "Preview")
        await preview.followup()
        for label, values in FORMS.items():
            opened = await self._press(screen, label)
            await self._take(f"{label} sent", self._person.submit(opened, values))
        await self._choose(screen, "time", "08:00", "menu: time, with words")
        await self._press(screen, "Start")
        opened = await self._press(screen, "Manage")
        managed = shown(opened)
        for label in ("Pause", "Resume", "Save"):
            await self._press(managed, label)
        managed = shown(await self._press(managed, "Manage"))
        for title in ("Delete", "Delete, sure"):
            await self._take(title, self._person.press(managed, "Delete"))

    async def _choose(
        self, screen: Message, name: str, value: str | Channel, title: str | None = None
    ) -> None:
        (menu,) = [each for each in screen.controls if f":{name}:" in each["custom_id"]]
        chosen = self._person.choose(screen, value, menu["custom_id"])
        await self._take(title or f"menu: {name}", chosen)

    async def _press(self, message: Message, label: str) -> Interaction:
        return await self._take(label, self._person.press(message, label))

    async def _take(self, name: str, click: Awaitable[Interaction]) -> Interaction:
        for title, ids in ((PAPER, self._ids), (CACHED, self._newest)):
            query = self._chance.choice(ids)
            self._keep(title, await self._person.slash("paper", query=query))
        self.seconds.setdefault(BARE_BOT, []).append(await redraw(self._other))
        return self._keep(name, await click)

    def _keep(self, name: str, interaction: Interaction) -> Interaction:
        if interaction.seconds is None or interaction.failed is not None:
            raise SystemExit(f"{name}: {interaction!r}")
        self.seconds.setdefault(name, []).append(interaction.seconds)
        return interaction


def shown(interaction: Interaction) -> Message:
    assert interaction.message is not None, interaction
    return interaction.message


async def redraw(person: Person) -> float:
    """Let the bare bot show its screen again; return how long that took."""
    screen = shown(await person.slash("setup"))
    menu = next(each for each in screen.controls if ":time:" in each["custom_id"])
    chosen = await person.choose(screen, "b", menu["custom_id"])
    assert chosen.seconds is not None
    return chosen.seconds


async def measure_clicks(path: Path, rounds: int) -> None:
    """Print how long each click takes, and how many take longer than the aim."""
    async with await Database.open(path) as database:
        rows = await database.read("SELECT arxiv_id FROM papers ORDER BY id DESC")
    ids = [row[0] for row in rows]
    async with (
        run_bot(path, RUN) as (person, channel),
        run_bot(path, BARE) as (other, _),
    ):
        clicks = Clicks(person, channel, ids, ids[:25], other)
        for number in range(2):
            await clicks.round(number)  # warm
        clicks.seconds.clear()
        for number in range(rounds):
            await clicks.round(number)
    medians = {name: statistics.median(seconds) for name, seconds in clicks.seconds.items()}
    compared = {name: medians.pop(name) for name in (PAPER, CACHED, BARE_BOT)}
    print("\nClicks on the set-up screen")
    for name, median in (compared | medians).items():
        ratios = "  ".join(f"{median / each:5.2f} × {title}" for title, each in compared.items())
        print(f"  {name:24} {median * 1e3:8.2f} ms  {ratios}")
    over = sum(median > CLICKS_AIM * compared[PAPER] for median in medians.values())
    print(f"  {over} of {len(medians)} take longer than {CLICKS_AIM} × {PAPER}")


async def milliseconds(work: Callable[[], Awaitable[object]], rounds: int) -> float:
    """Return the median time of a piece of work."""
    await work()
    seconds = []
    for _ in range(rounds):
        start = perf_counter()
        await work()
        seconds.append(perf_counter() - start)
    return statistics.median(seconds) * 1e3


async def measure_line(path: Path, newest: date, rounds: int) -> bool:
    """Print how long the line takes; return whether all are within the aim."""
    today = newest + timedelta(days=1)
    since = today - timedelta(days=past.DAYS)
    settings = ScheduleSettings(channel_id=1, language="en", timezone="UTC")
    print("\nThe line “Last 30 days: …”")
    is_met = True
    async with await Database.open(path) as database:

        async def scan() -> object:
            return await database.read(
                """
                SELECT papers.*
                FROM digests
                CROSS JOIN digest_papers ON digest_papers.digest_id = digests.id
                CROSS JOIN papers ON papers.id = digest_papers.paper_id
                WHERE digests.date >= ?
                """,
                (since.isoformat(),),
            )

        floor = await milliseconds(scan, rounds)
        print(f"  {'plain scan of the rows':24} {floor:8.2f} ms")
        for name, options in WORDS.items():
            wanted = replace(settings, **options)

            async def line(wanted: ScheduleSettings = wanted) -> object:
                if Filter.of(wanted) != Filter():
                    cache = Cache(database.content_version)  # nothing is cached yet
                    return await past_matches.count(database, cache, wanted, today=today)
                lists = await list_counts.per_day(database, since=since)
                return past.past_posts(wanted, lists, today=today)

            took = await milliseconds(line, rounds)
            is_met &= took <= LINE_AIM
            print(f"  {name:24} {took:8.2f} ms  {took / floor:5.2f} × the scan")
    return is_met


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--size", type=int, default=500_000)
    parser.add_argument("--a-day", type=int, default=25)
    parser.add_argument("--keep", type=Path, help="a folder to keep the database in, for again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        path = (given.keep or Path(temporary)) / f"bulk-{given.size}-{given.a_day}.db"
        newest = datetime.now(UTC).date() - timedelta(days=1)
        if not path.exists():
            start = perf_counter()
            await fill_in_bulk(path, given.size, given.a_day, newest)
            print(f"{given.size:,} papers stored in {perf_counter() - start:.0f} s")
        is_met = await measure_line(path, newest, given.rounds)
        await measure_clicks(path, given.rounds)
    if not is_met:
        raise SystemExit(f"The line takes longer than {LINE_AIM:.0f} ms.")


if __name__ == "__main__":
    asyncio.run(main())
