"""Fixtures: a bot that reads lists from local servers."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from polling_fixture import START, PollingFixture


@pytest.fixture
async def polling(tmp_path: Path, new_file: bytes) -> AsyncIterator[PollingFixture]:
    """Hugging Face and an archive of files, on a Tuesday; the bot has not started."""
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with PollingFixture(path) as fixture:
        yield fixture


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def file_with_lists(tmp_path_factory: pytest.TempPathFactory, new_file: bytes) -> bytes:
    """The database of a bot that has started at START: to copy it is quicker than to read again."""
    (path := tmp_path_factory.mktemp("lists") / "papers.db").write_bytes(new_file)
    async with PollingFixture(path) as fixture:
        await fixture.start()
        await fixture.run_until_read()
    return path.read_bytes()


@pytest.fixture
async def informed(tmp_path: Path, file_with_lists: bytes) -> AsyncIterator[PollingFixture]:
    """The same as `polling` a minute later: Hugging Face's lists have been read.

    Tests that ask for it belong to one `xdist_group`, so that one worker makes the file.
    """
    (path := tmp_path / "papers.db").write_bytes(file_with_lists)
    async with PollingFixture(path, now=START + timedelta(minutes=1)) as fixture:
        await fixture.start()
        yield fixture
