"""The job of a delivery: send the missing parts of a recorded post, and complete it."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import discord

from bot.jobs.outcomes import Blocked, Done, GiveUp, JobOutcome, Record, Rerun, Retry, Skipped
from bot.posting import job_factory
from bot.posting.channels import check_channel, find_channel
from bot.posting.dependencies import Dependencies
from bot.posting.log_entries import report
from bot.posting.pausing import Pausing, find_usable_channel
from bot.posting.planner import PlannedPost, new_parts
from bot.posting.reconcile import depends_on_nonce
from bot.posting.recurrence import end_of_day, next_due
from bot.posting.sending import Progress, RefusedMessage
from bot.posting.settings import GRACE
from bot.ui.messages import decode
from storage import deliveries, history, messages, schedule_states, schedules
from storage.database import Writer
from storage.records import (
    Delivery,
    DeliveryOutcome,
    Job,
    LogKind,
    NewLogEntry,
    Outcome,
    PartState,
    Plan,
    Reason,
    Schedule,
)

log = logging.getLogger(__name__)


class DeliveryHandler:
    """Runs the jobs of deliveries."""

    def __init__(self, given: Dependencies, pausing: Pausing) -> None:
        """Build the handler; `pausing` pauses a schedule that can't post."""
        self._database = given.database
        self._client = given.client
        self._planner = given.planner
        self._news = given.news
        self._sending = given.sending
        self._settings = given.settings
        self._now = given.now
        self._pausing = pausing
        self._planned: dict[int, PlannedPost] = {}

    def keep_planned(self, post: PlannedPost) -> None:
        """Keep a planned post, so that its job sends it without searching the channel first."""
        self._planned[post.delivery.id] = post

    def forget_planned(self, schedule_id: int) -> None:
        """Drop the kept posts of a schedule that was edited, paused or deleted."""
        for delivery_id, post in list(self._planned.items()):
            if post.schedule.id == schedule_id:
                del self._planned[delivery_id]

    async def run(self, job: Job) -> JobOutcome:
        """Send the missing parts of a delivery."""
        assert job.delivery_id is not None
        planned = self._planned.pop(job.delivery_id, None)
        if planned is not None:
            return await self._send_fresh(job, planned)
        delivery = await deliveries.get(self._database, job.delivery_id)
        if delivery is None or delivery.completed_at is not None or delivery.schedule_id is None:
            return Skipped()
        schedule = await schedules.get(self._database, delivery.schedule_id)
        if schedule is None:
            return Skipped()
        if schedule.paused_at is not None and not delivery.by_hand:
            return Skipped()  # it continues when the schedule is resumed
        failed_before = job.reason is Reason.INTERNAL and not _has_begun(delivery)
        if failed_before and await self._is_too_late(job, delivery, schedule):
            # Here, because what comes next may be what fails each time.
            return self._give_up(delivery, schedule, Reason.TOO_LATE)
        return await self._continue(job, delivery, schedule)

    async def _send_fresh(self, job: Job, planned: PlannedPost) -> JobOutcome:
        """Send a delivery that this process has just planned, without searching the channel."""
        delivery, schedule = planned.delivery, planned.schedule
        progress = Progress()
        try:
            if await self._is_too_late(job, delivery, schedule):
                return self._give_up(delivery, schedule, Reason.TOO_LATE)
            return await self._send(planned, progress)
        except Blocked as blocked:
            return self._end_blocked(delivery, schedule, blocked, has_begun=progress.has_sent)
        except Retry as retry:
            if not progress.has_sent and retry.reason is Reason.RATE_LIMITED:
                self.keep_planned(planned)  # Discord has not accepted the request
            retry.has_progressed = progress.has_sent
            return retry

    async def _continue(self, job: Job, delivery: Delivery, schedule: Schedule) -> JobOutcome:
        """Send the missing parts of a delivery that may be partly sent already."""
        progress = Progress()
        has_begun = _has_begun(delivery)
        try:
            try:
                planned = await self._load(delivery, schedule)
                planned = await self._sending.reconcile(planned)
            except Blocked:
                # Its old channel can't be used: it may be the reason why the schedule was edited.
                if has_begun or not delivery.replan:
                    raise
                return await self._replan(delivery, schedule)
            has_begun = _has_begun(planned.delivery)
            if not has_begun:
                if await self._is_too_late(job, delivery, schedule):
                    return self._give_up(delivery, schedule, Reason.TOO_LATE)
                if delivery.replan and not depends_on_nonce(delivery, planned.found, self._now()):
                    return await self._replan(planned.delivery, schedule)
            return await self._send(planned, progress)
        except Blocked as blocked:
            has_begun = has_begun or progress.has_sent
            return self._end_blocked(delivery, schedule, blocked, has_begun=has_begun)
        except Retry as retry:
            retry.has_progressed = progress.has_sent
            return retry

    async def _load(self, delivery: Delivery, schedule: Schedule) -> PlannedPost:
        """Load a stored delivery with its channel and messages.

        Raises:
            Blocked: Its channel can't be used.
            Retry: Discord can't be asked at the moment.
        """
        found = await find_channel(self._client, schedule.guild_id, delivery.channel_id)
        if not delivery.replan:
            check_channel(found.facts, schedule.settings)
        stored = await messages.of_delivery(self._database, delivery.id)
        by_position = {position: decode(message) for position, message in stored.items()}
        missing = [
            part
            for part in delivery.parts
            if part.state is PartState.PLANNED and part.position not in by_position
        ]
        if missing:
            post = await self._planner.render_plan(delivery)
            rendered = post.messages if post is not None else ()
            by_position = dict(enumerate(rendered, start=1)) | by_position
        return PlannedPost(delivery, schedule, found, by_position)

    async def _is_too_late(self, job: Job, delivery: Delivery, schedule: Schedule) -> bool:
        """Return whether it is too late to begin a delivery of which nothing was sent."""
        now = self._now()
        if delivery.by_hand:
            return now - delivery.planned_at > self._settings.by_hand_expires
        is_next_due = now >= next_due(schedule.settings, delivery.planned_at)
        if job.reason is Reason.INTERNAL:
            return is_next_due
        limit = max(timedelta(hours=schedule.settings.catch_up), GRACE)
        if now - delivery.planned_at <= limit:
            return False
        return is_next_due or not await history.has_failed(self._database, job)

    async def _send(self, planned: PlannedPost, progress: Progress) -> JobOutcome:
        try:
            last = await self._sending.send_parts(planned, progress)
        except GiveUp as given_up:
            reason = given_up.reason or Reason.UNKNOWN
            return self._give_up(planned.delivery, planned.schedule, reason)
        return self._complete(planned, last)

    def _complete(self, planned: PlannedPost, last: Record | None) -> Done:
        """Complete a delivery whose parts were all sent or skipped.

        `last` records the last part, so that a post of one message needs one transaction here.
        """
        delivery, schedule, found = planned.delivery, planned.schedule, planned.found
        settings, now = schedule.settings, self._now()

        async def record(writer: Writer) -> Sequence[Job]:
            if last is not None:
                await last(writer)
            new_jobs = [*await self._pausing.report_post(writer, schedule)]
            await deliveries.complete(writer, delivery, schedule, DeliveryOutcome.POSTED, at=now)
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

        return Done(record=record, committed=committed, history=Outcome.POSTED)

    async def _replan(self, delivery: Delivery, schedule: Schedule) -> JobOutcome:
        """Plan a delivery again, whose schedule was edited before any part was sent.

        Raises:
            Blocked: The schedule's channel can't be used.
            Retry: Discord can't be asked at the moment.
        """
        settings = schedule.settings
        found = await find_usable_channel(self._client, schedule)
        selection = await self._news.find_again(schedule, delivery)
        post = await self._planner.post_of(selection, schedule, found)
        if post is None:
            return self._give_up(delivery, schedule, Reason.FILTERED_OUT)
        now = self._now()
        parts = new_parts(post.stored)
        moved = replace(
            delivery,
            channel_id=settings.channel_id,
            replan=False,
            planned_at=now,
            plan=post.plan,
            parts=parts,
        )
        is_planned = False

        async def record(writer: Writer) -> Sequence[Job]:
            nonlocal is_planned
            if not await schedule_states.is_current(writer, schedule):
                raise Rerun
            is_planned = await deliveries.replace_plan(
                writer,
                delivery,
                Plan(
                    coverage=delivery.coverage,
                    json=post.plan,
                    messages=post.stored,
                    parts=parts,
                ),
                channel_id=settings.channel_id,
                at=now,
            )
            if is_planned:
                return [self._planner.delivery_job(moved, schedule, due=now)]
            await deliveries.complete(
                writer,
                delivery,
                schedule,
                DeliveryOutcome.GIVEN_UP,
                at=now,
                reason=Reason.ALREADY,
            )
            done.history = Outcome.GIVEN_UP
            return []

        def committed() -> None:
            if is_planned:
                self.keep_planned(PlannedPost.of(moved, schedule, found, post.messages))

        done = Done(record=record, committed=committed)
        return done

    async def expire(self, job: Job) -> JobOutcome:
        """Give up a delivery that could not be completed for a week."""
        assert job.delivery_id is not None
        delivery = await deliveries.get(self._database, job.delivery_id)
        if delivery is None or delivery.schedule_id is None:
            return Skipped()
        schedule = await schedules.get(self._database, delivery.schedule_id)
        if schedule is None:
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
            if notify and await schedule_states.set_notified(writer, schedule.id, reason):
                entry = NewLogEntry(
                    kind=LogKind.REFUSED,
                    at=now,
                    schedule_id=schedule.id,
                    reason=reason,
                    for_creator=True,
                )
                return await report(writer, schedule, entry)
            return []

        return GiveUp(record=record, reason=reason, history=Outcome.GIVEN_UP)

    def _end_blocked(
        self, delivery: Delivery, schedule: Schedule, blocked: Blocked, *, has_begun: bool
    ) -> JobOutcome:
        """End a delivery that is impossible until somebody changes something at Discord."""
        assert blocked.reason is not None
        is_refused = isinstance(blocked, RefusedMessage)
        # A delivery that was begun before an edit says nothing about the edited schedule.
        is_of_old_settings = delivery.replan and has_begun
        if delivery.by_hand or is_of_old_settings or is_refused:
            return self._give_up(delivery, schedule, blocked.reason, notify=is_refused)
        return self._pausing.pause(schedule, blocked.reason)


def _has_begun(delivery: Delivery) -> bool:
    """Return whether a part was sent, or may have been."""
    return any(part.state is not PartState.PLANNED for part in delivery.parts)
