"""Make the jobs of scheduled posts, with their keys, lanes and times. Pure."""

import json
import random
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from bot.posting.recurrence import next_run, open_occurrence
from bot.posting.settings import PostingSettings
from storage import guild_log
from storage.records import Job, Reason, Schedule

CLEAN_KEY: Final = "clean:messages"


class JobKind(StrEnum):
    """The kinds of jobs that posting has handlers for."""

    OCCURRENCE = "occurrence"
    """Plan the post of a schedule's next occurrence."""
    DELIVERY = "delivery"
    """Send a planned delivery."""
    PUBLISH = "publish"
    REFRESH = "refresh"
    RECHECK = "recheck"
    """Check whether a paused schedule can post again."""
    PURGE = "purge"
    """Remove a deleted schedule for good."""
    NOTIFY = "notify"
    """Notify a schedule's creator by direct message."""
    LOG = guild_log.JOB
    """Write into the log channel of a server."""
    CLEAN = "clean"
    """Delete stored messages and readings of votes that nobody needs any more."""


class Priority(IntEnum):
    """Within a lane, lower ones come first."""

    BY_HAND = 0
    POST = 1
    PUBLISH = 2
    REFRESH = 3


def post_lane(channel_id: int) -> str:
    """Return the lane of a channel's posts."""
    return f"post:{channel_id}"


def _after_lane(channel_id: int) -> str:
    return f"after:{channel_id}"


def occurrence(schedule: Schedule, now: datetime) -> Job:
    """Return the job of a schedule's open occurrence, or else of its next one."""
    is_active = schedule.paused_at is None
    due = open_occurrence(schedule, now) if is_active else None
    return occurrence_at(schedule, due.due if due is not None else next_run(schedule, now))


def occurrence_at(schedule: Schedule, run_at: datetime) -> Job:
    """Return the job of a schedule's occurrence that is due at a moment."""
    return Job(
        key=f"occurrence:{schedule.id}",
        kind=JobKind.OCCURRENCE,
        schedule_id=schedule.id,
        lane=post_lane(schedule.settings.channel_id),
        priority=Priority.POST,
        run_at=run_at,
    )


def delivery(
    delivery_id: int,
    schedule: Schedule,
    *,
    channel_id: int,
    due: datetime,
    expires_at: datetime,
    by_hand: bool = False,
) -> Job:
    """Return the job that sends a delivery."""
    return Job(
        key=f"delivery:{delivery_id}",
        kind=JobKind.DELIVERY,
        schedule_id=schedule.id,
        delivery_id=delivery_id,
        lane=post_lane(channel_id),
        priority=Priority.BY_HAND if by_hand else Priority.POST,
        run_at=due,
        expires_at=expires_at,
    )


def publish(
    delivery_id: int, schedule_id: int, channel_id: int, now: datetime, settings: PostingSettings
) -> Job:
    """Return the job that publishes a post to the servers that follow its channel."""
    return Job(
        key=f"publish:{delivery_id}",
        kind=JobKind.PUBLISH,
        schedule_id=schedule_id,
        delivery_id=delivery_id,
        lane=_after_lane(channel_id),
        priority=Priority.PUBLISH,
        run_at=now,
        expires_at=now + settings.follow_up_within,
    )


def refresh(
    delivery_id: int, schedule_id: int, channel_id: int, at: datetime, settings: PostingSettings
) -> Job:
    """Return the job that updates a post's votes at a time, or within the jitter after it."""
    jitter = settings.refresh_jitter * random.random()  # noqa: S311 - not a secret
    return Job(
        key=f"refresh:{delivery_id}",
        kind=JobKind.REFRESH,
        schedule_id=schedule_id,
        delivery_id=delivery_id,
        lane=_after_lane(channel_id),
        priority=Priority.REFRESH,
        run_at=at + jitter,
        expires_at=at + settings.follow_up_within,
    )


def recheck(
    schedule: Schedule, now: datetime, settings: PostingSettings, *, not_before: datetime | None
) -> Job:
    """Return the job that checks whether a paused schedule can post again.

    Events can bring it forward (`run_at`), but never to before `not_before`.
    """
    return Job(
        key=f"recheck:{schedule.id}",
        kind=JobKind.RECHECK,
        schedule_id=schedule.id,
        lane=f"recheck:{schedule.id}",
        priority=Priority.POST,
        run_at=now + settings.recheck,
        not_before=not_before,
    )


def purge(schedule_id: int, now: datetime, settings: PostingSettings) -> Job:
    """Return the job that removes a deleted schedule for good."""
    return Job(
        key=f"purge:{schedule_id}",
        kind=JobKind.PURGE,
        schedule_id=schedule_id,
        lane=f"purge:{schedule_id}",
        priority=Priority.POST,
        run_at=now + settings.purge_after,
    )


def notify(schedule: Schedule, reason: Reason, now: datetime) -> Job:
    """Return the job that notifies a schedule's creator."""
    return Job(
        key=f"notify:{schedule.id}",
        kind=JobKind.NOTIFY,
        schedule_id=schedule.id,
        payload=json.dumps({"reason": reason}),
        lane=guild_log.LANE,
        priority=Priority.POST,
        run_at=now,
        expires_at=now + timedelta(days=1),
    )


def clean(now: datetime) -> Job:
    """Return the job that deletes stored messages and readings of votes, once a day."""
    return Job(
        key=CLEAN_KEY,
        kind=JobKind.CLEAN,
        lane=CLEAN_KEY,
        priority=Priority.REFRESH,
        run_at=now,
    )
