"""Fill a database with a made vector for each paper, as those of a model: with much in common."""

from storage import vectors
from storage.database import Database

DIMENSIONS = 384
_TOPICS = 2_000
_CHUNK = 5_000


async def fill_vectors(database: Database, model: str) -> None:
    """Store a vector for each paper that has none of a model; papers of a topic are close."""
    # Only where the extra is installed.
    import numpy as np  # noqa: PLC0415 - see above

    from bot.semantic.vectors import normalize, pack  # noqa: PLC0415 - as above

    model_id = await vectors.use_model(database, model)
    ((embedded,),) = await database.read("SELECT count(*) FROM paper_vectors")
    if embedded:
        return
    chance = np.random.default_rng(0)
    common = chance.normal(size=DIMENSIONS) * 2.5
    topics = chance.normal(size=(_TOPICS, DIMENSIONS)) + common
    ((last,),) = await database.read("SELECT max(id) FROM papers")
    for first in range(1, last + 1, _CHUNK):
        ids = range(first, min(first + _CHUNK, last + 1))
        noise = chance.normal(size=(len(ids), DIMENSIONS))
        made = normalize((topics[chance.integers(_TOPICS, size=len(ids))] + noise).astype("f4"))
        async with database.transaction() as writer:
            await writer.executemany(
                "INSERT INTO paper_vectors (paper_id, model_id, text_hash, vector)"
                " VALUES (?, ?, x'', ?)",
                [(each, model_id, pack(row)) for each, row in zip(ids, made, strict=True)],
            )
    async with database.transaction() as writer:
        await writer.execute("DELETE FROM papers_to_embed")
