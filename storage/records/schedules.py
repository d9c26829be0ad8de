"""Schedules: which channel gets what and when."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from storage.records.reasons import Reason


class Frequency(StrEnum):
    """How often a schedule posts, and so which digests a post covers."""

    DAY = "day"
    WEEK = "week"
    """The week from Monday that has ended, posted on the first day after it."""
    MONTH = "month"
    """The month that has ended, posted on the first day after it."""


class Layout(StrEnum):
    """How a post looks."""

    BRIEF = "brief"
    """The first paper with a sentence, and a list of the others."""
    CARDS = "cards"
    """One embed for each paper."""
    THREAD = "thread"
    """Brief in the channel, and a thread below it with a card for each paper."""


EVERY_DAY = 0b1111111
"""All days of `ScheduleOptions.days`."""
WEEKDAYS = 0b0011111
"""Monday to Friday."""
DEFAULT_COUNT = 5
"""Papers of a post."""
DEFAULT_CATCH_UP = 24
"""Hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleOptions:
    """The options of a schedule; those of `/schedule`, the columns and the texts derive from it."""

    channel_id: int | None = None
    """A text, announcement, forum or media channel, or a thread; `None` if none is chosen yet."""
    time: time = time(8)
    """Local, whole minutes."""
    timezone: str | None = None
    """IANA name. There is no default: a post at a wrong time helps nobody."""
    count: int = DEFAULT_COUNT
    """Papers per post, 1 to 25."""
    period: Frequency = Frequency.DAY
    layout: Layout = Layout.BRIEF
    days: int = WEEKDAYS
    """One bit per weekday on which it posts: 1 is Monday, 64 Sunday. For daily posts only."""
    min_votes: int | None = None
    """Papers with fewer votes, or unknown ones, are left out; `None` leaves out none."""
    include: str = ""
    """Words, "exact phrases" and author:names as typed, of which a paper must match one."""
    exclude: str = ""
    """The same, of which a paper may match none."""
    mention: int | None = None
    """The role that a post pings."""
    silent: bool = False
    """Whether a post sends no push notification."""
    publish: bool = False
    """Whether a post in an announcement channel is published to the servers that follow it."""
    refresh: bool = True
    """Whether a post is edited once if its votes have changed by the end of its first day."""
    catch_up: int = DEFAULT_CATCH_UP
    """How many hours late a missed occurrence is still posted, 0 to 168."""
    language: str
    """Of the texts: `en`, `ko`."""

    @property
    def is_filtered(self) -> bool:
        """Whether it leaves out papers by words or votes."""
        return bool(self.include or self.exclude or self.min_votes is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSettings(ScheduleOptions):
    """What one channel gets, and when: options with all that a schedule needs."""

    channel_id: int
    timezone: str


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """A schedule to store."""

    guild_id: int
    created_by: int
    """The Discord user who makes it."""
    settings: ScheduleSettings
    draft_id: int | None = None
    """The draft on the set-up screen that it comes from; it is deleted with it."""
    may_repeat: bool = True
    """Whether it is stored also if its channel gets the same papers by another schedule."""


@dataclass(frozen=True, slots=True)
class ScheduleEdit:
    """New settings of a stored schedule."""

    schedule_id: int
    guild_id: int
    """The server whose schedule it must be."""
    settings: ScheduleSettings
    draft_id: int | None = None
    """As in `NewSchedule`."""
    version: int | None = None
    """The version that must not have been edited since; `None` for any."""
    may_repeat: bool = True
    """As in `NewSchedule`; one that repeats another's papers already may go on to do so."""


@dataclass(frozen=True, slots=True)
class ScheduleRestore:
    """A deleted schedule to restore."""

    schedule_id: int
    guild_id: int
    """The server whose schedule it must be."""
    may_repeat: bool = True
    """As in `NewSchedule`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A stored schedule."""

    id: int
    guild_id: int
    created_by: int | None
    """The Discord user who made it; `None` if they had the bot forget that."""
    created_at: datetime
    """UTC."""
    settings: ScheduleSettings
    version: int = 1
    """Grows with each edit."""
    timed_at: datetime | None = None
    """UTC; occurrences before it don't count, since the times were changed then."""
    last_day: date | None = None
    """The local day of the last claimed occurrence; `None` before the first."""
    last_due: datetime | None = None
    """UTC; the moment at which that occurrence was due."""
    paused_at: datetime | None = None
    """UTC; `None` while it is active."""
    paused_reason: Reason | None = None
    notified: Reason | None = None
    """What its creator was last told by direct message; `None` again after a post."""
    deleted_at: datetime | None = None
    """UTC; it is removed for good 15 minutes later, and can be restored until then."""
