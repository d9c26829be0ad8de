"""How much of a folder of digests searches find, in one language and across languages.

python tests/benchmarks/bench_search_quality.py FOLDER
"""

import argparse
import asyncio
import sys
import tempfile
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

from storage.database import Database


def show(what: str, across: AcrossLanguages) -> None:
    print(f"{what}: {across.pairs} pairs of terms")
    for two_languages, how in ((False, "without"), (True, "with")):
        recall, first = across.recall[two_languages], across.recall_at_10[two_languages]
        print(f"  {how:8} terms: recall {recall:.3f}, recall@10 {first:.3f}")


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
            show("held out", await measure_held_out(database, path, stored, scan))
            show("known elsewhere", await measure_all_pairs(database, path, stored, scan))


if __name__ == "__main__":
    asyncio.run(main())
