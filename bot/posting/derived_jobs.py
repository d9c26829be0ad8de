"""Check and repair derived jobs: those that follow from schedules, deliveries and messages."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.posting import job_factory
from bot.posting.job_factory import JobKind
from bot.posting.planner import Planner
from bot.posting.recurrence import next_run
from bot.posting.settings import PostingSettings
from storage import deliveries, jobs, schedules
from storage.database import Database
from storage.records import Job, Reason, Schedule

log = logging.getLogger(__name__)

_BATCH: Final = 200
"""Schedules after which other tasks run."""
_NAMED: Final = 10
"""How many jobs a message in the log names."""


async def upgrade(database: Database, planner: Planner, *, now: datetime) -> None:
    """Store the messages of open deliveries that version 0.1.0 planned; idempotent.

    They are rendered from their plan, with today's votes and their old marks.
    """
    for delivery in await deliveries.open_ones(database):
        if all(part.message_hash is not None for part in delivery.parts):
            continue
        post = await planner.render_plan(delivery)
        if post is None:
            continue
        async with database.transaction() as writer:
            for part, message in zip(delivery.parts, post.stored, strict=False):
                if part.message_hash is None:
                    await deliveries.set_message(
                        writer, delivery.id, part.position, message, at=now
                    )


async def check(
    database: Database,
    planner: Planner,
    *,
    now: datetime,
    settings: PostingSettings,
    is_expected: bool = False,
) -> None:
    """Write missing jobs, and correct the times of wrong ones.

    Args:
        database: With the jobs and what they follow from.
        planner: Makes the jobs of deliveries.
        now: The wall clock, in UTC.
        settings: Times of jobs.
        is_expected: Whether jobs may be missing or wrong: at start, after an upgrade, and when the
            clock was set. Otherwise it is logged as an error.
    """
    wrong = await _wrong_jobs(database, planner, now, settings)
    if wrong and not is_expected:
        # Schedules and jobs are read one after the other, and may have changed in between.
        wrong = {
            key: job
            for key, job in (await _wrong_jobs(database, planner, now, settings)).items()
            if key in wrong
        }
    if not wrong:
        return
    if not is_expected:
        log.error(
            "%d jobs were missing or had a wrong time, and were corrected: %s",
            len(wrong),
            ", ".join(sorted(wrong)[:_NAMED]),
        )
    await jobs.enqueue(database, wrong.values())


async def _wrong_jobs(
    database: Database, planner: Planner, now: datetime, settings: PostingSettings
) -> dict[str, Job]:
    """Return the correct jobs in place of those that are missing or have a wrong time, by key."""
    found = await schedules.every(database)
    wrong = await _wrong_occurrences(database, found, now)
    by_id = {schedule.id: schedule for schedule in found}
    sending = {job.key for job in await jobs.of_kind(database, JobKind.DELIVERY)}
    for delivery in await deliveries.open_ones(database):
        owner = by_id.get(delivery.schedule_id or 0)
        if owner is None or (owner.paused_at is not None and not delivery.by_hand):
            continue
        job = planner.delivery_job(delivery, owner, due=delivery.planned_at)
        if job.key not in sending:
            wrong.append(job)
    rechecks = {job.key for job in await jobs.of_kind(database, JobKind.RECHECK)}
    paused = [each for each in found if each.paused_reason not in (None, Reason.PAUSED_BY_PERSON)]
    expected = [job_factory.recheck(each, now, settings, not_before=None) for each in paused]
    wrong += [job for job in expected if job.key not in rechecks]
    if not await jobs.of_kind(database, JobKind.CLEAN):
        wrong.append(job_factory.clean(now))
    return {job.key: job for job in wrong}


async def _wrong_occurrences(
    database: Database, found: Sequence[Schedule], now: datetime
) -> list[Job]:
    """Return the jobs of schedules' next occurrences that are missing or wrong."""
    wrong = []
    known = {job.key: job for job in await jobs.of_kind(database, JobKind.OCCURRENCE)}
    for number, schedule in enumerate(found):
        if number % _BATCH == 0:
            await asyncio.sleep(0)
        expected = job_factory.occurrence(schedule, now)
        if not _is_right(known.get(expected.key), expected, schedule, now):
            wrong.append(expected)
    return wrong


def _is_right(job: Job | None, expected: Job, schedule: Schedule, now: datetime) -> bool:
    """Return whether a schedule's job is correct; a job that is due counts as correct."""
    if job is None or job.lane != expected.lane:
        return False
    return job.run_at <= now or job.run_at in {expected.run_at, next_run(schedule, now)}
