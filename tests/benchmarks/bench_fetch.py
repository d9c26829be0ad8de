"""How long `fetch` takes for a year of lists, against bare downloads of the same bodies.

A local Hugging Face, a process of its own, serves lists of 30 papers with abstracts of 1,300
characters. Printed are days per second and ratios to two simple programs: one downloads the bodies
with aiohttp, the other also parses the JSON and inserts it into one table and a full-text index,
which is the least that any program has to do. Each is measured with a service that answers at once,
and with one that takes as long as a real one. Then `/paper` of a running bot is timed while a fetch
writes to its database, and while nothing does.

    python tests/benchmarks/bench_fetch.py [--days 365] [--rounds 3] [--latency 0.1]
"""

import argparse
import asyncio
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Final

import aiohttp
from aiohttp import web
from connected_process import connected_process

from bot.clock import Clock
from bot.demo.services.huggingface import LocalHuggingFace
from bot.demo.services.made_papers import LocalPaper, made_papers
from bot.ingest.configured import connect_sources
from bot.ingest.fetch import Fetcher, FetchOutcome
from bot.sandbox import Limits, Person, Sandbox
from config.settings import HuggingFace, Settings
from config.sources import DEFAULT_SOURCE
from storage import digests, sources
from storage.database import Database
from storage.records import Digest, Paper, Section

NEWEST: Final = date(2025, 6, 30)
PAPERS: Final = 30
ABSTRACT: Final = 1_300
EARLY: Final = 50
"""The day after which memory should not grow."""
ASKED: Final = "2502.14499"


class Service(LocalHuggingFace):
    """Keeps its answers, so that composing them isn't measured."""

    def __init__(self, latency: float) -> None:
        super().__init__(papers_per_day=PAPERS, requests_per_window=10**9)
        self._latency = latency
        self._bodies: dict[str, bytes] = {}

    def papers_of(self, day: date) -> tuple[LocalPaper, ...]:
        chance = Random(day.toordinal())
        return tuple(
            replace(paper, abstract=words(chance, ABSTRACT)) for paper in made_papers(day, PAPERS)
        )

    def routes(self) -> Sequence[web.RouteDef]:
        return [web.get("/api/daily_papers", self._answer)]

    async def _answer(self, request: web.Request) -> web.Response:
        if request.query_string not in self._bodies:
            response = await self._answer_list(request)
            assert isinstance(response.body, bytes)
            self._bodies[request.query_string] = response.body
        await asyncio.sleep(self._latency)
        body = self._bodies[request.query_string]
        return web.Response(body=body, content_type="application/json")


def words(chance: Random, length: int) -> str:
    """Return a text of words, with a formula now and then."""
    parts: list[str] = []
    size = 0
    while size < length:
        letters = "".join(chance.choices("aaeeeiioutnshrdlcmfpgwyb", k=chance.randint(2, 11)))
        parts.append("$O(n^2)$" if chance.random() < 0.01 else letters)
        size += len(parts[-1]) + 1
    return " ".join(parts)


def days_of(count: int) -> list[date]:
    return [NEWEST - timedelta(days=days) for days in range(count)]


async def serve(latency: float) -> None:
    async with Service(latency) as service:
        print(service.url, flush=True)
        await asyncio.Event().wait()


async def download(url: str, days: Sequence[date], _: Path) -> float:
    """Return the seconds that bare downloads take, one after the other."""
    async with aiohttp.ClientSession() as session:
        began = perf_counter()
        for day in days:
            async with session.get(f"{url}/api/daily_papers?date={day}&limit=100&p=0") as response:
                size = len(await response.read())
            assert size > PAPERS * ABSTRACT, size
        return perf_counter() - began


async def insert(url: str, days: Sequence[date], folder: Path) -> float:
    """Return the seconds of downloads into one table and a full-text index."""
    with closing(sqlite3.connect(folder / "floor.db", isolation_level=None)) as database:
        database.executescript(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            CREATE TABLE papers (id TEXT PRIMARY KEY, day TEXT, votes INTEGER, facts TEXT);
            CREATE VIRTUAL TABLE texts USING fts5 (title, authors, body);
            """
        )
        async with aiohttp.ClientSession() as session:
            began = perf_counter()
            for day in days:
                address = f"{url}/api/daily_papers?date={day}&limit=100&p=0"
                async with session.get(address) as response:
                    listed = [item["paper"] for item in json.loads(await response.read())]
                database.execute("BEGIN")
                database.executemany(
                    "INSERT INTO papers VALUES (?, ?, ?, ?)",
                    [(p["id"], str(day), p["upvotes"], json.dumps(p)) for p in listed],
                )
                database.executemany(
                    "INSERT INTO texts VALUES (?, ?, ?)",
                    [
                        (p["title"], " ".join(a["name"] for a in p["authors"]), p["summary"])
                        for p in listed
                    ],
                )
                database.execute("COMMIT")
            return perf_counter() - began


async def fetch(url: str, days: Sequence[date], folder: Path) -> float:
    """Return the seconds of the program's own code; print its peak memory."""
    settings = Settings.model_validate(
        {
            "sources": (DEFAULT_SOURCE,),
            "huggingface": HuggingFace.model_validate({"url": url}),
        }
    )
    clock = Clock()
    async with (
        await Database.open(folder / "fetch.db") as database,
        connect_sources(settings, now=clock.now, patience=0) as configured,
    ):
        await sources.configure(database, configured.precedence)
        began = perf_counter()
        fetching = Fetcher(database, now=clock.now).fetch(configured.lists[0], days)
        count = 0
        async with aclosing(fetching) as fetched:
            async for day in fetched:
                assert day.outcome is FetchOutcome.STORED, day
                count += 1
                if count in {EARLY, len(days)}:
                    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}")
        return perf_counter() - began


PROGRAMS: Final = {"download": download, "download and insert": insert, "fetch": fetch}


@contextmanager
def service_process(latency: float) -> Iterator[str]:
    """Run the service in a process of its own; yield its address."""
    command = [sys.executable, __file__, "--serve", "--latency", str(latency)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this file
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def run_program(name: str, url: str, days: int) -> tuple[float, list[float]]:
    """Run a program in a process of its own; return its seconds, and megabytes at peak."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--program", name, "--url", url, "--folder", folder]
        ended = subprocess.run(  # noqa: S603 - this file
            [*command, "--days", str(days)], check=True, capture_output=True, text=True
        )
    lines = [line.split() for line in ended.stdout.splitlines()]
    memory = [int(value) / 1024 for what, value in lines if what == "memory"]
    return next(float(value) for what, value in lines if what == "seconds"), memory


def compare(latency: float, days: int, rounds: int) -> None:
    """Time the programs in turn, and print days per second and ratios."""
    print(f"\n{days} days of {PAPERS} papers, each answered after {latency * 1000:g} ms")
    taken: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    memory: list[float] = []
    with service_process(latency) as url:
        run_program("download", url, days)  # fills the service's memory
        for _ in range(rounds):
            for name in PROGRAMS:
                seconds, peaks = run_program(name, url, days)
                taken[name].append(seconds)
                memory = peaks or memory
    for name, times in taken.items():
        median = statistics.median(times)
        ratio = statistics.median(
            s / bare for s, bare in zip(times, taken["download"], strict=True)
        )
        print(f"  {name:22} {days / median:7.1f} days/s   {ratio:5.2f} × download")
    ratio = statistics.median(
        s / floor for s, floor in zip(taken["fetch"], taken["download and insert"], strict=True)
    )
    print(f"  fetch is {ratio:.2f} × download and insert")
    print(f"  peak memory of fetch: {memory[0]:.1f} MB at day {EARLY}, {memory[-1]:.1f} at the end")


@asynccontextmanager
async def run_bot(database: Path) -> AsyncIterator[Person]:
    """Run the bot against a sandbox here; yield someone who may ask it."""
    async with Sandbox(limits=Limits.off(), patience=60) as sandbox:
        guild = sandbox.add_guild("Bench")
        person = guild.add_member("Ann")
        person.channel = guild.add_channel("general")
        async with connected_process(sandbox, {"DAILY_PAPERS_DATABASE": str(database)}):
            yield person


async def ask(person: Person) -> float:
    """Ask for a paper; return the seconds until the answer."""
    interaction = await person.slash("paper", query=ASKED)
    assert interaction.seconds is not None, interaction
    await asyncio.sleep(0.02)
    return interaction.seconds


async def compare_answers(latency: float, days: int, rounds: int) -> None:
    """Time `/paper` while a fetch runs, and while none does."""
    texts = tuple(Section(f"Heading {n}", "A sentence of some length. " * 12) for n in range(3))
    digest = Digest(NEWEST, (Paper(ASKED, "MLGym", 121, ("Ann", "Bo"), None, texts),))
    idle: list[float] = []
    busy: list[float] = []
    with tempfile.TemporaryDirectory() as folder, service_process(latency) as url:
        path = Path(folder, "papers.db")
        async with await Database.open(path) as database:
            await digests.store(database, digest, read_at=Clock().now())
        env = os.environ | {"DAILY_PAPERS_HUGGINGFACE_URL": url}
        first, last = NEWEST - timedelta(days=days), NEWEST - timedelta(days=1)
        command = [sys.executable, "-m", "bot", "--database", str(path), "fetch", "--again"]
        command += ["--from", str(first), "--to", str(last)]
        async with run_bot(path) as person:
            for _ in range(20):
                await ask(person)
            for _ in range(rounds):
                idle += [await ask(person) for _ in range(100)]
                process = await asyncio.create_subprocess_exec(
                    *command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
                )
                assert process.stderr is not None
                await process.stderr.readline()  # the first day is stored
                drained = asyncio.create_task(process.stderr.read(), name="read stderr")
                while process.returncode is None:
                    busy.append(await ask(person))
                await drained
    print(f"\n/paper beside a fetch whose lists take {latency * 1000:g} ms each")
    for name, seconds in (("idle", idle), ("while fetching", busy)):
        median, slow = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
        print(f"  {name:16} median {median * 1000:6.2f} ms   p95 {slow * 1000:6.2f} ms")
    print(f"  ratio of medians {statistics.median(busy) / statistics.median(idle):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--latency", type=float, default=0.1, help="of a service like a real one")
    for option in ("--program", "--url", "--folder"):
        parser.add_argument(option, help=argparse.SUPPRESS)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        asyncio.run(serve(given.latency))
    elif given.program:
        program = PROGRAMS[given.program]
        seconds = asyncio.run(program(given.url, days_of(given.days), Path(given.folder)))
        print(f"seconds {seconds}")
    else:
        for latency in (0.0, given.latency):
            compare(latency, given.days, given.rounds)
        for latency in (0.0, given.latency):
            asyncio.run(compare_answers(latency, given.days, given.rounds))


if __name__ == "__main__":
    main()
