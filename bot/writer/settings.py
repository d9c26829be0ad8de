"""The settings of the writer."""

from dataclasses import dataclass
from typing import Final

from storage.writer_attempts import DailyLimits

_LIMITS: Final = DailyLimits(papers=60, tokens=1_000_000)


@dataclass(frozen=True, slots=True)
class WriterSettings:
    """Languages and limits."""

    languages: tuple[str, ...] = ("ko", "en")
    """The codes of the languages to write in."""
    limits: DailyLimits = _LIMITS
    parallel: int = 2
    """How many papers are written at the same time."""
    all: bool = False
    """Whether all papers are written, and not only those that posts show and people open."""
