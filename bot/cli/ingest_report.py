"""What `ingest` tells about its progress, the problems it found and the result."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from bot.cli import streams
from bot.cli.streams import clean_line, print_error
from bot.ingest import Ingested


def problem_lines(result: Ingested) -> Iterable[str]:
    """Yield a line for each problem of a file."""
    path = clean_line(result.path)
    if result.refused is not None:
        yield f"{path}: refused: {clean_line(result.refused)}"
    for problem in result.problems:
        yield f"{path}:{problem.line}: {problem.kind}: {clean_line(problem.message)}"


def stored_lines(result: Ingested) -> Iterable[str]:
    """Yield a line for each digest of a file that was stored."""
    for digest in result.stored:
        counts = f"{digest.new} new, {digest.changed} changed, {digest.same} the same"
        yield f"{clean_line(result.path)}: digest of {digest.date.isoformat()}: {counts}"


def summary(results: Sequence[Ingested]) -> str:
    """Return a sentence with the number of digests, papers and problems."""
    stored = [digest for result in results for digest in result.stored]
    line = (
        f"{_count(len(stored), 'digest')}, {sum(digest.is_new for digest in stored):,} new; "
        f"{_count(sum(digest.new for digest in stored), 'paper')} new, "
        f"{sum(digest.changed for digest in stored):,} changed, "
        f"{sum(digest.same for digest in stored):,} the same; "
        f"{_count(sum(len(result.problems) for result in results), 'problem')}"
    )
    if refused := sum(result.refused is not None for result in results):
        line += f"; {_count(refused, 'file')} refused"
    return f"{line}."


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


@contextmanager
def progress(total: int) -> Iterator[Callable[[Ingested], None]]:
    """Show the progress over `total` files, and their problems, on stderr.

    A terminal gets a progress bar with the problems above it. Elsewhere each digest gets a line,
    too.
    """
    if not streams.is_terminal(sys.stderr):
        yield _print_result
        return
    # Only terminals need rich, which takes as long to import as many digests to read.
    from rich.console import Console  # noqa: PLC0415 - start-up time
    from rich.progress import (  # noqa: PLC0415 - start-up time
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text  # noqa: PLC0415 - start-up time

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Reading digests", total=total)

        def show_result(result: Ingested) -> None:
            for line in problem_lines(result):
                bar.console.print(Text(line), soft_wrap=True)
            bar.advance(task)

        yield show_result


def _print_result(result: Ingested) -> None:
    for line in (*problem_lines(result), *stored_lines(result)):
        print_error(line)
