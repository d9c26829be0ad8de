"""How long searches and suggestions of names take, with few papers and with many.

    python tests/benchmarks/bench_search.py [--sizes 5000 500000] [--rounds 30] [--keep FOLDER]

Papers are made (`made_texts.py`), in two languages. Searches by meaning are measured if the extra
is installed: with made vectors (`made_vectors.py`), and its model for what is looked for. Printed
are the median and the 95th percentile in milliseconds, the bytes of the index per paper, the memory
of vectors, and the time to store a day's list.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

from made_texts import A_DAY, ENGLISH, KOREAN, Pool, fill, rare_word
from made_vectors import fill_vectors

from bot.semantic.opening import connect_meanings, installed_model
from storage import digests, names, search, search_index, similar, suggestions
from storage.database import Database
from storage.meaning import Meanings
from storage.papers import paper_from_row
from storage.query import Field
from storage.records import Details, Digest, Paper, Section
from storage.search import Request, Sort

NEWEST = date(2025, 2, 21)
NOW = datetime(2025, 2, 22, 8, tzinfo=UTC)
INDEX = ("paper_index", "paper_tokens", "title_index", "search_words", "name_index", "search_names")
Ask = Callable[[Database, Random], Awaitable[object]]
PAGE_BYTES = 4096


def _search(make: Callable[[Random], Request]) -> Ask:
    return lambda database, chance: search.search(database, make(chance), limit=5)


def _suggest(field: Field) -> Ask:
    def ask(database: Database, chance: Random) -> Awaitable[object]:
        word = rare_word(chance.randrange(5_000))
        return names.suggest(database, field, word[: chance.randrange(1, len(word) + 1)])

    return ask


def _title(database: Database, chance: Random) -> Awaitable[object]:
    word = chance.choice(ENGLISH)
    return suggestions.suggest(database, word[: chance.randrange(1, len(word) + 1)])


def asks(pool: Pool) -> dict[str, Ask]:
    """Return what is measured: as people search, and the most frequent words on purpose."""

    def usual(chance: Random) -> Request:
        language = chance.choice((pool.english, pool.korean))
        words = chance.choices(language, cum_weights=pool.weights, k=chance.randrange(1, 4))
        return Request(" ".join(words))

    return {
        "search, as words are frequent": _search(usual),
        "search, a frequent word": _search(
            lambda chance: Request(chance.choice((ENGLISH[:9], KOREAN[:9])[chance.random() < 0.5]))
        ),
        "search, two frequent words": _search(
            lambda chance: Request(" ".join(chance.sample(ENGLISH[:12], 2)))
        ),
        "search, a term in two languages": _search(
            lambda chance: Request(chance.choice(("diffusion model", "강화 학습", "확산모델")))
        ),
        "search, a rare word": _search(lambda chance: Request(rare_word(chance.randrange(10**6)))),
        "search, most voted first": _search(
            lambda chance: Request(chance.choice(ENGLISH), sort=Sort.VOTES)
        ),
        "search, with conditions": _search(
            lambda chance: Request(
                chance.choice(ENGLISH), min_votes=50, since=NEWEST - timedelta(days=300)
            )
        ),
        "author": _search(
            lambda chance: Request(author=rare_word(chance.randrange(5_000)), sort=Sort.DATE)
        ),
        "autocomplete of authors": _suggest(Field.AUTHOR),
        "autocomplete of organizations": _suggest(Field.ORGANIZATION),
        "autocomplete of titles": _title,
        "similar by words": _similar(),
    }


def _similar(meanings: Meanings | None = None) -> Ask:
    async def ask(database: Database, chance: Random) -> object:
        ((most,),) = await database.read("SELECT max(id) FROM papers")
        rows = await database.read(
            "SELECT * FROM listed_papers WHERE id = ?", (chance.randrange(1, most),)
        )
        paper = paper_from_row(rows[0]).paper
        start = perf_counter()
        await similar.find(database, paper, limit=5, meanings=meanings)
        return perf_counter() - start

    return ask


def asks_by_meaning(meanings: Meanings, pool: Pool) -> dict[str, Ask]:
    """Return what is measured of searches by meaning; no query is looked for twice."""
    numbers = count()

    def search_for(words: Callable[[Random], str]) -> Ask:
        return lambda database, chance: search.search(
            database, Request(words(chance)), limit=5, meanings=meanings
        )

    def usual(chance: Random) -> str:
        return " ".join(chance.choices(pool.english, cum_weights=pool.weights, k=2))

    return {
        "embed a query": lambda _, chance: meanings.of_query(f"{usual(chance)} {next(numbers)}"),
        "search by meaning, words are found": search_for(usual),
        "search by meaning, no word is": search_for(
            lambda chance: f"q{next(numbers)}q {usual(chance)}"
        ),
        "similar by words and meaning": _similar(meanings),
    }


async def measure(database: Database, ask: Ask, rounds: int) -> tuple[float, float]:
    """Return the median and the 95th percentile, in milliseconds, with a warm cache."""
    for seed in range(rounds // 2):
        await ask(database, Random(seed))
    times = []
    for seed in range(rounds):
        chance = Random(seed)
        start = perf_counter()
        found = await ask(database, chance)
        # Some are timed by themselves, without what they need first.
        seconds = found if isinstance(found, float) else perf_counter() - start
        times.append(seconds * 1e3)
    return median(times), quantiles(times, n=20)[-1]


async def store_a_day(database: Database, pool: Pool) -> tuple[float, float, float]:
    """Return the seconds of storing a day's list, those of indexing it, and the CPU seconds."""
    chance = Random()  # other titles in a database that was kept
    papers = tuple(
        Paper(
            f"9912.{number:05}",
            f"{rare_word(chance.randrange(10**6))} {pool.text('en', chance, 1)[:60]}",
            number,
            tuple(f"{rare_word(chance.randrange(5_000))} New{number}" for _ in range(6)),
            None,
            tuple(Section(None, pool.text("ko", chance, 4)) for _ in range(3)),
            details=Details(abstract=pool.text("en", chance, 7)),
        )
        for number in range(A_DAY)
    )
    start, cpu = perf_counter(), process_time()
    await digests.store(database, Digest(NEWEST + timedelta(days=1), papers), read_at=NOW)
    stored = perf_counter()
    await search_index.catch_up(database, pause=0)
    return stored - start, perf_counter() - stored, process_time() - cpu


def index_bytes(path: Path, size: int) -> float:
    """Return the bytes of all tables of the index per paper."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")
        total: int = sum(pages for name, pages in tables if name.startswith(INDEX))
    return total / size


@asynccontextmanager
async def connect_model(database: Database) -> AsyncIterator[Meanings | None]:
    """Yield the model of the extra, with a vector for each paper; `None` without the extra."""
    model = installed_model()
    if model is None:
        yield None
        return
    await fill_vectors(database, model.name)
    before, start = resident_bytes(), perf_counter()
    async with connect_meanings(database, model) as meanings:
        assert meanings is not None
        await meanings.of_query("warm")
        more = (resident_bytes() - before) / 1e6
        print(f"vectors read in {perf_counter() - start:.1f} s, {more:.0f} MB of memory")
        yield meanings


def resident_bytes() -> int:
    """Return the memory of this process, on Linux."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE_BYTES


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 500_000])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--keep", type=Path, help="a folder to keep the databases in, for again")
    options = parser.parse_args()
    pool = Pool(Random(0))
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for size in options.sizes:
            path = (options.keep or Path(temporary)) / f"made-{size}.db"
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                start = process_time()
                await fill(path, size, NEWEST)
                each = (process_time() - start) / size * 1e6
                print(f"{size:,} papers made and indexed in {each:.0f} µs of CPU time each")
            async with await Database.open(path) as database:
                for name, ask in asks(pool).items():
                    middle, high = await measure(database, ask, options.rounds)
                    found.setdefault(name, []).append(f"{middle:9.1f} {high:9.1f}")
                async with connect_model(database) as meanings:
                    if meanings is not None:
                        for name, ask in asks_by_meaning(meanings, pool).items():
                            middle, high = await measure(database, ask, options.rounds)
                            found.setdefault(name, []).append(f"{middle:9.1f} {high:9.1f}")
                each_ms = "".join(
                    f"{each * 1e3:6.0f}" for each in await store_a_day(database, pool)
                )
                found.setdefault("store a day, index it, CPU (ms)", []).append(f"{each_ms:>19}")
            found.setdefault("index: bytes per paper", []).append(
                f"{index_bytes(path, size):19,.0f}"
            )
    print(f"{'median, 95 % (ms)':34}", *(f"{size:>19,}" for size in options.sizes))
    for name, values in found.items():
        print(f"{name:34}", *values)


if __name__ == "__main__":
    asyncio.run(main())
