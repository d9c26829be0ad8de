"""The result of ingesting one text, and its log lines."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.digest import Problem
from storage.records import StoredDigest

log = logging.getLogger(__name__)

_PLACES: Final = 3
"""How many lines of a repeated problem are named."""


@dataclass(frozen=True, slots=True)
class IngestResult:
    """The result of ingesting one text."""

    path: str
    """Where the text came from, as given by the caller."""
    stored: tuple[StoredDigest, ...] = ()
    """What storing changed, for each digest in the text."""
    problems: tuple[Problem, ...] = ()
    """What could not be read as it stands; the rest of the text was stored."""
    refused: str | None = None
    """Why the text, or a digest in it, was not stored: a predicate that continues the path, such
    as "is not UTF-8 …". `None` if everything was stored."""


def log_result(result: IngestResult) -> None:
    """Log what was refused, the problems, and the digests that are new or changed.

    A problem that occurs on many lines has one entry, with its count and the first places.
    """
    if result.refused is not None:
        log.warning("%s %s", result.path, result.refused)
    lines: dict[tuple[str, str], list[int]] = {}
    for problem in result.problems:
        lines.setdefault((problem.kind.value, problem.message), []).append(problem.line)
    for (kind, message), found in lines.items():
        log.warning("%s:%d: %s: %s%s", result.path, found[0], kind, message, _count(found))
    for stored in result.stored:
        if stored.is_new or stored.new or stored.changed:
            log.info(
                "stored the digest of %s: %d papers new, %d changed, %d the same",
                stored.date,
                stored.new,
                stored.changed,
                stored.same,
            )


def _count(lines: Sequence[int]) -> str:
    """Return how often a problem occurs, and on which lines.

    >>> _count([3]), _count([3, 9]), _count([3, 9, 14, 20])
    ('', ' (2 times: lines 3, 9)', ' (4 times: lines 3, 9, 14 …)')
    """
    if len(lines) == 1:
        return ""
    places = ", ".join(map(str, lines[:_PLACES])) + (" …" if len(lines) > _PLACES else "")
    return f" ({len(lines):,} times: lines {places})"
