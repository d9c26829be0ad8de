"""Databases with papers, and searches by meaning with the small model."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from semantic_samples import OTHERS, PAPERS, embed_all, open_quick
from storage_samples import NOW, digest

from bot.semantic.opening import Semantic
from storage import digests
from storage.database import Database


@pytest.fixture
async def database(tmp_path: Path, new_file: bytes) -> AsyncIterator[Database]:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path) as opened:
        await digests.store(opened, digest(*PAPERS), read_at=NOW)
        yield opened


@pytest.fixture
async def semantic(database: Database) -> AsyncIterator[Semantic]:
    """Searches by meaning, started; nothing is embedded yet."""
    found = open_quick(database)
    await found.embedding.start()
    yield found
    await found.embedding.close()


@pytest.fixture(scope="module")
def embedded_file(tmp_path_factory: pytest.TempPathFactory, new_file: bytes) -> bytes:
    """A database's file whose papers are embedded: `PAPERS` and `OTHERS`."""
    path = tmp_path_factory.mktemp("embedded") / "papers.db"
    path.write_bytes(new_file)

    async def store() -> None:
        async with await Database.open(path) as opened:
            await digests.store(opened, digest(*PAPERS, *OTHERS), read_at=NOW)
            found = open_quick(opened)
            await found.embedding.start()
            await embed_all(found, opened)
            await found.embedding.close()

    asyncio.run(store())
    return path.read_bytes()
