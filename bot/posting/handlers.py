"""The handlers of scheduled posts by kind of job, and those of the small jobs.

An outcome's `record` runs in the transaction that ends the job, so that the history and the next
jobs change together.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.jobs.outcomes import Blocked, Done, JobOutcome, Record, Skipped
from bot.jobs.runner import Kind
from bot.posting import job_factory
from bot.posting.delivering import DeliveryHandler
from bot.posting.dependencies import Dependencies
from bot.posting.discord_errors import EDITED_TOO_OFTEN
from bot.posting.guild_log import GuildLog
from bot.posting.job_factory import JobKind
from bot.posting.log_entries import report
from bot.posting.notify import Notifier
from bot.posting.occurrences import OccurrenceHandler
from bot.posting.pausing import Pausing
from storage import (
    deliveries,
    history,
    messages,
    schedule_deletion,
    schedule_states,
    schedules,
    searches,
    sources,
)
from storage.database import Writer
from storage.records import (
    Delivery,
    Job,
    LogKind,
    NewEvent,
    NewLogEntry,
    Outcome,
    Reason,
    Schedule,
)

log = logging.getLogger(__name__)

_NOTIFY_AFTER: Final = timedelta(hours=1)
_DM_HOLDS: Final = (Reason.RATE_LIMITED,)
"""All direct messages have one rate limit."""


class Handlers:
    """The handlers, and what they share."""

    def __init__(self, given: Dependencies, notifier: Notifier, guild_log: GuildLog) -> None:
        """Build the handlers; `notifier` sends direct messages."""
        self._database = given.database
        self._planner = given.planner
        self._sending = given.sending
        self._settings = given.settings
        self._now = given.now
        self._notifier = notifier
        self._guild_log = guild_log
        self.pausing = Pausing(
            database=given.database,
            client=given.client,
            planner=given.planner,
            settings=given.settings,
            now=given.now,
        )
        self.deliveries = DeliveryHandler(given, self.pausing)
        self._occurrences = OccurrenceHandler(
            given, pausing=self.pausing, keep_planned=self.deliveries.keep_planned
        )

    def kinds(self) -> dict[str, Kind]:
        """Return the handlers by kind of job, for the runner."""
        return {
            JobKind.OCCURRENCE: Kind(self._occurrences.run, failed=self.post_failed),
            JobKind.DELIVERY: Kind(
                self.deliveries.run, expire=self.deliveries.expire, failed=self.post_failed
            ),
            JobKind.PUBLISH: Kind(self.publish),
            JobKind.REFRESH: Kind(self.refresh),
            JobKind.RECHECK: Kind(self.pausing.recheck),
            JobKind.PURGE: Kind(self.purge, uses_discord=False, deletes_by_age=True),
            # Both are in one lane, and need no order.
            JobKind.NOTIFY: Kind(self.notify, holds_lane_for=_DM_HOLDS),
            JobKind.LOG: Kind(
                self._guild_log.run, expire=self._guild_log.expire, holds_lane_for=()
            ),
            JobKind.CLEAN: Kind(self.clean, uses_discord=False, deletes_by_age=True),
        }

    async def post_failed(self, job: Job) -> Record | None:
        """Record a post's first unexpected exception; report one after an hour.

        What else delayed the post in between doesn't matter.
        """
        schedule = await self._schedule(job)
        if schedule is None:
            return None
        now = self._now()

        async def record(writer: Writer) -> Sequence[Job]:
            since = await history.first_failure(writer, job)
            if since is None:
                event = NewEvent(Outcome.FAILED, now, Reason.INTERNAL, delivery_id=job.delivery_id)
                await history.write(writer, schedule, event)
                return []
            is_long = now - since >= _NOTIFY_AFTER
            if is_long and await schedule_states.set_notified(writer, schedule.id, Reason.INTERNAL):
                entry = NewLogEntry(
                    kind=LogKind.DELAYED,
                    at=now,
                    schedule_id=schedule.id,
                    reason=Reason.INTERNAL,
                    for_creator=True,
                )
                return await report(writer, schedule, entry)
            return []

        return record

    async def publish(self, job: Job) -> JobOutcome:
        """Publish a post to the servers that follow its channel."""
        delivery, schedule = await self._delivery_and_schedule(job)
        if delivery is not None and schedule is not None:
            await self._sending.publish(delivery, schedule)
        return Done()

    async def refresh(self, job: Job) -> JobOutcome:
        """Update a post's votes; an edit that Discord refuses leaves the post as it is."""
        delivery, schedule = await self._delivery_and_schedule(job)
        if delivery is None or schedule is None:
            return Skipped()
        post = await self._planner.render_plan(delivery)
        if post is None or len(post.messages) != len(delivery.parts):
            return Skipped()
        try:
            await self._sending.refresh(delivery, post, ignore=(EDITED_TOO_OFTEN,))
        except Blocked as blocked:
            log.info("delivery %d keeps its votes: %s", delivery.id, blocked.reason)
        return Done()

    async def purge(self, job: Job) -> JobOutcome:
        """Remove a deleted schedule for good."""
        now = self._now()
        schedule_id = job.schedule_id
        assert schedule_id is not None

        async def record(writer: Writer) -> Sequence[Job]:
            await schedule_deletion.purge(writer, schedule_id, at=now)
            return []

        return Done(record=record)

    async def notify(self, job: Job) -> JobOutcome:
        """Notify a schedule's creator."""
        schedule = await self._schedule(job)
        if schedule is None:
            return Skipped()
        return await self._notifier.notify(job, schedule)

    async def clean(self, _job: Job) -> JobOutcome:
        """Delete stored messages, readings of votes and searches that are not needed any more."""
        now = self._now()

        async def record(writer: Writer) -> Sequence[Job]:
            await messages.delete_unused(writer, before=now - self._settings.keep_messages)
            await sources.thin_readings(writer, now=now)
            await searches.delete_unused(writer, today=now.date())
            return [job_factory.clean(now + timedelta(days=1))]

        return Done(record=record)

    async def _schedule(self, job: Job) -> Schedule | None:
        if job.schedule_id is None:
            return None
        return await schedules.get(self._database, job.schedule_id)

    async def _delivery_and_schedule(self, job: Job) -> tuple[Delivery | None, Schedule | None]:
        assert job.delivery_id is not None
        delivery = await deliveries.get(self._database, job.delivery_id)
        if delivery is None or delivery.schedule_id is None:
            return delivery, None
        # Follow-ups of a post also run while its deleted schedule can still be restored.
        schedule = await schedules.get(self._database, delivery.schedule_id, include_deleted=True)
        return delivery, schedule
