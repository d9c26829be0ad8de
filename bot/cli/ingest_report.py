"""What `ingest` tells about its progress, the problems it found and the result."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from bot.cli import streams
from bot.cli.streams import clean_line, print_error
from bot.ingest import IngestResult


def problem_lines(result: IngestResult) -> Iterable[str]:
    """Yield a line for each problem of a file."""
    path = clean_line(result.path)
    if result.refused is not None:
        yield f"{path}: refused: {clean_line(result.refused)}"
    for problem in result.problems:
        yield f"{path}:{problem.line}: {problem.kind}: {clean_line(problem.message)}"


def stored_lines(result: IngestResult) -> Iterable[str]:
    """Yield a line for each digest of a file that was stored."""
    for digest in result.stored:
        counts = f"{digest.new} new, {digest.changed} changed, {digest.same} the same"
        yield f"{clean_line(result.path)}: digest of {digest.date.isoformat()}: {counts}"


def summary(results: Sequence[IngestResult]) -> str:
    """Return a sentence with the number of digests, papers and problems."""
    stored = [digest for result in results for digest in result.stored]
    line = (
        f"{count_of(len(stored), 'digest')}, {sum(digest.is_new for digest in stored):,} new; "
        f"{count_of(sum(digest.new for digest in stored), 'paper')} new, "
        f"{sum(digest.changed for digest in stored):,} changed, "
        f"{sum(digest.same for digest in stored):,} the same; "
        f"{count_of(sum(len(result.problems) for result in results), 'problem')}"
    )
    if refused := sum(result.refused is not None for result in results):
        line += f"; {count_of(refused, 'file')} refused"
    return f"{line}."


def count_of(count: int, word: str) -> str:
    """Return a number with its noun, as in “1 day” and “1,000 days”."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


@contextmanager
def progress(total: int) -> Iterator[Callable[[IngestResult], None]]:
    """Show the progress over `total` files, and their problems, on stderr.

    A terminal gets a progress bar with the problems above it. Elsewhere each digest gets a line,
    too.
    """
    if not streams.is_terminal(sys.stderr):
        yield _print_result
        return
    # Only terminals need rich, which takes as long to import as many digests to read.
    from bot.cli.progress_bar import ProgressBar  # noqa: PLC0415 - start-up time

    with ProgressBar("Reading digests", total) as bar:

        def show_result(result: IngestResult) -> None:
            for line in problem_lines(result):
                bar.print(line)
            bar.advance()

        yield show_result


def _print_result(result: IngestResult) -> None:
    for line in (*problem_lines(result), *stored_lines(result)):
        print_error(line)
