"""Fixture: a bot that reads lists from local servers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from polling_fixture import PollingFixture


@pytest.fixture
async def polling(tmp_path: Path, new_file: bytes) -> AsyncIterator[PollingFixture]:
    """Hugging Face and an archive of files, on a Tuesday; the bot has not started."""
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with PollingFixture(path) as fixture:
        yield fixture
