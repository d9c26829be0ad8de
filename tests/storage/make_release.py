# mypy: ignore-errors
# ruff: noqa: PLC0415 - older versions don't have all modules
# It runs with the code of older versions, whose modules the current code doesn't have any more.
"""Make `0.N.0.sql` and `0.N.0.json`: a database as a release left it, and the facts about it.

It ran once for each release after 0.1.0, in a checkout of its commit:

    git worktree add /tmp/0.4.0 b3ad6e0
    cd /tmp/0.4.0 && PYTHONPATH=. python PROJECT/tests/storage/make_release.py 0.4.0

The commits are 31efef7 (0.2.0), d0b7ce5 (0.3.0), b3ad6e0 (0.4.0) and 3d598d5 (0.6.0); there was no
0.5.0. The bot of that version runs against the sandbox from 2025-02-18 to 2025-02-20 08:00 UTC. On
that morning one channel fails half-way, so that a delivery stays open. The database is copied while
the bot runs, so it is in the state that `kill -9` leaves.
"""

import asyncio
import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bot.demo.scene import connected
from bot.sandbox import Channel, Limits, Message, Permission, Sandbox
from config.texts import Catalogue
from storage import digests
from storage.database import Database
from storage.records import Digest, Media, MediaKind, Paper, Section

with suppress(ImportError):
    from bot.app import App
    from bot.clock import Clock
    from bot.discord_endpoint import point_at
    from bot.posting.settings import PostingSettings
with suppress(ImportError):  # 0.2.0
    from bot.client import DailyPapers
    from bot.posts.clock import Clock
    from bot.posts.worker import Rules
    from bot.redirect import point_at

START: Final = datetime(2025, 2, 18, 21, 0, tzinfo=UTC)
END: Final = datetime(2025, 2, 20, 8, 0, tzinfo=UTC)
PAUSE: Final = 60.0
"""Seconds before the second attempt of what failed: not before the database is copied."""
MARK: Final = re.compile(r"(?:2:)?post:(?:open|rest:(?:day|week|month):[\d-]{7,10}):(\S+)")
WORDS: Final = ("Planning", "Attention", "Robots", "Translation", "Proteins", "Retrieval")
KOREAN: Final = ("계획", "어텐션", "로봇", "번역", "단백질", "검색")


def picture(day: date, rank: int) -> Media:
    return Media(MediaKind.IMAGE, f"https://example.org/{day}/{rank}.png")


def made_up_digest(day: date, *, more_votes: int = 0) -> Digest:
    """Return a digest of six made-up papers; the last one's votes and texts are unknown."""
    return Digest(
        day,
        tuple(
            Paper(
                f"{day:%y%m}.{day.day:02}{rank:03}",
                f"{english} by Example, Part {day.day}",
                None if rank == len(WORDS) else 100 - 10 * rank + more_votes,
                ("Ada Example", "김하늘"),
                Media(MediaKind.IMAGE, f"https://example.org/{day}/{rank}.png")
                if rank % 2
                else None,
                ()
                if rank == len(WORDS)
                else (Section("What's New", f"{korean}에 관한 새 방법을 소개합니다."),),
            )
            for rank, (english, korean) in enumerate(zip(WORDS, KOREAN, strict=True), start=1)
        ),
    )


class Maker:
    """The sandbox, the bot and what was made in them."""

    def __init__(self, sandbox: Sandbox, bot: Any, database: Database, version: str) -> None:  # noqa: ANN401 - of its version
        self.sandbox, self.bot, self.database = sandbox, bot, database
        # Before 0.3.0 the bot's parts were called otherwise.
        self.is_old = version == "0.2.0"
        self.has_text_ids = version not in {"0.2.0", "0.3.0"}
        self.guild = sandbox.add_guild("Reading Room", locale="en-US")
        self.admin = sandbox.world.owner
        self.channels: dict[str, Channel] = {
            name: self.guild.add_channel(name)
            for name in ("daily", "cards", "threads", "weekly", "quiet", "closed", "half")
        }
        self.admin.channel = self.channels["daily"]
        self.schedules: dict[str, int] = {}

    async def add(self, name: str, **options: Any) -> None:  # noqa: ANN401 - options
        """Make a schedule by command, and remember its id by the name of its channel."""
        options = {"timezone": "UTC", "language": "en"} | options
        interaction = await self.admin.slash("schedule add", channel=self.channels[name], **options)
        rows = await self.database.read("SELECT max(id) AS id FROM schedules")
        said = interaction.message.content if interaction.message else interaction.failed
        assert rows[0]["id"] not in {None, *self.schedules.values()}, said
        self.schedules[name] = rows[0]["id"]

    async def store(self, day: date, *, more_votes: int = 0) -> None:
        """Store a digest, or the newer votes of one that is there."""
        digest = made_up_digest(day, more_votes=more_votes)
        work = self.bot.worker if self.is_old else self.bot.posting
        now = work.now() if self.is_old else self.bot.clock.now()
        await digests.store(self.database, digest, read_at=now)
        work.digests_stored()
        await self.settle()

    async def move_to(self, moment: datetime) -> None:
        """Let it be a moment, and all be done that can be done then."""
        if self.is_old:
            self.bot.worker.move_to(moment)
        else:
            await self.bot.move_clock(moment)
        self.sandbox.tick()
        await self.settle()

    async def settle(self) -> None:
        async with asyncio.timeout(60):
            await (self.bot.worker if self.is_old else self.bot.posting).until_idle()
        await asyncio.sleep(0.3)

    async def until(self, sql: str) -> None:
        """Wait until a query finds something."""
        async with asyncio.timeout(60):
            while not await self.database.read(sql):  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.05)


async def run_two_mornings(maker: Maker) -> None:
    """Make schedules, and post twice; on the second morning one channel fails half-way."""
    channels, guild = maker.channels, maker.guild
    brief = {"layout": "compact"} if maker.is_old else {}
    daily = {"days": "daily"}
    await maker.store(date(2025, 2, 17))
    await maker.store(date(2025, 2, 18))
    await maker.add("daily", mention=guild.add_role("Readers", mentionable=True), **brief, **daily)
    await maker.add("cards", layout="cards", count=3, include="robots", language="ko", **daily)
    await maker.add("threads", layout="thread", count=4, **daily)
    await maker.add("weekly", period="week", count=10, **brief)
    await maker.add("quiet", min_votes=5, **brief, **daily)
    await maker.add("closed", catch_up=48, **brief, **daily)
    await maker.add("half", layout="cards", count=6, **daily)
    await maker.move_to(datetime(2025, 2, 19, 8, 0, 1, tzinfo=UTC))
    quiet = maker.schedules["quiet"]
    await maker.admin.slash(
        "schedule pause", schedule=f"schedule:{quiet}" if maker.has_text_ids else quiet
    )
    for who in (guild.everyone, maker.sandbox.world.bot):
        guild.set_overwrite(channels["closed"], who, deny=Permission.SEND_MESSAGES)
    await maker.store(date(2025, 2, 19))
    await maker.store(date(2025, 2, 18), more_votes=7)
    await more_of_the_release(maker)
    before = len(channels["half"].messages)
    maker.sandbox.faults.add(
        "POST",
        f"/channels/{channels['half'].id}/messages",
        status=503,
        times=None,
        when=lambda _: len(channels["half"].messages) > before,
    )
    await maker.move_to(END + timedelta(seconds=1))
    await maker.until(
        "SELECT 1 WHERE (SELECT count(*) FROM deliveries WHERE completed_at IS NULL) = 1"
        " AND EXISTS (SELECT 1 FROM schedules WHERE paused_reason = 'lacks_permission')"
    )
    # The last requests may still be under way.
    await asyncio.sleep(3)


async def more_of_the_release(maker: Maker) -> None:
    """Store what only newer releases can."""
    database, at, user = maker.database, END - timedelta(hours=12), maker.admin.id
    with suppress(ImportError):  # from 0.4.0 on
        from storage import sources
        from storage.records import SourceKind

        await sources.configure(database, [("huggingface", SourceKind.HUGGINGFACE)])
        await sources.succeeded(database, "huggingface", at=at)
    with suppress(ImportError):  # from 0.4.0 on
        from storage import setup_drafts

        await setup_drafts.begin(
            database, maker.guild.id, user, schedule_id=None, draft="{}", at=at
        )
    with suppress(ImportError):  # from 0.6.0 on
        from storage import reports, saved_papers, written_texts
        from storage.records import Basis
        from storage.written_texts import Sentence, WrittenSection, WrittenText

        paper = made_up_digest(date(2025, 2, 19)).papers[-1]
        await written_texts.configure(database, "small-model")
        sentence = Sentence("Retrieval needs an index.", "needs an index")
        await written_texts.store(
            database,
            WrittenText(
                arxiv_id=paper.arxiv_id,
                language="en",
                model="small-model",
                sections=(WrittenSection("What's New", (sentence,)),),
                basis=Basis.ABSTRACT,
                basis_hash="hash",
                prompt_version="1",
                written_at=at,
            ),
        )
        text = await written_texts.get(database, paper.arxiv_id, "en")
        assert text is not None
        await reports.add(database, text, user_id=user, reason="wrong", at=at)
        await saved_papers.save(database, user, paper, at=at)


def dump(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield statements that make the database anew, its full-text indexes as they are."""
    # The first one only counts while the file is empty.
    for pragma in ("auto_vacuum", "application_id", "user_version"):
        ((value,),) = connection.execute(f"PRAGMA {pragma}")
        yield f"PRAGMA {pragma} = {value};"
    virtual = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    rows = tuple(f'INSERT INTO "{name}" ' for (name,) in virtual)
    declarations = []
    for statement in connection.iterdump():
        # The tables behind a full-text index are dumped like any other. Its declaration comes
        # last, since SQLite would create them.
        if statement.startswith("INSERT INTO sqlite_master"):
            declarations.append(statement)
        elif not statement.startswith(("PRAGMA writable_schema", *rows)):
            yield statement
    yield "PRAGMA writable_schema=ON;"
    yield from declarations
    yield "PRAGMA writable_schema=RESET;"


def mark_of(message: Message) -> str | None:
    """Return the mark that a message's controls carry."""
    for part in message.controls:
        if match := MARK.fullmatch(part.get("custom_id", "")):
            return match[1]
    return None


def facts(maker: Maker, connection: sqlite3.Connection, now: datetime) -> dict[str, Any]:
    """Return what a test needs to know that continues where this ended."""
    connection.row_factory = sqlite3.Row
    guild, world = maker.guild, maker.sandbox.world
    places = [*guild.channels.values(), *guild.threads.values()]
    names = {number: name for name, number in maker.schedules.items()}
    parts, position, mark = (
        ("delivery_parts", "part", "nonce") if maker.is_old else ("parts", "position", "mark")
    )
    deliveries = [
        {
            "id": row["id"],
            "schedule": names.get(row["schedule_id"]),
            "channel_id": row["channel_id"],
            "outcome": row["outcome"],
            "parts": [
                {"mark": part[mark], "message_id": part["message_id"]}
                for part in connection.execute(
                    f"SELECT * FROM {parts} WHERE delivery_id = ? ORDER BY {position}",  # noqa: S608 - names of columns
                    (row["id"],),
                )
            ],
        }
        for row in connection.execute("SELECT * FROM deliveries ORDER BY id").fetchall()
    ]
    return {
        "now": now.isoformat(),
        "bot_id": world.bot.id,
        "application_id": world.application_id,
        "admin": {"id": maker.admin.id, "name": maker.admin.name},
        "guild": {"id": guild.id, "name": guild.name, "locale": guild.locale},
        "roles": [
            {
                name: getattr(role, name)
                for name in ("id", "name", "permissions", "position", "mentionable", "managed")
            }
            for role in guild.roles.values()
        ],
        "bot_roles": sorted(guild.me.role_ids),
        "channels": [
            {
                "id": place.id,
                "name": place.name,
                "type": int(place.type),
                "parent_id": place.parent.id if place.parent else None,
                "overwrites": [
                    {"id": o.id, "is_member": o.is_member, "allow": o.allow, "deny": o.deny}
                    for o in place.overwrites.values()
                ],
                "tags": [],
                "last_message_id": place.last_message_id,
                "thread": None
                if place.thread is None
                else {
                    "owner_id": place.thread.owner_id,
                    "created_at": place.thread.created_at.isoformat(),
                    "archived": place.thread.archived,
                    "applied_tags": [],
                },
            }
            for place in places
        ],
        "messages": [
            {
                "id": each.id,
                "channel_id": each.channel.id,
                "author_id": each.author.id,
                "created_at": each.created_at.isoformat(),
                "edited_at": each.edited_at and each.edited_at.isoformat(),
                "type": int(each.type),
                "flags": each.flags,
                "nonce": each.nonce,
                "mark": mark_of(each),
                "thread_id": each.thread.id if each.thread else None,
                "content": each.content,
                "embeds": each.embeds,
                "components": each.components,
            }
            for place in places
            for each in place.messages
        ],
        "schedules": {
            names[row["id"]]: {
                name: row[name] for name in ("id", "channel_id", "count", "time", "paused_reason")
            }
            for row in connection.execute("SELECT * FROM schedules ORDER BY id")
        },
        "deliveries": deliveries,
        "history": connection.execute("SELECT count(*) FROM history").fetchone()[0],
    }


def new_bot(database: Database, clock: Clock, version: str) -> Any:  # noqa: ANN401 - of its version
    """Return a bot that tries nothing a second time."""
    catalogue = Catalogue.load()
    if version == "0.2.0":
        return DailyPapers(
            database=database, catalogue=catalogue, clock=clock, rules=Rules(first_wait=PAUSE)
        )
    posting = PostingSettings(first_backoff=PAUSE)
    return App(database, catalogue=catalogue, clock=clock, posting=posting)


async def main(version: str) -> None:
    """Make both files."""
    sql = Path(__file__).with_name(f"{version}.sql")
    clock = Clock()
    clock.move_to(START)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "papers.db"
        async with (
            Sandbox(clock=clock.now, limits=Limits.off()) as sandbox,
            await Database.open(path) as database,
        ):
            await point_at(sandbox.url)
            bot = new_bot(database, clock, version)
            maker = Maker(sandbox, bot, database, version)
            async with connected(bot, sandbox):
                await maker.settle()
                await run_two_mornings(maker)
                with (
                    closing(sqlite3.connect(path)) as source,
                    closing(sqlite3.connect(":memory:")) as copy,
                ):
                    source.backup(copy)
                    if maker.is_old:
                        # Without this machine's name and time.
                        copy.execute("DELETE FROM leases")
                        copy.commit()
                    sql.write_text("\n".join(dump(copy)) + "\n", "utf-8")
                    found = facts(maker, copy, clock.now())
                text = json.dumps(found, ensure_ascii=False, indent=1)
                sql.with_suffix(".json").write_text(text + "\n", "utf-8")
            await point_at(None)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
