"""Plan posts: select papers, render messages, and record the delivery in one transaction."""

import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Self, TypeVar

from bot.cache import Cache
from bot.jobs.outcomes import Rerun
from bot.posting import job_factory
from bot.posting.channels import FoundChannel
from bot.posting.coverage import Coverage
from bot.posting.layout import PostOptions, render
from bot.posting.recurrence import Occurrence, next_run
from bot.posting.selection import Outage, Selection, next_papers, select
from bot.posting.settings import PostingSettings
from bot.posting.trends import read_posted, read_trends
from bot.ui.messages import Message, encode
from bot.ui.vote_updates import CurrentVotes
from config.texts import Catalogue
from storage import deliveries, digests, papers, schedule_states
from storage.database import Database, Writer
from storage.errors import StorageError
from storage.records import (
    Delivery,
    Frequency,
    Job,
    ListedPaper,
    Part,
    Plan,
    Schedule,
    ScheduleSettings,
    StoredMessage,
    Trends,
    newest_votes_time,
)

log = logging.getLogger(__name__)

T = TypeVar("T")

_MOST_PAPERS: Final = 10_000
_MARK_BYTES: Final = 9
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class RenderedPost:
    """A rendered post; the same for all channels with the same options."""

    messages: tuple[Message, ...]
    stored: tuple[StoredMessage, ...]
    plan: str
    """JSON from which the post can be rendered again, with the current votes of that time."""
    current: CurrentVotes
    """The votes of its papers."""


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A delivery that was just planned, with all data for sending it, so nothing is read twice.

    The holder may send it without searching the channel first.
    """

    delivery: Delivery
    schedule: Schedule
    found: FoundChannel
    messages: Mapping[int, Message]
    """By the position of their parts; one that was sent long ago may be missing."""

    @classmethod
    def of(
        cls,
        delivery: Delivery,
        schedule: Schedule,
        found: FoundChannel,
        messages: Sequence[Message],
    ) -> Self:
        """Return a delivery with its messages in order."""
        return cls(delivery, schedule, found, dict(enumerate(messages, start=1)))


class Planner:
    """Decides what is posted, and records it before it is sent."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        *,
        settings: PostingSettings,
        now: Callable[[], datetime],
    ) -> None:
        """Build the planner.

        Args:
            database: With the digests, schedules and deliveries.
            catalogue: The texts.
            settings: Times and limits of posts.
            now: The wall clock, in UTC.
        """
        self._database = database
        self._catalogue = catalogue
        self._settings = settings
        self._now = now
        # A few dozen values: the papers of a day, rendered with different options.
        self._cache = Cache(database.content_version, size=64)

    async def papers_of(self, coverage: Coverage) -> tuple[ListedPaper, ...]:
        """Return the papers of a day, a week or a month, with their newest votes."""

        async def read() -> tuple[ListedPaper, ...]:
            if coverage.kind is Frequency.DAY:
                digest = await digests.get(self._database, coverage.first)
                return digest.papers if digest else ()
            ranking = await papers.top(
                self._database, first=coverage.first, last=coverage.last, limit=_MOST_PAPERS
            )
            return ranking.papers

        return await self._cache.get(coverage, read)

    async def select(
        self,
        settings: ScheduleSettings,
        coverage: Coverage,
        *,
        passed_over: tuple[tuple[date, str | None], ...] = (),
        without: frozenset[str] = frozenset(),
        outage: Outage | None = None,
    ) -> Selection:
        """Return the papers that a schedule posts of a coverage; none if no paper matches.

        Args:
            settings: The schedule's filters and number of papers.
            coverage: The day, week or month.
            passed_over: As in `Selection`.
            without: The ids of papers that it leaves out.
            outage: As in `Selection`.
        """

        async def make() -> Selection:
            found = await self.papers_of(coverage)
            return select(
                found, coverage, settings, passed_over=passed_over, without=without, outage=outage
            )

        filters = (settings.include, settings.exclude, settings.min_votes, settings.count)
        return await self._cache.get((coverage, filters, passed_over, without, outage), make)

    async def complete(self, selection: Selection, schedule: Schedule) -> Selection:
        """Return a selection with what the post of a week or month says besides its papers.

        A post of a day, or one without papers, stays as it is.
        """
        coverage, settings = selection.coverage, schedule.settings
        if coverage.kind is Frequency.DAY or not selection.papers:
            return selection

        async def read() -> Trends | None:
            try:
                return await read_trends(self._database, coverage, settings)
            except StorageError:
                raise
            except Exception:
                log.exception("%s is posted without its trends", coverage.key)
                return None

        filters = (settings.include, settings.exclude, settings.min_votes)
        trends = await self._cache.get(("trends", coverage, filters), read)
        return replace(await read_posted(self._database, selection, schedule), trends=trends)

    async def compute_once(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """Return a value that depends on the stored papers only, computed once for all posts."""
        return await self._cache.get(key, make)

    async def render(self, selection: Selection, options: PostOptions) -> RenderedPost:
        """Render a selection, once for all schedules with equal options."""

        async def make() -> RenderedPost:
            texts = self._catalogue.for_locale(options.language)
            try:
                shown, messages = render(selection, options, texts)
            except Exception:
                if selection.trends is None:
                    raise
                log.exception("%s is posted without its trends", selection.coverage.key)
                shown, messages = render(replace(selection, trends=None), options, texts)
            plan = options.to_json() | {
                "papers": [each.paper.arxiv_id for each in shown.papers],
                "total": shown.total,
            }
            if shown.passed_over:
                plan["passed_over"] = [(str(day), url) for day, url in shown.passed_over]
            if shown.posted:
                plan["posted"] = {arxiv_id: str(day) for arxiv_id, day in shown.posted}
            if shown.outage:
                plan["outage"] = {
                    "days": list(map(str, shown.outage.days)),
                    "source": shown.outage.source,
                }
            return RenderedPost(
                messages,
                tuple(map(encode, messages)),
                json.dumps(plan, ensure_ascii=False, separators=(",", ":")),
                _current_votes(selection.papers, selection.votes_read_at),
            )

        shown = tuple(
            tuple((each.paper.arxiv_id, each.paper.votes) for each in papers)
            for papers in (selection.papers, selection.following)
        )
        key = (
            selection.coverage,
            selection.total,
            selection.passed_over,
            selection.outage,
            selection.votes_read_at,
            selection.trends,
            selection.posted,
            shown,
            options,
        )
        return await self._cache.get(key, make)

    async def render_plan(self, delivery: Delivery) -> RenderedPost | None:
        """Render a delivery from its plan with current votes; `None` if its papers are deleted.

        Trends and their picture are those of the day of the post, so they are left out.
        """
        plan: dict[str, Any] = json.loads(delivery.plan)
        coverage = Coverage.parse(delivery.coverage)
        everything = await self.papers_of(coverage)
        known = {each.paper.arxiv_id: each for each in everything}
        # Version 0.1.0 kept votes and the time they were read beside each id.
        ids = [each if isinstance(each, str) else each[0] for each in plan.get("papers", ())]
        chosen = tuple(known[each] for each in ids if each in known)
        if not chosen:
            return None
        passed_over = tuple(
            (date.fromisoformat(day), url) for day, url in plan.get("passed_over", ())
        )
        total = max(len(everything), len(chosen))
        selection = Selection(
            coverage,
            chosen,
            total,
            newest_votes_time(everything),
            passed_over,
            _outage(plan),
            next_papers(everything, chosen),
            posted=tuple(
                (arxiv_id, date.fromisoformat(day))
                for arxiv_id, day in plan.get("posted", {}).items()
            ),
        )
        post = await self.render(selection, PostOptions.from_json(plan))
        return replace(post, current=_current_votes(everything, selection.votes_read_at))

    async def post_of(
        self, selection: Selection, schedule: Schedule, found: FoundChannel
    ) -> RenderedPost | None:
        """Render a selection for a schedule's channel; `None` if it has no papers."""
        if not selection.papers:
            return None
        selection = await self.complete(selection, schedule)
        options = PostOptions.of(
            schedule.settings,
            is_forum=found.facts.is_forum,
            can_discuss=not (found.facts.is_forum or found.is_thread),
        )
        return await self.render(selection, options)

    async def write(
        self,
        writer: Writer,
        schedule: Schedule,
        selection: Selection,
        post: RenderedPost | None,
        *,
        occurrence: Occurrence | None = None,
        again: bool = False,
    ) -> tuple[Delivery | None, list[Job]]:
        """Claim an occurrence, record its delivery, and return the jobs that follow.

        Args:
            writer: The durable transaction in which the occurrence's job ends.
            schedule: As it was read.
            selection: The papers to post.
            post: The rendered selection; `None` if there is nothing to send.
            occurrence: The occurrence to claim; `None` for a post by hand.
            again: Whether to post papers that the channel already has.

        Returns:
            The post to send, and the jobs. The post is `None` if there is nothing to send or the
            channel already has it.

        Raises:
            Rerun: The schedule was edited, paused or deleted since it was read.
        """
        now = self._now()
        new_jobs: list[Job] = []
        if occurrence is not None:
            claimed = await schedule_states.claim(
                writer, schedule, day=occurrence.day, due=occurrence.due
            )
            if claimed is None:
                raise Rerun
            new_jobs.append(job_factory.occurrence_at(claimed, next_run(claimed, now)))
        elif not await schedule_states.is_current(writer, schedule):
            raise Rerun
        parts = new_parts(post.stored) if post is not None else ()
        plan = Plan(
            coverage=selection.coverage.key,
            json=post.plan if post is not None else "{}",
            messages=post.stored if post is not None else (),
            parts=parts,
            by_hand=occurrence is None,
        )
        delivery_id = await deliveries.plan(writer, schedule, plan, at=now, again=again)
        if delivery_id is None or post is None:
            return None, new_jobs
        delivery = Delivery(
            id=delivery_id,
            channel_id=schedule.settings.channel_id,
            schedule_id=schedule.id,
            coverage=selection.coverage.key,
            by_hand=occurrence is None,
            plan=post.plan,
            planned_at=now,
            parts=parts,
        )
        due = occurrence.due if occurrence is not None else now
        new_jobs.append(self.delivery_job(delivery, schedule, due=due))
        return delivery, new_jobs

    def delivery_job(self, delivery: Delivery, schedule: Schedule, *, due: datetime) -> Job:
        """Return the job that sends a delivery; `due` orders it within its lane."""
        return job_factory.delivery(
            delivery.id,
            schedule,
            channel_id=delivery.channel_id,
            due=due,
            expires_at=delivery.planned_at + self._settings.complete_within,
            by_hand=delivery.by_hand,
        )


def _current_votes(papers: Sequence[ListedPaper], read_at: datetime | None) -> CurrentVotes:
    return CurrentVotes({each.paper.arxiv_id: each.paper.votes for each in papers}, read_at)


def _outage(plan: Mapping[str, Any]) -> Outage | None:
    """Return the outage in a delivery's plan, if it names one."""
    outage = plan.get("outage")
    if outage is None:
        return None
    return Outage(tuple(map(date.fromisoformat, outage["days"])), outage["source"])


def new_parts(messages: Sequence[StoredMessage]) -> tuple[Part, ...]:
    """Return a planned part for each message, with random mark and nonce."""
    return tuple(
        Part(
            position,
            message.hash,
            secrets.token_urlsafe(_MARK_BYTES),
            secrets.token_urlsafe(_NONCE_BYTES),
        )
        for position, message in enumerate(messages, start=1)
    )
