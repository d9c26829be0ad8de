"""How long the database takes to answer, with few papers in it and with many.

    python tests/benchmarks/bench_lookup_storage.py [--sizes 5000 500000] [--a-day 25] [--rounds 50]

Printed are medians in microseconds, and the ratio of the last size to the first.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

from storage import digests, papers, search, search_index, suggestions
from storage.database import Database
from storage.records import Digest, Paper, Section

NEWEST = date(2025, 2, 21)
NOW = datetime(2025, 2, 22, 8, tzinfo=UTC)
ENGLISH = ("large", "language", "model", "agent", "video", "scaling", "with", "of", "long", "the")
KOREAN = ("추론을", "모델은", "학습하는", "데이터의", "성능을", "언어", "평가에서", "새로운")
Lookup = Callable[[Database, Random], Awaitable[object]]


def arxiv_id(number: int) -> str:
    month = number // 20_000
    return f"{month // 12:02}{month % 12 + 1:02}.{number % 20_000:05}"


def paper(number: int, chance: Random) -> Paper:
    words = chance.choices(ENGLISH, k=7)
    return Paper(
        arxiv_id(number),
        f"{' '.join(words).title()} {chance.choice('abcdefgh')}{number % 997}",
        min(int(chance.paretovariate(1) * 5), 400),
        tuple(f"Author{chance.randrange(200_000)} Name" for _ in range(6)),
        None,
        tuple(Section("What's New", " ".join(chance.choices(KOREAN, k=40))) for _ in range(3)),
    )


async def fill(database: Database, size: int, a_day: int) -> None:
    chance = Random(size)
    days = size // a_day
    for day in range(days):
        listed = tuple(paper(day * a_day + place, chance) for place in range(a_day))
        digest = Digest(NEWEST - timedelta(days=days - 1 - day), listed)
        await digests.store(database, digest, read_at=NOW)


def lookups(size: int) -> dict[str, Lookup]:
    def top(days: int | None, *, ago: int = 0, offset: int = 0) -> Lookup:
        last = NEWEST - timedelta(days=ago)
        first = None if days is None else last - timedelta(days=days - 1)
        return lambda database, _: papers.top(
            database, first=first, last=last, limit=10, offset=offset
        )

    def suggest(text: str) -> Lookup:
        return lambda database, _: suggestions.suggest(database, text)

    return {
        "get": lambda database, chance: papers.get(database, arxiv_id(chance.randrange(size))),
        "near": lambda database, chance: suggestions.near(
            database, arxiv_id(chance.randrange(size))
        ),
        "digest": lambda database, _: digests.get(database, NEWEST),
        "newest": lambda database, _: digests.newest(database),
        "top, today": top(1),
        "top, week": top(7),
        "top, month": top(30),
        "top, year": top(365),
        "top, all": top(None),
        "top, all, page 40": top(None, offset=390),
        "top, all until yesterday": top(None, ago=1),
        "top, a week of last year": top(7, ago=400),
        "top, the year before": top(365, ago=365),
        **{
            f"suggest, {text or 'nothing'!r}": suggest(text)
            for text in ("", "2", "25", "250", "l", "la", "lan", "language", "large lang m", "b12")
        },
        "search, two words": lambda database, _: search.search(
            database, search.Request("언어 b12"), limit=10
        ),
        "search, one frequent word": lambda database, _: search.search(
            database, search.Request("추론"), limit=10
        ),
    }


async def measure(database: Database, lookup: Lookup, rounds: int) -> float:
    chance = Random(0)
    seconds = []
    for _ in range(rounds):
        start = perf_counter()
        await lookup(database, chance)
        seconds.append(perf_counter() - start)
    return statistics.median(seconds) * 1e6


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 500_000])
    parser.add_argument("--a-day", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--keep", type=Path, help="a folder to keep the databases in, for again")
    options = parser.parse_args()
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for size in options.sizes:
            path = (options.keep or Path(temporary)) / f"{size}-{options.a_day}.db"
            async with await Database.open(path) as database:
                if await papers.count(database) < size:
                    start = perf_counter()
                    await fill(database, size, options.a_day)
                    each = (perf_counter() - start) / size * 1e6
                    print(f"{size:,} papers stored in {each:.0f} µs each")
                await search_index.catch_up(database, pause=0)
                for name, lookup in lookups(size).items():
                    found.setdefault(name, []).append(
                        await measure(database, lookup, options.rounds)
                    )
    print(f"{'µs':28}", *(f"{size:>12,}" for size in options.sizes), f"{'ratio':>8}")
    for name, times in found.items():
        print(f"{name:28}", *(f"{time:12,.0f}" for time in times), f"{times[-1] / times[0]:8.1f}")


if __name__ == "__main__":
    asyncio.run(main())
