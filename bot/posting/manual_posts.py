"""Posts that a person asks for: at once, and also while the schedule is paused."""

import asyncio
from dataclasses import dataclass
from typing import Final

from bot.jobs.outcomes import Blocked, Rerun, Retry
from bot.jobs.runner import Runner
from bot.posting.coverage import Coverage
from bot.posting.delivering import DeliveryHandler
from bot.posting.dependencies import Dependencies
from bot.posting.pausing import find_usable_channel
from bot.posting.planner import PlannedPost
from bot.posting.selection import Selection
from storage import deliveries, jobs, schedules
from storage.records import DeliveryOutcome, Job, Reason, Schedule

_PATIENCE: Final = 60.0
"""Seconds that a person waits for a post they asked for; it is attempted for longer."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A post that a person asked for was sent."""

    coverage: Coverage
    messages: tuple[tuple[int, int], ...]
    """The channel and the id of each message, in order."""


@dataclass(frozen=True, slots=True)
class NotPosted:
    """Nothing was sent, or there is nothing to show."""

    reason: Reason


class ManualPosts:
    """Previews and sends posts that a person asks for."""

    def __init__(self, given: Dependencies, *, runner: Runner, handler: DeliveryHandler) -> None:
        """Build it; `runner` runs the jobs of the posts, and `handler` sends them."""
        self._database = given.database
        self._client = given.client
        self._planner = given.planner
        self._news = given.news
        self._runner = runner
        self._handler = handler

    async def preview(self, schedule: Schedule) -> Selection | NotPosted:
        """Return what would be posted if it were time, whether the channel has had it or not."""
        selection = await self._select(schedule)
        if isinstance(selection, NotPosted):
            return selection
        return await self._planner.complete(selection, schedule)

    async def _select(self, schedule: Schedule) -> Selection | NotPosted:
        coverage = await self._news.newest(schedule)
        if coverage is None:
            return NotPosted(Reason.NO_DIGEST)
        selection = await self._planner.select(schedule.settings, coverage)
        return selection if selection.papers else NotPosted(Reason.FILTERED_OUT)

    async def post(self, schedule: Schedule, *, again: bool = False) -> Posted | NotPosted:
        """Post what is newest; what the channel has had is posted only if `again` says so."""
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._post(schedule, again=again)
        except TimeoutError:
            return NotPosted(Reason.UNDER_WAY)

    async def _post(self, schedule: Schedule, *, again: bool) -> Posted | NotPosted:
        while True:
            selection = await self._select(schedule)
            if isinstance(selection, NotPosted):
                return selection
            try:
                planned = await self._plan_now(schedule, selection, again=again)
            except Rerun:
                changed = await schedules.get(self._database, schedule.id)
                if changed is None:
                    return NotPosted(Reason.DELETED)
                schedule = changed
            else:
                break
        if isinstance(planned, NotPosted):
            return planned
        delivery_id, job = planned
        await self._runner.run_now(job)
        return await self._result(delivery_id, selection.coverage)

    async def _plan_now(
        self, schedule: Schedule, selection: Selection, *, again: bool
    ) -> tuple[int, Job] | NotPosted:
        """Record a post that a person asked for; return its delivery's id and its job.

        Raises:
            Rerun: The schedule was changed since it was read.
        """
        try:
            found = await find_usable_channel(self._client, schedule)
        except Blocked as blocked:
            return NotPosted(blocked.reason or Reason.REFUSED)
        except Retry as retry:
            return NotPosted(retry.reason)
        post = await self._planner.post_of(selection, schedule, found)
        assert post is not None
        async with self._database.transaction(durable=True) as writer:
            delivery, new_jobs = await self._planner.write(
                writer, schedule, selection, post, again=again
            )
            await jobs.put(writer, *new_jobs)
        if delivery is None:
            return NotPosted(Reason.ALREADY)
        self._handler.keep_planned(PlannedPost.of(delivery, schedule, found, post.messages))
        (job,) = new_jobs
        return delivery.id, job

    async def _result(self, delivery_id: int, coverage: Coverage) -> Posted | NotPosted:
        """Return what came of a delivery so far."""
        delivery = await deliveries.get(self._database, delivery_id)
        assert delivery is not None
        if delivery.outcome is DeliveryOutcome.POSTED:
            messages = tuple(
                (part.channel_id, part.message_id)
                for part in delivery.parts
                if part.channel_id is not None and part.message_id is not None
            )
            return Posted(coverage, messages)
        reasons = [part.reason for part in delivery.parts if part.reason is not None]
        return NotPosted(reasons[0] if reasons else Reason.UNDER_WAY)
