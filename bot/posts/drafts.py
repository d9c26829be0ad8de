"""What a post is of, and what it looks like: worked out once for all channels that get the same.

Few things are kept, and none for long: a morning's subject, and the ways in which it is laid out.
"""

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar

from bot.posts.filters import Filter
from bot.posts.layouts import Message, Selection, lay_out_renderable
from bot.posts.subjects import Subject
from bot.ui import limits
from config.texts import Catalogue
from storage import digests, papers
from storage.database import Database
from storage.records import Delivery, Layout, ListedPaper, NewSchedule, PlannedPart, Schedule, Span

T = TypeVar("T")

_MOST_PAPERS: Final = 10_000
_OPTIONS: Final = ("layout", "language", "mention", "include", "exclude", "min_votes")
"""Of a schedule, what its messages are laid out by."""


class _Few(Generic[T]):
    """The few values that were used last; each is made once, however many ask at the same time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._making = asyncio.Lock()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        if key not in self._kept:
            async with self._making:
                if key not in self._kept:
                    self._kept[key] = await make()
                    while len(self._kept) > self._most:
                        self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def clear(self) -> None:
        self._kept.clear()


@dataclass(frozen=True, slots=True)
class Draft:
    """A post, laid out."""

    selection: Selection
    messages: tuple[Message, ...]
    hashes: tuple[str, ...]
    """Of what each message says."""
    frozen: str
    """JSON, from which the same is laid out again."""


class Drafts:
    """Makes drafts, and remembers the last few."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database = database
        self._catalogue = catalogue
        self._papers: _Few[tuple[ListedPaper, ...]] = _Few(4)
        self._selections: _Few[Selection] = _Few(16)
        self._drafts: _Few[Draft] = _Few(32)

    def forget(self) -> None:
        """Read everything anew: digests have changed."""
        self._papers.clear()
        self._selections.clear()
        self._drafts.clear()

    async def papers_of(self, subject: Subject) -> tuple[ListedPaper, ...]:
        """Return the papers of a day, a week or a month, with their newest votes."""

        async def read() -> tuple[ListedPaper, ...]:
            if subject.span is Span.DAY:
                digest = await digests.get(self._database, subject.first)
                return digest.papers if digest else ()
            ranking = await papers.top(
                self._database, first=subject.first, last=subject.last, limit=_MOST_PAPERS
            )
            return ranking.papers

        return await self._papers.get(subject, read)

    async def select(
        self,
        schedule: NewSchedule,
        subject: Subject,
        passed_over: tuple[tuple[date, str | None], ...] = (),
    ) -> Selection:
        """Return what a schedule posts of a subject; no papers where its filters leave none."""

        async def make() -> Selection:
            all_of_them = await self.papers_of(subject)
            chosen = Filter.of(schedule).choose(all_of_them, schedule.count)
            return Selection(
                subject, chosen, len(all_of_them), _newest_reading(all_of_them), passed_over
            )

        wanted = (schedule.include, schedule.exclude, schedule.min_votes, schedule.count)
        return await self._selections.get((subject, wanted, passed_over), make)

    async def draft(self, selection: Selection, schedule: NewSchedule, *, forum: bool) -> Draft:
        """Lay a selection out as a schedule wants it."""
        options = {name: getattr(schedule, name) for name in _OPTIONS}

        async def make() -> Draft:
            return self._draw(selection, schedule, {**options, "forum": forum})

        shown = tuple((p.paper.arxiv_id, p.paper.votes, p.votes_read_at) for p in selection.papers)
        key = (selection.subject, selection.passed_over, shown, *options.values(), forum)
        return await self._drafts.get(key, make)

    async def again(self, delivery: Delivery, schedule: Schedule) -> tuple[Draft, Schedule]:
        """Lay out anew what a delivery was planned with, and return by which options that was.

        Its papers and their votes are those of then; only a text that has been corrected since is
        the new one.
        """
        frozen: dict[str, Any] = json.loads(delivery.plan)
        then = replace(
            schedule,
            layout=Layout(frozen["layout"]),
            **{name: frozen[name] for name in _OPTIONS if name != "layout"},
        )

        async def make() -> Draft:
            subject = Subject.parse(delivery.subject)
            known = {p.paper.arxiv_id: p for p in await self.papers_of(subject)}
            chosen = tuple(
                replace(
                    known[arxiv_id],
                    paper=replace(known[arxiv_id].paper, votes=votes),
                    votes_read_at=_moment(read_at),
                )
                for arxiv_id, votes, read_at in frozen["papers"]
                if arxiv_id in known
            )
            passed = tuple((date.fromisoformat(day), url) for day, url in frozen["passed_over"])
            selection = Selection(
                subject, chosen, frozen["total"], _moment(frozen["read_at"]), passed
            )
            options = {name: frozen[name] for name in (*_OPTIONS, "forum")}
            return self._draw(selection, then, options)

        return await self._drafts.get((delivery.subject, delivery.plan), make), then

    async def refreshed(self, delivery: Delivery, schedule: Schedule) -> Draft | None:
        """Lay out a delivery with the votes of now; `None` if none has changed."""
        before, then = await self.again(delivery, schedule)
        subject = before.selection.subject
        everything = await self.papers_of(subject)
        known = {p.paper.arxiv_id: p for p in everything}
        now = tuple(known[p.paper.arxiv_id] for p in before.selection.papers)
        if [p.paper.votes for p in now] == [p.paper.votes for p in before.selection.papers]:
            return None
        selection = replace(before.selection, papers=now, votes_read_at=_newest_reading(everything))
        return await self.draft(selection, then, forum=bool(json.loads(delivery.plan)["forum"]))

    def _draw(self, selection: Selection, schedule: NewSchedule, options: dict[str, Any]) -> Draft:
        texts = self._catalogue.for_locale(schedule.language)
        selection, messages = lay_out_renderable(
            selection, schedule, texts, forum=bool(options["forum"])
        )
        frozen = {
            **options,
            "papers": [
                (p.paper.arxiv_id, p.paper.votes, _text(p.votes_read_at)) for p in selection.papers
            ],
            "total": selection.total,
            "read_at": _text(selection.votes_read_at),
            "passed_over": [(day.isoformat(), url) for day, url in selection.passed_over],
        }
        hashes = tuple(map(_hash, messages))
        return Draft(selection, messages, hashes, json.dumps(frozen, ensure_ascii=False))


def parts(draft: Draft, *, channel_id: int, schedule_id: int, once_more: str) -> list[PlannedPart]:
    """Return the ledger's entries for a draft's messages: a hash of each, and its nonce.

    The nonce is made of where it goes, what it is of and what it says, so that each try to send a
    part carries the same one and Discord can tell that it is a repetition.

    Args:
        draft: What is sent.
        channel_id: Where to.
        schedule_id: By which schedule.
        once_more: What tells a post apart that a person wants although there was one like it;
            else empty.
    """
    planned = []
    for number, content_hash in enumerate(draft.hashes, start=1):
        subject = draft.selection.subject.key
        name = f"{channel_id}/{schedule_id}/{subject}/{number}/{content_hash}/{once_more}"
        nonce = hashlib.sha256(name.encode()).hexdigest()[: limits.NONCE]
        planned.append(PlannedPart(number, content_hash, nonce))
    return planned


def _hash(message: Message) -> str:
    embeds = [embed.to_dict() for embed in message.embeds]
    shown = json.dumps([message.content, embeds, message.thread_name], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()


def _newest_reading(listed: tuple[ListedPaper, ...]) -> datetime | None:
    return max((p.votes_read_at for p in listed if p.votes_read_at), default=None)


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
