"""Times as the database keeps them: UTC, ISO 8601 with microseconds, so that they sort as text."""

from datetime import UTC, date, datetime, time
from functools import lru_cache


@lru_cache(maxsize=64)  # the papers of a list have the same times
def to_text(moment: datetime) -> str:
    """Return a time as the database keeps it.

    Raises:
        ValueError: The time has no zone, so that nobody can tell when it was.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def to_optional_text(moment: datetime | None) -> str | None:
    """Return a time as the database keeps it, if there is one."""
    return None if moment is None else to_text(moment)


def from_text(text: str) -> datetime:
    """Return a stored time, in UTC."""
    return datetime.fromisoformat(text)


def from_optional_text(text: str | None) -> datetime | None:
    """Return a stored time, in UTC, if there is one."""
    return None if text is None else datetime.fromisoformat(text)


def start_of(day: date) -> datetime:
    """Return when a day begins in UTC."""
    return datetime.combine(day, time(), UTC)
