"""How much of a folder of digests searches find, in one language and across languages.

If the extra `semantic` is installed, its model embeds all papers first, some 0.2 s each.

python tests/benchmarks/bench_search_quality.py FOLDER
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from search_quality import (
    AcrossLanguages,
    Scan,
    load,
    measure,
    measure_all_pairs,
    measure_held_out,
    store,
)
from semantic_samples import JOB

from bot.semantic.opening import connect_meanings, installed_model, open_semantic
from storage import vectors
from storage.database import Database
from storage.meaning import Meanings


def show(what: str, across: AcrossLanguages) -> None:
    print(f"{what}: {across.pairs} pairs of terms")
    for way, recall in across.recall.items():
        terms = "with" if way.two_languages else "without"
        meaning = "with" if way.by_meaning else "without"
        first = across.recall_at_10[way]
        print(f"  {terms:8} terms, {meaning:8} meaning: recall {recall:.3f}, recall@10 {first:.3f}")
    if across.by_meaning_alone is not None:
        recall, first = across.by_meaning_alone
        print(f"  meaning alone, 50 papers at most: recall {recall:.3f}, recall@10 {first:.3f}")


@asynccontextmanager
async def embedded(database: Database) -> AsyncIterator[Meanings | None]:
    """Embed all papers, and yield what tells the meaning of queries; `None` without the extra."""
    model = installed_model()
    semantic = open_semantic(database, model, now=lambda: datetime.now(UTC))
    await semantic.embedding.start()
    while (counts := await vectors.counts(database)) is not None and counts.waiting:
        await semantic.embedding.run(JOB)
    await semantic.embedding.close()
    async with connect_meanings(database, model) as meanings:
        yield meanings


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="with YYYY/MM/DD.md")
    stored = load(parser.parse_args().folder)
    scan = Scan(stored)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "papers.db"
        async with await Database.open(path) as database:
            await store(database, stored)
            for language in ("ko", "en"):
                found = await measure(database, scan, language)
                print(
                    f"{language}: {found.queries} queries, recall {found.recall:.4f}"
                    f" (lowest: {found.worst}), precision {found.precision:.3f}"
                )
            async with embedded(database) as meanings:
                held_out = await measure_held_out(database, path, stored, scan, meanings)
                show("held out", held_out)
                known = await measure_all_pairs(database, path, stored, scan, meanings)
                show("known elsewhere", known)


if __name__ == "__main__":
    asyncio.run(main())
