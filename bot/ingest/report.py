"""The result of ingesting one text, and its log lines."""

import logging
from dataclasses import dataclass

from bot.digest import Problem
from storage.records import StoredDigest

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ingested:
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


def log_result(result: Ingested) -> None:
    """Log what was refused, the problems, and the digests that are new or changed."""
    if result.refused is not None:
        log.warning("%s %s", result.path, result.refused)
    for problem in result.problems:
        log.warning("%s:%d: %s: %s", result.path, problem.line, problem.kind.value, problem.message)
    for stored in result.stored:
        if stored.is_new or stored.new or stored.changed:
            log.info(
                "stored the digest of %s: %d papers new, %d changed, %d the same",
                stored.date,
                stored.new,
                stored.changed,
                stored.same,
            )
