"""Fixtures: the real bot over sockets, on a database that survives restarts of the bot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_fixture import pointed_at
from posting_fixture import EVENING, PostingFixture
from seconds import Seconds
from writer_fixture import WriterFixture, papers_to_write

import bot.charts.drawing
from bot.clock import Clock
from bot.demo.services.chat import LocalChat
from bot.sandbox import Limits, Sandbox
from storage import digests
from storage.database import Database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the database's folder."""
    return tmp_path


@pytest.fixture
def busy_timeout() -> float:
    """Return how many seconds the bot waits for another process that writes."""
    return 5.0


@pytest.fixture
async def posting(
    folder: Path, new_file: bytes, busy_timeout: float
) -> AsyncIterator[PostingFixture]:
    """A server and a database, on the evening before FRIDAY's digest is posted."""
    clock = Clock()
    clock.move_to(EVENING)
    (path := folder / "papers.db").write_bytes(new_file)
    seconds = Seconds()
    async with Sandbox(
        clock=clock.now,
        limits=Limits.off(),
        require_allowed_mentions=True,
        timer=seconds.time,
    ) as sandbox:
        guild = sandbox.add_guild("Lab")
        with pointed_at(sandbox):
            async with await Database.open(path, busy_timeout=busy_timeout) as database:
                yield PostingFixture(sandbox, path, database, clock, guild, seconds)
        assert not sandbox.complaints


@pytest.fixture
async def writer(posting: PostingFixture) -> AsyncIterator[WriterFixture]:
    """A model for the bots on the database, which has a digest with abstracts."""
    await digests.store(posting.database, papers_to_write(), read_at=EVENING)
    async with LocalChat() as chat:
        fixture = WriterFixture(posting.database, chat, now=EVENING)
        async with fixture.connected():
            posting.writing = fixture.writing
            yield fixture


@pytest.fixture
def quick_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws an empty picture: drawing takes long, and other tests look at what is drawn."""

    def draw(*_: object) -> bytes:
        return b"\x89PNG"

    monkeypatch.setattr(bot.charts.drawing, "draw", draw)
