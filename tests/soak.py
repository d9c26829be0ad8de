"""Days of a bot in minutes: it posts, people use it, connections break, servers come and go.

The bot is a process of its own whose clock is set from here (`soak_bot.py`), connected over sockets
to a sandbox with the same clock. What is looked at is whether the process holds more and more.
"""

import json
import signal
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from bot_controls import BotControls
from bot_processes import environment, leave_lock
from forked_process import ForkedProcess
from posting_fixture import digest, eventually

from bot.posting import job_factory
from bot.sandbox import Channel, Guild, Limits, Person, Sandbox
from storage import digests, jobs, schedules
from storage.database import Database
from storage.database_file import size_of, wal_of
from storage.records import EVERY_DAY, Layout, NewSchedule, ScheduleSettings

BOT: Final = Path(__file__).with_name("soak_bot.py")
FIRST_DAY: Final = date(2025, 3, 3)
_MORNING: Final = time(8, tzinfo=UTC)
_NIGHT: Final = timedelta(hours=17, minutes=10)
"""From the morning until the votes of its posts have been updated."""

_RECONNECTED: Final = frozenset({1, 20, 40})
"""After these days Discord asks the bot to connect again. More often in so short a time, the bot
would wait longer each time."""


@dataclass(frozen=True)
class Sample:
    """What a process holds on the evening of a day."""

    day: int
    kilobytes: int
    """Resident memory."""
    descriptors: int
    threads: int
    """Without those of asyncio's pool, which grows to a few."""
    tasks: int
    blocks: int
    """That Python has allocated: about one for each object, texts included."""
    bytes: int
    """Of the database."""
    log_bytes: int
    """Of its write-ahead log, which is used again and again."""

    @property
    def held(self) -> tuple[int, int, int]:
        """What must not grow at all."""
        return self.descriptors, self.threads, self.tasks


@dataclass
class Soak:
    """A bot with some schedules, for some days."""

    folder: Path
    count: int
    """How many schedules there are, each in a channel of its own."""
    samples: list[Sample] = field(default_factory=list)
    posts: int = 0

    def __post_init__(self) -> None:
        self.controls = BotControls(self.folder / "controls")
        self.path = self.folder / "papers.db"

    async def run(self, days: int, sample_after: Collection[int]) -> None:
        """Let so many days pass; take samples after some of them, counted from 1."""
        self.controls.move_to(datetime.combine(FIRST_DAY, _MORNING) - timedelta(hours=2))
        leave_lock(self.path)
        async with (
            Sandbox(clock=lambda: self.controls.now, limits=Limits.off(), keep=50) as sandbox,
            await Database.open(self.path) as database,
        ):
            guild = sandbox.add_guild("Lab")
            channels = [guild.add_channel(f"papers-{number}") for number in range(self.count)]
            person = guild.add_member("Ann")
            person.channel = sandbox.world.owner.channel = guild.add_channel("general")
            await self._add_schedules(database, guild, channels)
            async with self._bot(sandbox) as process:
                for number in range(1, days + 1):
                    day = FIRST_DAY + timedelta(days=number - 1)
                    await self._live(sandbox, database, day, channels, person)
                    if number in sample_after:
                        self.samples.append(await self._sample(process, number))

    async def _add_schedules(
        self, database: Database, guild: Guild, channels: list[Channel]
    ) -> None:
        at = self.controls.now
        for channel in channels:
            settings = ScheduleSettings(
                channel_id=channel.id,
                timezone="UTC",
                layout=Layout.CARDS,
                days=EVERY_DAY,
                language="en",
            )
            await schedules.add(
                database,
                NewSchedule(guild.id, guild.owner_id, settings),
                at=at,
                next_job=lambda each: job_factory.occurrence(each, at),
            )

    @asynccontextmanager
    async def _bot(self, sandbox: Sandbox) -> AsyncIterator[ForkedProcess]:
        backups = {"DAILY_PAPERS_BACKUP_FOLDER": "backups", "DAILY_PAPERS_BACKUP_KEEP": "2"}
        process = await ForkedProcess.start(
            *map(str, (BOT, self.controls.path, self.folder / "sample")),
            env=environment(sandbox, self.path) | backups,
            cwd=self.folder,
            log=self.folder / "log",
        )
        try:
            await sandbox.wait_connected()
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()

    async def _live(
        self,
        sandbox: Sandbox,
        database: Database,
        day: date,
        channels: list[Channel],
        person: Person,
    ) -> None:
        """Let a day pass, from before the posts until the night after it."""
        morning = datetime.combine(day, _MORNING)
        yesterday = day - timedelta(days=1)
        await digests.store(database, digest(yesterday), read_at=self.controls.now)
        self.controls.move_to(morning)
        self.posts += len(channels)
        await eventually(lambda: sum(len(each.messages) for each in channels) == self.posts)
        await self._use(sandbox, person)
        # With other votes, each post is edited at the end of the day.
        await digests.store(database, digest(yesterday, votes=150), read_at=self.controls.now)
        self.controls.move_to(morning + _NIGHT)
        await self._until_idle(database)
        self.controls.move_to(morning + timedelta(hours=22))
        await self._until_idle(database)

    async def _use(self, sandbox: Sandbox, person: Person) -> None:
        """Let people use the bot, Discord ask for a new connection, and a server come and go."""
        for query in ("paper", "2503", "nothing at all"):
            await person.slash("paper", query=query)
            await person.autocomplete("paper", "query", query)
        for command in ("top", "saved", "help", "about", "mydata show"):
            await person.slash(command)
        await person.slash("search", text="paper")
        await sandbox.world.owner.slash("schedule list")
        await sandbox.world.owner.slash("setup")
        if self.posts // self.count in _RECONNECTED:
            gateway = sandbox.gateway
            before = gateway.resumed + gateway.identified
            gateway.ask_reconnect()
            await eventually(lambda: gateway.resumed + gateway.identified > before)
        visitor = sandbox.add_guild("Visitor", with_bot=False)
        visitors = visitor.add_channel("general")
        visitor.add_bot()
        await eventually(lambda: bool(visitors.messages))
        visitor.remove_bot()

    async def _until_idle(self, database: Database) -> None:
        async def is_idle() -> bool:
            now = self.controls.now
            return not await jobs.due_by_kind(database, now=now, late_after=timedelta())

        await eventually(is_idle)

    async def _sample(self, process: ForkedProcess, day: int) -> Sample:
        path = self.folder / "sample"
        path.unlink(missing_ok=True)
        process.send_signal(signal.SIGUSR1)
        await eventually(path.exists)
        held = json.loads(path.read_text("utf-8"))
        status = Path("/proc", str(process.pid), "status").read_text("ascii").splitlines()  # noqa: ASYNC240 - no file of a disk
        return Sample(
            day=day,
            kilobytes=next(int(x.split()[1]) for x in status if x.startswith("VmRSS")),
            **held,
            bytes=size_of(self.path),
            log_bytes=size_of(wal_of(self.path)),
        )
