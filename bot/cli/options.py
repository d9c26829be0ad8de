"""What the commands share in their declarations. Imports little, as every call needs it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import typer

_Choice = TypeVar("_Choice", bound=StrEnum)


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


class OptionError(typer.BadParameter):
    """An option's value can't be used; `str()` of it names the option and says what to do."""

    def format_message(self) -> str:
        """Return the sentence as it is, without Click's words around it."""
        return self.message


def number_parser(option: str, low: int, high: int) -> Callable[[str], int]:
    """Return a parser of whole numbers from `low` to `high`, for `typer.Option`."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise OptionError(f"{option}: choose a number from {low:,} to {high:,}.")
        return number

    return parse


def either(names: Sequence[str]) -> str:
    """Return names as a choice in a sentence.

    >>> either(["jsonl", "markdown", "csv"])
    'jsonl, markdown or csv'
    """
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def choice_parser(option: str, kind: type[_Choice]) -> Callable[[str], _Choice]:
    """Return a parser of the values of an enumeration, for `typer.Option`."""

    def parse(text: str) -> _Choice:
        try:
            return kind(text)
        except ValueError:
            raise OptionError(f"{option}: choose {either(list(kind))}.") from None

    return parse


def choices(kind: type[_Choice]) -> str:
    """Return how the help shows the values of an enumeration."""
    return f"<{'|'.join(kind)}>"


def day_parser(option: str) -> Callable[[str], date]:
    """Return a parser of days, for `typer.Option`."""

    def parse(text: str) -> date:
        try:
            return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise OptionError(f"{option}: write a day such as 2025-02-21.") from None

    return parse
