# mypy: ignore-errors
# It runs with the code of version 0.1.0, whose modules the current code doesn't have any more.
"""Make `0.1.0.sql` and `0.1.0.json`: a database as version 0.1.0 left it, and the facts about it.

It ran once, in a checkout of that version, with this file copied there:

    git worktree add ../0.1.0 6db8c21
    cp tests/storage/make_0_1_0.py ../0.1.0/tests/storage/
    cd ../0.1.0 && PYTHONPATH=. python tests/storage/make_0_1_0.py

The bot of that version runs against the sandbox from 2025-01-31 to 2025-02-21 08:00 UTC. On that
morning some requests fail, so that deliveries stay open. The database is copied while the bot runs,
so it is in the state that `kill -9` leaves.
"""

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bot.client import DailyPapers
from bot.demo.scene import connected
from bot.discord_endpoint import point_at
from bot.posts.clock import Clock
from bot.posts.worker import Rules
from bot.sandbox import Channel, ChannelType, Limits, Message, Permission, Person, Sandbox
from config.texts import Catalogue
from storage import digests
from storage.database import Database
from storage.records import Digest, Media, MediaKind, Paper, Section

COMMIT: Final = "6db8c21"
SQL: Final = Path(__file__).with_name("0.1.0.sql")
FACTS: Final = Path(__file__).with_name("0.1.0.json")
START: Final = datetime(2025, 1, 31, 20, 0, tzinfo=UTC)
END: Final = datetime(2025, 2, 21, 8, 0, tzinfo=UTC)
FAR: Final = 1_000_000.0
"""Seconds before the second attempt of what failed: never, here."""
MARK: Final = re.compile(r"post:(?:open|rest:(?:day|week|month):[\d-]{7,10}):(\S{25})")

SUBJECTS: Final = (
    ("Planning with Small Models", "계획", "A small model plans before it acts"),
    ("Agents That Read Manuals", "에이전트", "An agent reads the manual first"),
    ("Faster Attention on Old Hardware", "어텐션", "Attention gets faster without new hardware"),
    ("A Benchmark of Honest Answers", "벤치마크", "Answers are scored for honesty"),
    ("Robots Learn to Fold Laundry", "로봇", "A robot folds what it has never seen"),
    ("Diffusion Without Noise Schedules", "확산 모델", "The schedule of noise is learned"),
    ("Translating Rare Languages", "번역", "A rare language needs few sentences"),
    ("Code Review by Debate", "코드", "Two models debate a change"),
    ("Reward Models That Explain", "보상", "A reward comes with its reason"),
    ("Video Understanding by Captions", "영상", "Captions stand for long videos"),
    ("Forgetting on Purpose", "망각", "A model forgets what it is told to"),
    ("Retrieval for Mathematics", "검색", "Theorems are found by their meaning"),
    ("Speech from Silent Lips", "음성", "Lips are read without sound"),
    ("Graphs of Proteins", "단백질", "Proteins are drawn as graphs"),
)


def made_up_digest(day: date, *, more_votes: int = 0) -> Digest:
    """Return a digest of 14 made-up papers, every fourth without known votes or texts."""
    papers = []
    for rank, (title, korean, english) in enumerate(SUBJECTS, start=1):
        known = rank % 4 != 0
        sections = (
            Section("What's New", f"{korean} 분야의 새 방법을 소개합니다. {english}."),
            Section(
                "Technical Details", f"- {english} in two steps.\n- 학습은 *한 번*이면 됩니다."
            ),
            Section(None, f"Read on {day:%d %B %Y}."),
        )
        picture = f"https://example.org/{day}/{rank}.png"
        film = f"https://example.org/{day}/{rank}.mp4"
        papers.append(
            Paper(
                f"{day:%y%m}.{day.day:02}{rank:03}",
                f"{title}, Part {day.day}",
                150 - 10 * rank + more_votes if known else None,
                ("Ada Example", "김하늘", f"Author {rank}") if known else (),
                (
                    Media(MediaKind.VIDEO, film)
                    if rank == 5
                    else Media(MediaKind.IMAGE, picture)
                    if rank % 2
                    else None
                ),
                sections if known else (),
            )
        )
    return Digest(day, tuple(papers))


class Maker:
    """The sandbox, the bot and what was made in them."""

    def __init__(self, sandbox: Sandbox, bot: DailyPapers, database: Database) -> None:
        self.sandbox, self.bot, self.database = sandbox, bot, database
        self.guild = sandbox.add_guild("Reading Room", locale="en-US")
        self.admin: Person = sandbox.world.owner
        self.role = self.guild.add_role("Readers", mentionable=True)
        text = ("daily", "lists", "threads", "weekly", "quiet", "closed", "half", "none", "lost")
        self.channels: dict[str, Channel] = {name: self.guild.add_channel(name) for name in text}
        self.channels["news"] = self.guild.add_channel("news", ChannelType.ANNOUNCEMENT)
        for name in ("forum", "forum-half", "forum-lost"):
            self.channels[name] = self.guild.add_channel(
                name, ChannelType.FORUM, tags=("Daily Papers", "Talk")
            )
        self.channels["monthly-thread"] = self.guild.add_thread(
            self.channels["lists"], "monthly-thread", self.admin
        )
        self.admin.channel = self.channels["daily"]
        self.schedules: dict[str, int] = {}

    async def add(self, name: str, channel: str, **options: Any) -> None:  # noqa: ANN401 - options
        """Make a schedule by command, and remember its id by a name."""
        interaction = await self.admin.slash(
            "schedule add", channel=self.channels[channel], **options
        )
        rows = await self.database.read("SELECT max(id) AS id FROM schedules")
        said = interaction.message.content if interaction.message else interaction.failed
        assert rows[0]["id"] not in self.schedules.values(), said
        self.schedules[name] = rows[0]["id"]

    async def store(self, day: date, *, more_votes: int = 0) -> None:
        """Store a digest, or the newer votes of one that is there."""
        digest = made_up_digest(day, more_votes=more_votes)
        await digests.store(self.database, digest, read_at=self.bot.worker.now())
        self.bot.worker.digests_stored()
        await self.settle()

    async def move_to(self, moment: datetime) -> None:
        """Let it be a moment, and all be done that can be done then."""
        self.bot.worker.move_to(moment)
        self.sandbox.tick()
        await self.settle()

    async def settle(self) -> None:
        async with asyncio.timeout(60):
            await self.bot.worker.until_idle()
        await asyncio.sleep(0.3)

    async def until(self, sql: str) -> None:
        """Wait until a query finds something."""
        async with asyncio.timeout(60):
            while not await self.database.read(sql):  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.05)


async def run_until_the_last_morning(maker: Maker) -> None:
    """Let three weeks go by."""
    guild, channels = maker.guild, maker.channels
    await maker.store(date(2025, 1, 30))
    await maker.store(date(2025, 1, 31))
    await maker.add("month", "monthly-thread", period="month", count=6, language="en")
    await maker.add("month-thread", "threads", period="month", layout="thread", count=7)
    await maker.move_to(datetime(2025, 2, 1, 8, 0, 1, tzinfo=UTC))
    await maker.store(date(2025, 2, 10))
    await maker.store(date(2025, 2, 12))
    await maker.move_to(datetime(2025, 2, 14, 12, 0, tzinfo=UTC))
    await maker.add(
        "week", "weekly", period="week", layout="compact", count=12, language="ko", refresh=False
    )
    await maker.move_to(datetime(2025, 2, 17, 8, 0, 1, tzinfo=UTC))
    # By hand: what the channel has had already, once more.
    asked = await maker.admin.slash("schedule post", schedule=maker.schedules["week"])
    again = next(part for part in asked.message.controls if part["custom_id"].startswith("again"))
    await maker.admin.press(asked.message, again["custom_id"])
    await maker.until("SELECT 1 FROM deliveries WHERE by_hand AND completed_at IS NOT NULL")
    await maker.store(date(2025, 2, 17))
    await maker.store(date(2025, 2, 18))
    await maker.move_to(datetime(2025, 2, 18, 21, 0, tzinfo=UTC))
    await maker.add("waiting", "daily", days="mon-fri", mention=maker.role, count=5, language="en")
    await maker.add("asked", "quiet", layout="thread", count=3)
    await maker.add("lacks_permission", "closed", count=4, catch_up=48)
    await maker.add("removed", "daily", layout="compact", count=2, time="08:30")
    await maker.move_to(datetime(2025, 2, 19, 8, 0, 1, tzinfo=UTC))
    await maker.move_to(datetime(2025, 2, 19, 8, 30, 1, tzinfo=UTC))
    await maker.admin.slash("schedule pause", schedule=maker.schedules["asked"])
    await maker.admin.slash("schedule remove", schedule=maker.schedules["removed"])
    deny = Permission.SEND_MESSAGES
    guild.set_overwrite(channels["closed"], guild.everyone, deny=deny)
    guild.set_overwrite(channels["closed"], maker.sandbox.world.bot, deny=deny)
    await maker.store(date(2025, 2, 19))
    await maker.store(date(2025, 2, 18), more_votes=7)
    await maker.move_to(datetime(2025, 2, 20, 0, 0, 1, tzinfo=UTC))  # votes are refreshed
    await maker.move_to(datetime(2025, 2, 20, 8, 0, 1, tzinfo=UTC))
    await maker.until("SELECT 1 FROM schedules WHERE paused_reason = 'lacks_permission'")


async def run_the_last_morning(maker: Maker) -> None:
    """Let requests of that morning fail in several ways."""
    channels, faults = maker.channels, maker.sandbox.faults
    await maker.move_to(datetime(2025, 2, 20, 12, 0, tzinfo=UTC))
    await maker.add(
        "filtered",
        "lists",
        layout="compact",
        time="17:00",
        timezone="Asia/Seoul",
        language="ko",
        count=10,
        include="planning author:하늘",
        exclude='"Rare Languages"',
        min_votes=3,
        silent=True,
    )
    await maker.add("thread", "threads", layout="thread", count=12, language="en")
    await maker.add("publish", "news", layout="compact", publish=True, catch_up=2)
    await maker.add("forum", "forum", count=3)
    await maker.add("open-half", "half", count=12, language="ko")
    await maker.add("open-none", "none", layout="compact", count=5)
    await maker.add("open-lost", "lost", layout="compact", count=5)
    await maker.add("open-forum-half", "forum-half", count=12)
    await maker.add("open-forum-lost", "forum-lost", layout="compact", count=8)
    faults.add("POST", "/channels/*/messages/*/crosspost", status=500, times=None)
    half, none, lost = (channels[name].id for name in ("half", "none", "lost"))
    faults.add(
        "POST",
        f"/channels/{half}/messages",
        status=503,
        times=None,
        when=lambda _: bool(channels["half"].messages),
    )
    faults.add("POST", f"/channels/{none}/messages", status=503, times=None)
    faults.add("POST", f"/channels/{lost}/messages", broken=True, after=True, times=None)
    forum_lost = channels["forum-lost"].id
    faults.add("POST", f"/channels/{forum_lost}/threads", broken=True, after=True, times=None)
    faults.add(
        "POST",
        "/channels/*/messages",
        status=503,
        times=None,
        when=lambda request: (
            (place := maker.sandbox.world.channels.get(int(request.path.split("/")[2]))) is not None
            and place.parent is channels["forum-half"]
        ),
    )
    await maker.move_to(END + timedelta(seconds=1))
    await maker.until(
        "SELECT 1 WHERE (SELECT count(*) FROM delivery_parts WHERE sent_at IS NULL) = 7"
        " AND (SELECT count(*) FROM deliveries WHERE planned_at > '2025-02-21') = 9"
        " AND (SELECT count(*) FROM deliveries WHERE completed_at IS NULL) = 5"
    )
    # The last requests may still be under way.
    await asyncio.sleep(3)
    # What was posted has newer votes by now, for the refresh to come.
    await maker.store(date(2025, 2, 19), more_votes=11)


def dump(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield statements that make the database anew, full-text tables by building them anew."""
    virtual = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    shadows = "|".join(f"{name}(?:_data|_idx|_content|_docsize|_config)?" for name, _ in virtual)
    own = re.compile(
        rf"CREATE TABLE '?\"?(?:{shadows})[\"' (]|INSERT INTO '?\"?(?:{shadows})[\"' ]"
        r"|INSERT INTO sqlite_master|PRAGMA writable_schema"
    )
    for pragma in ("application_id", "user_version"):
        ((value,),) = connection.execute(f"PRAGMA {pragma}")
        yield f"PRAGMA {pragma} = {value};"
    for statement in connection.iterdump():
        if statement == "COMMIT;":
            for name, sql in virtual:
                yield f"{sql};"
                yield f"INSERT INTO {name} ({name}, rank) VALUES ('automerge', 8);"  # noqa: S608 - a table
                yield f"INSERT INTO {name} ({name}) VALUES ('rebuild');"  # noqa: S608 - a table
        if not own.match(statement):
            yield statement


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
    messages = [message for place in places for message in place.messages]
    in_channel = {mark: each.id for each in messages if (mark := mark_of(each))}
    names = {number: name for name, number in maker.schedules.items()}
    deliveries = []
    for row in connection.execute("SELECT * FROM deliveries ORDER BY id").fetchall():
        parts = connection.execute(
            "SELECT * FROM delivery_parts WHERE delivery_id = ? ORDER BY part", (row["id"],)
        )
        deliveries.append(
            {
                "id": row["id"],
                "schedule": names.get(row["schedule_id"]),
                "channel_id": row["channel_id"],
                "subject": row["subject"],
                "serial": row["serial"],
                "by_hand": bool(row["by_hand"]),
                "outcome": row["outcome"],
                "publish": bool(row["publish"]),
                "refresh_at": row["refresh_at"],
                "parts": [
                    {
                        "mark": part["nonce"],
                        "message_id": part["message_id"],
                        "in_channel": in_channel.get(part["nonce"]),
                    }
                    for part in parts
                ],
            }
        )
    return {
        "commit": COMMIT,
        "now": now.isoformat(),
        "bot_id": world.bot.id,
        "application_id": world.application_id,
        "admin": {"id": maker.admin.id, "name": maker.admin.name},
        "guild": {"id": guild.id, "name": guild.name, "locale": guild.locale},
        "roles": [
            {
                "id": role.id,
                "name": role.name,
                "permissions": role.permissions,
                "position": role.position,
                "mentionable": role.mentionable,
                "managed": role.managed,
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
                "tags": [{"id": tag.id, "name": tag.name} for tag in place.tags.values()],
                "last_message_id": place.last_message_id,
                "thread": None
                if place.thread is None
                else {
                    "owner_id": place.thread.owner_id,
                    "created_at": place.thread.created_at.isoformat(),
                    "archived": place.thread.archived,
                    "applied_tags": list(place.thread.applied_tags),
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
            for each in messages
        ],
        "direct_messages": [each.content for each in world.dm(maker.admin).messages],
        "schedules": {
            names[row["id"]]: {
                "id": row["id"],
                "channel_id": row["channel_id"],
                "paused_reason": row["paused_reason"],
                "waiting_until": row["waiting_until"],
            }
            for row in connection.execute("SELECT * FROM schedules ORDER BY id")
        },
        "deliveries": deliveries,
    }


async def main() -> None:
    """Make both files."""
    clock = Clock()
    clock.move_to(START)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "papers.db"
        async with (
            Sandbox(clock=clock.now, limits=Limits.off()) as sandbox,
            await Database.open(path) as database,
        ):
            await point_at(sandbox.url)
            bot = DailyPapers(
                database=database,
                catalogue=Catalogue.load(),
                clock=clock,
                rules=Rules(first_wait=FAR),
            )
            maker = Maker(sandbox, bot, database)
            async with connected(bot, sandbox):
                await maker.settle()
                await run_until_the_last_morning(maker)
                await run_the_last_morning(maker)
                with (
                    closing(sqlite3.connect(path)) as source,
                    closing(sqlite3.connect(":memory:")) as copy,
                ):
                    source.backup(copy)
                    # The lease of a process that was killed, without this machine's name and time.
                    copy.execute(
                        "UPDATE leases SET holder = 'host/4242/0123abcd',"
                        " expires_at = '2025-02-21T08:00:30.000000+00:00'"
                    )
                    copy.commit()
                    SQL.write_text("\n".join(dump(copy)) + "\n", "utf-8")
                    found = facts(maker, copy, clock.now())
                FACTS.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
            await point_at(None)


if __name__ == "__main__":
    asyncio.run(main())
