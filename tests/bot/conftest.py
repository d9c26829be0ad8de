"""Fixtures: the bot in the sandbox, and a database with two digests."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from bot_fixture import EARLIER, READ_AT, BotFixture, check_requests_of, connected_bot

from bot.demo.papers import sample_digest
from bot.digest import parse
from bot.ingest.live_lookup import LookupService
from storage import digests, guilds, search_index
from storage.database import Database
from storage.records import Digest


@pytest.fixture(scope="module")
def more_digests() -> tuple[Digest, ...]:
    """What the databases of a module have besides `EARLIER` and the sample."""
    return ()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory, new_file: bytes) -> bytes:
    """The bytes of a database file with two digests, which are indexed for search."""
    path = tmp_path_factory.mktemp("stored") / "papers.db"
    path.write_bytes(new_file)
    (sample,), problems = parse(sample_digest())
    assert not problems
    return with_digests(path, EARLIER, sample)


@pytest.fixture(scope="module")
def stored_file(
    tmp_path_factory: pytest.TempPathFactory, sample_file: bytes, more_digests: tuple[Digest, ...]
) -> bytes:
    """The bytes of a file with the digests of the module's databases."""
    if not more_digests:
        return sample_file
    path = tmp_path_factory.mktemp("stored") / "papers.db"
    path.write_bytes(sample_file)
    return with_digests(path, *more_digests)


def with_digests(path: Path, *added: Digest) -> bytes:
    """Store and index digests; return the bytes of the database file."""

    async def store() -> None:
        async with await Database.open(path) as database:
            for digest in added:
                await digests.store(database, digest, read_at=READ_AT)
            await search_index.catch_up(database, pause=0)

    asyncio.run(store())
    return path.read_bytes()


@pytest.fixture
async def database(tmp_path: Path, stored_file: bytes) -> AsyncIterator[Database]:
    (path := tmp_path / "papers.db").write_bytes(stored_file)
    async with await Database.open(path) as database:
        yield database


@pytest.fixture
def services() -> tuple[LookupService, ...]:
    """Where `own_bot` looks up papers that no list has."""
    return ()


@pytest.fixture
async def own_bot(
    database: Database, services: tuple[LookupService, ...]
) -> AsyncIterator[BotFixture]:
    """A bot that no other test uses, and whose owner is the admin of its server."""
    async with connected_bot(database, *services) as bot:
        yield bot


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_bot(
    tmp_path_factory: pytest.TempPathFactory, stored_file: bytes
) -> AsyncIterator[BotFixture]:
    """The bot that the tests of a module use by `fixture`."""
    (path := tmp_path_factory.mktemp("shared") / "papers.db").write_bytes(stored_file)
    async with await Database.open(path) as database, connected_bot(database) as bot:
        yield bot


@pytest_asyncio.fixture(loop_scope="module")
async def fixture(shared_bot: BotFixture) -> AsyncIterator[BotFixture]:
    """The bot of the module, in a server and among people that no other test knows.

    A test may restart it as it is. Tests that start another one, move its clock or store papers
    take `own_bot`.
    """
    app, sandbox, database = shared_bot.app, shared_bot.sandbox, shared_bot.database
    papers, offset = await database.content_version(), shared_bot.clock.offset
    # Bots of other tests have set others: all use the same texts.
    app.catalogue.set_command_ids({each.name: each.id for each in sandbox.world.commands.values()})
    bot = BotFixture.with_server(app, sandbox, shared_bot.clock, admin=sandbox.add_person("Owner"))
    # Until then, a server that is stored but not yet joined counts as one that removed the bot.
    async with asyncio.timeout(30):
        await app.ready.wait()
    # Otherwise the bot would say hello there.
    await guilds.claim_welcome(database, bot.guild.id, at=READ_AT)
    bot.guild.add_bot()
    bot.running = shared_bot.running
    yield bot
    shared_bot.app = bot.app
    assert bot.app.services.live_lookup is None
    assert (await database.content_version(), bot.clock.offset) == (papers, offset)
    check_requests_of(sandbox)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Run the tests that share a bot in the event loop of their module, by one worker."""
    if "shared_bot" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.asyncio(loop_scope="module"), append=False)
        item.add_marker(pytest.mark.xdist_group(item.path.stem))
