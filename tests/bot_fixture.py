"""The real bot, connected over sockets to the sandbox, with a few digests stored."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Self

from catalogue import CATALOGUE
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.app import App, AppParts
from bot.backoff import Backoff
from bot.client import ConnectionSettings
from bot.clock import Clock
from bot.demo.scene import connected
from bot.ingest.live_lookup import LiveLookup, LookupService
from bot.sandbox import Channel, Guild, Interaction, Limits, Message, Person, Sandbox
from bot.semantic.opening import Semantic
from storage.database import Database
from storage.records import Digest, Paper, Section

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


def new_app(
    database: Database, clock: Clock, *services: LookupService, semantic: Semantic | None = None
) -> App:
    """Build a bot with short pauses: for further servers, between sessions and between attempts.

    If services are given, it looks up papers there that no list has.
    """
    live = LiveLookup(database, services, clock.now) if services else None
    return App(
        database,
        catalogue=CATALOGUE,
        clock=clock,
        parts=AppParts(live_lookup=live, semantic=semantic),
        connection=ConnectionSettings(
            backoff=Backoff(first=0.05), ready_after=0.05, identify_every=0.05
        ),
    )


@dataclass
class BotFixture:
    """A bot connected to a sandbox, and the people in its server."""

    sandbox: Sandbox
    app: App
    database: Database
    clock: Clock
    guild: Guild
    general: Channel
    admin: Person
    member: Person
    korean: Person
    running: AsyncExitStack = field(default_factory=AsyncExitStack)
    """Ends the app when it is closed."""

    @classmethod
    def with_server(cls, app: App, sandbox: Sandbox, clock: Clock, *, admin: Person) -> Self:
        """Add a server with people, to which the bot is yet to be added."""
        guild = sandbox.add_guild("Lab", locale="en-US", owner=admin, with_bot=False)
        general = guild.add_channel("general")
        member = guild.add_member("Bo")
        korean = guild.add_member("지민", locale="ko")
        for person in (admin, member, korean):
            person.channel = general
        return cls(sandbox, app, app.database, clock, guild, general, admin, member, korean)

    def add_stranger(self, locale: str = "en-US") -> tuple[Person, Channel]:
        """Add a person who has installed the bot, and a channel in their server without it."""
        stranger = self.sandbox.add_person("Kim", locale=locale)
        stranger.installed = True
        elsewhere = self.sandbox.add_guild("Elsewhere", with_bot=False)
        elsewhere.add_member(stranger)
        return stranger, elsewhere.add_channel("general")

    async def stop(self) -> None:
        """Stop the bot as `daily-papers run` does."""
        await self.running.aclose()

    async def start(self) -> None:
        """Connect the bot."""
        await self.running.enter_async_context(connected(self.app, self.sandbox))

    async def restart(self, *services: LookupService) -> None:
        """Stop the bot, and start another one on the same database.

        If services are given, it looks up papers there that no list has.
        """
        await self.stop()
        self.app = new_app(self.database, self.clock, *services)
        await self.start()

    async def wait_until_idle(self) -> None:
        """Wait until every job is done that is due."""
        async with asyncio.timeout(30):
            await self.app.posting.until_idle()


@contextmanager
def pointed_at(sandbox: Sandbox) -> Iterator[None]:
    """Let discord.py use a sandbox inside the context, and what it used before afterwards.

    Hundreds of tests need this; other than `point_at`, it doesn't ask for the gateway's address.
    """
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = sandbox.url, URL(sandbox.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@asynccontextmanager
async def connected_bot(database: Database, *services: LookupService) -> AsyncIterator[BotFixture]:
    """Run a bot in a sandbox of its own inside the context."""
    clock = Clock()
    clock.move_to(READ_AT)
    async with Sandbox(
        clock=clock.now,
        limits=Limits.off(),
        require_allowed_mentions=True,
        first_answer=timedelta(minutes=1),
    ) as sandbox:
        app = new_app(database, clock, *services)
        bot = BotFixture.with_server(app, sandbox, clock, admin=sandbox.world.owner)
        bot.guild.add_bot()
        with pointed_at(sandbox):
            async with bot.running:
                await bot.start()
                yield bot
        check_requests_of(sandbox)


def check_requests_of(sandbox: Sandbox) -> None:
    """Check that the bot has lately sent nothing that was refused, or that lacks something."""
    refusals, complaints = [*sandbox.refusals], [*sandbox.complaints]
    sandbox.refusals.clear()
    sandbox.complaints.clear()
    assert not refusals, [(r.path, r.answer) for r in refusals]
    assert not complaints


def shown(interaction: Interaction) -> Message:
    """Return the message that answered a person."""
    assert interaction.message is not None, interaction
    return interaction.message


def actions_of(card: Message) -> list[str]:
    """Return the labels of what a reader can do with a card: its buttons, then its menu."""
    found = []
    for control in card.controls:
        found += [each["label"] for each in control.get("options", [control])]
    return found


def link(fixture: BotFixture, command: str) -> str:
    """Return a command as people can click it."""
    name = command.split(maxsplit=1)[0]
    (found,) = [each for each in fixture.sandbox.world.commands.values() if each.name == name]
    return f"</{command}:{found.id}>"
