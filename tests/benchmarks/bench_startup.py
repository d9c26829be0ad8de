"""What starting a command costs, against the imports that any such program needs.

    python tests/benchmarks/bench_startup.py [--rounds N] [--against FOLDER]

Prints the medians of whole processes, run in turns, and their ratios to that of

    python -c "import typer, rich.console, rich.table; from pydantic_settings import BaseSettings"

A look-up may cost at most 2 × that, `--version` at most 1 ×. `--against` names a folder with
another version of the program, which is measured, too.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from storage import digests
from storage.database import Database
from storage.records import Digest, Paper, Section

REFERENCE: Final = (
    "import typer, rich.console, rich.table; from pydantic_settings import BaseSettings"
)
CALLS: Final = {
    "--version": 1.0,
    "--help": None,
    "paper 2502.14499": 2.0,
    "paper 2502.14499 --json": 2.0,
    "top": 2.0,
    "search agents": 2.0,
    "export": 2.0,
    "ingest digest.md": None,
    "run": None,
}
"""The most that a call may cost, as a ratio to the reference; `None` where nothing is set."""


async def store(path: Path) -> None:
    """Store a digest of 30 papers, so that look-ups find some."""
    papers = tuple(
        Paper(
            f"2502.{14480 + number:05}",
            f"Paper {number} of agents",
            votes=200 - number,
            authors=("A", "B"),
            sections=(Section("What's New", "One sentence. " * 20),),
        )
        for number in range(30)
    )
    async with await Database.open(path) as database:
        at = datetime(2025, 2, 21, 23, tzinfo=UTC)
        await digests.store(database, Digest(date(2025, 2, 21), papers), read_at=at)


def seconds(arguments: list[str], folder: Path, program: Path) -> float:
    """Run Python with some arguments, and return how long the whole process took."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DAILY_PAPERS_")}
    start = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        env={**kept, "PYTHONPATH": str(program)},
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--against", type=Path, help="a folder with another version")
    options = parser.parse_args()
    programs = {"": ROOT} | ({"before: ": options.against} if options.against else {})
    runs = {"the imports alone": (["-c", REFERENCE], ROOT)} | {
        f"{name}{call}": (["-m", "bot", *call.split()], program)
        for call in CALLS
        for name, program in programs.items()
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    with tempfile.TemporaryDirectory() as folder:
        # The other version may not know a database of this one.
        folders = {
            program: Path(folder) / str(index)
            for index, program in enumerate({program for _, program in runs.values()})
        }
        for program, own in folders.items():
            own.mkdir()
            text = (
                "## Daily Papers (2025-02-24)\n\n### [T](https://arxiv.org/abs/2502.15000)\n\n- a\n"
            )
            (own / "digest.md").write_text(text, encoding="utf-8")
            if program == ROOT:
                asyncio.run(store(own / "daily-papers.db"))
                exported = subprocess.run(
                    [sys.executable, "-m", "bot", "export", "--format", "markdown"],
                    env={**os.environ, "PYTHONPATH": str(ROOT)},
                    cwd=own,
                    capture_output=True,
                    check=True,
                ).stdout
        for program, own in folders.items():
            if program != ROOT:
                (own / "papers.md").write_bytes(exported)
                seconds(["-m", "bot", "ingest", "papers.md"], own, program)
        for number in range(options.rounds + 1):
            for name, (arguments, program) in runs.items():
                took = seconds(arguments, folders[program], program)
                # The first round fills the caches of files and of bytecode.
                if number:
                    times[name].append(took)
    medians = {name: statistics.median(each) for name, each in times.items()}
    reference = medians["the imports alone"]
    for name, median in medians.items():
        limit = CALLS.get(name)
        most = f"  (at most {limit:g} ×)" if limit else ""
        print(f"{name:34} {median * 1000:6.0f} ms  {median / reference:5.2f} ×{most}")


if __name__ == "__main__":
    main()
