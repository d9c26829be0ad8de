"""Pause schedules that can't post, recheck them, and resume them."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import discord

from bot.jobs.outcomes import Blocked, Done, JobOutcome, Record, Rerun, Skipped
from bot.posting import job_factory
from bot.posting.channels import FoundChannel, check_channel, find_channel
from bot.posting.log_entries import report
from bot.posting.planner import Planner
from bot.posting.settings import PostingSettings
from storage import deliveries, history, schedule_states, schedules
from storage.database import Database, Writer
from storage.records import Job, LogKind, NewLogEntry, Outcome, Reason, Schedule

log = logging.getLogger(__name__)

_NEEDS_A_PERSON: Final = frozenset({Reason.REFUSED, Reason.TOO_MANY_THREADS})
"""No check shows when these are over: to resume the schedule is a trial."""
_LONGEST_PAUSE: Final = timedelta(hours=6)
"""Between two trials."""
_MOST_DOUBLED: Final = 10
"""How often the pause between trials is doubled at most."""


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

        async def record(writer: Writer) -> Sequence[Job]:
            if not await schedule_states.is_current(writer, schedule):
                raise Rerun  # the reason is one of the schedule as it was, such as its old channel
            paused = await schedule_states.pause(writer, schedule.id, reason=reason, at=now)
            assert paused is not None
            trials = await _failed_trials(writer, paused)
            not_before = None
            if trials >= 0:
                pause = self._settings.recheck_seldom * 2 ** min(trials, _MOST_DOUBLED)
                not_before = now + min(pause, _LONGEST_PAUSE)
            is_news = await schedule_states.set_notified(writer, schedule.id, reason)
            entry = NewLogEntry(
                kind=LogKind.PAUSED,
                at=now,
                schedule_id=schedule.id,
                reason=reason,
                for_creator=is_news,
            )
            is_told = not is_news and trials > 0  # the log was told of no trial
            return [
                *following,
                job_factory.recheck(paused, now, self._settings, not_before=not_before),
                *([] if is_told else await report(writer, paused, entry)),
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
            if actor_id is not None or await _failed_trials(writer, schedule) < 0:
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

    async def report_post(self, writer: Writer, schedule: Schedule) -> Sequence[Job]:
        """Report that a schedule is resumed if only its post shows that, which is recorded next.

        Returns:
            Further jobs to write.
        """
        is_resumed = schedule.notified is not None and schedule.paused_at is None
        if not is_resumed or await _failed_trials(writer, schedule) < 0:
            return []
        entry = NewLogEntry(kind=LogKind.RESUMED, at=self._now(), schedule_id=schedule.id)
        return await report(writer, schedule, entry)

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


async def _failed_trials(writer: Writer, schedule: Schedule) -> int:
    """Return how many trials to resume a schedule failed before its last pause.

    A trial is a resumption of which no check shows that the reason of the pause is over: each one
    for some reasons, and from the second one on for those that come again although the check found
    nothing. -1 if the next resumption is no trial.
    """
    pauses = await history.pauses(writer, schedule)
    if not pauses:
        return -1
    return pauses.count(pauses[-1]) - (1 if pauses[-1] in _NEEDS_A_PERSON else 2)
