"""Scheduled posts as the rest of the bot sees them: their life cycle and what commands call."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import discord

from bot.backoff import Backoff
from bot.charts.pictures import Pictures
from bot.jobs.context import RunnerContext
from bot.jobs.provided import JobProvider
from bot.jobs.runner import Runner
from bot.jobs.scheduler import Scheduler
from bot.posting import announcements, derived_jobs, job_factory
from bot.posting.dependencies import Dependencies
from bot.posting.guild_events import GuildEvents
from bot.posting.guild_log import GuildLog
from bot.posting.handlers import Handlers
from bot.posting.manual_posts import ManualPosts, NotPosted, Posted
from bot.posting.news import News
from bot.posting.notify import Notifier
from bot.posting.planner import Planner
from bot.posting.reconcile import Reconciler
from bot.posting.recurrence import next_run
from bot.posting.selection import Selection
from bot.posting.sender import Sender
from bot.posting.sending import SendingDelivery
from bot.posting.settings import PostingSettings
from bot.posting.sources import Sources
from bot.posting.upcoming import upcoming_papers
from bot.tasks import log_failure
from config.texts import Catalogue
from storage import jobs, schedule_deletion, schedules
from storage.errors import StorageError
from storage.records import (
    NewSchedule,
    Reason,
    Schedule,
    ScheduleEdit,
    ScheduleRestore,
    ScheduleSettings,
    Trouble,
)

log = logging.getLogger(__name__)

_LONGEST_PAUSE: Final = 60.0
"""Seconds between two attempts to start."""
_RETRIED: Final = (
    Reason.INTERNAL,
    Reason.DISCORD_UNAVAILABLE,
    Reason.GUILD_UNAVAILABLE,
    Reason.RATE_LIMITED,
    Reason.UNDER_WAY,
)
"""What a job waits for that is retried after some time, and not at a time of day."""


class PostingService:
    """Everything about scheduled posts that others may call."""

    def __init__(
        self,
        context: RunnerContext,
        *,
        catalogue: Catalogue,
        client: discord.Client,
        settings: PostingSettings,
        sources: Sources,
        other_jobs: Sequence[JobProvider] = (),
    ) -> None:
        """Build it; nothing is posted until `start`.

        Args:
            context: What its runner works with; the database has schedules and digests, too.
            catalogue: The texts.
            client: The Discord client that sends.
            settings: What an operator may set.
            sources: Reads the lists of papers.
            other_jobs: What else is done as stored jobs.
        """
        database, now = context.database, context.now
        self.settings, self.pictures = settings, Pictures()
        self._database = database
        self._client = client
        self._now = now
        self._sources = sources
        self._providers: tuple[JobProvider, ...] = (sources, *other_jobs)
        self._planner = Planner(database, catalogue, settings=settings, now=now)
        self._news = News(database, self._planner, settings=settings, now=now)
        given = Dependencies(
            database=database,
            client=client,
            planner=self._planner,
            news=self._news,
            sources=sources,
            sending=SendingDelivery(
                database=database,
                sender=Sender(client),
                reconciler=Reconciler(client, database, now=now),
                pictures=self.pictures,
                settings=settings,
                now=now,
            ),
            settings=settings,
            now=now,
        )
        notifier = Notifier(database, client, catalogue, now=now)
        guild_log = GuildLog(database, client, catalogue, now=now)
        self._handlers = Handlers(given, notifier, guild_log)
        self.runner = Runner(
            context,
            self._handlers.kinds()
            | {k: v for each in self._providers for k, v in each.kinds().items()},
            first_backoff=settings.first_backoff,
        )
        self._manual_posts = ManualPosts(
            given, runner=self.runner, handler=self._handlers.deliveries
        )
        self.guild_events = GuildEvents(
            database,
            runner=self.runner,
            pausing=self._handlers.pausing,
            deliveries=self._handlers.deliveries,
            now=now,
        )
        self._scheduler = Scheduler(
            self.runner,
            check=self.check,
            clock_stepped=self.clock_stepped,
            now=now,
            interval=settings.tick,
        )
        self._starting: asyncio.Task[None] | None = None

    # Life cycle

    def start(self) -> None:
        """Begin to run jobs as soon as the client has connected for the first time."""
        self._starting = asyncio.create_task(self._start(), name="posting: start")
        self._starting.add_done_callback(log_failure)

    async def _start(self) -> None:
        # From then on Discord has said which servers there are; each is waited for on its own.
        await self._client.wait_for("connect")
        backoff, failures = Backoff(self.settings.first_backoff, _LONGEST_PAUSE), 0
        while True:
            try:
                await self._prepare()
            except Exception as error:
                failures += 1
                pause = backoff.delay(failures)
                log.error(  # noqa: TRY400 - most often the disk is full or the database locked
                    "posting can't start, it is tried again in %.1f s: %s",
                    pause,
                    error,
                    exc_info=not isinstance(error, StorageError),
                )
                await asyncio.sleep(pause)
            else:
                break
        self._scheduler.start()

    async def _prepare(self) -> None:
        await derived_jobs.upgrade(self._database, self._planner, now=self._now())
        await announcements.report_update(self._database, self.settings.version, now=self._now())
        for provider in self._providers:
            await provider.start()
        await self._check(is_expected=True)
        await self.runner.start()

    async def stop(self) -> None:
        """Stop where it stands; the next start goes on from what is stored."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
            self._starting = None
        await self._scheduler.stop()
        await self.runner.stop()

    async def until_idle(self) -> None:
        """Wait until everything is done that can be done now."""
        if self._starting is not None:
            await asyncio.wait((self._starting,))
        self.runner.wake()
        await self.runner.until_idle()

    async def check(self) -> None:
        """Repair jobs; a wrong one is an error. Tell servers with a log if no papers come."""
        await self._check(is_expected=False)
        await announcements.report_no_papers(self._database, await self.trouble(), now=self._now())

    async def clock_stepped(self) -> None:
        """Compute all due times anew, after the wall clock was set or the machine slept."""
        self._scheduler.expect_step()
        await self._check(is_expected=True)
        await self.runner.retry_now(*_RETRIED)

    async def _check(self, *, is_expected: bool) -> None:
        await derived_jobs.check(
            self._database,
            self._planner,
            now=self._now(),
            settings=self.settings,
            is_expected=is_expected,
        )
        for provider in self._providers:
            await provider.check()
        self.runner.wake()

    def digests_stored(self) -> None:
        """Look at once whether a schedule has waited for the digest that was just stored."""
        self.runner.wake()

    def now(self) -> datetime:
        """Return the time that the bot goes by, in UTC."""
        return self._now()

    def next_run(self, schedule: Schedule) -> datetime | None:
        """Return the next time a schedule posts, in UTC, or `None` while it is paused."""
        return None if schedule.paused_at is not None else next_run(schedule, self._now())

    # What commands change

    async def add(
        self,
        settings: ScheduleSettings,
        *,
        guild_id: int,
        created_by: int,
        draft_id: int | None = None,
        may_repeat: bool = True,
    ) -> Schedule:
        """Store a new schedule; it posts from its next occurrence on.

        Args:
            settings: What it posts, where and when.
            guild_id: Its server.
            created_by: The Discord user who makes it.
            draft_id: The draft on the set-up screen that becomes this schedule.
            may_repeat: Whether another schedule may post the same papers to the same channel.

        Raises:
            TooManySchedulesError: The server or the channel has as many already.
            SameScheduleError: Another one posts the same papers, and it may not.
            DraftGoneError: The draft has become a schedule before.
        """
        now = self._now()
        schedule = await schedules.add(
            self._database,
            NewSchedule(guild_id, created_by, settings, draft_id, may_repeat),
            at=now,
            next_job=lambda schedule: job_factory.occurrence(schedule, now),
            limits=self.settings.limits,
        )
        await self._sources.look_again()
        self.runner.wake()
        return schedule

    async def edit(self, edit: ScheduleEdit) -> Schedule | None:
        """Replace a schedule's settings; `None` if there is no such schedule of that version.

        If the bot had paused it, it goes on: the caller has checked its channel.

        Raises:
            TooManySchedulesError: It would move to a channel that has as many already.
            SameScheduleError: Another one posts the same papers, and it may not.
            DraftGoneError: Its draft is gone.
        """
        now = self._now()
        schedule = await schedules.change(
            self._database,
            edit,
            at=now,
            next_job=lambda each: job_factory.occurrence(each, now),
            limits=self.settings.limits,
        )
        self._handlers.deliveries.forget_planned(edit.schedule_id)
        if schedule is not None and schedule.paused_reason not in (None, Reason.PAUSED_BY_PERSON):
            schedule = await self.resume(edit.schedule_id) or schedule
        await self._sources.look_again()
        self.runner.wake()
        return schedule

    async def delete(self, schedule_id: int, *, guild_id: int) -> bool:
        """Delete a schedule; it can be restored for a quarter of an hour."""
        now = self._now()
        purge = job_factory.purge(schedule_id, now, self.settings)
        is_deleted = await schedule_deletion.delete(
            self._database, schedule_id, guild_id=guild_id, at=now, purge=purge
        )
        self._handlers.deliveries.forget_planned(schedule_id)
        return is_deleted

    async def restore(
        self, schedule_id: int, *, guild_id: int, may_repeat: bool = True
    ) -> Schedule | None:
        """Undo a deletion; `None` if it is too late for that, or was undone before.

        Raises:
            TooManySchedulesError: The server or the channel has as many others by now.
            SameScheduleError: Another one posts the same papers, unless it `may_repeat` them.
        """
        now = self._now()
        schedule = await schedule_deletion.restore(
            self._database,
            ScheduleRestore(schedule_id, guild_id, may_repeat),
            at=now,
            next_job=lambda each: job_factory.occurrence(each, now),
            limits=self.settings.limits,
        )
        if schedule is not None:
            await self._check(is_expected=True)  # the jobs of its open deliveries
        return schedule

    async def pause(self, schedule_id: int, *, actor_id: int) -> Schedule | None:
        """Pause a schedule for a person; `None` if it was paused by one before, or is gone."""
        paused = await self._handlers.pausing.pause_for_person(schedule_id, actor_id=actor_id)
        self._handlers.deliveries.forget_planned(schedule_id)
        return paused

    async def resume(self, schedule_id: int, *, actor_id: int | None = None) -> Schedule | None:
        """Let a paused schedule go on; `None` if it was not paused, or is gone."""
        resumed: list[Schedule] = []
        record = self._handlers.pausing.resume(
            schedule_id, actor_id=actor_id, resumed=resumed.append
        )
        async with self._database.transaction(durable=True) as writer:
            await jobs.put(writer, *await record(writer))
        self.runner.wake()
        return resumed[0] if resumed else None

    # What commands show and post

    @property
    def source(self) -> str:
        """What the papers are read from, for people; empty if that is nothing in particular."""
        return self.settings.sources

    async def trouble(self) -> Trouble | None:
        """Return since when no source has brought papers, if that is two weekdays or more."""
        return await self._sources.trouble()

    async def upcoming(
        self, languages: Sequence[str], *, within: timedelta
    ) -> tuple[tuple[str, str], ...]:
        """Return ids of the papers that the next posts would show, each once with a language.

        The post that is due first comes first, and in it the paper with the most votes.

        Args:
            languages: Only posts in these.
            within: Only posts that are due by then.
        """
        return await upcoming_papers(
            await schedules.every(self._database),
            self._news,
            languages=languages,
            now=self._now(),
            within=within,
        )

    def is_reading(self) -> bool:
        """Return whether the newest list is about to be read, shortly after the start."""
        return self._sources.is_reading(self._now())

    async def preview(self, schedule: Schedule) -> Selection | NotPosted:
        """Return what would be posted if it were time, whether the channel has had it or not."""
        return await self._manual_posts.preview(schedule)

    async def post_now(self, schedule: Schedule, *, again: bool = False) -> Posted | NotPosted:
        """Post what is newest at once, also while the schedule is paused.

        What the channel has had is posted only if `again` says so.
        """
        if self._starting is not None:
            await asyncio.wait((self._starting,), timeout=_LONGEST_PAUSE)
        if not self.runner.is_running:
            return NotPosted(Reason.STARTING)
        return await self._manual_posts.post(schedule, again=again)
