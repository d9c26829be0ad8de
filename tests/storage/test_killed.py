"""A process that stores digests is killed: each digest is stored completely or not at all."""

import asyncio
import random
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from forked_process import ForkedProcess
from full_text_check import index_and_check

STORE = """
import asyncio, os, signal, sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from storage import digests, search_index
from storage.database import Database
from storage.records import Digest, Paper, Section

def made(number):
    # Every third one is the day before again, with other texts, votes and one paper fewer.
    again = number % 3 == 2
    day = number - again
    return Digest(
        date(2025, 1, 1) + timedelta(days=day),
        tuple(
            Paper(
                f"2501.{day:03}{rank:02}",
                f"Title {number} {rank}",
                number + rank,
                tuple(f"Author {each}" for each in range(day, day + 10)),
                None,
                tuple(Section(None, f"Body {number} " * 20) for _ in range(3)),
            )
            for rank in range(20 - again)
        ),
    )

async def main(path, steps):
    async with await Database.open(path) as database:
        def step():
            nonlocal steps
            steps -= 1
            if steps == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        async with database.transaction() as writer:
            await writer.set_progress_handler(step, 1000)
        for number in range(30):
            await digests.store(database, made(number), read_at=datetime.now(UTC))
            print(number, flush=True)
            await search_index.catch_up(database, pause=0)

asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
"""
WHOLE = 20


async def _start(path: Path, steps: int) -> ForkedProcess:
    return await ForkedProcess.start("-c", STORE, str(path), str(steps))


def _check(path: Path, printed: list[bytes]) -> None:
    """Check from another connection that the file is sound and reported digests are stored."""
    with closing(sqlite3.connect(path)) as outside:
        assert outside.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert outside.execute("PRAGMA foreign_key_check").fetchall() == []
        papers = outside.execute("SELECT count(*) FROM digest_papers GROUP BY digest_id").fetchall()
        assert papers == [(WHOLE,)] * len(papers)
        ((last,),) = outside.execute("SELECT max(CAST(substr(title, 7) AS INTEGER)) FROM papers")
        assert (-1 if last is None else last) - (len(printed) - 1) in {0, 1}
        # All of a digest's papers but the one that is missing from it were read at the same time.
        of_one_reading = outside.execute(
            """
            SELECT count(DISTINCT text_changed_at)
            FROM digest_papers JOIN papers ON papers.id = paper_id
            WHERE digest_papers.rank < ?
            GROUP BY digest_id
            """,
            (WHOLE,),
        ).fetchall()
        assert of_one_reading == [(1,)] * len(papers)
        for table, owner, each in (("sections", "text_id", 3), ("paper_authors", "paper_id", 10)):
            counts = outside.execute(f"SELECT count(*) FROM {table} GROUP BY {owner}").fetchall()  # noqa: S608 - names of tables
            assert set(counts) <= {(each,)}
        if papers:
            index_and_check(outside)


@pytest.mark.parametrize("steps", [1, 7, 30, 80, 150, 260])
async def test_killed_within_a_statement_all_is_whole(existing: Path, steps: int) -> None:
    process = await _start(existing, steps)
    printed, _ = await process.communicate()
    assert process.returncode == -signal.SIGKILL
    _check(existing, printed.splitlines())


@pytest.mark.parametrize("seed", range(4))
async def test_killed_at_any_moment_all_is_whole(existing: Path, seed: int) -> None:
    chance = random.Random(seed)
    process = await _start(existing, steps=-1)
    assert process.stdout is not None
    printed = [await process.stdout.readline() for _ in range(chance.randrange(1, 20))]
    # No wait for anything: the moment is to fall anywhere within the next few digests.
    await asyncio.sleep(chance.uniform(0, 0.008))
    process.kill()
    rest, _ = await process.communicate()
    _check(existing, printed + rest.splitlines())
