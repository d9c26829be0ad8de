"""Papers about few things, and help to embed them."""

from posting_fixture import eventually
from small_models import SMALL
from storage_samples import NOW, paper

from bot.semantic.embedder import Model
from bot.semantic.embedding import EMBED, Embedding
from bot.semantic.opening import Semantic, open_semantic
from storage import vectors
from storage.database import Database
from storage.records import Job, Paper, Section


def _paper(number: int, title: str, body: str, votes: int = 1) -> Paper:
    sections = (Section(None, body),)
    return paper(number, title=title, authors=(f"Author {number}",), sections=sections, votes=votes)


PAPERS = (
    _paper(1, "The cat", "A cat is a cat.", votes=5),
    _paper(2, "One feline", "This feline sleeps.", votes=9),
    _paper(3, "The car", "An automobile drives."),
    _paper(4, "The ship", "A vessel sails."),
    _paper(5, "Cat on a ship", "A cat, a ship."),
)
OTHERS = tuple(_paper(100 + n, f"Odd{n} thing{n}", f"Even{n}.") for n in range(60))
"""So many that their mean can be subtracted; none means the same as any other."""
JOB = Job(key="embed:papers", kind=EMBED, lane="embed:papers", priority=3, run_at=NOW)


def open_quick(database: Database, model: Model | None = SMALL) -> Semantic:
    """Return searches by meaning whose processes don't wait for those of other tests."""
    return open_semantic(database, model, now=lambda: NOW, niceness=0, seconds=30.0)


async def embed_all(semantic: Semantic, database: Database) -> None:
    """Run the job, and wait until what it has stored is used."""
    embedding: Embedding = semantic.embedding
    await embedding.run(JOB)
    counts = await vectors.counts(database)
    assert counts is not None
    assert counts.waiting == 0

    async def is_used() -> bool:
        assert semantic.meanings is not None
        return await semantic.meanings.of_query("cat") is not None

    await eventually(is_used)
