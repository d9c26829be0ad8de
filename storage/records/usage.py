"""How much of what the bot posts is read; counted without persons."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Usage:
    """Counts of some weeks. An opened paper counts in the week of its post, whenever that was."""

    posts: int = 0
    opens: int = 0
    """How often a paper of one of these posts was opened."""
    opened_posts: int = 0
    """Of how many of these posts one was."""
    threads: int = 0
    """Threads in which people wrote two messages or more."""
    searches: int = 0
    added: int = 0
    """How often a server added the bot."""
    removed: int = 0
    """How often a server removed the bot."""
    deleted_early: int = 0
    """Schedules that were deleted within 7 days."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted that a server would be told."""
        return not (self.posts or self.opens or self.threads or self.searches)

    @property
    def opens_per_post(self) -> float | None:
        """How often papers of a post were opened on average; `None` without posts."""
        return self.opens / self.posts if self.posts else None

    @property
    def opened_share(self) -> float | None:
        """The share of posts of which a paper was opened, 0 to 1; `None` without posts."""
        return min(1.0, self.opened_posts / self.posts) if self.posts else None


@dataclass(frozen=True, slots=True)
class WeekUsage:
    """The counts of a week, over all servers."""

    week: date
    """Its Monday; UTC."""
    usage: Usage
