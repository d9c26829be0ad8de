"""The morning's work: who has a turn, what they get, and what is done when it can't be had.

The alarm clock rings; what is to be done then stands in the database, so that a process that ends
at any moment and another that begins come to the same. Each channel's work is done in order, and
no channel waits for another's trouble.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import discord

from bot.posts import due
from bot.posts.clock import AlarmClock, Clock
from bot.posts.deliver import Deliverer
from bot.posts.drafts import Drafts, parts
from bot.posts.lanes import Again, Lanes
from bot.posts.layouts import Selection
from bot.posts.lease import Lease
from bot.posts.outcomes import Nothing, Posted
from bot.posts.pace import Pace, posting
from bot.posts.subjects import Subject
from bot.posts.telling import tell
from bot.posts.trouble import (
    CHANNEL_GONE,
    LEFT,
    REFUSED,
    TOO_MANY_THREADS,
    LaterError,
    TokenRefusedError,
    TroubleError,
    check,
    find,
)
from config.texts import Catalogue
from storage import deliveries, digests, history, schedules
from storage.database import Database
from storage.errors import LeaseLostError, StorageError
from storage.records import Delivery, Outcome, Schedule, Span
from storage.schedules import ASKED

log = logging.getLogger(__name__)

_GRACE: Final = timedelta(minutes=5)
"""For which a turn is on time, however little is caught up."""
_GOES_ON: Final = timedelta(days=7)
"""For which a post that has begun is completed."""
_REFRESH_LATEST: Final = timedelta(hours=24)
_LOOK_AGAIN: Final = 10 * 60.0
"""Seconds between looks at what is paused, should Discord have told of no change."""
_QUIET_DAYS: Final = 3
_SATURDAY: Final = 5
_LONGEST_WAIT: Final = 600.0
_STORAGE_PAUSE: Final = 20.0
"""Seconds after which at most the database is tried again."""
_DAY_PAGE: Final = "https://huggingface.co/papers/date/{day}"
_MOST_PASSED_OVER: Final = 30


@dataclass(frozen=True, slots=True)
class Rules:
    """What an operator may set of the mornings."""

    news_days: int = 4
    """A digest dated more days before is no news."""
    wait_hours: float = 6.0
    """How long after its time a schedule waits for something new."""
    lease: timedelta = timedelta(seconds=30)
    """After which time another process may take over from one that says nothing any more."""
    at_once: int = 64
    """In how many channels there is work at the same time."""
    first_wait: float = 1.0
    """Seconds before a second try; each further one waits twice as long, up to ten minutes."""


class Job(NamedTuple):
    """Something to be done in a channel."""

    kind: str
    """`ring`, `turn`, `send`, `publish`, `refresh`, `resume`."""
    id: int
    """Of the schedule, or of the delivery."""


class Worker:
    """Posts what is due, and answers what commands ask of it."""

    def __init__(
        self,
        *,
        database: Database,
        catalogue: Catalogue,
        client: discord.Client,
        clock: Clock,
        pace: Pace,
        rules: Rules | None = None,
        end: Callable[[Exception], Awaitable[None]] | None = None,
    ) -> None:
        """Make it idle until `start`.

        Args:
            database: Where schedules, digests and the ledger are.
            catalogue: The texts.
            client: The Discord client that sends.
            clock: What time it is.
            pace: The rate limiter of the client's requests.
            rules: What an operator may set.
            end: Called when nothing can be done any more, with what says why.
        """
        self.rules = rules or Rules()
        self._database = database
        self._catalogue = catalogue
        self._client = client
        self._clock = clock
        self._end = end
        self._lease = Lease(database, lasting=self.rules.lease)
        self._drafts = Drafts(database, catalogue)
        self._deliverer = Deliverer(
            database=database,
            client=client,
            drafts=self._drafts,
            clock=clock,
            check_lease=self._lease.check,
        )
        self._alarm = AlarmClock(clock, self._ring, self._look)
        self._lanes: Lanes[Job] = Lanes(self._work, at_once=self.rules.at_once)
        pace.on_open(self._lanes.hurry_all)
        self._tries: dict[Job, int] = {}
        self._untried: set[int] = set()
        self._not_before: dict[int, float] = {}
        self._looked_at_paused = 0.0
        self._stored: tuple[date | None, str | None] | None = None
        self._begun: asyncio.Task[None] | None = None
        self._changed_meanwhile: set[int] = set()

    # Its life

    async def wait(self) -> bool:
        """Wait until no other process works on the database; `False` where it was stopped first."""
        return await self._lease.wait()

    async def start(self) -> None:
        """Take up what the database says is to be done, and go on from there."""
        await self.wait()
        self._lease.start(self._go, self._halt)
        self._begun = asyncio.create_task(self._begin())

    async def _begin(self) -> None:
        # From then on Discord has said which servers there are; each is waited for on its own.
        await self._client.wait_for("connect")
        await self._go()

    async def _go(self) -> None:
        """Do what is open; while the database can't be read, try again."""
        self._changed_meanwhile.clear()
        self._lanes.start()
        while True:
            try:
                await self._take_stock()
            except StorageError as error:
                log.error("the database can't be used, tried again: %s", error)  # noqa: TRY400 - the sentence is for the operator
                await asyncio.sleep(_STORAGE_PAUSE)
            else:
                return

    async def _take_stock(self) -> None:
        """Put into the lanes what was begun, what was missed, what is waited for."""
        for delivery_id, channel_id in await deliveries.open_ones(self._database):
            self._lanes.put(channel_id, Job("send", delivery_id))
        all_of_them = await schedules.all_of_them(self._database)
        now = self._clock.now()
        for schedule in all_of_them:
            if schedule.waiting_until is not None or due.open_turn(schedule, now) is not None:
                self._lanes.put(schedule.channel_id, Job("turn", schedule.id))
        if not self._alarm.is_set:
            self._alarm.start(all_of_them)
        for schedule_id in self._changed_meanwhile.copy():
            changed = await schedules.get(self._database, schedule_id)
            if changed is not None:
                await self.schedule_changed(changed)
        await self._look()

    async def _halt(self) -> None:
        self._untried.clear()
        self._alarm.stop()
        await self._lanes.stop()

    async def stop(self) -> None:
        """End what is under way where it stands; it is gone on with after the next start."""
        if self._begun is not None:
            self._begun.cancel()
            await asyncio.gather(self._begun, return_exceptions=True)
        await self._halt()
        try:
            await self._lease.stop()
        except StorageError as error:
            log.warning("the lease can't be given back, it lapses by itself: %s", error)

    @property
    def is_working(self) -> bool:
        """Whether this is the process that posts."""
        return self._lease.is_held

    async def until_idle(self) -> None:
        """Wait until all is done that can be done now, from the beginning or a moved clock on."""
        if self._begun is not None:
            await asyncio.wait((self._begun,))
        await self._alarm.settled()
        await self._lanes.until_idle()

    def now(self) -> datetime:
        """Return the time that the bot goes by, in UTC."""
        return self._clock.now()

    def move_to(self, moment: datetime) -> None:
        """Make it `moment` now, and do what has come due as if the bot had been away."""
        self._alarm.move_to(moment)

    # What others tell it

    async def schedule_changed(self, schedule: Schedule) -> None:
        """Go by a schedule as it is now; a new one too."""
        if not self._alarm.is_set:
            # Where it is beginning, the schedules may have been read before this was stored.
            self._changed_meanwhile.add(schedule.id)
            return
        self._alarm.add(schedule)
        self._not_before.pop(schedule.id, None)
        if schedule.paused_at is None:
            self._take_up(schedule)
            for delivery_id, channel_id in await deliveries.open_of_schedule(
                self._database, schedule.id
            ):
                self._lanes.put(channel_id, Job("send", delivery_id))
                self._lanes.hurry(channel_id)

    async def schedule_removed(self, schedule_id: int) -> None:
        """Forget a schedule."""
        self._alarm.remove(schedule_id)

    def digests_stored(self) -> None:
        """Look what is new, for there are other digests than before."""
        self._drafts.forget()
        self._alarm.look_now()

    async def place_changed(self, guild_id: int) -> None:
        """Look whether what was in the way in a server still is."""
        if not self.is_working:
            return
        for schedule in await schedules.of_guild(self._database, guild_id):
            if schedule.paused_at is not None and schedule.paused_reason != ASKED:
                self._lanes.put(("resume", schedule.channel_id), Job("resume", schedule.id))

    async def place_gone(self, guild_id: int, channel_id: int | None = None) -> None:
        """Pause what posts to a channel that is gone, or to a server that the bot has left."""
        if not self.is_working:
            return
        reason = LEFT if channel_id is None else CHANNEL_GONE
        for schedule in await schedules.of_guild(self._database, guild_id):
            if channel_id in (None, schedule.channel_id) and schedule.paused_at is None:
                await self._pause(schedule, reason)

    # What commands ask of it

    def next_due(self, schedule: Schedule) -> datetime | None:
        """Return when a schedule posts next, in UTC; `None` while it is paused."""
        if schedule.paused_at is not None:
            return None
        return due.next_turn(schedule, self._clock.now())

    async def preview(self, schedule: Schedule) -> Selection | Nothing:
        """Return what would be posted if it were time, whether the channel has had it or not."""
        subject = await self._newest(schedule)
        if subject is None:
            return Nothing("no_digest")
        selection = await self._drafts.select(schedule, subject)
        return selection if selection.papers else Nothing("filtered_out")

    async def post_now(  # noqa: PLR0911 - each stands for a reason that a person is told
        self, schedule: Schedule, *, again: bool = False
    ) -> Posted | Nothing:
        """Post what is newest, at once; what the channel has had only where `again` says so."""
        if not self.is_working or schedule.paused_at is not None:
            return Nothing("paused" if self.is_working else "standing_by")
        subject = await self._newest(schedule)
        if subject is None:
            return Nothing("no_digest")
        selection = await self._drafts.select(schedule, subject)
        if not selection.papers:
            return Nothing("filtered_out")
        try:
            delivery = await self._plan(schedule, selection, by_hand=True, again=again)
        except TroubleError as trouble:
            await self._pause(schedule, trouble.reason)
            return Nothing(trouble.reason)
        except (LaterError, LeaseLostError):
            return Nothing("under_way")
        if delivery is None:
            return Nothing("already")
        await self._lanes.done(schedule.channel_id, Job("send", delivery.id))
        return await self._came_of(delivery.id, subject)

    async def _came_of(self, delivery_id: int, subject: Subject) -> Posted | Nothing:
        """Return what came of a delivery so far."""
        delivery = await deliveries.get(self._database, delivery_id)
        assert delivery is not None
        if delivery.completed_at is not None:
            messages = tuple(
                (part.channel_id, part.message_id)
                for part in delivery.parts
                if part.channel_id is not None and part.message_id is not None
            )
            return Posted(subject, messages)
        schedule = await self._schedule_of(delivery)
        reason = schedule.paused_reason if schedule is not None else None
        return Nothing(reason or "under_way")

    async def _newest(self, schedule: Schedule) -> Subject | None:
        newest = await digests.newest(self._database)
        if schedule.period is Span.DAY:
            return Subject.of(Span.DAY, newest) if newest is not None else None
        today = self._today(schedule)
        first = Subject.of(schedule.period, today).first
        subject = Subject.of(schedule.period, first - timedelta(days=1))
        return subject if await self._drafts.papers_of(subject) else None

    def _today(self, schedule: Schedule) -> date:
        return self._clock.now().astimezone(ZoneInfo(schedule.timezone)).date()

    # What the alarm brings

    async def _ring(self, schedule_id: int) -> None:
        # In a lane of its own, where reading the schedule is tried again if it fails.
        self._lanes.put(("ring", schedule_id), Job("ring", schedule_id))

    def _take_up(self, schedule: Schedule) -> None:
        if schedule.waiting_until is not None or due.open_turn(schedule, self._clock.now()):
            self._lanes.put(schedule.channel_id, Job("turn", schedule.id))

    async def _look(self) -> None:
        """Do what has no time of its own: once a minute, and when digests came."""
        if not self.is_working:
            return
        now = self._clock.now()
        stored = await digests.last_change(self._database)
        changed, self._stored = stored != self._stored, stored
        if changed:
            self._drafts.forget()
        for schedule in await schedules.waiting(self._database):
            if changed or (schedule.waiting_until is not None and schedule.waiting_until <= now):
                self._lanes.put(schedule.channel_id, Job("turn", schedule.id))
        for delivery_id, channel_id in await deliveries.to_publish(self._database):
            self._lanes.put(("after", channel_id), Job("publish", delivery_id))
        for delivery_id, channel_id in await deliveries.to_refresh(self._database, until=now):
            self._lanes.put(("after", channel_id), Job("refresh", delivery_id))
        if monotonic() - self._looked_at_paused >= _LOOK_AGAIN:
            self._looked_at_paused = monotonic()
            for schedule in await schedules.paused(self._database):
                if schedule.paused_reason != ASKED:
                    self._lanes.put(("resume", schedule.channel_id), Job("resume", schedule.id))

    # The work

    async def _work(self, job: Job) -> Again[Job] | None:
        """Do a job; say what of it is to be tried again."""
        try:
            return await self._do(job)
        except LeaseLostError as error:
            # Where it is another's, all jobs are forgotten soon; where it had but lapsed (a machine
            # that slept), it is renewed soon.
            log.warning("%s: stopped", error)
            return self._again(job)
        except TokenRefusedError as error:
            log.critical("%s", error)
            if self._end is not None:
                await self._end(error)
        except StorageError as error:
            log.error("the database can't be used, tried again: %s", error)  # noqa: TRY400 - the sentence is for the operator
            return self._again(job, at_most=_STORAGE_PAUSE)
        return None

    async def _do(self, job: Job) -> Again[Job] | None:
        match job.kind:
            case "ring":
                schedule = await schedules.get(self._database, job.id)
                if schedule is not None:
                    self._lanes.put(schedule.channel_id, Job("turn", job.id))
                return None
            case "turn":
                return await self._turn(job.id)
            case "send":
                return await self._send(job.id, is_fresh=job.id in self._untried)
            case "publish" | "refresh":
                return await self._afterwards(job)
            case _:
                await self._resume(job.id)
                return None

    def _again(
        self, job: Job, *, at_least: float = 0.0, at_most: float = _LONGEST_WAIT
    ) -> Again[Job]:
        """Try a job again, each time later, and not all at the same moment."""
        tries = self._tries.get(job, 0)
        self._tries[job] = tries + 1
        wait = min(self.rules.first_wait * 2 ** min(tries, 20), at_most)
        return Again(job, max(at_least, wait * random.uniform(0.5, 1.0)))  # noqa: S311 - no secret

    def _after(self, job: Job, later: LaterError) -> Again[Job]:
        """Try a job again when what was in its way has passed; a rate limit is no failure."""
        if later.is_rate_limit:
            return Again(job, later.retry_after)
        return self._again(job, at_least=later.retry_after)

    async def _turn(self, schedule_id: int) -> Again[Job] | None:
        """Give a schedule the turn that has come due, or go on with the one that waits."""
        schedule = await schedules.get(self._database, schedule_id)
        if schedule is None:
            return None
        now = self._clock.now()
        turn = due.open_turn(schedule, now)
        if schedule.paused_at is not None:
            if turn is not None and now - turn.due < _GRACE:
                await history.add(
                    self._database,
                    schedule,
                    Outcome.PAUSED_TURN,
                    at=now,
                    detail=schedule.paused_reason,
                )
            return None
        if turn is not None:
            is_in_time = await self._take_turn(schedule, turn, now)
            return await self._bring(schedule, turn) if is_in_time else None
        if schedule.waiting_until is None or schedule.last_due is None or not schedule.last_day:
            # An earlier try may have ended between the plan and the last of its messages.
            begun = await deliveries.open_of_schedule(self._database, schedule_id)
            return Again(Job("send", begun[0][0]), 0.0) if begun else None
        return await self._bring(schedule, due.Turn(schedule.last_day, schedule.last_due))

    async def _take_turn(self, schedule: Schedule, turn: due.Turn, now: datetime) -> bool:
        """Note that a schedule has its turn; say whether it is not too late for it."""
        until = turn.due + timedelta(hours=self.rules.wait_hours)
        is_first = await schedules.take_turn(
            self._database, schedule, day=turn.day, due=turn.due, waiting_until=until
        )
        if is_first and now - turn.due > max(timedelta(hours=schedule.catch_up), _GRACE):
            await schedules.end_turn(self._database, schedule, Outcome.MISSED, at=now)
            return False
        return is_first

    async def _bring(self, schedule: Schedule, turn: due.Turn) -> Again[Job] | None:
        """Post what a turn brings; where there is nothing new yet, it is waited for."""
        now = self._clock.now()
        selection = await self._news(schedule, turn)
        if selection is None:
            if now < turn.due + timedelta(hours=self.rules.wait_hours):
                return None
            is_quiet = schedule.period is Span.DAY and turn.day.weekday() < _SATURDAY
            days = await schedules.end_turn(
                self._database, schedule, Outcome.NOTHING_NEW, at=now, is_quiet=is_quiet
            )
            if days >= _QUIET_DAYS:
                await self._tell(schedule, "quiet")
            return None
        try:
            delivery = await self._plan(schedule, selection)
        except TroubleError as trouble:
            await self._pause(schedule, trouble.reason, turn=turn)
            return None
        except LaterError as later:
            log.info("schedule %d waits: %s", schedule.id, later)
            return self._after(Job("turn", schedule.id), later)
        self._tries.pop(Job("turn", schedule.id), None)
        if delivery is None or delivery.completed_at is not None:
            return None
        return await self._send(delivery.id, is_fresh=True)

    async def _news(self, schedule: Schedule, turn: due.Turn) -> Selection | None:
        """Return what is new to a schedule's channel; `None` where nothing is."""
        if schedule.period is not Span.DAY:
            subject = Subject.of(schedule.period, turn.day - timedelta(days=1))
            if await deliveries.had(self._database, schedule.id, schedule.channel_id, subject.key):
                return None
            selection = await self._drafts.select(schedule, subject)
            return selection if selection.total else None
        newest = await digests.newest(self._database)
        if newest is None:
            return None
        had = await deliveries.newest_had(self._database, schedule.id, schedule.channel_id)
        # An older one that the channel has not had is no news beside a newer that it has.
        if had is not None and newest <= had:
            return None
        if newest < self._today(schedule) - timedelta(days=self.rules.news_days):
            return None
        passed_over = await self._passed_over(schedule, turn, had, newest)
        subject = Subject.of(Span.DAY, newest)
        selection = await self._drafts.select(schedule, subject, passed_over)
        return selection if selection.total else None

    async def _passed_over(
        self, schedule: Schedule, turn: due.Turn, had: date | None, newest: date
    ) -> tuple[tuple[date, str | None], ...]:
        """Return the digests that turns without a post would have brought, oldest first."""
        since = await deliveries.last_planned(self._database, schedule.id, schedule.channel_id)
        if had is None or since is None:
            return ()
        missed = due.turns_between(schedule, since, turn.due, most=_MOST_PASSED_OVER)
        between = [d for d in await digests.dates(self._database) if had < d < newest]
        named = between[-missed:] if missed else []
        return tuple((day, _DAY_PAGE.format(day=day)) for day in named)

    async def _plan(
        self,
        schedule: Schedule,
        selection: Selection,
        *,
        by_hand: bool = False,
        again: bool = False,
    ) -> Delivery | None:
        """Write a post into the ledger, if it can be sent as far as that can be seen."""
        with posting():
            found = await find(self._client, schedule, channel_id=schedule.channel_id)
        check(found, schedule)
        now = self._clock.now()
        planned, frozen = [], "{}"
        if selection.papers:
            draft = await self._drafts.draft(selection, schedule, forum=found.place.is_forum)
            once_more = now.isoformat() if again else ""
            planned = parts(
                draft,
                channel_id=schedule.channel_id,
                schedule_id=schedule.id,
                once_more=once_more,
            )
            frozen = draft.frozen
        tomorrow = self._today(schedule) + timedelta(days=1)
        midnight = datetime.combine(
            tomorrow, datetime.min.time(), ZoneInfo(schedule.timezone)
        ).astimezone(UTC)
        return await deliveries.plan(
            self._database,
            schedule,
            selection.subject.key,
            parts=planned,
            frozen=frozen,
            at=now,
            publish=schedule.publish and found.place.kind is discord.ChannelType.news,
            refresh_at=midnight if schedule.refresh else None,
            by_hand=by_hand,
            again=again,
            holder=self._lease.holder,
        )

    async def _send(self, delivery_id: int, *, is_fresh: bool) -> Again[Job] | None:
        job = Job("send", delivery_id)
        delivery = await deliveries.get(self._database, delivery_id)
        if delivery is None or delivery.completed_at is not None:
            return None
        self._untried.discard(delivery_id)
        now = self._clock.now()
        schedule = await self._schedule_of(delivery)
        if schedule is None:
            await deliveries.give_up(self._database, delivery_id, at=now, detail="removed")
        if schedule is None or schedule.paused_at is not None:
            return None  # of a paused one it goes on when the schedule does
        age = now - delivery.planned_at
        may_begin = age <= max(timedelta(hours=schedule.catch_up), _GRACE)
        try:
            is_complete = age <= _GOES_ON and await self._deliverer.send(
                delivery, schedule, is_fresh=is_fresh, may_begin=may_begin
            )
        except TroubleError as trouble:
            self._tries.pop(job, None)
            await self._pause(schedule, trouble.reason)
            return None
        except LaterError as later:
            log.info("delivery %d is tried again: %s", delivery_id, later)
            if is_fresh and later.is_rate_limit:
                self._untried.add(delivery_id)
            return self._after(job, later)
        self._tries.pop(job, None)
        if not is_complete:
            await deliveries.give_up(self._database, delivery_id, at=now, detail="too_late")
            return None
        self._not_before.pop(schedule.id, None)
        log.info("posted %s to channel %d", delivery.subject, delivery.channel_id)
        if delivery.publish:
            self._lanes.put(("after", delivery.channel_id), Job("publish", delivery_id))
        return None

    async def _schedule_of(self, delivery: Delivery) -> Schedule | None:
        if delivery.schedule_id is None:
            return None
        return await schedules.get(self._database, delivery.schedule_id)

    async def _afterwards(self, job: Job) -> Again[Job] | None:
        """Publish a post, or bring its votes up to date."""
        delivery = await deliveries.get(self._database, job.id)
        if delivery is None:
            return None
        schedule = await self._schedule_of(delivery)
        now = self._clock.now()
        try:
            if job.kind == "publish":
                is_old = now - delivery.planned_at > _REFRESH_LATEST
                if schedule is None or is_old:
                    await deliveries.publishing_done(self._database, job.id)
                elif delivery.publish:
                    await self._deliverer.publish(delivery, schedule)
            elif schedule is None or (
                delivery.refresh_at is not None and now - delivery.refresh_at > _REFRESH_LATEST
            ):
                await deliveries.refreshing_done(self._database, job.id)
            elif delivery.refresh_at is not None:
                await self._deliverer.refresh(delivery, schedule)
        except LaterError as later:
            log.info("delivery %d: %s is tried again: %s", job.id, job.kind, later)
            return self._after(job, later)
        self._tries.pop(job, None)
        return None

    # Trouble

    async def _pause(
        self, schedule: Schedule, reason: str, *, turn: due.Turn | None = None
    ) -> None:
        """Let a schedule rest until what is in the way is gone, and tell its maker once."""
        if turn is not None:
            await schedules.give_turn_back(self._database, schedule, day=turn.day)
        now = self._clock.now()
        paused = await schedules.pause(self._database, schedule.id, reason=reason, at=now)
        if paused is None:
            return
        log.warning(
            "schedule %d of server %d is paused: %s", schedule.id, schedule.guild_id, reason
        )
        if reason in (REFUSED, TOO_MANY_THREADS) or schedule.id in self._not_before:
            # Nothing that Discord tells says when this is over: looked at again, but seldom.
            self._not_before[schedule.id] = monotonic() + _LOOK_AGAIN * 6
        else:
            # It looked as if it could be sent: should it look so again, that is no proof.
            self._not_before.setdefault(schedule.id, 0.0)
        await self._tell(schedule, reason)

    async def _tell(self, schedule: Schedule, what: str) -> None:
        if await schedules.tell(self._database, schedule.id, what):
            texts = self._catalogue.for_locale(schedule.language)
            await tell(self._client, schedule, what, texts)

    async def _resume(self, schedule_id: int) -> None:
        """Let a schedule go on, where nothing is in its way any more."""
        schedule = await schedules.get(self._database, schedule_id)
        if schedule is None or schedule.paused_reason in (None, ASKED):
            return
        if monotonic() < self._not_before.get(schedule_id, 0.0):
            return
        try:
            with posting():
                found = await find(self._client, schedule, channel_id=schedule.channel_id)
            check(found, schedule)
        except (TroubleError, LaterError):
            return
        now = self._clock.now()
        resumed = await schedules.resume(self._database, schedule_id, at=now)
        if resumed is not None:
            log.info("schedule %d goes on", schedule_id)
            not_before = self._not_before.get(schedule_id)
            await self.schedule_changed(resumed)
            if not_before is not None:
                self._not_before[schedule_id] = not_before
