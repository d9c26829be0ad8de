"""The progress bar of long commands, on stderr. Only terminals need it, and rich."""

from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class ProgressBar:
    """A bar on the last line of the terminal, with messages above it."""

    def __init__(self, description: str, total: int) -> None:
        """Make a bar; use it in a `with`.

        Args:
            description: What is done.
            total: How many steps there are.
        """
        console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=console, transient=True)
        self._task = self._progress.add_task(description, total=total)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def print(self, line: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(Text(line), soft_wrap=True)

    def advance(self, description: str | None = None) -> None:
        """Count a step as done."""
        self._progress.update(self._task, advance=1, description=description)

    def describe(self, description: str) -> None:
        """Say what is done now."""
        self._progress.update(self._task, description=description)
