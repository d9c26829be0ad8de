"""The papers of the demo: local stand-ins for the services that papers come from.

The list of 2025-02-21 has real papers, those of the sample digest; all others are invented.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Final

from bot import digest
from bot.clock import Clock
from bot.demo.made_digests import made_digest
from bot.demo.pictures import picture_address
from bot.demo.services.arxiv import LocalArXiv
from bot.demo.services.huggingface import LocalHuggingFace, is_weekend
from bot.demo.services.made_papers import LocalPaper
from bot.demo.written import ABSTRACTS
from bot.ingest.lists import HuggingFaceLists, ListSource
from bot.ingest.live_lookup import LookupService
from bot.ingest.readings import read_day
from bot.sources.arxiv import ArXiv
from bot.sources.http import HttpClient
from bot.sources.huggingface import HuggingFace
from bot.sources.list_days import opens_at
from storage import digests, sources
from storage.database import Database
from storage.records import FILES, Digest, Paper, SourceKind, SourceList

FIRST_DAY: Final = date(2025, 2, 12)
"""The oldest list; with the sample's day there are eight, and a weekend between them."""
LAST_DAY: Final = date(2025, 2, 21)
"""The sample's day: the newest list when the demo begins."""
EVENING: Final = datetime(2025, 2, 21, 22, 0, tzinfo=UTC)
"""When the demo begins: the end of the sample digest's day."""
_READ_AFTER: Final = (timedelta(hours=8), timedelta(hours=19))
"""How long after its beginning a list is read, so that its papers have two readings of votes."""
_GROWTH: Final = 1.2
"""How far above the sample's votes the live ones grow."""
_PICTURES: Final = 6
"""Papers of the sample that have a picture, made for the demo."""
_ENGLISH: Final = "demo"
"""The name of the source of the English sections."""
_DAY: Final = timedelta(days=1)
_SUMMARIES: Final[Mapping[str, str]] = {
    "2502.14499": "A Gym environment with thirteen open-ended tasks shows what agents can do of an"
    " AI researcher's work, and that they mostly tune what is there.",
    "2502.14739": "Questions from 285 graduate disciplines, checked by experts and models together,"
    " leave even the best reasoning models far from full marks.",
    "2502.14786": "A family of image and text encoders that learns from many languages improves"
    " localization and dense features along with classification.",
}
"""Our own sentences about the sample's first papers."""


@dataclass(frozen=True, slots=True)
class DemoPapers:
    """What the bot of the demo reads papers from."""

    lists: tuple[ListSource, ...]
    lookups: tuple[LookupService, ...]
    written: tuple[tuple[str, str | None, Digest], ...] = ()
    """Digests with sections: the name of their source, their language, and what is in them."""


def sample_digest(name: str = "sample.md") -> str:
    """Return a digest of 2025-02-21 that comes with the program, as Markdown.

    Args:
        name: `sample.md` has all papers, in Korean; `sample.en.md` the first ten, in English.
    """
    return (files("bot.demo") / name).read_text(encoding="utf-8")


@asynccontextmanager
async def local_papers(clock: Clock, *, is_empty: bool = False) -> AsyncIterator[DemoPapers]:
    """Serve papers on this machine inside the context.

    Args:
        clock: The demo's clock: lists open and votes grow as it moves.
        is_empty: Whether all lists are empty; single papers can still be looked up at arXiv.
    """
    client = HttpClient(timer=lambda: clock.now().timestamp())
    try:
        async with (
            LocalHuggingFace(
                clock.now, is_empty=lambda day: is_empty or is_weekend(day) or day < FIRST_DAY
            ) as huggingface,
            LocalArXiv(clock.now) as arxiv,
        ):
            reader = HuggingFace(client, url=huggingface.url)
            yield DemoPapers(
                (HuggingFaceLists("huggingface", reader, now=clock.now),),
                (reader, ArXiv(client, url=arxiv.url)),
                () if is_empty else tuple(_digests(huggingface)),
            )
    finally:
        await client.close()


async def store_history(database: Database, papers: DemoPapers, clock: Clock) -> None:
    """Store the demo's eight days as a bot has them that ran all the time.

    Leaves the clock at the evening of the last day.

    Args:
        database: Where to store them; empty.
        papers: The local services, with papers.
        clock: The demo's clock, which is moved from reading to reading.
    """
    (source,) = papers.lists
    own = [(source.name, source.kind), (_ENGLISH, SourceKind.FOLDER)]
    await sources.configure(database, own)
    readings = [(opens_at(day) + after, day) for day in _days() for after in _READ_AFTER]
    for moment, day in sorted(readings):
        clock.move_to(moment)
        await read_day(database, source, day, None, now=clock.now)
    clock.move_to(EVENING)
    written = [
        SourceList(
            date=found.date,
            papers=found.papers,
            read_at=datetime.combine(found.date, time(22), UTC),
            source=name,
            language=language,
        )
        for name, language, found in papers.written
    ]
    await digests.store_lists(database, written)


def _days() -> list[date]:
    count = (LAST_DAY - FIRST_DAY).days + 1
    days = (FIRST_DAY + number * _DAY for number in range(count))
    return [day for day in days if not is_weekend(day)]


def _digests(huggingface: LocalHuggingFace) -> list[tuple[str, str | None, Digest]]:
    """Return all digests with sections; set the sample's list at the service."""
    ((sample,), _) = digest.parse(sample_digest())
    ((english,), _) = digest.parse(sample_digest("sample.en.md"))
    opening = opens_at(sample.date)
    live = [_live(index, paper, opening) for index, paper in enumerate(sample.papers)]
    huggingface.set_list(sample.date, live)
    made = [
        (_ENGLISH, "en", made_digest(day, huggingface.papers_of(day)))
        for day in _days()
        if day != sample.date
    ]
    return [(FILES, "ko", _without_some(sample)), (_ENGLISH, "en", english), *made]


def _without_some(sample: Digest) -> Digest:
    """Return the sample without the texts that are written when somebody opens their papers."""
    papers = (
        replace(paper, sections=()) if paper.arxiv_id in ABSTRACTS else paper
        for paper in sample.papers
    )
    return Digest(sample.date, tuple(papers))


def _live(index: int, paper: Paper, opening: datetime) -> LocalPaper:
    """Return a paper of the sample digest as Hugging Face would list it from a moment on."""
    return LocalPaper(
        arxiv_id=paper.arxiv_id,
        title=paper.title,
        appears_at=opening,
        final_votes=round(_GROWTH * (paper.votes or 0)),
        authors=paper.authors,
        abstract=ABSTRACTS.get(paper.arxiv_id, ""),
        summary=_SUMMARIES.get(paper.arxiv_id),
        media_urls=(picture_address(paper.arxiv_id),) if index < _PICTURES else (),
    )
