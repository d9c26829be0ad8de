"""What starting a command costs, against the imports that any such program needs.

    python tests/benchmarks/bench_startup.py [--rounds N] [--against FOLDER]

Prints medians of whole processes, run in turns, and their ratios to that of the imports

    python -c "import typer, rich.console, rich.table; from pydantic_settings import BaseSettings"

A look-up may cost at most 2 × that, `--version` at most 1 ×. Beside the time that passed stands
that of the processor, which other work on the machine disturbs less. `--against` names a folder
with another version of the program, which is measured, too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.digest import write
from storage.records import Digest, Paper, Section

ROOT: Final = Path(__file__).parents[2]
REFERENCE: Final = (
    "import typer, rich.console, rich.table; from pydantic_settings import BaseSettings"
)
REFERENCE_NAME: Final = "the imports alone"
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


DIGEST: Final = Digest(
    date(2025, 2, 21),
    tuple(
        Paper(
            f"2502.{14480 + number:05}",
            f"Paper {number} of agents",
            votes=200 - number,
            authors=("A", "B"),
            sections=(Section("What's New", "One sentence. " * 20),),
        )
        for number in range(30)
    ),
)


class Cost(NamedTuple):
    """Seconds of one process."""

    wall: float
    processor: float


def run(arguments: list[str], folder: Path, program: Path) -> Cost:
    """Run Python with some arguments, and return what the whole process cost."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DAILY_PAPERS_")}
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        env={**kept, "PYTHONPATH": str(program)},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime)


def prepare(folder: Path, program: Path) -> None:
    """Store a digest of 30 papers in a database of this version of the program."""
    folder.mkdir()
    (folder / "digest.md").write_text(write(DIGEST), encoding="utf-8")
    run(["-m", "bot", "ingest", "digest.md"], folder, program)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--against", type=Path, help="a folder with another version")
    options = parser.parse_args()
    programs = {"": ROOT} | ({"other: ": options.against} if options.against else {})
    runs = {REFERENCE_NAME: (["-c", REFERENCE], "")} | {
        f"{name}{call}": (["-m", "bot", *call.split()], name) for call in CALLS for name in programs
    }
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    with tempfile.TemporaryDirectory() as folder:
        folders = {name: Path(folder) / f"program{name[:5]}" for name in programs}
        for name, program in programs.items():
            prepare(folders[name], program)
        for number in range(options.rounds + 1):
            for name, (arguments, version) in runs.items():
                cost = run(arguments, folders[version], programs[version])
                # The first round fills the caches of files and of bytecode.
                if number:
                    costs[name].append(cost)
    medians = {
        name: Cost(*map(statistics.median, zip(*each, strict=True))) for name, each in costs.items()
    }
    reference = medians[REFERENCE_NAME]
    print(f"{'':34} {'passed':>17} {'processor':>17}")
    for name, (wall, processor) in medians.items():
        limit = CALLS.get(name)
        print(
            f"{name:34} {wall * 1000:6.0f} ms {wall / reference.wall:5.2f} × "
            f"{processor * 1000:6.0f} ms {processor / reference.processor:5.2f} ×"
            + (f"  (at most {limit:g} ×)" if limit else "")
        )


if __name__ == "__main__":
    main()
