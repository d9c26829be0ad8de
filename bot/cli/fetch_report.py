"""What `fetch` tells about its progress, the days it could not read and the result."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.cli import streams
from bot.cli.ingest_report import count_of
from bot.cli.streams import clean_line, print_error
from bot.ingest.fetch import FetchedDay, FetchOutcome, Pause


@dataclass(slots=True)
class FetchCounts:
    """How many days and papers there were."""

    total: int
    """Days to read."""
    days: Counter[FetchOutcome] = field(default_factory=Counter)
    papers: int = 0
    new: int = 0

    def add(self, fetched: FetchedDay) -> None:
        """Count a day."""
        self.days[fetched.outcome] += 1
        self.papers += fetched.papers
        self.new += fetched.new

    @property
    def is_complete(self) -> bool:
        """Whether every day has been read."""
        return self.days.total() == self.total and not self.days[FetchOutcome.FAILED]

    def summary(self) -> str:
        """Return a sentence with the number of days and papers."""
        days = self.days
        done = days.total()
        parts = [
            f"{count_of(days[FetchOutcome.STORED] + days[FetchOutcome.UNCHANGED], 'list')}",
            f"{days[FetchOutcome.EMPTY]:,} without papers",
            f"{days[FetchOutcome.FAILED]:,} failed",
        ]
        if days[FetchOutcome.UNCHANGED]:
            parts[0] += f" ({days[FetchOutcome.UNCHANGED]:,} unchanged)"
        if days[FetchOutcome.KNOWN]:
            parts.insert(0, f"{days[FetchOutcome.KNOWN]:,} read before")
        if done < self.total:
            parts.append(f"{self.total - done:,} not read")
        papers = f"{count_of(self.papers, 'paper')}, {self.new:,} new"
        return f"{count_of(self.total, 'day')}: {', '.join(parts)}; {papers}."


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """Shows what happens."""

    day: Callable[[FetchedDay], None]
    pause: Callable[[Pause], None]
    problem: Callable[[str], None]


@contextmanager
def progress(total: int) -> Iterator[FetchProgress]:
    """Show the progress over `total` days, failures and pauses, on stderr.

    A terminal gets a progress bar with the failures above it. Elsewhere each day that is read gets
    a line, too.
    """
    if not streams.is_terminal(sys.stderr):
        yield FetchProgress(_print_day, _print_pause, print_error)
        return
    # Only terminals need rich, which takes long to import.
    from bot.cli.progress_bar import ProgressBar  # noqa: PLC0415 - start-up time

    with ProgressBar("Fetching lists", total) as bar:

        def show_day(fetched: FetchedDay) -> None:
            if fetched.outcome is FetchOutcome.FAILED:
                bar.print(_line(fetched))
            bar.advance(f"Fetching {fetched.source} {fetched.day}")

        def show_pause(pause: Pause) -> None:
            bar.describe(f"Waiting {pause.seconds:,} s for {pause.source}")

        yield FetchProgress(show_day, show_pause, bar.print)


def _print_day(fetched: FetchedDay) -> None:
    if fetched.outcome is not FetchOutcome.KNOWN:
        print_error(_line(fetched))


def _print_pause(pause: Pause) -> None:
    print_error(f"{pause.source} {clean_line(pause.reason)}; waiting {pause.seconds:,} s")


def _line(fetched: FetchedDay) -> str:
    what = {
        FetchOutcome.KNOWN: "read before",
        FetchOutcome.STORED: f"{count_of(fetched.papers, 'paper')}, {fetched.new:,} new",
        FetchOutcome.UNCHANGED: "unchanged",
        FetchOutcome.EMPTY: "no papers",
        FetchOutcome.FAILED: f"failed: it {clean_line(fetched.error or '')}",
    }[fetched.outcome]
    return f"{fetched.source}: list of {fetched.day}: {what}"
