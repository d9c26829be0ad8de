"""Delete what is stored about people and servers: when they ask, and of servers that are gone."""

import asyncio
import json
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.jobs.outcomes import Done, JobOutcome, Skipped, Wait
from bot.jobs.runner import Kind
from storage import erasure, guild_data, jobs, personal_data
from storage.database import Database, Writer
from storage.guild_data import Work
from storage.records import Job, Reason

log = logging.getLogger(__name__)

ERASE: Final = "erase"
"""The kind of the job that clears the files of what was deleted."""
FORGET_SCHEDULE: Final = "forget_schedule"
"""The kind of the job that deletes a schedule whose post was under way."""
REMOVE_LEFT: Final = "remove_left"
"""The kind of the job that deletes the data of servers that removed the bot long ago."""
_ERASE_KEY: Final = "erase:files"
_LEFT_KEY: Final = "remove:left"
_PRIORITY: Final = 2
_DAY: Final = timedelta(days=1)
_FIRST: Final = timedelta(minutes=15)
"""How long after the start servers are removed: by then it is known in which the bot is."""
_NOT_READY: Final = timedelta(minutes=5)
_RETRY: Final = timedelta(seconds=2)
_PAUSE: Final = 0.05
"""Seconds between two servers, in which others write."""


@dataclass(frozen=True, slots=True)
class BotHooks:
    """Callbacks into the rest of the bot."""

    running: Callable[[], Collection[str]]
    """The keys of the jobs that run now."""
    wake: Callable[[], None]
    """Lets the runner look for due jobs."""
    forget_planned: Callable[[Iterable[int]], None]
    """Drops what is planned in memory of some schedules."""
    forget_counted: Callable[[int], None]
    """Drops the id of a server from what is counted in memory."""
    is_ready: Callable[[], bool]
    """Whether it is known in which servers the bot is."""
    is_in: Callable[[int], bool]
    """Whether the bot is in a server, also while Discord can't show that server."""


class Forgetting:
    """Deletes what is stored about people and servers."""

    def __init__(
        self,
        database: Database,
        *,
        left_server_days: int | None,
        now: Callable[[], datetime],
        hooks: BotHooks,
    ) -> None:
        """Build it; the runner calls its handlers.

        Args:
            database: Where the data is.
            left_server_days: How long the data of a server is kept that removed the bot; `None`
                forever.
            now: The wall clock, in UTC.
            hooks: Callbacks into the rest of the bot.
        """
        self._database = database
        self._days = left_server_days
        self._now = now
        self._hooks = hooks
        self._rewritten: int | None = None
        """The `write_id` of the job whose tables are written anew already."""

    def kinds(self) -> Mapping[str, Kind]:
        """Return the handlers, for the runner."""
        return {
            ERASE: Kind(self.erase, uses_discord=False),
            FORGET_SCHEDULE: Kind(self.forget_schedule, uses_discord=False),
            REMOVE_LEFT: Kind(self.remove_left, uses_discord=False, deletes_by_age=True),
        }

    async def start(self) -> None:
        """Write the daily job if there is none."""
        await self.check()

    async def check(self) -> None:
        """Write the daily job if it is missing, or far too late after the clock was set."""
        if self._days is None:
            return
        now = self._now()
        known = await jobs.get(self._database, _LEFT_KEY)
        if known is None or known.due_at > now + _DAY:
            await jobs.enqueue(self._database, [_job(_LEFT_KEY, REMOVE_LEFT, now + _FIRST)])

    async def forget_person(self, user_id: int) -> None:
        """Delete all that is stored about a person; schedules stay, without their creator.

        Raises:
            StorageError: It could not be deleted.
        """
        async with self._database.transaction(durable=True) as writer:
            await personal_data.forget(writer, user_id)
            await jobs.put(writer, self._erase_job())
        self._hooks.wake()

    async def forget_server(self, guild_id: int, channel_ids: Iterable[int]) -> bool:
        """Delete all that is stored about a server that the bot stays in.

        Args:
            guild_id: The server.
            channel_ids: Its channels and threads.

        Returns:
            Whether everything is deleted; otherwise a post is being sent, and the rest follows.

        Raises:
            StorageError: It could not be deleted.
        """
        async with self._database.transaction(durable=True) as writer:
            is_complete = await self._forget_server(
                writer, guild_id, channel_ids=channel_ids, keep_welcome=True
            )
        self._hooks.wake()
        return is_complete

    async def _forget_server(
        self,
        writer: Writer,
        guild_id: int,
        *,
        channel_ids: Iterable[int] = (),
        keep_welcome: bool,
    ) -> bool:
        forgotten = await guild_data.forget(
            writer, guild_id, self._work(), channel_ids=channel_ids, keep_welcome=keep_welcome
        )
        self._hooks.forget_planned(forgotten.schedules)
        self._hooks.forget_counted(guild_id)
        later = [_schedule_job(each, self._now() + _RETRY) for each in forgotten.left]
        await jobs.put(writer, self._erase_job(), *later)
        return not later

    async def forget_schedule(self, job: Job) -> JobOutcome:
        """Delete a schedule that was marked as deleted, as soon as none of its jobs runs."""
        schedule_id = int(json.loads(job.payload)["schedule"])

        async def record(writer: Writer) -> Sequence[Job]:
            if await guild_data.forget_schedules(writer, [schedule_id], self._work()):
                return [_schedule_job(schedule_id, self._now() + _RETRY)]
            return [self._erase_job()]

        return Done(record=record)

    async def remove_left(self, _job: Job) -> JobOutcome:
        """Delete the data of servers that removed the bot some time ago."""
        if self._days is None:
            return Skipped()
        if not self._hooks.is_ready():
            return _again(self._now() + _NOT_READY)
        before, removed = self._now() - timedelta(days=self._days), 0
        for guild_id in await guild_data.left_before(self._database, before):
            if self._hooks.is_in(guild_id):
                continue
            async with self._database.transaction(durable=True) as writer:
                # It may have added the bot again meanwhile.
                if await guild_data.has_left_before(writer, guild_id, before):
                    await self._forget_server(writer, guild_id, keep_welcome=False)
                    removed += 1
            await asyncio.sleep(_PAUSE)
        if removed:
            log.info(
                "deleted the data of %d %s that removed the bot more than %d days ago",
                removed,
                "server" if removed == 1 else "servers",
                self._days,
            )
        return _again(self._now() + _DAY)

    async def erase(self, job: Job) -> JobOutcome:
        """Clear the database's files of what was deleted."""
        if self._rewritten != job.write_id:
            await erasure.rewrite_tables(self._database)
            self._rewritten = job.write_id
        if not await erasure.empty_log(self._database):
            return Wait(until=self._now() + _RETRY, reason=Reason.UNDER_WAY)
        return Done()

    def _work(self) -> Work:
        return Work(running=frozenset(self._hooks.running()), now=self._now())

    def _erase_job(self) -> Job:
        return _job(_ERASE_KEY, ERASE, self._now())


def _job(key: str, kind: str, run_at: datetime, payload: str = "{}") -> Job:
    return Job(key=key, kind=kind, lane=key, priority=_PRIORITY, run_at=run_at, payload=payload)


def _schedule_job(schedule_id: int, run_at: datetime) -> Job:
    # It doesn't refer to the schedule, with which it would be deleted.
    payload = json.dumps({"schedule": schedule_id})
    return _job(f"forget_schedule:{schedule_id}", FORGET_SCHEDULE, run_at, payload)


def _again(run_at: datetime) -> Done:
    async def record(_writer: Writer) -> Sequence[Job]:
        return [_job(_LEFT_KEY, REMOVE_LEFT, run_at)]

    return Done(record=record)
