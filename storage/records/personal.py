"""What is stored about a person, in numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalSummary:
    """How much is stored about a person."""

    saved: int
    """Papers."""
    notes: int
    """How many of the saved papers have one."""
    reports: int
    """Of summaries."""
    drafts: int
    """Unfinished set-ups."""
    channels: tuple[int, ...]
    """The channel of each schedule that the person made, oldest schedule first."""
    changes: int
    """How often the history says that the person paused or resumed a schedule."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        numbers = (self.saved, self.reports, self.drafts, len(self.channels), self.changes)
        return not any(numbers)
