"""What an operator may set of the posts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

GRACE: Final = timedelta(minutes=5)
"""For which an occurrence is on time, however little is caught up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingSettings:
    """Times and limits of the scheduled posts; tests make them shorter."""

    news_days: int = 4
    """A digest dated more days before is not posted any more."""
    wait_hours: float = 6.0
    """How long after its time a schedule waits for a late digest."""
    refresh_jitter: timedelta = timedelta(hours=1)
    """Within which refreshes are spread, so that they don't all come at midnight."""
    recheck: timedelta = timedelta(minutes=10)
    """How often it is checked whether a paused schedule can post again."""
    recheck_seldom: timedelta = timedelta(hours=1)
    """The same after a refusal that the checks can't see."""
    purge_after: timedelta = timedelta(minutes=15)
    """How long a deleted schedule can be restored."""
    by_hand_expires: timedelta = timedelta(minutes=15)
    """How long it is attempted to send what a person asked for."""
    complete_within: timedelta = timedelta(days=7)
    """For how long a post that has begun is completed."""
    follow_up_within: timedelta = timedelta(hours=24)
    """For how long a post is published or refreshed after it was due."""
    keep_messages: timedelta = timedelta(days=2)
    """How long a stored message is kept after it was last planned, if nothing has to send it."""
    forum_settling: float = 15.0
    """Seconds in which Discord finishes a forum post whose request broke: it takes no nonce."""
    first_backoff: float = 1.0
    """Seconds before the first retry."""
    tick: float = 1.0
    """Seconds between two looks for due jobs."""
