from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database


@pytest.fixture
async def database(tmp_path: Path, new_file: bytes) -> AsyncIterator[Database]:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path) as database:
        yield database
