"""Decide which list a scheduled post takes, from what the channel has had before."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.posting.coverage import Coverage
from bot.posting.planner import Planner
from bot.posting.recurrence import Occurrence, count_between, last_occurrence
from bot.posting.selection import Outage, Selection, enough_new
from bot.posting.settings import PostingSettings
from storage import deliveries, digests, posted, sources
from storage.database import Database
from storage.posted import PostedBefore
from storage.records import Delivery, Frequency, ListedPaper, Reason, Schedule

_DAY_PAGE: Final = "https://huggingface.co/papers/date/{day}"
_MOST_PASSED_OVER: Final = 30
_NO_REPEAT: Final = timedelta(days=30)
"""How long a daily schedule doesn't post a paper again."""
_FIRST_ZONE: Final = timedelta(hours=14)
"""How far ahead of UTC the first time zone is, in which each day begins."""


class News:
    """Finds what is new for a schedule."""

    def __init__(
        self,
        database: Database,
        planner: Planner,
        *,
        settings: PostingSettings,
        now: Callable[[], datetime],
    ) -> None:
        """Build it.

        Args:
            database: With the lists and deliveries.
            planner: Reads and filters papers.
            settings: Times and limits of posts.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._planner = planner
        self._settings = settings
        self._now = now

    async def find(self, schedule: Schedule, occurrence: Occurrence) -> Selection | Reason:
        """Return what a schedule posts for an occurrence, or why there is nothing.

        It depends on when the occurrence is due, not on when it is asked: a post that is late takes
        the list that it would have taken in time.
        """
        if schedule.settings.period is not Frequency.DAY:
            return await self._find_best_of(schedule, occurrence)
        zone = ZoneInfo(schedule.settings.timezone)
        before = await posted.posted_before(
            self._database,
            schedule.id,
            schedule.settings.channel_id,
            since=occurrence.due - _NO_REPEAT,
        )
        days = await self._eligible_days(
            occurrence.due, after=before.newest, today=occurrence.due.astimezone(zone).date()
        )
        if not days:
            return Reason.NO_DIGEST
        for day in days:
            coverage = Coverage.of(Frequency.DAY, day)
            papers = await self._planner.papers_of(coverage)
            new = len(papers) - len(_posted_ids(papers, before))
            if enough_new(len(papers), new, schedule.settings.count):
                return await self._select(schedule, coverage, before, due=occurrence.due)
        return Reason.NO_NEW_PAPERS

    async def find_again(self, schedule: Schedule, delivery: Delivery) -> Selection:
        """Return what a schedule posts of the list of a delivery of which nothing was sent."""
        settings, planned_at = schedule.settings, delivery.planned_at
        coverage = Coverage.parse(delivery.coverage)
        if coverage.kind is not Frequency.DAY or delivery.by_hand:
            return await self._planner.select(settings, coverage)
        before = await posted.posted_before(
            self._database,
            schedule.id,
            settings.channel_id,
            since=planned_at - _NO_REPEAT,
            besides=delivery.id,
        )
        due = last_occurrence(settings, planned_at).due
        return await self._select(schedule, coverage, before, due=due)

    async def _select(
        self, schedule: Schedule, coverage: Coverage, before: PostedBefore, *, due: datetime
    ) -> Selection:
        """Return what is new in the list of a day, with what the post says of missed ones."""
        return await self._planner.select(
            schedule.settings,
            coverage,
            passed_over=await self._passed_over(schedule, before, coverage.first, due=due),
            without=_posted_ids(await self._planner.papers_of(coverage), before),
            outage=self._outage(schedule, before),
        )

    async def _find_best_of(self, schedule: Schedule, occurrence: Occurrence) -> Selection | Reason:
        """Return the best papers of the week or month that has ended."""
        settings = schedule.settings
        coverage = Coverage.of(settings.period, occurrence.day - timedelta(days=1))
        is_posted = await deliveries.is_posted(
            self._database, schedule.id, settings.channel_id, coverage.key
        )
        if is_posted:
            return Reason.NO_DIGEST
        selection = await self._planner.select(settings, coverage)
        return selection if selection.total else Reason.NO_DIGEST

    async def newest(self, schedule: Schedule) -> Coverage | None:
        """Return what a schedule would post now if its channel had had nothing; `None` if nothing.

        For a daily schedule that is the newest list that is old enough, or else the newest one.
        """
        kind = schedule.settings.period
        if kind is Frequency.DAY:
            now = self._now()
            age = timedelta(hours=self._settings.list_age_hours)
            days = await sources.newest_eligible(
                self._database, due=now, age=age, after=None, since=date.min
            )
            day = days[0] if days else await digests.newest(self._database)
            return Coverage.of(kind, day) if day is not None else None
        today = self._now().astimezone(ZoneInfo(schedule.settings.timezone)).date()
        ended = Coverage.of(kind, Coverage.of(kind, today).first - timedelta(days=1))
        return ended if await self._planner.papers_of(ended) else None

    async def _eligible_days(
        self, due: datetime, *, after: date | None, today: date
    ) -> tuple[date, ...]:
        age = timedelta(hours=self._settings.list_age_hours)
        since = today - timedelta(days=self._settings.news_days)
        days = await self._planner.compute_once(
            ("eligible", due, after, since),
            lambda: sources.newest_eligible(
                self._database, due=due, age=age, after=after, since=since
            ),
        )
        # A post that is late finds digests that were written for the days after it.
        return tuple(day for day in days if day <= (due + _FIRST_ZONE).date())

    async def _passed_over(
        self, schedule: Schedule, before: PostedBefore, newest: date, *, due: datetime
    ) -> tuple[tuple[date, str | None], ...]:
        """Return the lists that missed occurrences would have posted, oldest first."""
        if (
            before.newest is None
            or before.planned_at is None
            or newest <= before.newest + timedelta(days=1)
        ):
            return ()
        days = await self._planner.compute_once("dates", lambda: digests.dates(self._database))
        between = [day for day in days if before.newest < day < newest]
        if not between:
            return ()
        missed = count_between(schedule.settings, before.planned_at, due, most=_MOST_PASSED_OVER)
        # Occurrences that were decided at their time, such as on holidays, were not missed.
        missed -= len(before.without_post)
        named = between[-missed:] if missed > 0 else []
        return tuple((day, _DAY_PAGE.format(day=day)) for day in named)

    def _outage(self, schedule: Schedule, before: PostedBefore) -> Outage | None:
        """Return on which days there was no post because the sources failed."""
        # It is recorded when the wait for a digest has ended, perhaps after midnight.
        days = {
            last_occurrence(schedule.settings, at).day
            for at, reason in before.without_post
            if reason == Reason.SOURCE_UNAVAILABLE
        }
        return Outage(tuple(sorted(days)), self._settings.sources) if days else None


def _posted_ids(papers: tuple[ListedPaper, ...], before: PostedBefore) -> frozenset[str]:
    """Return the ids of papers that were posted before; mostly none, which caches well."""
    return frozenset(each.paper.arxiv_id for each in papers if each.paper.arxiv_id in before.papers)
