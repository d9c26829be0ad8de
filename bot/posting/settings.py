"""Times and limits of posts."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from storage.schedule_limits import Limits

GRACE: Final = timedelta(minutes=5)
"""How late an occurrence may be posted even if the schedule's catch-up time is shorter."""
MOST_SKEW: Final = timedelta(minutes=5)
"""The most by which this machine's clock and Discord's may differ: with more, nothing is posted."""
NONCE_LIVES: Final = timedelta(minutes=2)
"""How long Discord surely answers a repeated nonce with the message that is there: it says "the
past few minutes"."""


@cache
def _version() -> str:
    try:
        return version("daily-papers-bot")
    except PackageNotFoundError:
        return "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingSettings:
    """Times and limits of the scheduled posts; tests make them shorter."""

    limits: Limits = field(default_factory=Limits)
    """How many schedules a server and a channel may have."""
    news_days: int = 7
    """A list that is more days old is not posted any more."""
    list_age_hours: float = 10.0
    """How long a list that fills during its day must have been open before it is posted."""
    wait_hours: float = 6.0
    """How long after its time a schedule waits for a late digest of a folder or an address; 0 if
    there are live sources only."""
    sources: str = ""
    """What the papers are read from, for people, such as "Hugging Face"."""
    reading_pause: float = 1.0
    """Seconds between two readings of lists from one source."""
    reading_jitter: timedelta = timedelta(minutes=2)
    """By how much readings are put off at random, so that not all bots read at the same moment."""
    refresh_jitter: timedelta = timedelta(hours=1)
    """The period over which refreshes are spread, so that they don't all run at midnight."""
    recheck: timedelta = timedelta(minutes=10)
    """The time between two checks whether a paused schedule can post again."""
    recheck_seldom: timedelta = timedelta(hours=1)
    """The same time after a refusal that the checks can't detect; it doubles with each."""
    purge_after: timedelta = timedelta(minutes=15)
    """How long a deleted schedule can be restored."""
    by_hand_expires: timedelta = timedelta(minutes=15)
    """How long a post by hand is retried."""
    complete_within: timedelta = timedelta(days=7)
    """How long a partly sent post is retried."""
    follow_up_within: timedelta = timedelta(hours=24)
    """How long after its due time a post is published or refreshed."""
    keep_messages: timedelta = timedelta(days=2)
    """How long a stored message is kept after it was last planned, if it is not to be sent."""
    settling: float = 15.0
    """Seconds to wait before searching for a first message whose request broke, if it has no nonce
    or would get another one."""
    first_backoff: float = 1.0
    """Seconds before the first retry."""
    version: str = field(default_factory=_version)
    """Of this program; servers with a log channel are told when it is another one than before."""
    tick: float = 1.0
    """Seconds between two searches for due jobs."""
