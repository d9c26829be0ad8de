"""What each kind of job of scheduled posts does, one method each.

An outcome's `record` runs in the transaction that ends the job, so that what happened and what is
still to do change together.
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import discord

from bot.jobs.outcomes import (
    Again,
    Blocked,
    Done,
    GiveUp,
    JobOutcome,
    Record,
    Retry,
    Skipped,
    Wait,
)
from bot.jobs.runner import Kind
from bot.posting import job_factory
from bot.posting.channels import FoundChannel, check_channel, find_channel
from bot.posting.coverage import Coverage
from bot.posting.discord_errors import EDITED_TOO_OFTEN
from bot.posting.job_factory import JobKind
from bot.posting.notify import Notifier
from bot.posting.planner import PlannedPost, Planner, RenderedPost, new_parts
from bot.posting.recurrence import (
    Occurrence,
    end_of_day,
    next_run,
    open_occurrence,
)
from bot.posting.selection import Selection
from bot.posting.sending import GiveUpDelivery, Progress, RefusedMessage, SendingDelivery
from bot.posting.settings import GRACE, PostingSettings
from bot.ui.messages import decode
from storage import deliveries, history, schedule_deletion, schedules
from storage import messages as stored_messages
from storage.database import Database, Writer
from storage.records import (
    Delivery,
    DeliveryOutcome,
    Job,
    NewEvent,
    Outcome,
    PartState,
    Plan,
    Reason,
    Schedule,
)

log = logging.getLogger(__name__)

_NEEDS_A_PERSON = frozenset({Reason.REFUSED, Reason.TOO_MANY_THREADS})
"""Nothing that Discord sends says when these are over."""
_NOTIFY_AFTER = timedelta(hours=1)


class Handlers:
    """The handlers, and what they share."""

    def __init__(
        self,
        *,
        database: Database,
        client: discord.Client,
        planner: Planner,
        sending: SendingDelivery,
        notifier: Notifier,
        settings: PostingSettings,
        now: Callable[[], datetime],
    ) -> None:
        """Build them.

        Args:
            database: Where schedules, deliveries and jobs are.
            client: The Discord client.
            planner: Selects, renders and records posts.
            sending: Sends recorded deliveries.
            notifier: Writes direct messages.
            settings: What an operator may set.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._client = client
        self._planner = planner
        self._sending = sending
        self._notifier = notifier
        self._settings = settings
        self._now = now
        self._planned: dict[int, PlannedPost] = {}

    def kinds(self) -> dict[str, Kind]:
        """Return the handlers by kind of job, for the runner."""
        return {
            JobKind.OCCURRENCE: Kind(self.occurrence, failed=self.post_failed),
            JobKind.DELIVERY: Kind(
                self.delivery, expire=self.delivery_expired, failed=self.post_failed
            ),
            JobKind.PUBLISH: Kind(self.publish),
            JobKind.REFRESH: Kind(self.refresh),
            JobKind.RECHECK: Kind(self.recheck),
            JobKind.PURGE: Kind(self.purge, uses_discord=False),
            JobKind.NOTIFY: Kind(self.notify),
            JobKind.CLEAN: Kind(self.clean, uses_discord=False),
        }

    # Planning

    async def occurrence(self, job: Job) -> JobOutcome:  # noqa: PLR0911 - one per way it ends
        """Plan what a schedule posts at an occurrence that is due."""
        schedule = await self._schedule(job)
        if schedule is None:
            return Skipped()
        now = self._now()
        occurrence = open_occurrence(schedule, now)
        if schedule.paused_at is not None:
            return Skipped(record=self._not_posted(schedule, occurrence, now))
        if occurrence is None:
            return Done(record=_jobs(job_factory.occurrence_at(schedule, next_run(schedule, now))))
        has_waited = job.reason is Reason.NO_DIGEST and job.run_at == occurrence.due
        wait = timedelta(hours=self._settings.wait_hours)
        on_time = max(timedelta(hours=schedule.settings.catch_up), GRACE)
        if now - occurrence.due > (max(on_time, wait + GRACE) if has_waited else on_time):
            return self._without_post(schedule, occurrence, Outcome.MISSED, Reason.TOO_LATE)
        selection = await self._planner.find_news(schedule, occurrence)
        if selection is None:
            if now < occurrence.due + wait:
                return Wait(until=occurrence.due + wait, reason=Reason.NO_DIGEST)
            return self._without_post(schedule, occurrence, Outcome.NOTHING_NEW, Reason.NO_DIGEST)
        try:
            found = await self._find(schedule)
        except Blocked as blocked:
            following = job_factory.occurrence_at(schedule, next_run(schedule, now))
            return self._pause(schedule, blocked, following)
        post = await self._planner.post_of(selection, schedule, found)
        return self._plan(schedule, selection, post, found, occurrence=occurrence)

    def _plan(
        self,
        schedule: Schedule,
        selection: Selection,
        post: RenderedPost | None,
        found: FoundChannel,
        *,
        occurrence: Occurrence,
    ) -> Done:
        planned: list[PlannedPost] = []

        async def record(writer: Writer) -> Sequence[Job]:
            delivery, new_jobs = await self._planner.write(
                writer, schedule, selection, post, occurrence=occurrence
            )
            planned.clear()
            if delivery is not None and post is not None:
                planned.append(PlannedPost(delivery, schedule, found, post.messages))
            return new_jobs

        def committed() -> None:
            for each in planned:
                self.keep_planned(each)

        return Done(record=record, committed=committed)

    def keep_planned(self, post: PlannedPost) -> None:
        """Let the next job of a delivery send it without looking into the channel first."""
        self._planned[post.delivery.id] = post

    def _without_post(
        self, schedule: Schedule, occurrence: Occurrence, outcome: Outcome, reason: Reason
    ) -> Skipped:
        """End an occurrence that brings no post."""
        now = self._now()

        async def record(writer: Writer) -> Sequence[Job]:
            claimed = await schedules.claim(
                writer, schedule, day=occurrence.day, due=occurrence.due
            )
            if claimed is None:
                raise Again
            await history.write(writer, schedule, NewEvent(outcome, now, reason=reason))
            return [job_factory.occurrence_at(claimed, next_run(claimed, now))]

        return Skipped(record=record, reason=reason)

    @staticmethod
    def _not_posted(schedule: Schedule, occurrence: Occurrence | None, now: datetime) -> Record:
        """Record that an occurrence came while its schedule was paused; it is not claimed."""

        async def record(writer: Writer) -> Sequence[Job]:
            if occurrence is not None and now - occurrence.due < GRACE:
                event = NewEvent(Outcome.NOT_POSTED, now, reason=schedule.paused_reason)
                await history.write(writer, schedule, event)
            return [job_factory.occurrence_at(schedule, next_run(schedule, now))]

        return record

    # Sending

    async def delivery(self, job: Job) -> JobOutcome:
        """Send what is missing of a delivery."""
        assert job.delivery_id is not None
        planned = self._planned.pop(job.delivery_id, None)
        is_fresh = planned is not None
        if planned is None:
            delivery = await deliveries.get(self._database, job.delivery_id)
            schedule = await self._schedule(job)
            if delivery is None or delivery.completed_at is not None or schedule is None:
                return Skipped()
            if schedule.paused_at is not None and not delivery.by_hand:
                return Skipped()  # it goes on when the schedule does
            try:
                planned = await self._load(delivery, schedule)
            except Blocked as blocked:
                return self._blocked(delivery, schedule, blocked)
        progress = Progress()
        try:
            return await self._send(planned, progress, is_fresh=is_fresh)
        except Blocked as blocked:
            return self._blocked(planned.delivery, planned.schedule, blocked)
        except GiveUpDelivery as given_up:
            reason = given_up.reason or Reason.UNKNOWN
            return self._give_up(planned.delivery, planned.schedule, reason)
        except Retry as retry:
            if is_fresh and not progress.has_sent and retry.reason is Reason.RATE_LIMITED:
                self.keep_planned(planned)  # Discord has not taken the request
            retry.has_progressed = retry.has_progressed or progress.has_sent
            raise

    async def _load(self, delivery: Delivery, schedule: Schedule) -> PlannedPost:
        """Read what the sending of a stored delivery needs."""
        found = await find_channel(self._client, schedule.guild_id, delivery.channel_id)
        if not delivery.replan:
            check_channel(found.facts, schedule.settings)
        stored = await stored_messages.of_delivery(self._database, delivery.id)
        messages = {position: decode(message) for position, message in stored.items()}
        if any(part.position not in messages for part in delivery.parts):
            post = await self._planner.render_plan(delivery)
            rendered = post.messages if post is not None else ()
            messages = dict(enumerate(rendered, start=1)) | messages
        ordered = tuple(
            messages[part.position] for part in delivery.parts if part.position in messages
        )
        return PlannedPost(delivery, schedule, found, ordered)

    async def _send(
        self, planned: PlannedPost, progress: Progress, *, is_fresh: bool
    ) -> JobOutcome:
        delivery, schedule = planned.delivery, planned.schedule
        if not is_fresh:
            planned = await self._sending.reconcile(planned)
            delivery = planned.delivery
        has_begun = any(part.state is not PartState.PLANNED for part in delivery.parts)
        if delivery.replan and not has_begun:
            return await self._replan(delivery, schedule)
        limit = self._settings.by_hand_expires
        if not delivery.by_hand:
            limit = max(timedelta(hours=schedule.settings.catch_up), GRACE)
        if not has_begun and self._now() - delivery.planned_at > limit:
            return self._give_up(delivery, schedule, Reason.TOO_LATE)
        last = await self._sending.send_parts(planned, progress)
        return self._completed(planned, last)

    def _completed(self, planned: PlannedPost, last: Record | None) -> Done:
        """End a delivery of which every part was sent or skipped.

        `last` records the last part, so that a post of one message needs one transaction here.
        """
        delivery, schedule, found = planned.delivery, planned.schedule, planned.found
        settings, now = schedule.settings, self._now()

        async def record(writer: Writer) -> Sequence[Job]:
            if last is not None:
                await last(writer)
            await deliveries.complete(writer, delivery, schedule, DeliveryOutcome.POSTED, at=now)
            new_jobs = []
            if settings.publish and found.facts.kind is discord.ChannelType.news:
                new_jobs.append(
                    job_factory.publish(
                        delivery.id, schedule.id, delivery.channel_id, now, self._settings
                    )
                )
            if settings.refresh:
                new_jobs.append(
                    job_factory.refresh(
                        delivery.id,
                        schedule.id,
                        delivery.channel_id,
                        end_of_day(settings, delivery.planned_at),
                        self._settings,
                    )
                )
            return new_jobs

        def committed() -> None:
            log.info("posted %s to channel %d", delivery.coverage, delivery.channel_id)

        return Done(record=record, committed=committed)

    async def _replan(self, delivery: Delivery, schedule: Schedule) -> JobOutcome:
        """Plan a delivery anew whose schedule was edited before anything of it was sent."""
        settings = schedule.settings
        found = await find_channel(self._client, schedule.guild_id, settings.channel_id)
        check_channel(found.facts, settings)
        coverage = Coverage.parse(delivery.coverage)
        selection = await self._planner.select(settings, coverage)
        post = await self._planner.post_of(selection, schedule, found)
        now = self._now()
        if post is None:
            return self._give_up(delivery, schedule, Reason.FILTERED_OUT)
        moved = replace(delivery, channel_id=settings.channel_id, replan=False, planned_at=now)
        parts = new_parts(post.stored)
        wanted = Plan(
            coverage=delivery.coverage,
            json=post.plan,
            messages=post.stored,
            parts=parts,
            by_hand=delivery.by_hand,
        )

        async def record(writer: Writer) -> Sequence[Job]:
            is_replaced = await deliveries.replace_plan(
                writer, delivery, wanted, channel_id=settings.channel_id, at=now
            )
            if is_replaced:
                return [self._planner.delivery_job(moved, schedule, due=now)]
            await deliveries.complete(
                writer,
                delivery,
                schedule,
                DeliveryOutcome.GIVEN_UP,
                at=now,
                reason=Reason.ALREADY,
            )
            return []

        def committed() -> None:
            fresh = replace(moved, parts=parts, plan=post.plan)
            self.keep_planned(PlannedPost(fresh, schedule, found, post.messages))

        return Done(record=record, committed=committed)

    async def delivery_expired(self, job: Job) -> JobOutcome:
        """Give up a delivery that could not be completed for a week."""
        assert job.delivery_id is not None
        delivery = await deliveries.get(self._database, job.delivery_id)
        schedule = await self._schedule(job)
        if delivery is None or schedule is None:
            return Skipped()
        return self._give_up(delivery, schedule, Reason.TOO_LATE)

    def _give_up(
        self, delivery: Delivery, schedule: Schedule, reason: Reason, *, notify: bool = False
    ) -> GiveUp:
        now = self._now()

        async def record(writer: Writer) -> Sequence[Job]:
            await deliveries.complete(
                writer, delivery, schedule, DeliveryOutcome.GIVEN_UP, at=now, reason=reason
            )
            if notify and await schedules.set_notified(writer, schedule.id, reason):
                return [job_factory.notify(schedule, reason, now)]
            return []

        return GiveUp(record=record, reason=reason)

    def _blocked(self, delivery: Delivery, schedule: Schedule, blocked: Blocked) -> JobOutcome:
        """End a delivery that somebody has to make possible first."""
        assert blocked.reason is not None
        is_message_refused = isinstance(blocked, RefusedMessage)
        if delivery.by_hand or delivery.replan or is_message_refused:
            return self._give_up(delivery, schedule, blocked.reason, notify=is_message_refused)
        return self._pause(schedule, blocked)

    def _pause(self, schedule: Schedule, blocked: Blocked, *following: Job) -> Blocked:
        assert blocked.reason is not None
        return self.pause_outcome(schedule, blocked.reason, *following)

    def pause_outcome(self, schedule: Schedule, reason: Reason, *following: Job) -> Blocked:
        """Pause a schedule until what is in the way is gone, and tell its creator once."""
        now = self._now()
        is_repeated = schedule.notified is reason
        seldom = is_repeated or reason in _NEEDS_A_PERSON
        not_before = now + self._settings.recheck_seldom if seldom else None

        async def record(writer: Writer) -> Sequence[Job]:
            paused = await schedules.pause(writer, schedule.id, reason=reason, at=now)
            if paused is None:
                return following
            new_jobs = [
                *following,
                job_factory.recheck(paused, now, self._settings, not_before=not_before),
            ]
            if await schedules.set_notified(writer, schedule.id, reason):
                new_jobs.append(job_factory.notify(paused, reason, now))
            return new_jobs

        def committed() -> None:
            log.warning(
                "schedule %d of server %d is paused: %s", schedule.id, schedule.guild_id, reason
            )

        return Blocked(record=record, committed=committed, reason=reason)

    async def post_failed(self, job: Job) -> Record | None:
        """Record an error that nobody foresaw, and tell the creator if it lasts for an hour."""
        schedule = await self._schedule(job)
        if schedule is None:
            return None
        now = self._now()
        is_first = job.reason is not Reason.INTERNAL

        async def record(writer: Writer) -> Sequence[Job]:
            if is_first:
                event = NewEvent(
                    Outcome.FAILED, now, reason=Reason.INTERNAL, delivery_id=job.delivery_id
                )
                await history.write(writer, schedule, event)
            if now - job.run_at >= _NOTIFY_AFTER and await schedules.set_notified(
                writer, schedule.id, Reason.INTERNAL
            ):
                return [job_factory.notify(schedule, Reason.INTERNAL, now)]
            return []

        return record

    # Afterwards

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

    async def recheck(self, job: Job) -> JobOutcome:
        """Resume a schedule that the bot has paused, if nothing is in its way any more."""
        schedule = await self._schedule(job)
        if schedule is None or schedule.paused_reason in (None, Reason.ASKED):
            return Skipped()
        now = self._now()
        again = job_factory.recheck(schedule, now, self._settings, not_before=None)
        try:
            await self._find(schedule)
        except Blocked:
            return Done(record=_jobs(again))
        record = self.resume_record(schedule.id, now)

        def committed() -> None:
            log.info("schedule %d goes on", schedule.id)

        return Done(record=record, committed=committed)

    def resume_record(
        self,
        schedule_id: int,
        now: datetime,
        *,
        actor_id: int | None = None,
        resumed: Callable[[Schedule], None] = lambda _: None,
    ) -> Record:
        """Return what resumes a schedule, with the jobs of its open deliveries."""

        async def record(writer: Writer) -> Sequence[Job]:
            schedule = await schedules.resume(
                writer,
                schedule_id,
                at=now,
                next_job=lambda each: job_factory.occurrence(each, now),
                actor_id=actor_id,
            )
            if schedule is None:
                return []
            resumed(schedule)
            # Returned as well as stored, so that the runner begins with a missed one at once.
            return [
                job_factory.occurrence(schedule, now),
                *(
                    self._planner.delivery_job(each, schedule, due=each.planned_at)
                    for each in await deliveries.open_in(writer, schedule_id)
                ),
            ]

        return record

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
        """Tell a schedule's creator something."""
        schedule = await self._schedule(job)
        if schedule is None:
            return Skipped()
        return await self._notifier.notify(schedule, Reason(json.loads(job.payload)["reason"]))

    async def clean(self, _job: Job) -> JobOutcome:
        """Delete stored messages that nobody needs any more."""
        now = self._now()

        async def record(writer: Writer) -> Sequence[Job]:
            await stored_messages.delete_unused(writer, before=now - self._settings.keep_messages)
            return [job_factory.clean(now + timedelta(days=1))]

        return Done(record=record)

    # Shared

    async def _schedule(self, job: Job) -> Schedule | None:
        if job.schedule_id is None:
            return None
        return await schedules.get(self._database, job.schedule_id)

    async def _delivery_and_schedule(self, job: Job) -> tuple[Delivery | None, Schedule | None]:
        assert job.delivery_id is not None
        delivery = await deliveries.get(self._database, job.delivery_id)
        if delivery is None or delivery.schedule_id is None:
            return delivery, None
        # Deletion can be undone for a while, and what follows a post belongs to the post.
        schedule = await schedules.get(self._database, delivery.schedule_id, include_deleted=True)
        return delivery, schedule

    async def _find(self, schedule: Schedule) -> FoundChannel:
        settings = schedule.settings
        found = await find_channel(self._client, schedule.guild_id, settings.channel_id)
        check_channel(found.facts, settings)
        return found


def _jobs(*new_jobs: Job) -> Record:
    """Return a record that only writes jobs."""

    async def record(_writer: Writer) -> Sequence[Job]:
        return new_jobs

    return record
