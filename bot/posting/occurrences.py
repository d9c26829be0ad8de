"""The job of a due occurrence: plan the post, or record why the schedule posts nothing."""

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.jobs.outcomes import Blocked, Done, JobOutcome, Record, Rerun, Skipped, Wait
from bot.posting import job_factory
from bot.posting.channels import FoundChannel
from bot.posting.dependencies import Dependencies
from bot.posting.pausing import Pausing, find_usable_channel
from bot.posting.planner import PlannedPost, RenderedPost
from bot.posting.recurrence import Occurrence, next_run, open_occurrence
from bot.posting.selection import Selection
from bot.posting.settings import GRACE
from storage import history, schedule_states, schedules
from storage.database import Writer
from storage.digests import papers_version
from storage.records import Job, NewEvent, Outcome, Reason, Schedule

log = logging.getLogger(__name__)

_READING_PAUSE: Final = timedelta(seconds=2)
"""How long to wait before looking again whether the newest list has been read."""
_HAS_WAITED: Final = json.dumps({"has_waited": True})
"""The payload of a job that has waited for a digest, whatever has delayed it since."""


class OccurrenceHandler:
    """Runs the jobs of occurrences."""

    def __init__(
        self, given: Dependencies, *, pausing: Pausing, keep_planned: Callable[[PlannedPost], None]
    ) -> None:
        """Build the handler.

        Args:
            given: What it works with.
            pausing: Pauses a schedule that can't post.
            keep_planned: Called with a post that was just planned, so that it is sent without being
                read again.
        """
        self._database = given.database
        self._client = given.client
        self._planner = given.planner
        self._news = given.news
        self._sources = given.sources
        self._pausing = pausing
        self._keep_planned = keep_planned
        self._settings = given.settings
        self._now = given.now
        self._days_without_digest: set[date] = set()
        """Those that the log has named."""

    async def run(self, job: Job) -> JobOutcome:  # noqa: PLR0911 - one per way it ends
        """Plan a schedule's post for a due occurrence."""
        assert job.schedule_id is not None
        schedule = await schedules.get(self._database, job.schedule_id)
        if schedule is None:
            return Skipped()
        now = self._now()
        occurrence = open_occurrence(schedule, now)
        if schedule.paused_at is not None:
            return Skipped(record=self._not_posted(schedule, occurrence, now))
        if occurrence is None:
            return Done(record=self._next_only(schedule, now))
        if await self._is_too_late(job, schedule, occurrence, now):
            return self._without_post(schedule, occurrence, Outcome.MISSED, Reason.TOO_LATE)
        if self._sources.is_reading(occurrence.due):
            return Wait(until=now + _READING_PAUSE, reason=Reason.NO_DIGEST, payload=_HAS_WAITED)
        version, _ = await self._database.content_version()
        selection = await self._news.find(schedule, occurrence)
        if not isinstance(selection, Selection):
            until = occurrence.due + timedelta(hours=self._settings.wait_hours)
            if now < until:
                return Wait(
                    until=until,
                    reason=Reason.NO_DIGEST,
                    payload=_HAS_WAITED,
                    check=self._has_no_news_since(version),
                )
            reason = selection
            if reason is Reason.NO_DIGEST and await self._sources.is_unavailable(occurrence.due):
                reason = Reason.SOURCE_UNAVAILABLE
            return self._without_post(schedule, occurrence, Outcome.NOTHING_NEW, reason)
        try:
            found = await find_usable_channel(self._client, schedule)
        except Blocked as blocked:
            # The occurrence isn't claimed, so it is still open after the schedule is resumed.
            following = job_factory.occurrence_at(schedule, next_run(schedule, now))
            return self._pausing.pause(schedule, blocked.reason or Reason.REFUSED, following)
        post = await self._planner.post_of(selection, schedule, found)
        return self._plan(schedule, occurrence, selection, post, found)

    async def _is_too_late(
        self, job: Job, schedule: Schedule, occurrence: Occurrence, now: datetime
    ) -> bool:
        """Return whether an occurrence may not be posted any more."""
        late = now - occurrence.due
        if late <= max(timedelta(hours=schedule.settings.catch_up), GRACE):
            return False
        if job.run_at != occurrence.due:
            return True
        longest_wait = timedelta(hours=self._settings.wait_hours) + GRACE
        if job.payload == _HAS_WAITED and late <= longest_wait:
            return False
        # After an internal error there is time until the next occurrence, then the open one.
        return not await history.has_failed(self._database, job)

    def _has_no_news_since(self, version: int) -> Callable[[Writer], Awaitable[None]]:
        """Return a check that raises `Rerun` if papers were stored since a content version."""

        async def check(writer: Writer) -> None:
            if await papers_version(writer) != version:
                raise Rerun

        return check

    def _plan(
        self,
        schedule: Schedule,
        occurrence: Occurrence,
        selection: Selection,
        post: RenderedPost | None,
        found: FoundChannel,
    ) -> Done:
        planned: list[PlannedPost] = []

        async def record(writer: Writer) -> Sequence[Job]:
            delivery, new_jobs = await self._planner.write(
                writer, schedule, selection, post, occurrence=occurrence
            )
            if delivery is not None and post is not None:
                planned.append(PlannedPost.of(delivery, schedule, found, post.messages))
            return new_jobs

        def committed() -> None:
            for each in planned:
                self._keep_planned(each)

        history = Outcome.FILTERED_OUT if post is None else None
        return Done(record=record, committed=committed, history=history)

    def _without_post(
        self, schedule: Schedule, occurrence: Occurrence, outcome: Outcome, reason: Reason
    ) -> Skipped:
        """End an occurrence without a post."""
        now = self._now()

        async def record(writer: Writer) -> Sequence[Job]:
            claimed = await schedule_states.claim(
                writer, schedule, day=occurrence.day, due=occurrence.due
            )
            if claimed is None:
                raise Rerun
            await history.write(writer, schedule, NewEvent(outcome, now, reason))
            return [job_factory.occurrence_at(claimed, next_run(claimed, now))]

        def committed() -> None:
            # Live lists, which are not waited for, have holidays; `Polling.warn` looks after them.
            is_late = reason is Reason.NO_DIGEST and self._settings.wait_hours > 0
            if is_late and occurrence.day not in self._days_without_digest:
                self._days_without_digest.add(occurrence.day)
                log.warning(
                    "no new digest came within %g hours for the posts of %s (schedule %d and"
                    " perhaps others)",
                    self._settings.wait_hours,
                    occurrence.day,
                    schedule.id,
                )

        return Skipped(record=record, committed=committed, reason=reason, history=outcome)

    @staticmethod
    def _next_only(schedule: Schedule, now: datetime) -> Record:
        async def record(writer: Writer) -> Sequence[Job]:
            if not await schedule_states.is_current(writer, schedule):
                raise Rerun
            return [job_factory.occurrence_at(schedule, next_run(schedule, now))]

        return record

    @staticmethod
    def _not_posted(schedule: Schedule, occurrence: Occurrence | None, now: datetime) -> Record:
        """Record that an occurrence was due while its schedule was paused; it is not claimed."""

        async def record(writer: Writer) -> Sequence[Job]:
            if not await schedule_states.is_current(writer, schedule):
                raise Rerun
            if occurrence is not None and now - occurrence.due < GRACE:
                event = NewEvent(Outcome.NOT_POSTED, now, schedule.paused_reason)
                await history.write(writer, schedule, event)
            return [job_factory.occurrence_at(schedule, next_run(schedule, now))]

        return record
