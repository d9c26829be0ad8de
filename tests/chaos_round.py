"""A round of chaos: the bot as processes, on a Discord and a machine where everything fails.

The processes are killed and suspended while they post; the sandbox fails as Discord does. When
nothing fails any more, each channel must have each post once, whole and in order.

There are two kinds of rounds. In most the bot is `daily-papers run`, in real time, with schedules
that are due now. Where time must jump, it is `shifted_clock_bot.py`: the same with a clock that is
set from here.
"""

import asyncio
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Final, TypeAlias

from bot_processes import ROOT, RUN, BotProcesses, environment, leave_lock
from chaos_failures import (
    BUSY_TIMEOUT,
    PICTURE,
    SECOND_COUNT,
    TIMEOUT,
    Failures,
)
from delivery_audit import (
    AuditReport,
    ExpectedPost,
    Ledger,
    audit,
    audit_ledger,
)
from unrenderable import TITLE

from bot.digest import write
from bot.posting import discord_errors, job_factory
from bot.sandbox import ChannelType, Guild, Limits, Permission, Sandbox
from storage import digests, schedules
from storage.database import Database
from storage.records import (
    EVERY_DAY,
    Digest,
    Layout,
    Media,
    MediaKind,
    NewSchedule,
    Paper,
    ScheduleSettings,
    Section,
)

SHIFTED: Final = Path(__file__).with_name("shifted_clock_bot.py")
_CALM: Final = 100.0
"""Seconds to wait until everything is sent once nothing fails any more. The bot finds a digest that
another process has stored within a minute."""

_KINDS: Final[tuple[tuple[str, ChannelType, Layout, int, bool], ...]] = (
    ("cards", ChannelType.TEXT, Layout.CARDS, 11, False),
    ("forum", ChannelType.FORUM, Layout.CARDS, 11, False),
    ("thread", ChannelType.TEXT, Layout.THREAD, 11, False),
    ("brief", ChannelType.TEXT, Layout.BRIEF, 8, False),
    ("news", ChannelType.ANNOUNCEMENT, Layout.CARDS, 7, False),
    ("in a thread", ChannelType.TEXT, Layout.CARDS, 10, True),
    ("forum of lists", ChannelType.FORUM, Layout.THREAD, 6, False),
)


def make_digest(day: date, *, is_renderable: bool = True, picture: str | None = None) -> Digest:
    """Return a digest of eleven papers: as cards, it needs three messages.

    Args:
        day: Its date.
        is_renderable: Whether all papers can be rendered; otherwise the third can't.
        picture: The address of the fourth paper's picture.
    """
    papers = tuple(
        Paper(
            f"{day:%y%m}.{day.day * 100 + number:05}",
            TITLE if number == 2 and not is_renderable else f"A study of everything, {number}",
            50 - number,
            (f"Author {number}",),
            Media(MediaKind.IMAGE, picture) if number == 3 and picture else None,
            (Section("What's New", f"Something about {number}. " * 9),),
        )
        for number in range(11)
    )
    return Digest(day, papers)


@dataclass(slots=True)
class Result:
    """What came of a round."""

    seed: int
    report: AuditReport
    faults: Counter[str]
    """By kind, those that happened to a request or a process."""
    posts: list[ExpectedPost]
    messages: int
    processes: int
    seconds: float


Fail: TypeAlias = Callable[[Sandbox, BotProcesses], Awaitable[None]]


@dataclass(slots=True)
class ChaosRound(Failures):
    """One sandbox, one database and one morning on which everything fails."""

    async def play(self) -> Result:
        """Play the round, and return what is wrong in the end."""
        began = monotonic()
        limits = Limits() if self.random.random() < 0.3 else Limits.off()
        controls = self.controls
        async with Sandbox(clock=lambda: controls.now, limits=limits, keep=200) as sandbox:
            await self._set_up(sandbox)
            arguments: tuple[str, ...] = RUN
            if self.is_shifted:
                given = (controls.path, TIMEOUT, BUSY_TIMEOUT)
                arguments = (str(SHIFTED), *map(str, given))
            # With few requests a second much is planned and waits to be sent.
            rate = self.random.choice((20, 50) if self.is_shifted else (5, 10, 50))
            variables = {"DAILY_PAPERS_REQUESTS_PER_SECOND": str(rate)}
            processes = BotProcesses(sandbox, self.folder, arguments, variables=variables)
            async with processes:
                await self._play(sandbox, processes)
            ledger = Ledger(self.database)
            self.report.add(audit(self.posts, ledger.skipped, may_mix=self._mixes))
            self.report.add(audit_ledger(self.posts, ledger))
            happened = self.done.copy()
            for name, fault in self.faults:
                happened[name] += fault.hits
            variants = [post.variant(ledger.skipped) for post in self.posts]
            return Result(
                self.seed,
                self.report,
                +happened,
                self.posts,
                sum(len(each.above) + len(each.below) for each in variants),
                processes.started,
                monotonic() - began,
            )

    @property
    def _mixes(self) -> bool:
        """Whether posts of one channel may mix: one was kept back by an error of the bot."""
        return bool(self.done["a handler that raises"] or self.done["an unreadable message"])

    async def _set_up(self, sandbox: Sandbox) -> None:
        guilds = [sandbox.add_guild(f"Lab {number}") for number in range(2)]
        for guild in guilds:
            guild.set_permissions(
                guild.everyone, guild.everyone.permissions | Permission.MANAGE_MESSAGES
            )
        sandbox.world.owner.channel = guilds[0].add_channel("talk")
        leave_lock(self.database)
        async with await Database.open(self.database) as database:
            for number in range(self.channels):
                guild = guilds[number % len(guilds)]
                await self._add_channel(sandbox, guild, number, database)

    async def _add_channel(
        self, sandbox: Sandbox, guild: Guild, number: int, database: Database
    ) -> None:
        name, kind, layout, count, is_thread = _KINDS[number % len(_KINDS)]
        channel = guild.add_channel(f"channel-{number}", kind)
        is_unreadable = self.random.random() < 0.25
        if is_unreadable:
            self.done["a channel without history"] += 1
            guild.set_overwrite(channel, guild.everyone, deny=Permission.READ_MESSAGE_HISTORY)
        if is_thread:
            channel = guild.add_thread(channel, "papers", sandbox.world.owner)
        if is_unreadable:
            self.unreadable.add(channel.id)
        at = self.due - timedelta(hours=2)
        wanted = [(name, layout, count)]
        if number % 5 == 3:
            wanted.append((f"{name}, second", Layout.CARDS, SECOND_COUNT))
        elif kind is ChannelType.TEXT and not is_thread and not is_unreadable:
            self.spares[channel.id] = guild.add_channel(f"spare-{number}")
        for title, form, papers in wanted:
            settings = ScheduleSettings(
                channel_id=channel.id,
                time=self.due.time() if not self.is_shifted else time(8, 0),
                timezone="UTC" if not self.is_shifted else "Asia/Seoul",
                count=papers,
                language=self.random.choice(("en", "ko")),
                layout=form,
                days=EVERY_DAY,
                publish=kind is ChannelType.ANNOUNCEMENT,
                catch_up=168,
            )
            schedule = await schedules.add(
                database,
                NewSchedule(guild.id, sandbox.world.owner.id, settings),
                at=at,
                next_job=lambda each: job_factory.occurrence(each, at),
            )
            self.planned.append((channel, schedule, f"{number} ({title})"))

    async def _store(self, sandbox: Sandbox) -> None:
        """Store the digest, as another process does, and say what must be posted of it."""
        is_renderable = not self.is_shifted or self.random.random() < 0.5
        if not is_renderable:
            self.done["a paper that can't be rendered"] += 1
        picture = PICTURE if self.refuses_pictures else None
        digest = make_digest(self.day, is_renderable=is_renderable, picture=picture)
        if self.is_shifted:
            async with await Database.open(self.database) as database:
                await digests.store(database, digest, read_at=self.controls.now)
        else:
            file = self.folder / f"{self.day}.md"
            file.write_text(write(digest), encoding="utf-8")
            await self._ingest(sandbox, file)
        async with self.changing:
            self.posts = await self._expected_posts()

    async def _expected_posts(self) -> list[ExpectedPost]:
        """Return what must be posted, in each way that edits so far allow."""
        return [
            ExpectedPost(
                schedule,
                name,
                channel.id not in self.unreadable,
                [
                    await self._expected(settings, where)
                    for settings, where in (
                        (schedule.settings, channel),
                        *self.edited.get(schedule.id, ()),
                    )
                ],
            )
            for channel, schedule, name in self.planned
        ]

    async def _ingest(self, sandbox: Sandbox, file: Path) -> None:
        while True:
            with (self.folder / "ingest.log").open("ab") as log:
                process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    *("-m", "bot", "ingest", str(file)),
                    env=environment(sandbox, self.database),
                    cwd=ROOT,
                    stdout=log,
                    stderr=log,
                )
            if await process.wait() == 0:
                return

    async def _play(self, sandbox: Sandbox, processes: BotProcesses) -> None:
        if not self.is_late:
            await self._store(sandbox)
        if self.is_shifted:
            seconds = self.random.choice((-2, -1, 0, 1))
            self.controls.move_to(self.due + timedelta(seconds=seconds))
        processes.wanted = 1
        wait = (self.due - self.controls.now).total_seconds()
        if wait > 0:
            await asyncio.sleep(max(wait - self.random.uniform(0, 3), 0))
        late: list[asyncio.Task[None]] = []
        if self.is_late:
            self.done["a late digest"] += 1
            late.append(asyncio.create_task(self._store_late(sandbox), name="late digest"))
        self._refuse_pictures(sandbox)
        # Sends take a while, so that most of what happens happens meanwhile.
        sandbox.faults.add(
            "POST",
            "/channels/**",
            delay=self.random.uniform(0.1, 0.4)
            if self.is_shifted
            else self.random.uniform(0.3, 1.2),
            when=lambda _: self.random.random() < 0.7,
            times=None,
        )
        await asyncio.gather(
            self._fail_for_a_while(sandbox, processes, self._process_failures()),
            self._fail_for_a_while(sandbox, processes, self._discord_failures()),
            *late,
        )
        await self._calm(sandbox, processes)

    async def _fail_for_a_while(
        self, sandbox: Sandbox, processes: BotProcesses, failures: tuple[Fail, ...]
    ) -> None:
        until = monotonic() + self.seconds
        while monotonic() < until and (not self.posts or self._audit().losses):
            await self.random.choice(failures)(sandbox, processes)
            await asyncio.sleep(self.random.uniform(0.0, 0.5))

    async def _store_late(self, sandbox: Sandbox) -> None:
        await asyncio.sleep(self.random.uniform(0.2, 0.6) * self.seconds)
        await self._store(sandbox)

    def _audit(self) -> AuditReport:
        skipped = {}
        with suppress(sqlite3.OperationalError):
            skipped = Ledger(self.database).skipped
        return audit(self.posts, skipped, may_mix=True)

    async def _calm(self, sandbox: Sandbox, processes: BotProcesses) -> None:
        """Let nothing fail any more, and wait until everything is sent."""
        sandbox.faults.clear()
        self._refuse_pictures(sandbox)
        sandbox.gateway.refusals_left = 0
        self.controls.step_bots(timedelta(0))
        # discord.py may keep a route waiting for 30 seconds after a request that was cancelled.
        self.controls.set_timeout(discord_errors.TIMEOUT)
        self.controls.fail_handlers(0, after=False)
        self.controls.fail_handlers(0, after=True)
        processes.wanted = 1
        for edit in self.edits:
            edit.cancel()
        await asyncio.gather(*self.edits, return_exceptions=True)
        if not self.is_shifted or self.random.random() < 0.5:
            await self._finish()  # without being started again
        if not self.is_shifted:
            await processes.end(self.random.choice((signal.SIGTERM, signal.SIGKILL)))
            await self._finish()
        else:
            # Nonces are forgotten by then: what was sent must be found, not sent again.
            await self._move_time(processes, timedelta(minutes=10))
            await self._finish()
            await self._move_time(processes, timedelta(minutes=10))
        with suppress(TimeoutError):
            await sandbox.wait_connected()
        await asyncio.sleep(1.5)  # for what would be sent twice

    def _refuse_pictures(self, sandbox: Sandbox) -> None:
        if self.refuses_pictures:
            self.faults.append(("refused picture", sandbox.faults.refuse_picture(PICTURE)))

    async def _finish(self) -> None:
        until = monotonic() + _CALM
        while monotonic() < until:
            if not self._audit().losses and self._is_done():
                return
            await asyncio.sleep(0.1)
        self.report.stuck += 1
        self.report.notes.append(f"not done after {_CALM:.0f} calm seconds: {self._audit().notes}")

    def _is_done(self) -> bool:
        with suppress(sqlite3.OperationalError):
            ledger = Ledger(self.database)
            known = {schedule for schedule, *_ in ledger.parts}
            return not ledger.open and len(known) == len(self.planned)
        return False
