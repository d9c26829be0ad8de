"""What came of a post that a person asked for."""

from dataclasses import dataclass

from bot.posts.subjects import Subject


@dataclass(frozen=True, slots=True)
class Posted:
    """It was sent."""

    subject: Subject
    messages: tuple[tuple[int, int], ...]
    """The channel and the id of each message, in order."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to show, or nothing was sent."""

    reason: str
    """A word such as `no_digest`, `filtered_out`, `already`, `under_way` or a pause's reason."""
