"""Which stored papers are close in meaning to a query or a paper.

What these mean, and how vectors are compared, is told by `bot.semantic`, if it is installed.
"""

import sqlite3
from collections.abc import Sequence
from typing import Final, Protocol

from storage import vectors
from storage.records import Paper

_LIKELY: Final = 1_000
"""Papers whose stored vectors are compared."""


class Meaning(Protocol):
    """The meaning of a query or a paper. Its methods may run on any thread."""

    @property
    def model_id(self) -> int:
        """The model whose vectors it is compared with."""

    def likely(self, limit: int) -> list[int]:
        """Return the ids of the papers that are probably the closest, in no order."""

    def closeness(self, stored: Sequence[bytes]) -> list[float]:
        """Return how close stored vectors are, at most 1."""

    def least(self, best: float) -> float:
        """Return how close a paper must be where the closest one is as close as `best`."""


class Meanings(Protocol):
    """Finds out what queries and papers mean."""

    async def of_query(self, text: str) -> Meaning | None:
        """Return what a query means; `None` if that can't be told at the moment."""

    async def of_paper(self, paper: Paper) -> Meaning | None:
        """Return what a paper means, which needn't be stored; `None` as above."""


def near(
    connection: sqlite3.Connection, meaning: Meaning, *, limit: int, without: int | None = None
) -> list[int]:
    """Return the ids of the papers that are close in meaning, the closest first.

    `without` is the paper whose meaning it is.
    """
    close = closeness(connection, meaning, meaning.likely(_LIKELY))
    close.pop(without or 0, None)
    least = meaning.least(max(close.values(), default=0.0))
    found = [each for each, value in close.items() if value >= least]
    return sorted(found, key=lambda each: (-close[each], -each))[:limit]


def closeness(
    connection: sqlite3.Connection, meaning: Meaning, paper_ids: Sequence[int]
) -> dict[int, float]:
    """Return how close papers are in meaning; those without a vector are left out."""
    rows = vectors.of_ids(connection, meaning.model_id, paper_ids)
    values = meaning.closeness([packed for _, packed in rows]) if rows else []
    return {paper_id: value for (paper_id, _), value in zip(rows, values, strict=True)}
