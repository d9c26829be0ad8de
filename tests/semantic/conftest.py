"""A database with papers, and searches by meaning with the small model."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from semantic_samples import PAPERS
from small_models import SMALL
from storage_samples import NOW, digest

from bot.semantic.opening import Semantic, open_semantic
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
    found = open_semantic(database, SMALL, now=lambda: datetime.now(UTC))
    await found.embedding.start()
    yield found
    await found.embedding.close()
