"""What reading digests costs, against markdown-it-py's own parse of the same text.

    python tests/benchmarks/bench_ingest.py [--digests FOLDER] [--rounds N] [--hostile]

Prints medians over interleaved rounds of one process, and their ratio to the bare CommonMark
parse. Reading and storing together may cost no more than that parse. Without a folder of real
digests (`DAILY_PAPERS_TEST_DIGESTS`, or `--digests`) digests are made up, of the same size.

With `--hostile` it prints instead how long 100 KB, 1 MB and 5 MB of text take that are made to be
slow: ten times the text takes at most 12 times as long, and 5 MB end within 2 seconds or are
refused.
"""

import argparse
import asyncio
import gc
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from markdown_it import MarkdownIt

from bot.digest import DigestError, parse, write
from bot.ingest import files_in, ingest_files
from storage.database import Database
from storage.records import Digest, Media, MediaKind, Paper, Section

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


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


async def ingest_seconds(files: tuple[Path, ...], folder: Path) -> float:
    """Return the seconds that reading and storing take, the index included, in a new database."""
    async with await Database.open(folder / "papers.db") as database:
        start = time.perf_counter()
        async for ingested in ingest_files(database, files, read_at=datetime.now(UTC)):
            assert ingested.refused is None, ingested
        return time.perf_counter() - start


def run(files: tuple[Path, ...], rounds: int) -> None:
    texts = [file.read_text(encoding="utf-8") for file in files]
    papers = sum(len(day.papers) for text in texts for day in parse(text)[0])
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(files)} files, {papers} papers, {size / 1e6:.2f} MB; {rounds} rounds")

    bare = MarkdownIt("commonmark")
    taken: dict[str, list[float]] = {
        "markdown-it-py, bare parse": [],
        "parse": [],
        "ingest: parse, store, index": [],
    }
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            times = (
                seconds(lambda: [bare.parse(text) for text in texts]),
                seconds(lambda: [parse(text) for text in texts]),
                asyncio.run(ingest_seconds(files, Path(folder))),
            )
        for name, taken_now in zip(taken, times, strict=True):
            taken[name].append(taken_now)

    baseline = taken["markdown-it-py, bare parse"]
    for name, times_of_name in taken.items():
        ratio = statistics.median(
            time / bare_time for time, bare_time in zip(times_of_name, baseline, strict=True)
        )
        print(f"{name:30} {statistics.median(times_of_name) * 1000:7.1f} ms   × {ratio:.2f}")


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
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--hostile", action="store_true")
    options = parser.parse_args()
    if options.hostile:
        run_hostile()
        return
    with tempfile.TemporaryDirectory() as folder:
        digests = Path(options.digests or folder)
        if not options.digests:
            for digest in made_up():
                (digests / f"{digest.date}.md").write_text(write(digest), encoding="utf-8")
        run(files_in([digests]), options.rounds)


if __name__ == "__main__":
    main()
