"""The papers of the demo: local stand-ins for the services that papers come from.

The list of 2025-02-21 has real papers, those of the sample digest; all others are invented.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Final

from bot import digest
from bot.clock import Clock
from bot.demo.services.arxiv import LocalArXiv
from bot.demo.services.huggingface import LocalHuggingFace
from bot.demo.services.made_papers import LocalPaper
from bot.ingest.lists import HuggingFaceLists, ListSource
from bot.ingest.live_lookup import LookupService
from bot.sources.arxiv import ArXiv
from bot.sources.http import HttpClient
from bot.sources.huggingface import HuggingFace
from bot.sources.list_days import opens_at
from storage.records import Paper

_GROWTH: Final = 1.2
"""How far above the sample's votes the live ones grow."""
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


def sample_digest() -> str:
    """Return the digest of 2025-02-21 that comes with the program, as Markdown."""
    return (files("bot.demo") / "sample.md").read_text(encoding="utf-8")


@asynccontextmanager
async def local_papers(clock: Clock) -> AsyncIterator[DemoPapers]:
    """Serve papers on this machine inside the context.

    Args:
        clock: The demo's clock: lists open and votes grow as it moves.
    """
    client = HttpClient(timer=lambda: clock.now().timestamp())
    try:
        async with LocalHuggingFace(clock.now) as huggingface, LocalArXiv(clock.now) as arxiv:
            ((sample,), _) = digest.parse(sample_digest())
            opening = opens_at(sample.date)
            huggingface.set_list(sample.date, [_live(each, opening) for each in sample.papers])
            reader = HuggingFace(client, url=huggingface.url)
            yield DemoPapers(
                (HuggingFaceLists("huggingface", reader, now=clock.now),),
                (reader, ArXiv(client, url=arxiv.url)),
            )
    finally:
        await client.close()


def _live(paper: Paper, opening: datetime) -> LocalPaper:
    """Return a paper of the sample digest as Hugging Face would list it from a moment on."""
    return LocalPaper(
        arxiv_id=paper.arxiv_id,
        title=paper.title,
        appears_at=opening,
        final_votes=round(_GROWTH * (paper.votes or 0)),
        authors=paper.authors,
        summary=_SUMMARIES.get(paper.arxiv_id),
    )
