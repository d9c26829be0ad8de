"""Fixtures: the bot in the sandbox, and a database with two digests."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from bot_fixture import EARLIER, READ_AT, BotFixture, new_app

from bot.clock import Clock
from bot.demo.papers import sample_digest
from bot.digest import parse
from bot.discord_endpoint import point_at
from bot.sandbox import Limits, Sandbox
from storage import digests, search_index
from storage.database import Database


@pytest.fixture(scope="session")
def stored_file(tmp_path_factory: pytest.TempPathFactory, new_file: bytes) -> bytes:
    """Return the bytes of a database file with two digests, which are indexed for search."""
    path = tmp_path_factory.mktemp("stored") / "papers.db"
    path.write_bytes(new_file)

    async def store() -> None:
        async with await Database.open(path) as database:
            (sample,), problems = parse(sample_digest())
            assert not problems
            await digests.store(database, EARLIER, read_at=READ_AT)
            await digests.store(database, sample, read_at=READ_AT)
            await search_index.catch_up(database, pause=0)

    asyncio.run(store())
    return path.read_bytes()


@pytest.fixture
async def database(tmp_path: Path, stored_file: bytes) -> AsyncIterator[Database]:
    (path := tmp_path / "papers.db").write_bytes(stored_file)
    async with await Database.open(path) as database:
        yield database


@pytest.fixture
async def fixture(database: Database) -> AsyncIterator[BotFixture]:
    clock = Clock()
    clock.move_to(READ_AT)
    async with Sandbox(
        clock=clock.now,
        limits=Limits.off(),
        require_allowed_mentions=True,
        first_answer=timedelta(minutes=1),
    ) as sandbox:
        guild = sandbox.add_guild("Lab", locale="en-US")
        general = guild.add_channel("general")
        admin = sandbox.world.owner
        member = guild.add_member("Bo")
        korean = guild.add_member("지민", locale="ko")
        for person in (admin, member, korean):
            person.channel = general
        await point_at(sandbox.url)
        app = new_app(database, clock)
        bot = BotFixture(sandbox, app, database, clock, guild, general, admin, member, korean)
        async with bot.running:
            await bot.start()
            yield bot
        await point_at(None)
        assert not sandbox.refusals, [(r.path, r.answer) for r in sandbox.refusals]
        assert not sandbox.complaints
