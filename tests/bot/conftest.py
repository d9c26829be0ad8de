"""The real bot, connected over sockets to the sandbox, with a few digests stored."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.client import DailyPapers
from bot.demo.conversation import connected, sample_digest
from bot.digest import parse
from bot.posts.clock import Clock
from bot.redirect import point_at
from bot.sandbox import Channel, Guild, Person, Sandbox
from config.texts import Catalogue
from storage import digests
from storage.database import Database
from storage.records import Digest, Paper, Section

CATALOGUE = Catalogue.load()
READ_AT = datetime(2025, 2, 21, 22, 0, tzinfo=UTC)
LONG = Paper(
    "2502.00001",
    "A Long Study of Everything",
    7,
    tuple(f"Author {number}" for number in range(400)),
    None,
    (Section("What's New", "A sentence that goes on. " * 120), Section(None, "- a point\n" * 200)),
)
HUGE = Paper("2502.00002", "A Study Without End", 6, (), None, (Section(None, "word " * 20_000),))
OLD_STYLE = Paper("hep-th/9901001", "Strings of Old", None, ("Ann",))
HOSTILE = Paper(
    "2502.00003",
    "@everyone [click](https://example.org) **now** \u202e<@1>",
    5,
    ("@here", "`x`"),
    None,
    (Section("||h||", "<@&1> @everyone # big\n# big\n[x](https://example.org) ||s||"),),
)
EARLIER = Digest(date(2025, 2, 19), (LONG, HUGE, HOSTILE, OLD_STYLE))


@dataclass
class Stage:
    """Who and what is there."""

    sandbox: Sandbox
    bot: DailyPapers
    database: Database
    clock: Clock
    guild: Guild
    general: Channel
    admin: Person
    member: Person
    korean: Person


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "papers.db") as database:
        (sample,), problems = parse(sample_digest())
        assert not problems
        await digests.store(database, EARLIER, read_at=READ_AT)
        await digests.store(database, sample, read_at=READ_AT)
        yield database


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[Stage]:
    clock = Clock()
    async with Sandbox(clock=clock.now, require_allowed_mentions=True) as sandbox:
        guild = sandbox.add_guild("Lab", locale="en-US")
        general = guild.add_channel("general")
        admin = sandbox.world.owner
        member = guild.add_member("Bo")
        korean = guild.add_member("지민", locale="ko")
        for person in (admin, member, korean):
            person.place = general
        await point_at(sandbox.url)
        bot = DailyPapers(database=database, catalogue=CATALOGUE, clock=clock)
        async with connected(bot, sandbox):
            yield Stage(sandbox, bot, database, clock, guild, general, admin, member, korean)
        await point_at(None)
        assert not sandbox.refusals, [(r.path, r.answer) for r in sandbox.refusals]
        assert not sandbox.complaints
