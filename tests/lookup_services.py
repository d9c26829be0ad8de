"""Services for live look-ups whose answers a test decides."""

import asyncio
from dataclasses import dataclass, field

from storage.records import Paper


@dataclass
class SmallService:
    """Knows a few papers; counts what it is asked."""

    name: str = "Hugging Face"
    papers: dict[str, Paper] = field(default_factory=dict)
    error: Exception | None = None
    """What it raises instead of an answer."""
    asked: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None
    """If given, it answers only once this is set."""
    was_asked: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, paper: Paper) -> None:
        """Let it know a paper."""
        self.papers[paper.arxiv_id] = paper

    async def read_paper(self, arxiv_id: str) -> Paper | None:
        """Return a paper that it knows."""
        self.asked.append(arxiv_id)
        self.was_asked.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        return self.papers.get(arxiv_id)
