"""A database with two papers to write about, and a local server of language models."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from writer_fixture import WriterFixture, papers_to_write

from bot.demo.services.chat import LocalChat
from storage import digests
from storage.database import Database


@pytest.fixture
async def chat() -> AsyncIterator[LocalChat]:
    async with LocalChat() as server:
        yield server


@pytest.fixture
async def fixture(tmp_path: Path, new_file: bytes, chat: LocalChat) -> AsyncIterator[WriterFixture]:
    (path := tmp_path / "papers.db").write_bytes(new_file)
    async with await Database.open(path) as database:
        fixture = WriterFixture(database, chat)
        await digests.store(database, papers_to_write(), read_at=fixture.now)
        async with fixture.connected():
            yield fixture
