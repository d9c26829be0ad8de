"""The time that `daily-papers ingest` takes, compared with markdown-it-py's bare CommonMark parse.

    python tests/benchmarks/bench_ingest.py [--digests FOLDER] [--rounds N] [--hostile]

The digests are copied 22 times with new dates and ids. Each round runs these processes on the
copies, one after the other: a bare parse, `bot.ingest` called directly, and the command line. It
prints the medians of wall-clock and processor time, and their ratios to the bare parse; `ingest`
may take at most as long as the bare parse. Run it on an idle machine: parsing and storing run in
two threads, and wall-clock times of a busy one say little. Without a folder of real digests
(`DAILY_PAPERS_TEST_DIGESTS`, or `--digests`) digests of the same size are generated.

With `--hostile` it prints instead how long 100 KB, 1 MB and 5 MB of text take that are made to be
slow to parse: ten times the text may take at most 12 times as long, and 5 MB end within 2 seconds
or are refused.
"""

import argparse
import gc
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.digest import DigestError, parse, write
from bot.ingest import files_in
from storage.records import Digest, Media, MediaKind, Paper, Section

ROOT = Path(__file__).parents[2]
COPIES = 22
DAYS_BETWEEN_COPIES = 1000
YEARS_BETWEEN_COPIES = 3
"""By which arXiv ids differ; more than the years that the digests cover."""
BARE_PARSE = """
import sys
from pathlib import Path
from markdown_it import MarkdownIt

markdown = MarkdownIt("commonmark")
for file in sorted(Path(sys.argv[1]).rglob("*.md")):
    markdown.parse(file.read_text(encoding="utf-8"))
"""
DIRECT_INGEST = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.ingest import files_in, ingest_files
from storage.database import Database

async def main():
    async with await Database.open(Path(sys.argv[2])) as database:
        files = files_in([Path(sys.argv[1])])
        async for result in ingest_files(database, files, read_at=datetime.now(UTC)):
            assert result.refused is None, result

asyncio.run(main())
"""
"""Both are programs of their own, so that neither pays for what the other imports."""
_ID = re.compile(r"(?<=/)(\d\d)(\d\d\.\d{4,5})")
HOSTILE_SIZES = (100_000, 1_000_000, 5_000_000)
HOSTILE_RATIO = 12
"""How many times as long ten times the text may take."""
HOSTILE_ROUNDS = 5
HEAD = "## Daily Papers (2025-02-21)\n\n### [T](https://arxiv.org/abs/2502.14499)\n\n"
HOSTILE = {
    "nested quotes": "> ",
    "nested items": "- ",
    "asterisks": "*",
    "underscores": "_",
    "abbreviations": "e.g. ",
    "lines of ideographic spaces": "\u3000\n",
    "one word": "a",
    "brackets": "[",
    "backticks": "`",
    "closed brackets": "](",
    "less-than": "<",
    "blanks": " ",
    "empty lines": "\n",
    "items": "- a\n",
    "deep items": "".join(" " * (2 * depth) + "- a\n" for depth in range(100)),
    "addresses": "![](https://example.org/a.png)\n",
    "bad addresses": "![](https://a_.org/)\n",
    "definitions": "[a]: <b>\n",
    "underlines": "a\n---\n",
    "comments": "<!--\n",
    "combining marks": "\u0301\u0323",
    "decomposed text": "e\u0301 ",
    "papers": "### [T](https://arxiv.org/abs/2502.14499)\n",
    "headed items": "- ***What's New***: a text of some length, as they are\n",
}


def made_up(count: int = 16, papers: int = 23) -> Iterable[Digest]:
    """Make digests of the size that real ones have; the same each time."""
    chance = random.Random(2502)
    syllables = [chr(code) for code in range(0xAC00, 0xAC00 + 2000)]

    def words(number: int) -> str:
        return " ".join(
            "".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(number)
        )

    number = 0
    for day in range(count):
        listed = []
        for _ in range(papers):
            number += 1
            arxiv_id = f"2502.{number:05d}"
            names = (words(2).title() for _ in range(chance.randint(1, 12)))
            listed.append(
                Paper(
                    arxiv_id,
                    words(9),
                    chance.randint(0, 120),
                    tuple(names),
                    Media(MediaKind.IMAGE, f"https://example.org/papers/{arxiv_id}.png"),
                    tuple(
                        Section(heading, words(50))
                        for heading in ("What's New", "Technical Details", "Performance Highlights")
                    ),
                )
            )
        yield Digest(date(2025, 2, 1) + timedelta(day), tuple(listed))


def copy_digests(files: Iterable[Path], folder: Path) -> None:
    """Write copies of digests, `…/YYYY/MM/DD.md`, with other dates and other papers."""
    for file in files:
        text = file.read_text(encoding="utf-8")
        day = date(*map(int, file.with_suffix("").parts[-3:]))
        for copy in range(COPIES):
            new_day = day - timedelta(copy * DAYS_BETWEEN_COPIES)
            years = copy * YEARS_BETWEEN_COPIES
            new_text = _ID.sub(partial(_other_id, years=years), text)
            new_text = new_text.replace(str(day), str(new_day))
            target = folder / f"{new_day:%Y/%m/%d}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(new_text, encoding="utf-8")


def _other_id(match: re.Match[str], *, years: int) -> str:
    return f"{(int(match[1]) - years) % 100:02}{match[2]}"


def process_seconds(command: Sequence[str]) -> tuple[float, float]:
    """Run a process; return its wall-clock and its processor time in seconds."""
    before = os.times()
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)  # noqa: S603 - our own programs
    wall = time.perf_counter() - start
    after = os.times()
    processor = after.children_user + after.children_system
    return wall, processor - before.children_user - before.children_system


def run(files: Sequence[Path], rounds: int) -> None:
    """Compare the processes and print the result."""
    taken: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "digests")
        copy_digests(files, folder)
        copies = files_in([folder])
        size = sum(file.stat().st_size for file in copies)
        print(f"{len(copies)} files, {size / 1e6:.2f} MB; {rounds} rounds")
        database = str(Path(temporary, "papers.db"))
        python = sys.executable
        commands = {
            "bare parse": [python, "-c", BARE_PARSE, str(folder)],
            "bot.ingest": [python, "-c", DIRECT_INGEST, str(folder), database],
            "daily-papers ingest": [
                *(python, "-m", "bot", "--database", database, "ingest", str(folder))
            ],
        }
        for _ in range(rounds):
            for name, command in commands.items():
                for file in Path(temporary).glob("papers.db*"):
                    file.unlink()
                taken.setdefault(name, []).append(process_seconds(command))
    baseline = taken["bare parse"]
    for name, times in taken.items():
        figures = []
        for kind, index in (("wall", 0), ("processor", 1)):
            median = statistics.median(seconds[index] for seconds in times)
            ratio = statistics.median(
                seconds[index] / bare[index] for seconds, bare in zip(times, baseline, strict=True)
            )
            figures.append(f"{kind} {median:6.2f} s  × {ratio:.2f}")
        print(f"{name:22}{'    '.join(figures)}")


def hostile_seconds(unit: str, size: int) -> tuple[float, str]:
    """Return the least CPU time in seconds for reading a text of one unit, and how it ends."""
    text = HEAD + unit * (size // len(unit.encode())) + "x"
    taken, outcome = [], "read"
    # Without the collector, as timeit does: its full passes come at no fixed distance.
    gc.disable()
    for _ in range(HOSTILE_ROUNDS):
        gc.collect()
        start = time.process_time()
        try:
            parse(text)
        except DigestError as error:
            outcome = f"refused: {error}"
        taken.append(time.process_time() - start)
    gc.enable()
    return min(taken), outcome


def run_hostile() -> None:
    sizes = "  ".join(f"{size / 1e6:g} MB".rjust(10) for size in HOSTILE_SIZES)
    print(f"{'':28}{sizes}   1 MB / 100 KB")
    for name, unit in HOSTILE.items():
        results = [hostile_seconds(unit, size) for size in HOSTILE_SIZES]
        times = "  ".join(f"{taken * 1000:7.1f} ms" for taken, _ in results)
        ratio = results[1][0] / results[0][0]
        # A text that is refused takes no time worth comparing.
        is_read = results[1][1] == "read"
        verdict = "" if ratio <= HOSTILE_RATIO or not is_read else "   TOO SLOW"
        print(f"{name:28}{times}   × {ratio:5.1f}{verdict}   {results[-1][1]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--digests", type=Path, default=os.environ.get("DAILY_PAPERS_TEST_DIGESTS"))
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--hostile", action="store_true")
    options = parser.parse_args()
    if options.hostile:
        run_hostile()
        return
    with tempfile.TemporaryDirectory() as folder:
        digests = Path(options.digests or folder)
        if not options.digests:
            for digest in made_up():
                file = digests / f"{digest.date:%Y/%m/%d}.md"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(write(digest), encoding="utf-8")
        run(files_in([digests]), options.rounds)


if __name__ == "__main__":
    main()
