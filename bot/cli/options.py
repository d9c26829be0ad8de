"""What the commands share in their declarations. Imports little, as every call needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """The options before the command; `typer.Context.obj` of each command."""

    config: Path | None
    """The file named by `--config`."""
    overrides: Mapping[str, object]
    """Settings given as options, by key; `None` if an option was not given."""


def examples(*calls: str) -> str:
    """Return the text below a command's help, with a line for each example."""
    return "\b\nExamples:\n" + "\n".join(f"  daily-papers {call}" for call in calls)
