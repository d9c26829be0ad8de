"""The real bot, connected over sockets to the sandbox, with a few digests stored."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.client import DailyPapers
from bot.posts.clock import Clock
from bot.sandbox import Channel, Exchange, Guild, Message, Person, Sandbox
from config.texts import Catalogue
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


def shown(exchange: Exchange) -> Message:
    """Return the message that answered a person."""
    assert exchange.message is not None, exchange
    return exchange.message
