"""React to events of servers: changed permissions, channels that are gone, the bot's removal."""

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.jobs.outcomes import Rerun
from bot.jobs.runner import Runner
from bot.log_ids import with_log_ids
from bot.posting import job_factory
from bot.posting.delivering import DeliveryHandler
from bot.posting.pausing import Pausing
from storage import jobs, schedules
from storage.database import Database
from storage.records import Reason, Schedule


class GuildEvents:
    """Rechecks and pauses the schedules of servers when something changes there."""

    def __init__(
        self,
        database: Database,
        *,
        runner: Runner,
        pausing: Pausing,
        deliveries: DeliveryHandler,
        now: Callable[[], datetime],
    ) -> None:
        """Build it; it does nothing by itself.

        Args:
            database: Where schedules and jobs are.
            runner: Runs the jobs.
            pausing: Pauses schedules.
            deliveries: Has in memory what it has just planned.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._runner = runner
        self._pausing = pausing
        self._deliveries = deliveries
        self._now = now

    async def recheck(self, guild_id: int) -> None:
        """Look whether what was in the way in a server still is: something has changed there."""
        if not self._runner.is_running:
            return  # the start looks at all jobs
        found = await schedules.of_guild(self._database, guild_id)
        paused = [
            f"recheck:{each.id}"
            for each in found
            if each.paused_reason not in (None, Reason.PAUSED_BY_PERSON)
        ]
        if paused and await jobs.wake(self._database, paused, at=self._now()):
            self._runner.wake()
        lanes = {job_factory.post_lane(each.settings.channel_id) for each in found}
        if lanes:
            await self._runner.retry_now(Reason.GUILD_UNAVAILABLE, lanes=lanes)

    async def channel_gone(self, guild_id: int, channel_id: int | None = None) -> None:
        """Pause what posts to a channel that is gone, or to a server that removed the bot."""
        reason = Reason.LEFT if channel_id is None else Reason.CHANNEL_GONE
        for schedule in await schedules.of_guild(self._database, guild_id):
            current: Schedule | None = schedule
            while (
                current is not None
                and channel_id in (None, current.settings.channel_id)
                and current.paused_at is None
                and not await self._pause(current, reason)
            ):
                current = await schedules.get(self._database, schedule.id)
        self._runner.wake()

    def forget_planned(self, schedule_ids: Iterable[int]) -> None:
        """Drop what is planned in memory of schedules that were deleted with their posts."""
        for schedule_id in schedule_ids:
            self._deliveries.forget_planned(schedule_id)

    async def _pause(self, schedule: Schedule, reason: Reason) -> bool:
        """Pause a schedule that can't post; return whether it is still as it was read."""
        outcome = self._pausing.pause(schedule, reason)
        try:
            async with self._database.transaction(durable=True) as writer:
                assert outcome.record is not None
                await jobs.put(writer, *await outcome.record(writer))
        except Rerun:
            return False
        self._deliveries.forget_planned(schedule.id)
        if outcome.committed is not None:
            with with_log_ids(schedule_id=schedule.id):
                outcome.committed()
        return True
