"""Pause schedules that can't post, recheck them, and resume them."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import discord

from bot.jobs.outcomes import Blocked, Done, JobOutcome, Record, Rerun, Skipped
from bot.posting import job_factory
from bot.posting.channels import FoundChannel, check_channel, find_channel
from bot.posting.log_entries import report
from bot.posting.planner import Planner
from bot.posting.settings import PostingSettings
from storage import deliveries, schedule_states, schedules
from storage.database import Database, Writer
from storage.records import Job, LogKind, NewLogEntry, Outcome, Reason, Schedule

log = logging.getLogger(__name__)

_NEEDS_A_PERSON: Final = frozenset({Reason.REFUSED, Reason.TOO_MANY_THREADS})
"""Discord sends no event when these are over."""


async def find_usable_channel(client: discord.Client, schedule: Schedule) -> FoundChannel:
    """Find a schedule's channel and check that it can post there.

    Raises:
        Blocked: The schedule can't post there.
        Retry: Discord can't be asked at the moment.
    """
    settings = schedule.settings
    found = await find_channel(client, schedule.guild_id, settings.channel_id)
    check_channel(found.facts, settings)
    return found


class Pausing:
    """Pauses and resumes schedules."""

    def __init__(
        self,
        *,
        database: Database,
        client: discord.Client,
        planner: Planner,
        settings: PostingSettings,
        now: Callable[[], datetime],
    ) -> None:
        """Build the object.

        Args:
            database: With the schedules, deliveries and jobs.
            client: The Discord client.
            planner: Makes the jobs of open deliveries.
            settings: Times and limits of posts.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._client = client
        self._planner = planner
        self._settings = settings
        self._now = now

    def pause(self, schedule: Schedule, reason: Reason, *following: Job) -> Blocked:
        """Return the outcome that pauses a schedule and notifies its server, or its creator once.

        Its record raises `Rerun` if the schedule was edited, paused or deleted since it was read.

        Args:
            schedule: As it was read.
            reason: Why the schedule can't post.
            following: Jobs to write in the same transaction.
        """
        now = self._now()
        # A repeated pause: nothing was posted since the last one, so events don't help.
        is_seldom = schedule.notified is reason or reason in _NEEDS_A_PERSON
        not_before = now + self._settings.recheck_seldom if is_seldom else None

        async def record(writer: Writer) -> Sequence[Job]:
            if not await schedule_states.is_current(writer, schedule):
                raise Rerun  # the reason is one of the schedule as it was, such as its old channel
            paused = await schedule_states.pause(writer, schedule.id, reason=reason, at=now)
            assert paused is not None
            is_news = await schedule_states.set_notified(writer, schedule.id, reason)
            entry = NewLogEntry(
                kind=LogKind.PAUSED,
                at=now,
                schedule_id=schedule.id,
                reason=reason,
                for_creator=is_news,
            )
            return [
                *following,
                job_factory.recheck(paused, now, self._settings, not_before=not_before),
                *await report(writer, paused, entry),
            ]

        def committed() -> None:
            log.warning(
                "schedule %d of server %d is paused: %s", schedule.id, schedule.guild_id, reason
            )

        return Blocked(record=record, committed=committed, reason=reason, history=Outcome.PAUSED)

    async def pause_for_person(self, schedule_id: int, *, actor_id: int) -> Schedule | None:
        """Pause a schedule; `None` if it was paused by a person before, or is gone."""
        now, reason = self._now(), Reason.PAUSED_BY_PERSON
        async with self._database.transaction(durable=True) as writer:
            paused = await schedule_states.pause(
                writer, schedule_id, reason=reason, at=now, actor_id=actor_id
            )
            if paused is not None:
                entry = NewLogEntry(
                    kind=LogKind.PAUSED,
                    at=now,
                    schedule_id=schedule_id,
                    reason=reason,
                    actor_id=actor_id,
                )
                await report(writer, paused, entry)
        return paused

    def resume(
        self,
        schedule_id: int,
        *,
        actor_id: int | None = None,
        is_bot_pause_only: bool = False,
        resumed: Callable[[Schedule], None] = lambda _: None,
    ) -> Record:
        """Return a function that resumes a schedule and returns its occurrence and delivery jobs.

        Args:
            schedule_id: The schedule to resume.
            actor_id: The Discord user who resumes it.
            is_bot_pause_only: Whether a schedule that a person has paused stays paused.
            resumed: Called in the transaction with the schedule as it is then.
        """
        now = self._now()

        async def record(writer: Writer) -> Sequence[Job]:
            schedule = await schedule_states.resume(
                writer,
                schedule_id,
                at=now,
                next_job=lambda each: job_factory.occurrence(each, now),
                actor_id=actor_id,
                is_bot_pause_only=is_bot_pause_only,
            )
            if schedule is None:
                return []
            resumed(schedule)
            entry = NewLogEntry(
                kind=LogKind.RESUMED, at=now, schedule_id=schedule_id, actor_id=actor_id
            )
            await report(writer, schedule, entry)
            # The occurrence's job is returned, too, so that the runner queues it at once.
            return [
                job_factory.occurrence(schedule, now),
                *(
                    self._planner.delivery_job(each, schedule, due=each.planned_at)
                    for each in await deliveries.open_in(writer, schedule_id)
                ),
            ]

        return record

    async def recheck(self, job: Job) -> JobOutcome:
        """Resume a schedule that the bot has paused, if it can post again."""
        assert job.schedule_id is not None
        schedule = await schedules.get(self._database, job.schedule_id)
        if schedule is None or schedule.paused_reason in (None, Reason.PAUSED_BY_PERSON):
            return Skipped()
        try:
            await find_usable_channel(self._client, schedule)
        except Blocked:
            return Done(record=self._recheck_again(schedule))

        def committed() -> None:
            log.info("schedule %d is resumed: it can post again", schedule.id)

        return Done(record=self.resume(schedule.id, is_bot_pause_only=True), committed=committed)

    def _recheck_again(self, schedule: Schedule) -> Record:
        async def record(_writer: Writer) -> Sequence[Job]:
            return [
                job_factory.recheck(schedule, self._now(), self._settings, not_before=None),
            ]

        return record
